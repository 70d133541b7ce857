// `lazurite policy format`: indents documents, and changes between the formats.
import type { Command } from 'commander';
import { ConfigurationError, type Problem } from '../base/index.ts';
import {
  convertDocument,
  formatDocument,
  parseDocument,
} from '../languages/policy-documents/index.ts';
import { policyFilesOf } from './policy-files.ts';
import { formatOf, reading } from './policy-input.ts';
import { exitCodes } from './report.ts';
import { readTextFile, writeTextFile } from './text-file.ts';

interface Flags {
  readonly from?: string;
  readonly to?: string;
  readonly write?: boolean;
  readonly check?: boolean;
}

export function registerPolicyFormat(policy: Command): void {
  policy
    .command('format')
    .description('indent documents, and change between rawxml and xml')
    .argument('<paths...>', 'policy documents, folders that hold some, - for standard input')
    .option('--from <format>', 'rawxml or xml', 'rawxml')
    .option('--to <format>', 'rawxml or xml', 'rawxml')
    .option('--write', 'change the files instead of printing')
    .option('--check', 'change nothing; name the files that would change')
    .addHelpText(
      'after',
      '\nExits 0 when done, 1 when --check names a file, 2 when a document cannot be read or for wrong use.\n' +
        '\nExamples:\n' +
        '  $ lazurite policy format api.xml --write\n' +
        '  $ lazurite policy format policies/ --check\n' +
        '  $ lazurite policy format api.xml --to xml > strict.xml\n' +
        '  $ lazurite policy format strict.xml --from xml\n',
    )
    .action((paths: string[], flags: Flags) => {
      const problems = policyFilesOf(paths).files.flatMap((file) => formatFile(file, flags));
      if (problems.length > 0) throw new ConfigurationError(problems);
    });
}

/** What keeps the file from being formatted; the others are formatted nevertheless. */
function formatFile(file: string, flags: Flags): readonly Problem[] {
  try {
    format(file, flags);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems;
  }
}

function format(file: string, flags: Flags): void {
  const source = readTextFile(file);
  const [from, to] = [formatOf(flags.from), formatOf(flags.to)];
  const text = reading(file, () => {
    return formatDocument(convertDocument(parseDocument(source.text, { file, format: from }), to));
  });
  if (flags.check) {
    if (text === source.text) return;
    process.stdout.write(`${file}\n`);
    process.exitCode = exitCodes.failed;
  } else if (!flags.write || file === '-') process.stdout.write(text);
  else if (text !== source.text) writeTextFile(file, text, source);
}
