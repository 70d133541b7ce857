// `lazurite policy effective`: the documents of a scope chain joined, each line with its origin.
import type { Command } from 'commander';
import { ConfigurationError } from '../base/index.ts';
import {
  effectiveLines,
  effectivePolicy,
  type Origin,
  type PoliciesOptions,
  type PolicyNode,
  parseDocument,
  policiesOf,
  type Scope,
  scopes,
} from '../languages/policy-documents/index.ts';
import {
  type FragmentFlags,
  fragmentFilesOf,
  fragmentOption,
  namedValuesOf,
  reading,
} from './policy-input.ts';
import { exitCodes, printJson, styled } from './report.ts';
import { readTextFile } from './text-file.ts';

interface Flags extends Partial<Record<Scope, string>>, FragmentFlags {
  readonly namedValues?: string;
  readonly json?: boolean;
}

export function registerPolicyEffective(policy: Command): void {
  const command = policy
    .command('effective')
    .description('join the documents of a scope chain; each line with the place it comes from');
  for (const scope of scopes) {
    command.option(`--${scope} <file>`, `the document of the ${scope} scope`);
  }
  command
    .option(fragmentOption.folder, 'a folder of policy fragments')
    .option(fragmentOption.notation, 'one fragment; may be repeated', fragmentOption.collect)
    .option('--named-values <file>', 'JSON object of name to value')
    .option(
      '--json',
      'one JSON object: {"lines":[{"text","scope","file","line","column"}],"problems":[…]}',
    )
    .addHelpText(
      'after',
      '\nExits 0 when joined, 1 when a fragment is missing or not allowed, 2 when a document cannot be read\n' +
        'or for wrong use.\n\nExamples:\n' +
        '  $ lazurite policy effective --global all.xml --api orders.xml --operation get.xml\n' +
        '  $ lazurite policy effective --api orders.xml --fragments fragments/ --named-values values.json\n',
    )
    .action((flags: Flags) => showEffective(flags));
}

function showEffective(flags: Flags): void {
  const namedValues = namedValuesOf(flags.namedValues);
  const chain = scopes.flatMap((scope) => {
    const file = flags[scope];
    return file ? [{ scope, root: rootOf(file, { namedValues, scope }) }] : [];
  });
  if (chain.length === 0) {
    const fix = `Name at least one of ${scopes.map((scope) => `--${scope}`).join(', ')}.`;
    throw new ConfigurationError({ message: 'no policy document is given', fix });
  }
  const files = fragmentFilesOf(flags);
  const fragment = (id: string) => {
    const file = files?.get(id);
    return file === undefined ? undefined : rootOf(file, { namedValues, fragment: id });
  };
  const effective = effectivePolicy({ chain, fragment });
  const lines = effectiveLines(effective);
  if (flags.json) {
    const shown = lines.map(({ text, origin }) => ({ text, ...origin }));
    const problems = effective.problems.map(({ origin, ...rest }) => ({ ...rest, ...origin }));
    printJson({ lines: shown, problems });
  } else {
    const width = Math.min(80, Math.max(...lines.map(({ text }) => text.length)));
    for (const { text, origin } of lines) {
      const place = origin ? styled('dim', `  <!-- ${placeOf(origin)} -->`) : '';
      process.stdout.write(`${origin ? text.padEnd(width) : text}${place}\n`);
    }
    for (const { message, fix, origin } of effective.problems) {
      const grade = styled('red', 'error', process.stderr);
      process.stderr.write(`${placeOf(origin)}: ${grade}: ${message}\n  ${fix}\n`);
    }
  }
  if (effective.problems.length > 0) process.exitCode = exitCodes.failed;
}

function placeOf(origin: Origin): string {
  const { scope, fragment, file, line } = origin;
  const where = fragment ? `fragment ${fragment}` : (scope ?? '');
  return line === 0 ? `${where} (default)` : `${where} ${file ?? ''}:${line}`;
}

/** A scope takes `<policies>`, a fragment `<fragment>`. */
function rootOf(file: string, options: PoliciesOptions): PolicyNode {
  const { text } = readTextFile(file);
  const { root } = reading(file, () => policiesOf(parseDocument(text, { file }), options));
  const wanted = options.fragment === undefined ? 'policies' : 'fragment';
  if (root.name === wanted) return root;
  const { line, column } = root.origin;
  const message = `the root element is <${root.name}>, not <${wanted}>`;
  throw new ConfigurationError({ file, line, column, message, fix: 'Name another file.' });
}
