// The socket adapter: node:http in, Exchange out, nothing normalised on the way.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { joinTrace } from '../telemetry/index.ts';
import {
  type BodyStream,
  type Connection,
  type Exchange,
  type ExchangeRequest,
  type ExchangeResponse,
  type HeaderList,
  header,
  OutboundError,
} from './exchange.ts';
import { splitAuthority } from './host-table.ts';

/** What the way in adds to every request that comes over it. */
export interface Entry {
  readonly scheme: 'http' | 'https';
  readonly callingResource?: string;
  /** The trace that requests without a `traceparent` join. */
  readonly traceparent?: string;
}

/** Answers one request of a node:http server through `exchange`. Never throws. */
export async function answer(
  exchange: Exchange,
  entry: Entry,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort(new Error('the client has gone'));
  });
  const request = exchangeRequest(entry, incoming, gone.signal);
  const parent = header(request.headers, 'traceparent') ?? entry.traceparent;
  try {
    const response = await joinTrace(parent, () => exchange(request));
    await send(response, request.method, outgoing);
  } catch (error) {
    fail(error as Error, outgoing);
  } finally {
    // An unread body would keep the connection from its next request.
    if (!incoming.readableEnded) incoming.resume();
  }
}

function exchangeRequest(
  entry: Entry,
  incoming: IncomingMessage,
  signal: AbortSignal,
): ExchangeRequest {
  const headers = pairs(incoming.rawHeaders);
  const absolute = /^(https?):\/\/([^/?#]+)(.*)$/i.exec(incoming.url ?? '/');
  const scheme = (absolute?.[1]?.toLowerCase() as Connection['scheme']) ?? entry.scheme;
  const authority = absolute?.[2] ?? header(headers, 'host') ?? 'localhost';
  const hasBody =
    header(headers, 'transfer-encoding') !== undefined ||
    Number(header(headers, 'content-length') ?? 0) > 0;
  return {
    method: incoming.method ?? 'GET',
    target: (absolute ? absolute[3] : incoming.url) || '/',
    headers: headers.filter(([name]) => !/^proxy-(connection|authorization)$/i.test(name)),
    body: hasBody ? incoming : null,
    connection: {
      scheme,
      ...splitAuthority(authority, scheme),
      remoteAddress: incoming.socket.remoteAddress ?? '127.0.0.1',
      clientCertificate: clientCertificate(incoming),
      callingResource: entry.callingResource,
      signal,
      hops: 0,
    },
  };
}

function clientCertificate(incoming: IncomingMessage): Uint8Array | undefined {
  const socket = incoming.socket as Partial<TLSSocket>;
  return socket.getPeerCertificate?.()?.raw;
}

function pairs(raw: readonly string[]): HeaderList {
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) list.push([raw[index]!, raw[index + 1]!]);
  return list;
}

async function send(
  response: ExchangeResponse,
  method: string,
  outgoing: ServerResponse,
): Promise<void> {
  const { status, reason, headers, body } = response;
  const kept = headers.filter(([name]) => !/^(connection|transfer-encoding)$/i.test(name));
  const flat = kept.flat();
  const sized = kept.some(([name]) => name.toLowerCase() === 'content-length');
  if (!sized && body instanceof Uint8Array) flat.push('Content-Length', String(body.length));
  if (!sized && body === null && status >= 200 && status !== 204 && status !== 304) {
    flat.push('Content-Length', '0');
  }
  if (reason === undefined) outgoing.writeHead(status, flat);
  else outgoing.writeHead(status, reason, flat);
  if (body === null || method === 'HEAD') outgoing.end();
  else if (body instanceof Uint8Array) outgoing.end(body);
  else if (body instanceof Readable) pipe(body, outgoing);
  else await write(body, outgoing);
}

/** As `stream.pipeline`, which would make an abort controller for each answer. */
function pipe(body: Readable, outgoing: ServerResponse): void {
  body.once('error', (error) => outgoing.destroy(error));
  outgoing.once('close', () => body.destroy());
  body.pipe(outgoing);
}

async function write(body: BodyStream, outgoing: ServerResponse): Promise<void> {
  for await (const chunk of body) {
    if (outgoing.destroyed) return;
    if (!outgoing.write(chunk)) await new Promise((resolve) => resumeWhen(outgoing, resolve));
  }
  outgoing.end();
}

function resumeWhen(outgoing: ServerResponse, resolve: (value?: unknown) => void): void {
  const go = () => {
    outgoing.off('drain', go).off('close', go);
    resolve();
  };
  outgoing.once('drain', go).once('close', go);
}

/** What reaches here is no protocol's own: an unknown host, an unreachable backend, a defect. */
function fail(error: Error, outgoing: ServerResponse): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  const known = error instanceof OutboundError;
  const lines = known ? [error.message, error.fix] : ['Lazurite failed on this request.'];
  if (!known) process.emitWarning(error);
  const text = `${lines.filter(Boolean).join('\n')}\n`;
  outgoing.writeHead(known ? 502 : 500, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  outgoing.end(text);
}
