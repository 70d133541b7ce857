// The convenient level for protocol endpoints: Request in, Response out.
import type { Connection, Exchange, ExchangeRequest } from './exchange.ts';

/** A protocol endpoint. `request.url` is absolute, with the host the client used. */
export type Service = (request: Request, connection: Connection) => Promise<Response>;

/**
 * Serves a Service as an Exchange. The request body is streamed; the answer is collected, since answers
 * of protocol endpoints are small: it leaves with its length, in one piece. Event streams stay streams.
 */
export function exchangeOf(service: Service): Exchange {
  return async (exchange) => {
    const response = await service(requestOf(exchange), exchange.connection);
    const { status, body } = response;
    const headers = [...response.headers];
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (body === null || isStream) return { status, headers, body };
    return { status, headers, body: new Uint8Array(await response.arrayBuffer()) };
  };
}

function requestOf({ method, target, headers, body, connection }: ExchangeRequest): Request {
  const { scheme, host, port } = connection;
  const standard = scheme === 'https' ? 443 : 80;
  const origin = `${scheme}://${host}${port === standard ? '' : `:${port}`}`;
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers: headers.filter(([name]) => allowedInRequest(name)) as [string, string][],
    duplex: 'half',
  };
  if (body && method !== 'GET' && method !== 'HEAD') {
    init.body = ReadableStream.from(body);
  }
  return new Request(`${origin}${target.startsWith('/') ? target : `/${target}`}`, init);
}

/** `Request` refuses these names or drops them; endpoints do not need them. */
function allowedInRequest(name: string): boolean {
  return !/^(:.*|connection|transfer-encoding|keep-alive|upgrade|expect)$/i.test(name);
}
