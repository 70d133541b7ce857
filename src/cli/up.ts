// `lazurite up`: starts an environment, tells its stories, stays until it is stopped.
import type { Command } from 'commander';
import { ConfigurationError } from '../base/index.ts';
import { exitCodes, printJson, styled } from './report.ts';

interface UpOptions {
  readonly data?: string;
  readonly memory?: boolean;
  readonly port?: string;
  readonly stories?: boolean;
  readonly once?: boolean;
  readonly json?: boolean;
}

export function registerUp(program: Command): void {
  program
    .command('up')
    .description('start an environment and stay up; with --stories, run its stories first')
    .argument('[folder]', 'folder with an environment.json or environment.ts', '.')
    .option('--data <folder>', 'where state lives (default: .lazurite in the folder)')
    .option('--memory', 'keep nothing: state lives in memory only')
    .option('--port <number>', 'port of the forward proxy on loopback (default: any free one)')
    .option('--stories', "run the environment's stories and print each hop")
    .option('--once', 'run the stories, then stop; exit 0 only if each ended as it should')
    .option('--json', 'print one JSON object per hop, and one for all stories at the end')
    .addHelpText(
      'after',
      '\nExamples:\n  $ lazurite up examples/article --stories\n' +
        '  $ lazurite up examples/article --once --json | tail -n 1\n',
    )
    .action(up);
}

const stopSignals = ['SIGINT', 'SIGTERM'] as const;

async function up(folder: string, options: UpOptions): Promise<void> {
  const port = portOf(options.port);
  const { loadEnvironment, runStories, startHost } = await import('../host/index.ts');
  const { hopPrinter, printAddresses, printStories } = await import('./up-report.ts');
  const environment = await loadEnvironment(folder);
  const say = (text: string) => {
    if (!options.json) process.stdout.write(`${text}\n`);
  };
  const leave = () => process.exit(exitCodes.interrupted);
  for (const signal of stopSignals) process.once(signal, leave);
  const host = await startHost({
    environment,
    dataPath: options.data,
    memory: options.memory,
    port,
    onProgress: say,
  });
  const stop = new Promise<void>((resolve) => {
    for (const signal of stopSignals) process.off(signal, leave).once(signal, () => resolve());
    host.stopped.then(resolve);
  });
  try {
    if (options.stories || options.once) {
      const print = options.json ? printJson : hopPrinter();
      const results = await runStories(host, print);
      const ok = results.every((result) => result.ok);
      if (options.json) printJson({ stories: results, ok });
      else printStories(results);
      if (!ok) process.exitCode = exitCodes.failed;
    }
    if (options.once) return;
    if (options.json) printJson({ ready: true, ...host.status() });
    else printAddresses(host.status());
    await stop;
    say(styled('dim', 'stopping'));
  } finally {
    await host.close();
  }
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new ConfigurationError({
    field: '--port',
    message: `'${text}' is not a number from 0 to 65535`,
    fix: 'Name a port, such as --port 8123, or leave it out to take any free one.',
  });
}
