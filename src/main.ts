#!/usr/bin/env node
// The entry of the `lazurite` command.
import { CommanderError } from 'commander';
import { ConfigurationError } from './base/index.ts';
import { buildProgram } from './cli/program.ts';

const words = process.argv.slice(2);
const program = await buildProgram(words);
for (const command of [
  program,
  ...program.commands,
  ...program.commands.flatMap((c) => c.commands),
]) {
  command.exitOverride();
}
try {
  await program.parseAsync(words, { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof ConfigurationError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else throw error;
}
