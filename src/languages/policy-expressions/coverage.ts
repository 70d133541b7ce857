// The ledger of the C# that expressions may use: documented types against the registry, with gaps.
import { loadLibrary } from './library/index.ts';
import { allDefinitions, findDefinition } from './types/registry.ts';
import { qualified } from './types/type.ts';

export interface CoverageRow {
  /** Full name, `System.Collections.Generic.List<T>` for generics. */
  readonly type: string;
  readonly supported: 'yes' | 'partial' | 'no';
  /** How many members are declared; enumerations count their names. */
  readonly members: number;
  /** Of the members that have code: how many there are, and which of them no case runs. */
  readonly callable: number;
  readonly unproved: readonly string[];
  readonly note: string;
}

/** What the vectors and tables run of a type: signatures with code, and those that were reached. */
export interface Reach {
  readonly callable: readonly string[];
  readonly reached: ReadonlySet<string>;
}

/** By the members of the declaration. */
export type ReachOfTypes = ReadonlyMap<object, Reach>;

/** What documented types lack; a type that is not here has what the documentation lists. */
const partly: Readonly<Record<string, string>> = {
  'System.TimeZoneInfo': 'no serialized strings; rules of 2005 to 2025 stand for all years',
  'System.Security.Cryptography.X509Certificates.X509Certificate2':
    'no revocation lists are read, and extensions are printed as bytes',
  'System.Text.RegularExpressions.Regex': 'a time-out is shown; what bounds a match is its steps',
  'System.Net.IPAddress': 'zones by number only: this process knows no interfaces by name',
  'System.Xml.XmlDocument': 'outside the documented list; text only, entities stand expanded',
  'System.Xml.XmlReader': 'outside the documented list; text only, nothing asynchronous',
  'System.Xml.XmlWriter': 'outside the documented list; to text only, nothing asynchronous',
  'System.Exception': 'no Data',
  'System.DateTimeOffset': 'no ParseExact over several formats',
  'System.StringComparer': 'no Create over a culture',
  'System.Xml.Linq.XContainer': 'no CreateWriter',
  'System.Xml.Linq.XObject': 'the events Changed and Changing are not raised',
  'System.String': 'two equal strings are one reference, except variables of the context',
};

/** Types the documentation lists that are not declared, with the reason. */
const missing: Readonly<Record<string, string>> = {};

/** Syntax of C# 7 that is refused by name, or read otherwise than the compiler does. */
export const syntaxGaps: readonly string[] = [
  '`async`, `unsafe`, `fixed`, `stackalloc`',
  '`ref` locals and `ref` returns',
  'a generic local function that calls itself for ever other types',
  'exception filters run after the `finally` blocks they look past, not before',
];

/** One row per declared type in order of name, then the documented ones that are missing. */
export function coverage(reach: ReachOfTypes = new Map()): readonly CoverageRow[] {
  loadLibrary();
  const declared = allDefinitions().map((definition): CoverageRow => {
    const name = qualified(definition);
    const list = definition.parameters.map((parameter) => parameter.name).join(', ');
    const note = Object.hasOwn(partly, name) ? partly[name]! : '';
    const { callable, reached } = reach.get(definition.members) ?? { callable: [] };
    return {
      type: list ? `${name}<${list}>` : name,
      supported: note ? 'partial' : 'yes',
      members: Object.keys(definition.members).filter((text) => text !== '()').length,
      callable: callable.length,
      unproved: callable.filter((text) => !reached?.has(text)),
      note,
    };
  });
  const absent = Object.entries(missing).map(
    ([type, note]): CoverageRow => ({
      type,
      supported: 'no',
      members: 0,
      callable: 0,
      unproved: [],
      note,
    }),
  );
  return [...declared, ...absent].sort((a, b) => (a.type < b.type ? -1 : 1));
}

/** Rows of `partly` and `missing` that contradict the registry. */
export function contradictions(): readonly string[] {
  loadLibrary();
  const unknown = Object.keys(partly).filter((name) => !findDefinition(name, 0));
  return [...unknown, ...Object.keys(missing).filter((name) => findDefinition(name, 0))];
}

/** The page under `docs/coverage`. */
export function coveragePage(reach: ReachOfTypes): string {
  const all = coverage(reach);
  const rows = all.map(({ type, supported, members, callable, unproved, note }) => {
    const run = callable === 0 ? '' : `${callable - unproved.length} of ${callable}`;
    return `| \`${type}\` | ${supported} | ${members} | ${run} | ${note} |`;
  });
  const unproved = all
    .filter((row) => row.unproved.length > 0)
    .map((row) => `- \`${row.type}\`: ${row.unproved.map((text) => `\`${text}\``).join(', ')}`);
  return [
    '# Types of policy expressions',
    '',
    'Rendered from `src/languages/policy-expressions/coverage.ts` and the registry of types. The proof are the vectors',
    '(`vectors.test.ts`) and the tables beside the code (`*.cases.jsonl`, run by `cases.test.ts`), whose results a real C# compiler',
    'and runtime gave; the fourth column counts the members with code that they run. `every-member.test.ts` calls the others, too.',
    '',
    'Syntax that is not supported:',
    '',
    ...syntaxGaps.map((gap) => `- ${gap}`),
    '',
    '| type | supported | members | run by a case | note |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '## Members that no case runs',
    '',
    ...unproved,
    '',
  ].join('\n');
}
