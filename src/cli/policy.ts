// `lazurite policy`: check, join and format policy documents; needs no running host.
import type { Command } from 'commander';
import { registerPolicyCheck } from './policy-check.ts';
import { registerPolicyEffective } from './policy-effective.ts';
import { registerPolicyFormat } from './policy-format.ts';

/** Adds `policy check|effective|format` to the program. Exit 0: fine, 1: findings, 2: wrong use. */
export function registerPolicy(program: Command): void {
  const policy = program
    .command('policy')
    .description('check, join and format API Management policy documents')
    .addHelpText(
      'after',
      '\nExamples:\n  $ lazurite policy check policies/ --json\n' +
        '  $ lazurite policy effective --global all.xml --api orders.xml\n' +
        '  $ lazurite policy format orders.xml --to xml\n',
    );
  registerPolicyCheck(policy);
  registerPolicyEffective(policy);
  registerPolicyFormat(policy);
}
