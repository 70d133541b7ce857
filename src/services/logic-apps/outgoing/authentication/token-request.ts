// One call to a token endpoint or identity endpoint: JSON in the answer, errors as they are worded there.
import { type HeaderList, header, OutboundError, readBody } from '../../../../http/index.ts';
import { activeTraceparent } from '../../../../telemetry/index.ts';
import { type AuthenticationContext, AuthenticationError } from './authentication.ts';

/** Bytes of a token answer; ours. */
const tokenAnswerBytesMax = 1_048_576;

export interface TokenAnswer {
  readonly status: number;
  readonly accessToken: string | undefined;
  /** The endpoint's own words of refusal, without the token. */
  readonly refusal: string;
}

/** Calls and reads. Throws AuthenticationError where no answer came. */
export async function requestToken(
  { around, signal }: AuthenticationContext,
  request: { method: string; url: string; headers: HeaderList; body?: string; what: string },
): Promise<TokenAnswer> {
  const traceparent = activeTraceparent();
  try {
    const response = await around.outbound({
      method: request.method,
      url: request.url,
      headers: [
        ...request.headers,
        ...(traceparent ? ([['traceparent', traceparent]] as const) : []),
      ],
      body: request.body === undefined ? null : Buffer.from(request.body, 'utf8'),
      callingResource: around.facts.resourceId,
      hops: around.hops,
      signal,
    });
    const text = (await readBody(response.body, tokenAnswerBytesMax)).toString('utf8');
    return readAnswer(response.status, text, header(response.headers, 'content-type') ?? '');
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    const message = `${request.what} could not be reached: ${error.message}`;
    throw new AuthenticationError('BadRequest', message, true);
  }
}

function readAnswer(status: number, text: string, contentType: string): TokenAnswer {
  let answer: Record<string, unknown> = {};
  if (/json/i.test(contentType) || text.trimStart().startsWith('{')) {
    try {
      answer = Object(JSON.parse(text));
    } catch {
      answer = {};
    }
  }
  const words = [answer.error_description, answer.message, answer.error].find(
    (each) => typeof each === 'string',
  );
  return {
    status,
    accessToken:
      status < 300 && typeof answer.access_token === 'string' ? answer.access_token : undefined,
    refusal: String(words ?? `status ${status}`),
  };
}
