// `lazurite policy`: check, join and format policy documents; needs no running host.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { ConfigurationError } from '../base/index.ts';
import {
  type CheckOptions,
  type CheckResult,
  checkDocument,
  convertDocument,
  effectiveLines,
  effectivePolicy,
  type Format,
  formatDocument,
  type NamedValues,
  type Origin,
  type PolicyNode,
  PolicySyntaxError,
  parseDocument,
  policiesOf,
  type Scope,
  scopes,
} from '../languages/policy-documents/index.ts';

/** Adds `policy check|effective|format` to the program. Exit 0: fine, 1: findings, 2: wrong use. */
export function registerPolicy(program: Command): void {
  const policy = program
    .command('policy')
    .description('check, join and format API Management policy documents')
    .addHelpText('after', '\nExample:\n  lazurite policy check policies/ --json');
  registerCheck(policy);
  registerEffective(policy);
  registerFormat(policy);
}

interface CheckFlags {
  readonly json?: boolean;
  readonly format?: string;
  readonly scope?: string;
  readonly namedValues?: string;
}

function registerCheck(policy: Command): void {
  policy
    .command('check')
    .description('parse documents, compile every expression, compare with the documented policies')
    .argument('<paths...>', 'files, or folders whose *.xml hold policies or fragments')
    .option('--json', 'one JSON object per file')
    .option('--format <format>', 'rawxml or xml', 'rawxml')
    .option('--scope <scope>', `also check what this scope allows: ${scopes.join(', ')}`)
    .option('--named-values <file>', 'JSON object of name to value; unknown names become errors')
    .addHelpText(
      'after',
      '\nExit code: 0 no errors, 1 errors found, 2 wrong use.\n\nExamples:\n' +
        '  lazurite policy check api.xml\n' +
        '  lazurite policy check policies/ fragments/ --json\n' +
        '  lazurite policy check api.xml --scope api --named-values values.json',
    )
    .action((paths: string[], flags: CheckFlags) => {
      const options = {
        format: formatOf(flags.format),
        scope: scopeOf(flags.scope),
        namedValues: flags.namedValues ? namedValuesOf(flags.namedValues) : undefined,
      };
      const files = paths.flatMap(policyFilesOf);
      if (files.length === 0) {
        const message = `no policy document in ${paths.join(', ')}`;
        const fix = 'Name *.xml files whose root is <policies> or <fragment>.';
        throw new ConfigurationError({ message, fix });
      }
      const results = files.map((file) => checkFile(file, options));
      for (const result of results) print(result, flags.json === true);
      if (results.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

interface FileResult extends CheckResult {
  readonly file: string;
}

function checkFile(file: string, options: CheckOptions): FileResult {
  return { file, ...checkDocument(readText(file), { ...options, file }) };
}

function print(result: FileResult, json: boolean): void {
  const { file, ok, findings, expressions, compiled } = result;
  if (json) {
    const ordered = findings.map(({ severity, line, column, rule, message, fix }) => {
      return { severity, line, column, rule, message, fix };
    });
    console.log(JSON.stringify({ file, ok, findings: ordered, expressions, compiled }));
    return;
  }
  for (const { severity, line, column, rule, message, fix } of findings) {
    console.log(`${file}:${line}:${column}: ${severity}: ${message} [${rule}]\n  ${fix}`);
  }
  console.log(
    `${file}: ${ok ? 'ok' : 'not ok'}, ${compiled} of ${expressions} expressions compile`,
  );
}

interface EffectiveFlags extends Partial<Record<Scope, string>> {
  readonly fragment: readonly string[];
  readonly namedValues?: string;
  readonly json?: boolean;
}

function registerEffective(policy: Command): void {
  const command = policy
    .command('effective')
    .description('join the documents of a scope chain; each line with the place it comes from');
  for (const scope of scopes)
    command.option(`--${scope} <file>`, `the document of the ${scope} scope`);
  command
    .option(
      '--fragment <name=file>',
      'a policy fragment; may be repeated',
      (value: string, all: readonly string[]) => [...all, value],
      [] as readonly string[],
    )
    .option('--named-values <file>', 'JSON object of name to value')
    .option('--json', 'one JSON object: {"lines":[{"text","scope","file","line","column"}]}')
    .addHelpText(
      'after',
      '\nExit code: 0 done, 2 a document cannot be read or wrong use.\n\nExample:\n' +
        '  lazurite policy effective --global all.xml --api orders.xml --operation get.xml',
    )
    .action((flags: EffectiveFlags) => showEffective(flags));
}

function showEffective(flags: EffectiveFlags): void {
  const namedValues = flags.namedValues ? namedValuesOf(flags.namedValues) : undefined;
  const chain = scopes.flatMap((scope) => {
    const file = flags[scope];
    return file ? [{ scope, root: rootOf(file, { namedValues, scope }) }] : [];
  });
  if (chain.length === 0) {
    const fix = `Name at least one of ${scopes.map((scope) => `--${scope}`).join(', ')}.`;
    throw new ConfigurationError({ message: 'no policy document is given', fix });
  }
  const fragments = new Map(flags.fragment.map((each) => fragmentOf(each, namedValues)));
  const effective = effectivePolicy({ chain, fragment: (id) => fragments.get(id) });
  const lines = effectiveLines(effective);
  if (flags.json) {
    const shown = lines.map(({ text, origin }) => ({ text, ...origin }));
    const problems = effective.problems.map(({ origin, ...rest }) => ({ ...rest, ...origin }));
    console.log(JSON.stringify({ lines: shown, problems }));
  } else {
    const width = Math.min(80, Math.max(...lines.map(({ text }) => text.length)));
    for (const { text, origin } of lines) {
      console.log(origin ? `${text.padEnd(width)}  <!-- ${placeOf(origin)} -->` : text);
    }
    for (const { message, fix, origin } of effective.problems) {
      console.error(`${placeOf(origin)}: ${message}\n  ${fix}`);
    }
  }
  if (effective.problems.length > 0) process.exitCode = 1;
}

function placeOf(origin: Origin): string {
  const { scope, fragment, file, line } = origin;
  const where = fragment ? `fragment ${fragment}` : (scope ?? '');
  return line === 0 ? `${where} (default)` : `${where} ${file ?? ''}:${line}`;
}

interface FormatFlags {
  readonly from?: string;
  readonly to?: string;
  readonly write?: boolean;
}

function registerFormat(policy: Command): void {
  policy
    .command('format')
    .description('indent a document, and change between rawxml and xml')
    .argument('<files...>', 'policy documents')
    .option('--from <format>', 'rawxml or xml', 'rawxml')
    .option('--to <format>', 'rawxml or xml', 'rawxml')
    .option('--write', 'change the files instead of printing')
    .addHelpText(
      'after',
      '\nExit code: 0 done, 2 a document cannot be read or wrong use.\n\nExamples:\n' +
        '  lazurite policy format api.xml --write\n' +
        '  lazurite policy format api.xml --to xml > strict.xml',
    )
    .action((files: string[], flags: FormatFlags) => {
      for (const file of files) formatFile(file, flags);
    });
}

function formatFile(file: string, flags: FormatFlags): void {
  const source = readText(file);
  const text = reading(file, () => {
    const document = parseDocument(source, { file, format: formatOf(flags.from) });
    return formatDocument(convertDocument(document, formatOf(flags.to)));
  });
  if (!flags.write) process.stdout.write(text);
  else if (text !== source) writeFileSync(file, text);
}

function rootOf(
  file: string,
  options: { namedValues?: NamedValues; scope?: Scope; fragment?: string },
): PolicyNode {
  return reading(file, () => policiesOf(parseDocument(readText(file), { file }), options).root);
}

function fragmentOf(notation: string, namedValues?: NamedValues): [string, PolicyNode] {
  const [, name, file] = /^([^=]+)=(.+)$/.exec(notation) ?? [];
  if (!name || !file) {
    const fix = 'Write --fragment name=file.xml.';
    throw new ConfigurationError({ message: `'${notation}' names no fragment and file`, fix });
  }
  return [name, rootOf(file, { namedValues, fragment: name })];
}

function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    const { message, position, fix } = error;
    throw new ConfigurationError({ file, ...position, message, fix });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new ConfigurationError({ file, message: `cannot be read (${reason})` });
  }
}

/** Kept by deployment tools under these names; a file named outright is taken as it is. */
const policyFile = /\.(xml|xml\.tpl|xml\.tftpl|cshtml)$/i;

function policyFilesOf(path: string): string[] {
  let folder: boolean;
  try {
    folder = statSync(path).isDirectory();
  } catch {
    throw new ConfigurationError({ file: path, message: 'there is no such file or folder' });
  }
  if (!folder) return [path];
  return readdirSync(path, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) {
        return /^(node_modules|\.git)$/.test(basename(inner)) ? [] : policyFilesOf(inner);
      }
      if (!entry.isFile() || !policyFile.test(entry.name)) return [];
      return /<(policies|fragment)[\s>]/.test(readText(inner)) ? [inner] : [];
    });
}

function formatOf(format: string | undefined): Format {
  if (format === undefined || format === 'rawxml' || format === 'xml') return format ?? 'rawxml';
  throw new ConfigurationError({
    message: `the format '${format}' is not known`,
    fix: 'Use rawxml or xml.',
  });
}

function scopeOf(scope: string | undefined): Scope | undefined {
  const known = scopes.find((each) => each === scope);
  if (scope === undefined || known) return known;
  throw new ConfigurationError({
    message: `the scope '${scope}' is not known`,
    fix: `Use ${scopes.join(', ')}.`,
  });
}

function namedValuesOf(file: string): NamedValues {
  let value: unknown;
  try {
    value = JSON.parse(readText(file));
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
