// The control service: how commands and the console reach a running host. Loopback only.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationError, equalsConstantTime, type Json } from '../base/index.ts';
import { answer, exchangeOf, matchRoute, type Route, type Service } from '../http/index.ts';

export interface ControlRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, Json>>;
}

export type ControlRoute = Route<(request: ControlRequest) => Promise<unknown>>;

export interface ControlServer {
  readonly url: string;
  readonly secret: string;
  close(): Promise<void>;
}

const bodyBytesMax = 16_777_216;

/** Listens on a free loopback port; every request needs the secret. */
export async function startControl(routes: readonly ControlRoute[]): Promise<ControlServer> {
  const secret = randomBytes(32).toString('base64url');
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const service = exchangeOf(
    controlService(routes, secret, [`127.0.0.1:${port}`, `localhost:${port}`]),
  );
  server.on('request', (incoming, outgoing) => {
    void answer(service, { scheme: 'http' }, incoming, outgoing);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    secret,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Host, Origin and secret are checked before anything else: a page in a browser, or a name that an
 * attacker points at loopback, gets nothing.
 */
export function controlService(
  routes: readonly ControlRoute[],
  secret: string,
  hosts: readonly string[],
): Service {
  return async (request) => {
    const refused = refusalOf(request, secret, hosts);
    if (refused) return json(refused.status, { error: { message: refused.message } });
    const url = new URL(request.url);
    const match = matchRoute(routes, request.method, url.pathname);
    if (!match || 'allow' in match) {
      const message = `the control service has no ${request.method} ${url.pathname}`;
      return json(404, { error: { message } });
    }
    try {
      const body = await readBody(request);
      const { parameters, route } = match;
      return json(200, await route.handler({ parameters, query: url.searchParams, body }));
    } catch (error) {
      return failure(error as Error);
    }
  };
}

function refusalOf(request: Request, secret: string, hosts: readonly string[]) {
  const host = request.headers.get('host') ?? '';
  if (!hosts.includes(host)) return { status: 421, message: `'${host}' is not this service` };
  if (request.headers.has('origin')) {
    return { status: 403, message: 'pages of a browser have no access here' };
  }
  const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  if (equalsConstantTime(given, secret)) return undefined;
  return { status: 401, message: 'the secret of control.json is missing or wrong' };
}

async function readBody(request: Request): Promise<Readonly<Record<string, Json>>> {
  const text = await request.text();
  if (text.length > bodyBytesMax)
    throw new ConfigurationError({ message: 'the body is too large' });
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, Json>;
  } catch {
    // Falls through to the refusal.
  }
  throw new ConfigurationError({ message: 'the body is not a JSON object' });
}

function failure(error: Error): Response {
  if (error instanceof ConfigurationError) {
    return json(400, { error: { message: error.message, problems: error.problems } });
  }
  process.emitWarning(error);
  return json(500, { error: { message: `Lazurite failed: ${error.name}` } });
}

function json(status: number, value: unknown): Response {
  return Response.json(value ?? {}, { status, headers: { 'Cache-Control': 'no-store' } });
}
