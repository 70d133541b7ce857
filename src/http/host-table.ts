// The host table: which host is served by whom, and what becomes of hosts that nobody serves.
import { activeTraceparent, decide, inSpan, setAttributes } from '../telemetry/index.ts';
import {
  type Exchange,
  type ExchangeRequest,
  type ExchangeResponse,
  type HeaderList,
  header,
  type Outbound,
  OutboundError,
  type OutboundRequest,
} from './exchange.ts';
import { hopsMax } from './limits.ts';

/** Where the calls of a row go. */
export type HostTarget =
  /** A service in this process. */
  | { readonly exchange: Exchange }
  /** A server elsewhere: origin such as `http://127.0.0.1:4001`; the Host header stays. */
  | { readonly origin: string }
  /** The real host of that name. */
  | { readonly network: true };

export interface HostRow {
  /** A host name or address, or `*.suffix` for any host below a suffix; lower case. */
  readonly pattern: string;
  /** Who answers, as traces and `explain` call it. */
  readonly service: string;
  readonly target: HostTarget;
}

export interface HostTable {
  readonly rows: readonly HostRow[];
  /** The row that serves a host: an exact one first, then the longest suffix. */
  rowOf(host: string): HostRow | undefined;
  /** Serves a request that came from outside, with `connection.host` already set. */
  receive(request: ExchangeRequest): Promise<ExchangeResponse>;
  /** How services call each other, and how workflows and gateways call the world. */
  readonly outbound: Outbound;
}

export interface HostTableOptions {
  readonly rows: readonly HostRow[];
  /** Sends to the real network; `origin` replaces the URL's own. */
  readonly network: (request: OutboundRequest, origin?: string) => Promise<ExchangeResponse>;
  /** Whether hosts in no row go to the real network; otherwise they are refused. */
  readonly allowNetwork: boolean;
}

const urlShape = /^(https?):\/\/([^/?#]+)([^#]*)/i;

export function createHostTable(options: HostTableOptions): HostTable {
  const rows = options.rows.map((row) => ({ ...row, pattern: row.pattern.toLowerCase() }));
  const exact = new Map(rows.map((row) => [row.pattern, row]));
  const suffixes = rows
    .filter((row) => row.pattern.startsWith('*.'))
    .sort((a, b) => b.pattern.length - a.pattern.length);

  function rowOf(host: string): HostRow | undefined {
    const name = host.toLowerCase();
    return exact.get(name) ?? suffixes.find((row) => name.endsWith(row.pattern.slice(1)));
  }

  function receive(request: ExchangeRequest): Promise<ExchangeResponse> {
    const row = rowOf(request.connection.host);
    if (!row) throw unknownHost(request.connection.host);
    return hop(row, request.method, urlOf(request), request.connection.callingResource, () => {
      const { target } = row;
      if ('exchange' in target) return serve(target.exchange, request);
      const outbound = outboundOf(request);
      return options.network(outbound, 'origin' in target ? target.origin : undefined);
    });
  }

  async function outbound(request: OutboundRequest): Promise<ExchangeResponse> {
    const parts = urlShape.exec(request.url);
    if (!parts) throw new OutboundError('ERR_INVALID_URL', `'${request.url}' is not an http URL`);
    const { host, port } = splitAuthority(parts[2]!, parts[1]!.toLowerCase() as 'http' | 'https');
    const hops = (request.hops ?? 0) + 1;
    if (hops > hopsMax) {
      throw new OutboundError('ERR_LOOP', `more than ${hopsMax} calls inside one another`);
    }
    const row = rowOf(host);
    if (!row && !options.allowNetwork) throw unknownHost(host);
    const service = row ?? { pattern: host, service: host, target: { network: true } as const };
    const caller = request.callingResource ?? request.caller;
    return hop(service, request.method, withoutQuery(request.url), caller, () => {
      const { target } = service;
      if ('exchange' in target) {
        const scheme = parts[1]!.toLowerCase() as 'http' | 'https';
        return serve(target.exchange, inProcess(request, scheme, host, port, parts[3]!, hops));
      }
      const traced = { ...request, headers: withTrace(request.headers) };
      return options.network(traced, 'origin' in target ? target.origin : undefined);
    });
  }
  return { rows, rowOf, receive, outbound };
}

function unknownHost(host: string): OutboundError {
  return new OutboundError(
    'ENOTFOUND',
    `the host ${host} is not in the host table, and this environment does not allow the network`,
    `Add a row for ${host} under "hosts" in environment.json, or set "network": true there.`,
  );
}

/** One hop is one span; what went wrong on the way is a decision on it. */
function hop(
  row: HostRow,
  method: string,
  url: string,
  caller: string | undefined,
  send: () => Promise<ExchangeResponse>,
): Promise<ExchangeResponse> {
  return inSpan(
    `${method} ${row.service}`,
    { service: row.service, method, url, caller },
    async () => {
      try {
        const response = await send();
        setAttributes({ status: response.status });
        return response;
      } catch (error) {
        if (error instanceof OutboundError) {
          const { message, fix } = error;
          decide({ rule: 'connection', outcome: 'refused', reason: message, fix });
        }
        throw error;
      }
    },
  );
}

/** A handler that throws is our defect: the caller gets a 500 that tells nothing private. */
async function serve(exchange: Exchange, request: ExchangeRequest): Promise<ExchangeResponse> {
  try {
    return await exchange(request);
  } catch (error) {
    if (error instanceof OutboundError) throw error;
    const reason = `the service failed: ${(error as Error).name}`;
    decide({ rule: 'service', outcome: 'refused', reason, fix: 'This is a defect of Lazurite.' });
    process.emitWarning(error as Error);
    return {
      status: 500,
      headers: [['Content-Type', 'application/json; charset=utf-8']],
      body: Buffer.from('{"error":{"code":"InternalServerError","message":"An error occurred."}}'),
    };
  }
}

function inProcess(
  request: OutboundRequest,
  scheme: 'http' | 'https',
  host: string,
  port: number,
  rest: string,
  hops: number,
): ExchangeRequest {
  const headers = header(request.headers, 'host')
    ? request.headers
    : ([['Host', host], ...request.headers] as HeaderList);
  const body = request.body instanceof Uint8Array ? once(request.body) : (request.body ?? null);
  return {
    method: request.method,
    target: rest.startsWith('/') ? rest : `/${rest}`,
    headers: withTrace(headers),
    body,
    connection: {
      scheme,
      host,
      port,
      remoteAddress: '127.0.0.1',
      clientCertificate: request.clientCertificate,
      callingResource: request.callingResource,
      signal: request.signal ?? neverAborted,
      hops,
    },
  };
}

const neverAborted = new AbortController().signal;

async function* once(bytes: Uint8Array) {
  yield bytes;
}

function outboundOf(request: ExchangeRequest): OutboundRequest {
  const { method, headers, body, connection } = request;
  const { signal, hops } = connection;
  const url = `${originOf(request)}${request.target}`;
  return { method, url, headers: withTrace(headers), body, signal, hops };
}

function originOf({ connection: { scheme, host, port } }: ExchangeRequest): string {
  return `${scheme}://${host}${port === (scheme === 'https' ? 443 : 80) ? '' : `:${port}`}`;
}

function urlOf(request: ExchangeRequest): string {
  return withoutQuery(`${originOf(request)}${request.target}`);
}

/** Query values may be signatures; a trace names the path only. */
function withoutQuery(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

/** Hands the active span to the callee, in place of the caller's own `traceparent`. */
function withTrace(headers: HeaderList): HeaderList {
  const traceparent = activeTraceparent();
  if (!traceparent) return headers;
  const others = headers.filter(([name]) => name.toLowerCase() !== 'traceparent');
  return [...others, ['traceparent', traceparent]];
}

/** Host in lower case and port of `host[:port]`; IPv6 literals keep their brackets off. */
export function splitAuthority(
  authority: string,
  scheme: 'http' | 'https',
): { host: string; port: number } {
  const bare = authority.slice(authority.lastIndexOf('@') + 1);
  const match = /^(?:\[([^\]]+)\]|([^:]*))(?::(\d+))?$/.exec(bare);
  const host = (match?.[1] ?? match?.[2] ?? bare).toLowerCase().replace(/\.$/, '');
  return { host, port: Number(match?.[3] ?? (scheme === 'https' ? 443 : 80)) };
}
