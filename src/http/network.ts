// Sends to the real network through undici, headers as given and answers as they came.
import { Readable } from 'node:stream';
import { buildConnector, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import {
  type BodyStream,
  type ExchangeResponse,
  type HeaderList,
  OutboundError,
  type OutboundRequest,
} from './exchange.ts';
import { connectTimeoutMs, headersTimeoutMs } from './limits.ts';

export interface Network {
  send(request: OutboundRequest, origin?: string): Promise<ExchangeResponse>;
  close(): Promise<void>;
}

/** Connections are pooled; the machine's own proxy variables are honoured. */
export function createNetwork(): Network {
  const agent = new EnvHttpProxyAgent({
    connect: buildConnector({ timeout: connectTimeoutMs }) as never,
    headersTimeout: headersTimeoutMs,
    bodyTimeout: 0,
  });
  return {
    send: (request, origin) => dispatch(agent, request, origin),
    close: () => agent.destroy(),
  };
}

function dispatch(
  agent: Dispatcher,
  request: OutboundRequest,
  origin: string | undefined,
): Promise<ExchangeResponse> {
  const url = new URL(request.url);
  // The path goes out as written: the URL class would normalise it.
  const path = /^https?:\/\/[^/?#]+([^#]*)/i.exec(request.url)![1]!;
  return new Promise((resolve, reject) => {
    let body: Readable | undefined;
    let controller: Dispatcher.DispatchController | undefined;
    const gone = () => controller?.abort(new Error('the caller has gone'));
    request.signal?.addEventListener('abort', gone, { once: true });
    const done = () => request.signal?.removeEventListener('abort', gone);
    agent.dispatch(
      {
        origin: origin ?? url.origin,
        path: path.startsWith('/') ? path : `/${path}`,
        method: request.method as Dispatcher.HttpMethod,
        headers: flatten(request.headers, url.host),
        body: bodyOf(request.body),
      },
      {
        onRequestStart(started) {
          controller = started;
          if (request.signal?.aborted) gone();
        },
        onResponseStart(started, status, _headers, reason) {
          if (status < 200) return;
          body = new Readable({
            read: () => started.resume(),
            destroy(error, callback) {
              if (!body?.readableEnded) started.abort(error ?? new Error('not read to the end'));
              callback(error);
            },
          });
          resolve({ status, reason, headers: rawHeaders(started.rawHeaders), body });
        },
        onResponseData(started, chunk) {
          if (!body?.push(chunk)) started.pause();
        },
        onResponseEnd() {
          done();
          body?.push(null);
        },
        onResponseError(_controller, error) {
          done();
          const failure = outboundError(error, url);
          if (body) body.destroy(failure);
          else reject(failure);
        },
      },
    );
  });
}

function bodyOf(body: Uint8Array | BodyStream | null | undefined) {
  if (!body || body instanceof Uint8Array) return body ?? null;
  return Readable.from(body, { objectMode: false });
}

/** Hop-by-hop headers are undici's own business (RFC 9110 section 7.6.1). */
const hopByHop = /^(connection|keep-alive|proxy-connection|transfer-encoding|upgrade|expect|te)$/i;

function flatten(headers: HeaderList, host: string): string[] {
  const flat: string[] = [];
  let named = false;
  for (const [name, value] of headers) {
    if (hopByHop.test(name)) continue;
    named ||= name.toLowerCase() === 'host';
    flat.push(name, value);
  }
  return named ? flat : ['Host', host, ...flat];
}

function rawHeaders(raw: Dispatcher.DispatchController['rawHeaders']): HeaderList {
  const list: [string, string][] = [];
  const flat = Array.isArray(raw) ? raw : [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const name = String(flat[index]);
    if (!hopByHop.test(name)) list.push([name, latin1(flat[index + 1]!)]);
  }
  return list;
}

const latin1 = (value: Buffer | string) =>
  typeof value === 'string' ? value : value.toString('latin1');

function outboundError(error: Error & { code?: string }, url: URL): OutboundError {
  const cause = (error.cause as { code?: string } | undefined)?.code;
  const code = error.code ?? cause ?? 'ERR_NETWORK';
  return new OutboundError(code, `no answer from ${url.host}: ${error.message || code}`);
}
