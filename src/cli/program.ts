// The command line: a command's module is loaded only when its name is called.
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { endWithReader, exitCodes, reportError } from './report.ts';

type Register = (program: Command) => void;

/** First word of the command line to the modules that register it. */
const commands: Readonly<Record<string, () => Promise<readonly Register[]>>> = {
  up: async () => [(await import('./up.ts')).registerUp],
  exec: async () => [(await import('./exec.ts')).registerExec],
  run: async () => [(await import('./run.ts')).registerRun],
  runs: async () => [(await import('./run.ts')).registerRuns],
  explain: async () => [(await import('./explain.ts')).registerExplain],
  audit: async () => [(await import('./audit.ts')).registerAudit],
  'master-key': async () => [(await import('./master-key.ts')).registerMasterKey],
  clock: async () => [(await import('./clock.ts')).registerClock],
  token: async () => [(await import('./token.ts')).registerToken],
  credentials: async () => [(await import('./credentials.ts')).registerCredentials],
  doctor: async () => [(await import('./doctor.ts')).registerDoctor],
  evaluate: async () => [
    (await import('./evaluate-workflow.ts')).registerEvaluateWorkflow,
    (await import('./evaluate-policy.ts')).registerEvaluatePolicy,
  ],
  repl: async () => [(await import('./repl.ts')).registerRepl],
  workflow: async () => [(await import('./workflow.ts')).registerWorkflow],
  policy: async () => [(await import('./policy.ts')).registerPolicy],
};

/** The program with the command that `words` name, or with all of them where they name none. */
export async function buildProgram(words: readonly string[] = []): Promise<Command> {
  const program = new Command('lazurite')
    .description('The Azure integration stack in one process, with its trust really enforced.')
    .version(version(), '-V, --version', 'print the version')
    .showHelpAfterError('(add --help for usage)')
    .addHelpText(
      'after',
      '\nExamples:\n  $ lazurite up examples/article --stories\n  $ lazurite explain last\n' +
        '  $ lazurite exec --help\n',
    )
    .enablePositionalOptions();
  const named = Object.hasOwn(commands, words[0] ?? '') ? commands[words[0]!] : undefined;
  const chosen = named ? [named] : Object.values(commands);
  for (const load of chosen) for (const register of await load()) register(program);
  return program;
}

/** Runs one command; gives the exit code: 0 done, 1 not as it should be, 2 bad usage or input. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  endWithReader();
  try {
    const program = await buildProgram(words);
    overrideExit(program);
    await program.parseAsync(words as string[], { from: 'user' });
    return Number(process.exitCode ?? exitCodes.done);
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    }
    return reportError(error);
  }
}

/** Commander would end the process itself, with 1 for bad usage. */
function overrideExit(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) overrideExit(child);
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
