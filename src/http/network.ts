// Sends to the real network through undici, headers as given and answers as they came.
import { Readable } from 'node:stream';
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent } from 'undici';
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
  const settings = {
    connect: buildConnector({ timeout: connectTimeoutMs }) as never,
    headersTimeout: headersTimeoutMs,
    bodyTimeout: 0,
  };
  // Servers that a row names are near; looking up proxy variables for each call costs.
  const near = new Agent(settings);
  const far = new EnvHttpProxyAgent(settings);
  return {
    send: (request, origin) => dispatch(origin === undefined ? far : near, request, origin),
    async close() {
      await Promise.all([near.destroy(), far.destroy()]);
    },
  };
}

/** The path goes out as written: the URL class would normalise it. */
const urlParts = /^(https?:\/\/([^/?#]+))([^#]*)/i;

function dispatch(
  agent: Dispatcher,
  request: OutboundRequest,
  origin: string | undefined,
): Promise<ExchangeResponse> {
  const [, ownOrigin, host, path] = urlParts.exec(request.url)!;
  return new Promise((resolve, reject) => {
    let body: Readable | undefined;
    let controller: Dispatcher.DispatchController | undefined;
    const gone = () => controller?.abort(new Error('the caller has gone'));
    request.signal?.addEventListener('abort', gone, { once: true });
    const done = () => request.signal?.removeEventListener('abort', gone);
    agent.dispatch(
      {
        origin: origin ?? ownOrigin!,
        path: path!.startsWith('/') ? path! : `/${path}`,
        method: request.method as Dispatcher.HttpMethod,
        headers: flatten(request.headers, host!),
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
          const failure = outboundError(error, host!);
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

function outboundError(error: Error & { code?: string }, host: string): OutboundError {
  const cause = (error.cause as { code?: string } | undefined)?.code;
  const code = error.code ?? cause ?? 'ERR_NETWORK';
  return new OutboundError(code, `no answer from ${host}: ${error.message || code}`);
}
