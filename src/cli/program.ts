// The commands of `lazurite`. A command's rooms are loaded only when its name is called.
import { Command } from 'commander';

type Register = (program: Command) => void;

/** First word of the command line to the modules that register it. */
const commands: Readonly<Record<string, () => Promise<readonly Register[]>>> = {
  evaluate: async () => [(await import('./evaluate-workflow.ts')).registerEvaluateWorkflow],
  repl: async () => [(await import('./repl.ts')).registerRepl],
  policy: async () => [(await import('./policy.ts')).registerPolicy],
};

/** The program with the command that `words` name, or with all of them where they name none. */
export async function buildProgram(words: readonly string[] = []): Promise<Command> {
  const program = new Command('lazurite')
    .description('The Azure integration stack in one process, with its trust really enforced.')
    .showHelpAfterError('(add --help for usage)');
  const named = words[0] === undefined ? undefined : commands[words[0]];
  const chosen = named ? [named] : Object.values(commands);
  for (const load of chosen) for (const register of await load()) register(program);
  return program;
}
