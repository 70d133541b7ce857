// forward-request: sends the request to the backend; its response becomes the call's.

import { parseAddress } from '../address.ts';
import type { Call, GatewayResponse } from '../call.ts';
import type { Backend } from '../configuration.ts';
import { Fault } from '../errors.ts';
import { send } from '../forwarding.ts';
import { forwardTimeoutSeconds } from '../limits.ts';
import type { Policy } from '../registry.ts';
import type { Ports } from '../room.ts';

const redirectsMax = 10;

export const forwardRequest: Policy = {
  name: 'forward-request',
  compile(node, room) {
    const version = room.literal(node, 'http-version') ?? '1';
    if (version === '2') room.fail(node, 'http-version="2" is not supported by this gateway yet.');
    if (node.attributes.has('continue-timeout')) {
      room.fail(node, "The attribute 'continue-timeout' is not supported by this gateway yet.");
    }
    const seconds = room.number(node, 'timeout');
    const milliseconds = room.number(node, 'timeout-ms');
    const buffer = room.flag(node, 'buffer-request-body', false);
    const follow = room.flag(node, 'follow-redirects', false);
    const failOnError = room.flag(node, 'fail-on-error-status-code', false);
    return async (call) => {
      const timeoutMs =
        (await milliseconds?.(call)) ?? ((await seconds?.(call)) ?? forwardTimeoutSeconds) * 1000;
      const followRedirects = await follow(call);
      if ((await buffer(call)) || followRedirects) await call.request.body.buffer();
      call.response?.body.discard();
      addCredentials(call);
      let response = await forward(call, room.ports, timeoutMs);
      if (followRedirects) response = await followed(call, room.ports, timeoutMs, response);
      call.response = response;
      if ((await failOnError(call)) && response.status >= 400 && response.status <= 599) {
        throw new Fault({
          ...{ source: 'forward-request', reason: 'BackendStatusCode', status: response.status },
          message: `The backend answered ${response.status}.`,
        });
      }
    };
  },
};

function backendOf(call: Call): Backend | undefined {
  return call.backendId === undefined
    ? undefined
    : call.service.backends.get(call.backendId.toLowerCase());
}

/** What the backend's own document adds to every request. */
function addCredentials(call: Call): void {
  const backend = backendOf(call);
  if (!backend) return;
  const { request } = call;
  for (const [name, values] of backend.headers) request.headers.set(name, values);
  if (backend.authorization) request.headers.set('Authorization', [backend.authorization]);
  for (const [name, values] of backend.query) {
    for (const value of values) {
      const pair = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
      request.query += `${request.query === '' ? '?' : '&'}${pair}`;
    }
  }
}

function forward(call: Call, ports: Ports, timeoutMs: number): Promise<GatewayResponse> {
  const { request, connection } = call;
  const forwardedFor = request.headers.values('X-Forwarded-For');
  const address = connection.remoteAddress.replace(/^::ffff:/i, '');
  const headers = [
    ...request.headers.list().filter(([name]) => name.toLowerCase() !== 'x-forwarded-for'),
    ['X-Forwarded-For', [...forwardedFor, address].join(',')] as const,
  ];
  const { method, body } = request;
  return send(call, ports, {
    ...{ source: 'forward-request', method, url: request.url(), headers, body, timeoutMs },
  });
}

async function followed(
  call: Call,
  ports: Ports,
  timeoutMs: number,
  response: GatewayResponse,
): Promise<GatewayResponse> {
  const { request } = call;
  for (let count = 0; count < redirectsMax; count++) {
    const location = response.headers.first('Location');
    if (![301, 302, 303, 307, 308].includes(response.status) || !location) return response;
    const from = request.url();
    const target = URL.parse(location, `${from.scheme}://${from.host}:${from.port}${from.path}`);
    const next = target && parseAddress(target.href);
    if (!next) return response;
    response.body.discard();
    if (response.status <= 303 && request.method !== 'HEAD') {
      request.method = 'GET';
      request.body.replace(null);
    }
    // Credentials are for the host they were sent to.
    if (next.host !== from.host) {
      request.headers.delete('Authorization');
      for (const [name] of backendOf(call)?.headers ?? []) request.headers.delete(name);
    }
    request.base = { ...next, path: '', query: '' };
    request.path = next.path;
    request.query = next.query;
    response = await forward(call, ports, timeoutMs);
  }
  return response;
}
