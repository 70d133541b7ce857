// `lazurite exec`: runs any program with the proxy and the private authority in its environment.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Command } from 'commander';
import { connectControl, withDataOption } from './control-client.ts';
import { exitCodes, styled } from './report.ts';

interface Session {
  readonly id: string;
  readonly traceId: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Names of inherited variables that must go: they hold credentials of the real Azure. */
  readonly removed: readonly string[];
}

export function registerExec(program: Command): void {
  withDataOption(
    program
      .command('exec')
      .description('run a program against this Lazurite, unchanged, on the real host names')
      .argument('<command...>', 'the program and its arguments, behind --')
      .option('--as <resource>', 'run as this Azure resource: its managed identities are there')
      .addHelpText(
        'after',
        '\nExamples:\n  $ lazurite exec -- curl -s https://contoso-gateway.azure-api.net/orders/orders\n' +
          '  $ lazurite exec --as figure-2-signed -- node program.mjs\n' +
          "\nThe exit code is the program's own.\n",
      )
      .passThroughOptions(),
  ).action(async (command: string[], options: { as?: string; data?: string }) => {
    process.exitCode = await exec(command, options);
  });
}

async function exec(command: string[], options: { as?: string; data?: string }): Promise<number> {
  const control = connectControl(options.data);
  const inherited = pick(
    process.env,
    /^(AZURE|MSI|IDENTITY|IMDS)_|_PROXY$|_proxy$|_CA_|^SSL_CERT_|^JAVA_TOOL|^NODE_/,
  );
  const session = await control.post<Session>('/exec', { as: options.as, inherited });
  const environment = { ...process.env };
  for (const name of session.removed) delete environment[name];
  if (session.removed.length > 0)
    note(`left out of its environment: ${session.removed.join(', ')}`);
  try {
    return await run(command, { ...environment, ...session.variables });
  } finally {
    await control.post(`/exec/${session.id}/end`);
  }
}

function pick(environment: NodeJS.ProcessEnv, names: RegExp): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => names.test(name) && value !== undefined),
  ) as Record<string, string>;
}

function run([program, ...args]: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program!, args, { stdio: 'inherit', env });
    // Ctrl-C reaches the child by itself; Lazurite waits for how it ends.
    const ignore = () => undefined;
    process.on('SIGINT', ignore);
    process.once('SIGTERM', () => child.kill('SIGTERM'));
    child.once('error', (error: NodeJS.ErrnoException) => {
      note(error.code === 'ENOENT' ? `there is no program '${program}'` : error.message);
      resolve(127);
    });
    child.once('exit', (code, signal) => {
      process.off('SIGINT', ignore);
      resolve(code ?? (signal ? 128 + constants.signals[signal] : exitCodes.failed));
    });
  });
}

function note(text: string): void {
  process.stderr.write(`${styled('dim', `lazurite: ${text}`, process.stderr)}\n`);
}
