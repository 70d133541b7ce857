// Drives a running host from outside only: its command line, its proxy, its sockets.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ProxyAgent, request } from 'undici';

export const root = join(import.meta.dirname, '..');
const main = join(root, 'src', 'main.ts');

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end; never throws for an exit code. */
export function finish(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; input?: string } = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = execFile(
      command,
      args as string[],
      { maxBuffer: 64 * 1024 * 1024, env: options.env ?? process.env, cwd: options.cwd ?? root },
      (error, stdout, stderr) => {
        const code = error ? Number((error as { code?: unknown }).code ?? 1) : 0;
        resolve({ code: Number.isNaN(code) ? 127 : code, stdout, stderr });
      },
    );
    child.stdin?.end(options.input ?? '');
  });
}

/** The command line of the clone. */
export function lazurite(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; input?: string } = {},
): Promise<Finished> {
  return finish(process.execPath, [main, ...args], options);
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Parsed where it is JSON. */
  readonly body: never;
}

export interface HttpCall {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Fields of a form. */
  readonly form?: Record<string, string>;
  /** Sent as JSON. */
  readonly json?: unknown;
}

export interface RunningHost {
  readonly dataFolder: string;
  readonly proxyPort: number;
  /** Through the forward proxy, trusting its authority. */
  http(url: string, call?: HttpCall): Promise<HttpAnswer>;
  /** A command against this host. */
  command(
    args: readonly string[],
    options?: { env?: NodeJS.ProcessEnv; input?: string },
  ): Promise<Finished>;
  /** As `command`, with `--json`: the parsed output. */
  json<Answer>(args: readonly string[]): Promise<Answer>;
  /** `exec [--as resource] -- command`. */
  exec(
    resource: string | undefined,
    command: readonly string[],
    env?: NodeJS.ProcessEnv,
  ): Promise<Finished>;
  /** The process, to be killed without a word. */
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts `lazurite up` on a folder and waits until it is ready. Default: in memory. */
export async function startLazurite(
  folder: string,
  args: readonly string[] = ['--memory'],
  env: NodeJS.ProcessEnv = {},
): Promise<RunningHost> {
  const child = spawn(process.execPath, [main, 'up', folder, '--json', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const status = await ready(child);
  const control = JSON.parse(readFileSync(join(status.dataFolder, 'control.json'), 'utf8')) as {
    certificatePath: string;
  };
  const agent = new ProxyAgent({
    uri: `http://127.0.0.1:${status.proxyPort}`,
    requestTls: { ca: readFileSync(control.certificatePath, 'utf8') },
    proxyTunnel: true,
  });
  const command: RunningHost['command'] = ([name, ...rest], options) => {
    const nested = ['clock', 'token'].includes(name!) ? [name!, rest.shift()!] : [name!];
    return lazurite([...nested, '--data', status.dataFolder, ...rest], options);
  };
  return {
    ...status,
    process: child,
    http: (url, call) => send(agent, url, call),
    command,
    async json<Answer>(given: readonly string[]) {
      const { code, stdout, stderr } = await command([...given, '--json']);
      if (stdout.trim() === '') throw new Error(`exit code ${code}: ${stderr}`);
      return JSON.parse(stdout) as Answer;
    },
    exec: (resource, program, env) => {
      const as = resource === undefined ? [] : ['--as', resource];
      const options = { env: { ...process.env, ...env } };
      return lazurite(['exec', '--data', status.dataFolder, ...as, '--', ...program], options);
    },
    async stop() {
      await agent.destroy();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function ready(child: ChildProcess): Promise<{ dataFolder: string; proxyPort: number }> {
  let errors = '';
  child.stderr!.on('data', (chunk) => (errors += chunk));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`lazurite up ended with ${code}: ${errors}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const value = JSON.parse(line) as { ready?: boolean; dataFolder: string; proxyPort: number };
      if (value.ready) resolve(value);
    });
  });
}

async function send(agent: ProxyAgent, url: string, call: HttpCall = {}): Promise<HttpAnswer> {
  const headers: Record<string, string> = { ...call.headers };
  let body = call.body;
  if (call.form) {
    headers['Content-Type'] = 'application/x-www-form-urlencoded';
    body = new URLSearchParams(call.form).toString();
  }
  if (call.json !== undefined) {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(call.json);
  }
  const method = call.method ?? (body === undefined ? 'GET' : 'POST');
  const answer = await request(url, { dispatcher: agent, method: method as 'GET', headers, body });
  const text = await answer.body.text();
  return { status: answer.statusCode, headers: answer.headers, text, body: parse(text) as never };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
