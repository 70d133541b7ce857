// `lazurite master-key change`: seal with a new key, without stopping.
import type { Command } from 'commander';
import { connectControl, withDataOption } from './control-client.ts';
import { printJson } from './report.ts';

export function registerMasterKey(program: Command): void {
  const masterKey = program
    .command('master-key')
    .description('the key that seals secrets, private keys and run data at rest')
    .addHelpText('after', '\nExample:\n  $ lazurite master-key change\n');
  withDataOption(
    masterKey
      .command('change')
      .description('make a new master key and wrap every sealed record anew, while all goes on')
      .option('--json', 'print one JSON object')
      .addHelpText('after', '\nExample:\n  $ lazurite master-key change\n'),
  ).action(async (options: { json?: boolean; data?: string }) => {
    const client = connectControl(options.data);
    const answer = await client.post<{ rewrapped: number }>('/master-key/change');
    if (options.json) printJson(answer);
    else process.stdout.write(`${answer.rewrapped} records are under the new master key.\n`);
  });
}
