// Requests that the gateway sends: to the backend, and those of send-request.
import type { ExchangeResponse, HeaderList } from '../../http/index.ts';
import { OutboundError } from '../../http/index.ts';
import { type Address, printAddress } from './address.ts';
import { type Call, GatewayResponse } from './call.ts';
import { Fault, internalErrorMessage } from './errors.ts';
import { HeaderBag } from './header-bag.ts';
import { requestsPerCallMax } from './limits.ts';
import { MessageBody } from './message-body.ts';
import type { Ports } from './room.ts';

export interface Sending {
  /** The policy that sends. */
  readonly source: string;
  readonly method: string;
  readonly url: Address;
  readonly headers: HeaderList;
  readonly body: MessageBody;
  readonly timeoutMs: number;
}

const hopByHop =
  /^(host|connection|keep-alive|proxy-connection|proxy-authorization|transfer-encoding|upgrade|te|trailer|expect|content-length)$/i;

/**
 * Sends and waits for the response's headers; its body streams. Throws Fault with the reasons
 * Timeout and BackendConnectionFailure.
 */
export function send(call: Call, ports: Ports, sending: Sending): Promise<GatewayResponse> {
  call.requests += 1;
  if (call.requests > requestsPerCallMax) {
    const message = 'One call sent too many requests.';
    return Promise.reject(failure(sending, 'BackendConnectionFailure', message));
  }
  const { signal } = call.connection;
  const { clock } = ports;
  return new Promise((resolve, reject) => {
    const late = new AbortController();
    const stop = (fault: Fault) => {
      done();
      reject(fault);
      late.abort(fault);
    };
    const gone = () => stop(failure(sending, 'ClientConnectionFailure', 'The client has gone.'));
    const expire = () => stop(failure(sending, 'Timeout', 'The request to the backend timed out.'));
    const cancel = clock.wakeAt(clock.now() + sending.timeoutMs, expire);
    const done = () => {
      cancel();
      signal.removeEventListener('abort', gone);
    };
    signal.addEventListener('abort', gone, { once: true });
    dispatch(call, ports, sending, late.signal).then(
      ({ status, reason = '', headers, body }) => {
        done();
        resolve(new GatewayResponse(status, reason, new HeaderBag(headers), new MessageBody(body)));
      },
      (error) => {
        done();
        const refused = error instanceof OutboundError;
        reject(refused ? failure(sending, 'BackendConnectionFailure', error.message) : error);
      },
    );
  });
}

async function dispatch(
  call: Call,
  ports: Ports,
  { method, url, headers, body }: Sending,
  signal: AbortSignal,
): Promise<ExchangeResponse> {
  const content = body.take();
  return ports.outbound({
    method,
    url: printAddress(url),
    headers: sentHeaders(headers, content),
    body: content,
    callingResource: call.service.id,
    signal,
    hops: call.connection.hops,
  });
}

/** Hop-by-hop fields stay here; the length is that of what is really sent. */
function sentHeaders(headers: HeaderList, content: unknown): HeaderList {
  const named = headers.find(([name]) => name.toLowerCase() === 'connection')?.[1];
  const alsoHere = new Set(named?.split(',').map((each) => each.trim().toLowerCase()));
  const kept = headers.filter(
    ([name]) => !hopByHop.test(name) && !alsoHere.has(name.toLowerCase()),
  );
  if (content instanceof Uint8Array) {
    return content.length > 0 ? [...kept, ['Content-Length', String(content.length)]] : kept;
  }
  if (content === null) return kept;
  const length = headers.find(([name]) => name.toLowerCase() === 'content-length');
  return length ? [...kept, length] : kept;
}

function failure(
  { source }: Sending,
  reason: 'Timeout' | 'BackendConnectionFailure' | 'ClientConnectionFailure',
  message: string,
): Fault {
  return new Fault({ source, reason, message, status: 500, bodyMessage: internalErrorMessage });
}
