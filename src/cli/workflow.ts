// `lazurite workflow`: check definitions and draw their graph; needs no running host.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ConfigurationError } from '../base/index.ts';
import {
  checkText,
  type DefinitionFile,
  definitionFiles,
  type FileReport,
  isFolder,
  isTreeObject,
  mermaidOf,
  projectOf,
  readDefinitionFile,
  svgOf,
  type TreeObject,
} from '../services/logic-apps/index.ts';

const checkHelp = `
Files: a Standard workflow.json (with host.json, connections.json and parameters.json around it), a bare
definition, a Microsoft.Logic/workflows resource or an ARM template. Of a folder, every JSON file that
holds a definition is checked.

Exit codes: 0 no errors, 1 errors found, 2 wrong usage.

Examples:
  lazurite workflow check .
  lazurite workflow check Orders/workflow.json azuredeploy.json --json`;

const graphHelp = `
Exit codes: 0 drawn, 2 wrong usage or nothing to draw.

Examples:
  lazurite workflow graph Orders/workflow.json > orders.mmd
  lazurite workflow graph Orders/workflow.json --svg --output orders.svg`;

/** Adds `workflow check|graph` to the program. */
export function registerWorkflow(program: Command): void {
  const workflow = program
    .command('workflow')
    .description('Check workflow definitions and draw their graph.')
    .addHelpText('after', '\nExample:\n  $ lazurite workflow check workflows/\n');
  workflow
    .command('check')
    .description('Say what is wrong in definitions: file, line, column, rule, and what to write.')
    .argument('<paths...>', 'files or folders')
    .option('--json', 'print one JSON object for each file')
    .addHelpText('after', checkHelp)
    .action((paths: string[], options: { json?: boolean }) => {
      const reports = paths.flatMap(checkPath);
      if (reports.length === 0) {
        throw new ConfigurationError({
          message: `no workflow definition in ${paths.join(', ')}`,
          fix: 'Name a workflow.json, a definition, or a template with Microsoft.Logic/workflows.',
        });
      }
      process.stdout.write(options.json ? jsonLines(reports) : readable(reports));
      if (reports.some(({ ok }) => !ok)) process.exitCode = 1;
    });
  workflow
    .command('graph')
    .description('Draw the action graph as Mermaid text or SVG.')
    .argument('<file>', 'a file with a definition')
    .option('--svg', 'SVG instead of Mermaid')
    .option('--workflow <name>', 'which workflow, where the file holds several')
    .option('--output <file>', 'write to a file instead of standard output')
    .addHelpText('after', graphHelp)
    .action((file: string, options: GraphOptions) => {
      const definition = definitionIn(file, options.workflow);
      const text = options.svg ? svgOf(definition) : mermaidOf(definition);
      if (options.output === undefined) process.stdout.write(text);
      else writeText(options.output, text);
    });
}

interface GraphOptions {
  readonly svg?: boolean;
  readonly workflow?: string;
  readonly output?: string;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError({
      file,
      message: `the file cannot be read: ${(error as Error).message}`,
      fix: 'Name an existing file or folder.',
    });
  }
}

function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ConfigurationError({
      file,
      message: `the file cannot be written: ${(error as Error).message}`,
      fix: 'Name a file in a folder that exists and may be written to.',
    });
  }
}

/** Reports of one argument; files of a folder that hold no definition are passed over. */
export function checkPath(path: string): FileReport[] {
  let folder: boolean;
  try {
    folder = isFolder(path);
  } catch {
    folder = false;
  }
  if (!folder) return [checkText(path, readText(path), projectOf(path))];
  return definitionFiles(path).flatMap((file) => {
    const text = readText(file);
    const certain = /(^|[\\/])workflow\.json$/i.test(file);
    if (!certain && !/workflowdefinition\.json|microsoft\.logic\/workflows/i.test(text)) return [];
    const report = checkText(file, text, projectOf(file));
    const empty = report.findings.some(({ rule }) => rule === 'no-definition');
    return empty && !certain ? [] : [report];
  });
}

function jsonLines(reports: readonly FileReport[]): string {
  return reports.map((report) => `${JSON.stringify(report)}\n`).join('');
}

function readable(reports: readonly FileReport[]): string {
  const lines: string[] = [];
  for (const { file, findings } of reports) {
    for (const { severity, line, column, rule, message, fix } of findings) {
      lines.push(`${file}:${line}:${column}: ${severity} ${rule}: ${message}`);
      if (fix !== '') lines.push(`  ${fix}`);
    }
  }
  const count = (severity: string) =>
    reports.flatMap((report) => report.findings).filter((found) => found.severity === severity)
      .length;
  const total = (of: (report: FileReport) => number) =>
    reports.reduce((sum, report) => sum + of(report), 0);
  lines.push(
    `${reports.length} files, ${total((report) => report.actions)} actions, ${total((report) => report.expressions)} expressions: ${count('error')} errors, ${count('warning')} warnings`,
  );
  return `${lines.join('\n')}\n`;
}

function definitionIn(file: string, name: string | undefined): TreeObject {
  const read: DefinitionFile = readDefinitionFile(file, readText(file));
  const { workflows } = read;
  const chosen =
    name === undefined
      ? workflows[0]
      : workflows.find((workflow) => workflow.name.toLowerCase() === name.toLowerCase());
  if (chosen && isTreeObject(chosen.definition)) return chosen.definition;
  throw new ConfigurationError({
    file,
    message: name === undefined ? 'the file holds no workflow definition' : `no workflow '${name}'`,
    fix:
      workflows.length > 0
        ? `Choose one of ${workflows.map((workflow) => workflow.name).join(', ')} with --workflow.`
        : 'Name a file with triggers and actions.',
  });
}
