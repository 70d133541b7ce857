// HTTP as it is: what `Request` and `Response` cannot carry travels in an Exchange.

/** Headers in the order and case they came or go. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

export type BodyStream = AsyncIterable<Uint8Array>;

/** What a service knows of the connection a request came over. */
export interface Connection {
  readonly scheme: 'http' | 'https';
  /** The host the client addressed, lower case, no port. */
  readonly host: string;
  readonly port: number;
  readonly remoteAddress: string;
  /** DER of a client certificate presented in TLS. */
  readonly clientCertificate?: Uint8Array;
  /**
   * ARM id of the resource that is calling, where the way in says so: the proxy port of
   * `exec --as`, or the Logic App whose run is calling. The managed identity endpoints trust it.
   */
  readonly callingResource?: string;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** How many hops inside this process led here; bounded. */
  readonly hops: number;
}

export interface ExchangeRequest {
  readonly method: string;
  /** Origin form as sent: raw path and query, nothing decoded or normalised. */
  readonly target: string;
  readonly headers: HeaderList;
  readonly body: BodyStream | null;
  readonly connection: Connection;
}

export interface ExchangeResponse {
  /** 100 to 999; not only what `Response` allows. */
  readonly status: number;
  readonly reason?: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array | BodyStream | null;
}

/** A protocol endpoint at its lowest level. */
export type Exchange = (request: ExchangeRequest) => Promise<ExchangeResponse>;

/** A request going out: absolute URL; the host table decides where it really goes. */
export interface OutboundRequest {
  readonly method: string;
  /** Absolute; path and query are sent as written. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body?: Uint8Array | BodyStream | null;
  /** Becomes the callee's `Connection.callingResource`. */
  readonly callingResource?: string;
  /** Who calls, as traces name it, where it is no resource. */
  readonly caller?: string;
  readonly clientCertificate?: Uint8Array;
  readonly signal?: AbortSignal;
  /** The caller's own `Connection.hops`, so that loops end. */
  readonly hops?: number;
}

/**
 * How a service calls others: by host name, through the host table. Throws OutboundError where
 * the host is unknown, refused or unreachable.
 */
export type Outbound = (request: OutboundRequest) => Promise<ExchangeResponse>;

/** Why no answer came. `code` is Node's (ECONNREFUSED, ENOTFOUND, …) or one of ours. */
export class OutboundError extends Error {
  readonly code: string;
  readonly fix: string | undefined;

  constructor(code: string, message: string, fix?: string) {
    super(message);
    this.name = 'OutboundError';
    this.code = code;
    this.fix = fix;
  }
}

/** First value of a header, in any letter case. */
export function header(headers: HeaderList, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([each]) => each.toLowerCase() === wanted)?.[1];
}

/** All values of a header, in any letter case, in order. */
export function headerValues(headers: HeaderList, name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([each]) => each.toLowerCase() === wanted).map(([, value]) => value);
}

/** The body was larger than the caller allowed. */
export class BodyTooLargeError extends Error {
  constructor(maxBytes: number) {
    super(`the body is larger than ${maxBytes} bytes`);
    this.name = 'BodyTooLargeError';
  }
}

/** Collects a body; throws BodyTooLargeError above `maxBytes`. */
export async function readBody(
  body: Uint8Array | BodyStream | null | undefined,
  maxBytes = 104_857_600,
): Promise<Buffer> {
  if (!body) return Buffer.alloc(0);
  if (body instanceof Uint8Array) {
    if (body.length > maxBytes) throw new BodyTooLargeError(maxBytes);
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyTooLargeError(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
