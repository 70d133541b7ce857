// `lazurite policy check`: what is wrong in policy documents, and where.
import type { Command } from 'commander';
import { ConfigurationError } from '../base/index.ts';
import {
  type CheckOptions,
  type CheckResult,
  checkDocument,
  expressionCompiler,
  type Finding,
  scopes,
} from '../languages/policy-documents/index.ts';
import { policyFilesOf } from './policy-files.ts';
import {
  type FragmentFlags,
  formatOf,
  fragmentFilesOf,
  fragmentOption,
  namedValuesOf,
  scopeOf,
} from './policy-input.ts';
import { exitCodes, printJson, reportError, styled } from './report.ts';
import { readTextFile } from './text-file.ts';

interface Flags extends FragmentFlags {
  readonly json?: boolean;
  readonly format?: string;
  readonly scope?: string;
  readonly namedValues?: string;
}

export function registerPolicyCheck(policy: Command): void {
  policy
    .command('check')
    .description('parse documents, compile every expression, compare with the documented policies')
    .argument(
      '<paths...>',
      'files, folders whose files hold policies or fragments, - for standard input',
    )
    .option('--json', 'one JSON object per file')
    .option('--format <format>', 'rawxml or xml', 'rawxml')
    .option('--scope <scope>', `also check what this scope allows: ${scopes.join(', ')}`)
    .option('--named-values <file>', 'JSON object of name to value; unknown names become errors')
    .option(fragmentOption.folder, 'fragments there are; unknown ids become errors')
    .option(fragmentOption.notation, 'one fragment; may be repeated', fragmentOption.collect)
    .addHelpText(
      'after',
      '\nExits 0 without errors (warnings may remain), 1 with errors, 2 for wrong use or what cannot be read.\n' +
        '\nExamples:\n' +
        '  $ lazurite policy check api.xml\n' +
        '  $ lazurite policy check policies/ fragments/ --json\n' +
        '  $ lazurite policy check api.xml --scope api --named-values values.json --fragments fragments/\n' +
        '  $ terraform output -raw policy | lazurite policy check -\n',
    )
    .action((paths: string[], flags: Flags) => check(paths, flags));
}

function check(paths: readonly string[], flags: Flags): void {
  const fragments = fragmentFilesOf(flags);
  const options: CheckOptions = {
    format: formatOf(flags.format),
    scope: scopeOf(flags.scope),
    namedValues: namedValuesOf(flags.namedValues),
    hasFragment: fragments && ((id) => fragments.has(id)),
    compile: expressionCompiler(),
  };
  const { files, passedOver } = policyFilesOf(paths);
  if (files.length === 0) {
    const message = `no policy document in ${paths.join(', ')}`;
    const fix = 'Name files whose root is <policies> or <fragment>, or a folder that holds some.';
    throw new ConfigurationError({ message, fix });
  }
  const results = files.map((file, index) => {
    showProgress(index, files.length);
    return checkFile(file, options);
  });
  showProgress(files.length, files.length);
  for (const result of results) {
    if (flags.json) printAsJson(result);
    else if (result.unreadable) reportError(result.unreadable);
    else print(result);
  }
  if (!flags.json && results.length + passedOver > 1) printSummary(results, passedOver);
  if (results.some(({ ok }) => !ok)) process.exitCode = exitCodes.failed;
  if (results.some(({ unreadable }) => unreadable)) process.exitCode = exitCodes.usage;
}

interface CheckedFile extends Omit<CheckResult, 'findings'> {
  readonly file: string;
  readonly findings: readonly (Omit<Finding, 'rule'> & { readonly rule: string })[];
  /** What the excerpts of findings are taken from. */
  readonly text: string;
  readonly unreadable?: ConfigurationError;
}

function checkFile(file: string, options: CheckOptions): CheckedFile {
  let text: string;
  try {
    text = readTextFile(file).text;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const { message, fix = 'Name a file that can be read.' } = error.problems[0]!;
    const finding = {
      severity: 'error',
      line: 1,
      column: 1,
      rule: 'unreadable',
      message,
      fix,
    } as const;
    const counts = { expressions: 0, compiled: 0, text: '', unreadable: error };
    return { file, ok: false, findings: [finding], ...counts };
  }
  return { file, text, ...checkDocument(text, { ...options, file }) };
}

function printAsJson({ file, ok, findings, expressions, compiled }: CheckedFile): void {
  const ordered = findings.map(({ severity, line, column, rule, message, fix }) => {
    return { severity, line, column, rule, message, fix };
  });
  printJson({ file, ok, findings: ordered, expressions, compiled });
}

function print({ file, ok, findings, expressions, compiled, text }: CheckedFile): void {
  const lines = findings.length > 0 ? text.split(/\r?\n/) : [];
  for (const { severity, line, column, rule, message, fix } of findings) {
    const grade = styled(severity === 'error' ? 'red' : 'yellow', severity);
    const place = styled('bold', `${file}:${line}:${column}`);
    const excerpt = excerptOf(lines[line - 1], column).map((each) =>
      styled('dim', `    ${each}\n`),
    );
    const told = `${place}: ${grade}: ${message} ${styled('dim', `[${rule}]`)}\n`;
    process.stdout.write(`${told}${excerpt.join('')}  ${fix}\n`);
  }
  const state = ok ? styled('green', 'ok') : styled('red', 'not ok');
  process.stdout.write(`${file}: ${state}, ${compiled} of ${expressions} expressions compile\n`);
}

const excerptWidth = 96;

/** The line and a caret under the column; of a long line, the part around it. */
function excerptOf(line: string | undefined, column: number): string[] {
  if (line === undefined || line.trim() === '') return [];
  const indent = line.length - line.trimStart().length;
  const start = column <= excerptWidth - 20 ? Math.min(indent, column - 1) : column - 1 - 60;
  const text = line
    .slice(start, start + excerptWidth)
    .replaceAll('\t', ' ')
    .trimEnd();
  const [before, behind] = [
    start > indent ? '…' : '',
    start + excerptWidth < line.length ? '…' : '',
  ];
  return [`${before}${text}${behind}`, `${' '.repeat(before.length + column - 1 - start)}^`];
}

function printSummary(results: readonly CheckedFile[], passedOver: number): void {
  const sum = (of: (each: CheckedFile) => number) =>
    results.reduce((all, each) => all + of(each), 0);
  const counts = [
    `${results.length} files: ${sum(({ ok }) => Number(ok))} ok, ${sum(({ ok }) => Number(!ok))} not ok`,
    `${sum(({ compiled }) => compiled)} of ${sum((each) => each.expressions)} expressions compile`,
    ...(passedOver > 0 ? [`${passedOver} files that are no policies passed over`] : []),
  ];
  process.stdout.write(`${counts.join('; ')}\n`);
}

/** A line on a terminal that goes away again. */
function showProgress(done: number, all: number): void {
  if (all < 50 || !process.stderr.isTTY) return;
  if (done === all) process.stderr.write('\r\x1b[K');
  else if (done % 20 === 0) process.stderr.write(`\rchecking ${done} of ${all} documents`);
}
