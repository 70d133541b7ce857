// `lazurite run` and `lazurite runs`: start a workflow, list what ran.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ConfigurationError, readJsonText } from '../base/index.ts';
import type { RunView } from '../host/index.ts';
import { connectControl, withDataOption } from './control-client.ts';
import { exitCodes, printJson, printTable, styled } from './report.ts';

interface RunOptions {
  readonly body?: string;
  readonly json?: boolean;
  readonly data?: string;
}

export function registerRun(program: Command): void {
  withDataOption(
    program
      .command('run')
      .description('start a workflow through its Request trigger and wait for the run to end')
      .argument('<workflow>', 'name of the workflow; as site/workflow for a Standard one')
      .option('--body <file>', 'file sent to the trigger; JSON where it ends in .json')
      .option('--json', 'print the run as one JSON object')
      .addHelpText(
        'after',
        '\nExamples:\n  $ lazurite run figure-1\n  $ lazurite run figure-2-signed/call-contoso --json\n' +
          '\nExits 0 when the run succeeded, 1 when it ended otherwise.\n',
      ),
  ).action(async (workflow: string, options: RunOptions) => {
    const body = options.body === undefined ? undefined : readBody(options.body);
    const run = await connectControl(options.data).post<RunView>('/runs', { workflow, body });
    if (options.json) printJson(run);
    else printRun(run);
    if (run.status !== 'Succeeded') process.exitCode = exitCodes.failed;
  });
}

export function registerRuns(program: Command): void {
  withDataOption(
    program
      .command('runs')
      .description('list the newest runs')
      .argument('[workflow]', 'only runs of this workflow')
      .option('--json', 'print one JSON object per run')
      .addHelpText('after', '\nExample:\n  $ lazurite runs figure-1\n'),
  ).action(async (workflow: string | undefined, options: RunOptions) => {
    const query = workflow === undefined ? '' : `?workflow=${encodeURIComponent(workflow)}`;
    const { runs } = await connectControl(options.data).get<{ runs: RunView[] }>(`/runs${query}`);
    if (options.json) {
      for (const run of runs) printJson(run);
      return;
    }
    if (runs.length === 0) process.stdout.write('nothing ran yet\n');
    else printTable(runs.map((run) => [run.startTime, run.status, run.workflow, run.id]));
  });
}

function printRun(run: RunView): void {
  process.stdout.write(`${run.workflow}  ${run.id}  ${mark(run.status)}\n`);
  printTable(
    run.actions.map((action) => [
      `  ${action.name}`,
      mark(action.status),
      [action.code, action.statusCode, action.message].filter(Boolean).join('  '),
    ]),
  );
  process.stdout.write(styled('dim', `why: lazurite explain ${run.id}\n`));
}

function mark(status: string): string {
  if (status === 'Succeeded') return styled('green', status);
  return styled(status === 'Skipped' ? 'dim' : 'red', status);
}

function readBody(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigurationError({
      file,
      message: 'cannot be read',
      fix: 'Name a file that is there.',
    });
  }
  return file.endsWith('.json') ? readJsonText(text, { file }).value : text;
}
