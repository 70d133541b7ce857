// What the policy commands are given: formats, scopes, named values, fragments.
import { basename, dirname } from 'node:path';
import { ConfigurationError } from '../base/index.ts';
import {
  type Format,
  type NamedValues,
  PolicySyntaxError,
  type Scope,
  scopes,
} from '../languages/policy-documents/index.ts';
import { policyFilesIn, rootNameOf } from './policy-files.ts';
import { readTextFile } from './text-file.ts';

export function formatOf(format: string | undefined): Format {
  if (format === undefined || format === 'rawxml' || format === 'xml') return format ?? 'rawxml';
  const fix = 'Use rawxml or xml.';
  throw new ConfigurationError({ message: `the format '${format}' is not known`, fix });
}

export function scopeOf(scope: string | undefined): Scope | undefined {
  const known = scopes.find((each) => each === scope);
  if (scope === undefined || known) return known;
  const fix = `Use ${scopes.join(', ')}.`;
  throw new ConfigurationError({ message: `the scope '${scope}' is not known`, fix });
}

export function namedValuesOf(file: string | undefined): NamedValues | undefined {
  if (file === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readTextFile(file).text);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError({ file, message: 'is not valid JSON' });
  }
  const entries = Object.entries(value ?? {});
  const wrong = entries.find(([, each]) => typeof each !== 'string')?.[0];
  if (wrong !== undefined || Array.isArray(value) || typeof value !== 'object') {
    const fix = 'Write {"name": "value", …}.';
    throw new ConfigurationError({ file, field: wrong, message: 'must be a text', fix });
  }
  const names = new Map(entries as [string, string][]);
  return (name) => names.get(name);
}

/** Of both `check` and `effective`. */
export interface FragmentFlags {
  readonly fragment?: readonly string[];
  readonly fragments?: string;
}

export const fragmentOption = {
  notation: '--fragment <name=file>',
  folder: '--fragments <folder>',
  collect: (value: string, all: readonly string[] = []) => [...all, value],
} as const;

/** Files of fragments by their id; undefined where none are given. */
export function fragmentFilesOf({
  fragment,
  fragments: folder,
}: FragmentFlags): ReadonlyMap<string, string> | undefined {
  if (folder === undefined && fragment === undefined) return undefined;
  const inFolder = folder === undefined ? [] : policyFilesIn(folder).files;
  const fragments = inFolder.filter((file) => rootNameOf(readTextFile(file).text) === 'fragment');
  return new Map([
    ...fragments.map((file) => [fragmentIdOf(file), file] as const),
    ...(fragment ?? []).map(fragmentOf),
  ]);
}

/** As deployment tools lay them out: `log.xml`, or `log/policy.xml`. */
function fragmentIdOf(file: string): string {
  const name = basename(file).replace(/(\.(policy|fragment|xml|tpl|tftpl|cshtml))+$/i, '');
  return name.toLowerCase() === 'policy' ? basename(dirname(file)) : name;
}

function fragmentOf(notation: string): readonly [string, string] {
  const [, name, file] = /^([^=]+)=(.+)$/.exec(notation) ?? [];
  if (name && file) return [name, file];
  const fix = 'Write --fragment name=file.xml.';
  throw new ConfigurationError({ message: `'${notation}' names no fragment and file`, fix });
}

/** Gives what `read` gives; a syntax error becomes the user's fault in this file. */
export function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    const { message, position, fix } = error;
    throw new ConfigurationError({ file, ...position, message, fix });
  }
}
