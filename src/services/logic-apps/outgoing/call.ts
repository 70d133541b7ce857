// One HTTP call: credentials, sending, redirects, reading. All I/O goes through `outbound`.
import {
  BodyTooLargeError,
  type ExchangeResponse,
  type HeaderList,
  header,
  OutboundError,
  readBody,
} from '../../../http/index.ts';
import { activeTraceparent, type Decision } from '../../../telemetry/index.ts';
import type { HttpCall, HttpResult } from '../actions/action.ts';
import { type ObjectValue, objectOf } from '../language.ts';
import { messageBytesMax, redirectsMax } from '../limits.ts';
import {
  AuthenticationError,
  type Credentials,
  credentialsFor,
  type Surroundings,
} from './authentication/index.ts';
import { decompress, readContent, writeBody } from './content.ts';
import { codeOfStatus } from './reason-phrases.ts';

interface Message {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  readonly bytes: Buffer | undefined;
  readonly clientCertificate?: Uint8Array;
}

/** Makes the call. Every failure to get an answer is a result, not a throw, except an abort. */
export async function makeCall(
  call: HttpCall,
  around: Surroundings,
  signal: AbortSignal,
): Promise<HttpResult> {
  const decisions: Decision[] = [];
  const timeout = new AbortController();
  const cancelTimer = around.clock.wakeAt(around.clock.now() + call.timeoutMs, () =>
    timeout.abort(),
  );
  const either = AbortSignal.any([signal, timeout.signal]);
  try {
    const credentials = await credentialsFor(call.authentication, {
      around,
      url: new URL(call.url),
      signal: either,
      decided: (decision) => decisions.push(decision),
    });
    const message = messageOf(call, credentials, around);
    return { ...(await exchange(message, around, either)), decisions };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return { ...failureOf(error, timeout.signal.aborted, call.timeoutMs), decisions };
  } finally {
    cancelTimer();
  }
}

function messageOf(call: HttpCall, credentials: Credentials, around: Surroundings): Message {
  const { bytes, contentType } = writeBody(call.body, around.newGuid);
  const named = new Set(credentials.headers.map(([name]) => name.toLowerCase()));
  const headers = call.headers.filter(
    ([name]) =>
      !named.has(name.toLowerCase()) &&
      !/^(host|content-length|transfer-encoding|connection)$/i.test(name),
  );
  const typed = bytes === undefined || headers.some(([name]) => /^content-type$/i.test(name));
  const traceparent = activeTraceparent();
  const traced =
    traceparent !== undefined && !headers.some(([name]) => /^traceparent$/i.test(name));
  return {
    method: call.method,
    url: call.url,
    headers: [
      ...headers,
      ...credentials.headers,
      ...(!typed && contentType ? ([['Content-Type', contentType]] as const) : []),
      ...(bytes ? ([['Content-Length', String(bytes.length)]] as const) : []),
      ...(traced ? ([['traceparent', traceparent]] as const) : []),
    ],
    bytes,
    clientCertificate: credentials.clientCertificate,
  };
}

type Answer = Omit<Extract<HttpResult, { answered: true }>, 'decisions'>;
type NoAnswer = Omit<Extract<HttpResult, { answered: false }>, 'decisions'>;

async function exchange(
  first: Message,
  around: Surroundings,
  signal: AbortSignal,
): Promise<Answer> {
  let message = first;
  for (let redirects = 0; ; redirects++) {
    const response = await orAbort(
      signal,
      around.outbound({
        method: message.method,
        url: message.url.split('#')[0]!,
        headers: message.headers,
        body: message.bytes ?? null,
        callingResource: around.facts.resourceId,
        hops: around.hops,
        clientCertificate: message.clientCertificate,
        signal,
      }),
    );
    const next = redirects < redirectsMax ? redirected(message, response) : undefined;
    const bytes = await orAbort(signal, readBody(response.body, messageBytesMax));
    if (next) message = next;
    else return answerOf(message.url, response, bytes);
  }
}

/** A service in this process may not watch the signal; the call ends all the same. */
function orAbort<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** The message to send instead; credentials do not follow to another origin. */
function redirected(message: Message, response: ExchangeResponse): Message | undefined {
  const location = header(response.headers, 'location');
  if (![301, 302, 303, 307, 308].includes(response.status) || !location) return undefined;
  if (!URL.canParse(location, message.url)) return undefined;
  const url = new URL(location, message.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  const sameOrigin = url.origin === new URL(message.url).origin;
  const toGet = response.status === 303 || (response.status < 303 && message.method === 'POST');
  const dropped = new RegExp(
    `^(${[...(sameOrigin ? [] : ['authorization', 'cookie']), ...(toGet ? ['content-.*'] : []), '-'].join('|')})$`,
    'i',
  );
  return {
    method: toGet && message.method !== 'HEAD' ? 'GET' : message.method,
    url: url.href,
    headers: message.headers.filter(([name]) => !dropped.test(name)),
    bytes: toGet ? undefined : message.bytes,
    ...(sameOrigin && { clientCertificate: message.clientCertificate }),
  };
}

function answerOf(url: string, response: ExchangeResponse, raw: Buffer): Answer {
  const encoding = header(response.headers, 'content-encoding');
  const bytes = decompress(raw, encoding);
  return {
    answered: true,
    status: response.status,
    reason: codeOfStatus(response.status),
    headers: headersOf(response.headers),
    body: readContent(bytes, header(response.headers, 'content-type')),
    url,
  };
}

/** By first spelling, values of the same name joined. */
export function headersOf(list: HeaderList): ObjectValue {
  const joined = new Map<string, [string, string]>();
  for (const [name, value] of list) {
    const known = joined.get(name.toLowerCase());
    joined.set(name.toLowerCase(), known ? [known[0], `${known[1]},${value}`] : [name, value]);
  }
  return objectOf([...joined.values()]);
}

const lost =
  /^(ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|EPIPE|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_.*)$/;

function failureOf(error: unknown, timedOut: boolean, timeoutMs: number): NoAnswer {
  if (timedOut) {
    const message = `The request was not answered within ${Math.round(timeoutMs / 1000)} seconds.`;
    return { answered: false, code: 'RequestTimeout', message, transient: true };
  }
  if (error instanceof AuthenticationError) {
    const { code, message, transient } = error;
    return { answered: false, code, message, transient };
  }
  if (error instanceof OutboundError) {
    const message = `Http request failed: ${error.message}${error.fix ? ` ${error.fix}` : ''}`;
    return { answered: false, code: 'BadRequest', message, transient: lost.test(error.code) };
  }
  if (error instanceof BodyTooLargeError) {
    const message = `Http request failed as the content was too large: ${error.message}.`;
    return { answered: false, code: 'BadRequest', message, transient: false };
  }
  const code = (error as NodeJS.ErrnoException)?.code;
  if (typeof code === 'string' && /^Z_|^ERR_(BUFFER_TOO_LARGE|_?ZLIB|BROTLI)/.test(code)) {
    const message = 'Http request failed: the answer is not encoded as its Content-Encoding says.';
    return { answered: false, code: 'BadRequest', message, transient: false };
  }
  throw error;
}
