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
export async function send(call: Call, ports: Ports, sending: Sending): Promise<GatewayResponse> {
  call.requests += 1;
  if (call.requests > requestsPerCallMax) {
    throw failure(sending, 'BackendConnectionFailure', 'One call sent too many requests.');
  }
  const late = new AbortController();
  const { connection } = call;
  const cancel = ports.clock.wakeAt(ports.clock.now() + sending.timeoutMs, () => late.abort(late));
  const gone = () => late.abort();
  connection.signal.addEventListener('abort', gone, { once: true });
  const timeout = new Promise<never>((_, reject) => {
    late.signal.addEventListener('abort', () =>
      reject(
        late.signal.reason === late
          ? failure(sending, 'Timeout', 'The request to the backend timed out.')
          : failure(sending, 'ClientConnectionFailure', 'The client has gone.'),
      ),
    );
  });
  try {
    const response = await Promise.race([dispatch(call, ports, sending, late.signal), timeout]);
    const { status, reason = '', headers, body } = response;
    return new GatewayResponse(status, reason, new HeaderBag(headers), new MessageBody(body));
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw failure(sending, 'BackendConnectionFailure', error.message);
  } finally {
    cancel();
    connection.signal.removeEventListener('abort', gone);
  }
}

function dispatch(
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
