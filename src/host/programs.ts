// Programs of an environment: small servers it brings along, one process each.
import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer } from 'node:net';
import { resolve } from 'node:path';
import { ConfigurationError } from '../base/index.ts';
import type { Environment } from './environment.ts';

export interface Programs {
  /** Origin by the program's path as the environment names it. */
  readonly origins: ReadonlyMap<string, string>;
  close(): void;
}

const startTimeoutMs = 20_000;
const retryMs = 25;

/** Starts each program once, with a free PORT, and waits until it listens. */
export async function startPrograms(environment: Environment): Promise<Programs> {
  const children: ChildProcess[] = [];
  const origins = new Map<string, string>();
  const close = () => {
    for (const child of children) child.kill();
  };
  try {
    const paths = [...new Set(environment.hosts.flatMap((row) => row.program ?? []))];
    await Promise.all(
      paths.map(async (path) => {
        const port = await freePort();
        const child = start(environment, path, port);
        children.push(child);
        await listening(environment, path, port, child);
        origins.set(path, `http://127.0.0.1:${port}`);
      }),
    );
    return { origins, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Its standard input is a pipe held by us: it ends when we do, however we end. */
function start(environment: Environment, path: string, port: number): ChildProcess {
  return spawn(process.execPath, [resolve(environment.folder, path)], {
    cwd: environment.folder,
    env: { ...process.env, PORT: String(port) },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}

function freePort(): Promise<number> {
  return new Promise((done, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

async function listening(
  environment: Environment,
  path: string,
  port: number,
  child: ChildProcess,
): Promise<void> {
  const failed = (message: string) => {
    const row = environment.hosts.findIndex((each) => each.program === path);
    const fix = 'It must listen on 127.0.0.1 at the port in the variable PORT.';
    return new ConfigurationError(environment.problem(['hosts', row, 'program'], message, fix));
  };
  // The machine's clock: a process takes real time to start.
  const until = Date.now() + startTimeoutMs;
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw failed(`the program ended with exit code ${child.exitCode}`);
    if (Date.now() > until) throw failed(`the program does not listen after ${startTimeoutMs} ms`);
    await new Promise((done) => setTimeout(done, retryMs));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
