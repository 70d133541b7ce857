// `lazurite clock`: one clock for tokens, certificates, retention, retries and recurrences.
import type { Command } from 'commander';
import { connectControl, withDataOption } from './control-client.ts';
import { printJson } from './report.ts';

interface ClockView {
  readonly now: string;
  readonly offsetMs: number;
}

interface ClockOptions {
  readonly json?: boolean;
  readonly data?: string;
}

export function registerClock(program: Command): void {
  const clock = program
    .command('clock')
    .description("show or move Lazurite's clock; tokens, certificates and timers follow")
    .addHelpText(
      'after',
      '\nExamples:\n  $ lazurite clock advance PT25H\n  $ lazurite clock reset\n',
    );
  const add = (name: string, description: string, example: string) =>
    withDataOption(
      clock
        .command(name)
        .description(description)
        .option('--json', 'print one JSON object')
        .addHelpText('after', `\nExample:\n  $ lazurite clock ${example}\n`),
    );
  add('show', 'print the time', 'show').action(async (options: ClockOptions) =>
    print(await connectControl(options.data).get('/clock'), options),
  );
  add('advance', 'move it forward by an ISO 8601 duration', 'advance PT1H')
    .argument('<duration>', 'such as PT90M or P1D')
    .action(async (advance: string, options: ClockOptions) =>
      print(await connectControl(options.data).post('/clock', { advance }), options),
    );
  add('set', 'set it to a time', 'set 2030-01-01T00:00:00Z')
    .argument('<time>', 'ISO 8601, with Z or an offset')
    .action(async (set: string, options: ClockOptions) =>
      print(await connectControl(options.data).post('/clock', { set }), options),
    );
  add('reset', "follow the machine's clock again", 'reset').action(async (options: ClockOptions) =>
    print(await connectControl(options.data).post('/clock', { reset: true }), options),
  );
}

function print(view: ClockView, { json }: ClockOptions): void {
  if (json) {
    printJson(view);
    return;
  }
  const seconds = Math.round(view.offsetMs / 1000);
  const ahead = seconds < 0 ? `${-seconds} s behind` : `${seconds} s ahead of`;
  const relation = seconds === 0 ? "the machine's time" : `${ahead} the machine`;
  process.stdout.write(`${view.now}  (${relation})\n`);
}
