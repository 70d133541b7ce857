// Http: a call to any address, with authentication, retries and the asynchronous pattern.
import { findMember, isObject, type ObjectValue, stringify, type Value } from '../language.ts';
import { outgoingTimeoutMs, pollIntervalDefaultMs } from '../limits.ts';
import { isoTime } from '../names.ts';
import { authenticationProblem } from '../outgoing/authentication/index.ts';
import { codeOfStatus } from '../outgoing/reason-phrases.ts';
import {
  isRetried,
  retryAfterMs,
  retryDelayMs,
  retryPolicyOf,
  retryPolicyProblem,
} from '../outgoing/retry-policy.ts';
import type { ActionRecord } from '../run/history.ts';
import type {
  ActionContext,
  ActionType,
  Effect,
  EffectResult,
  HttpResult,
  Outcome,
  RetryEntry,
  Step,
} from './action.ts';
import { failed } from './action.ts';
import { member, messageOf, textMember, wholeNumber } from './reading.ts';

type Answer = Extract<HttpResult, { answered: true }>;

const methods = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE)$/i;

export const http: ActionType = {
  type: 'Http',
  check({ inputs }, report, { facts }) {
    const method = textMember(inputs, 'method');
    if (method === undefined) report('the method is missing', 'inputs.method');
    else if (!method.includes('@') && !methods.test(method))
      report(`'${method}' is not a method`, 'inputs.method');
    if (textMember(inputs, 'uri') === undefined) report('the address is missing', 'inputs.uri');
    const policy = retryPolicyProblem(inputs);
    if (policy) report(policy, 'inputs.retryPolicy');
    const authentication = authenticationProblem(member(inputs, 'authentication'), facts);
    if (authentication) report(authentication, 'inputs.authentication');
  },
  start({ action, evaluate }) {
    const inputs = evaluate(action.inputs ?? null);
    const problem = inputsProblem(inputs);
    if (problem) return failed('InvalidTemplate', problem, inputs);
    return { step: 'run', inputs, detail: { retries: 0 } };
  },
  effect: (context, record) => httpEffect(context, record),
  resume: (context, record, result) => httpResumed(context, record, result),
};

function inputsProblem(inputs: Value): string | undefined {
  const uri = textMember(inputs, 'uri') ?? '';
  if (!/^https?:\/\/[^/?#\s]/i.test(uri) || !URL.canParse(uri)) {
    return `The provided uri '${uri}' is not valid: it must be an absolute http or https address.`;
  }
  const headers = member(inputs, 'headers');
  if (headers !== undefined && !isObject(headers))
    return 'The headers must be an object of names and values.';
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return `'${name}' is not a name of a header.`;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the subject
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(stringify(value)))
      return `The value of header '${name}' holds a line break or another control character.`;
  }
  return undefined;
}

function httpEffect(context: ActionContext, record: ActionRecord): Effect {
  const { inputs, detail } = record;
  const poll = textMember(detail, 'poll');
  const timeoutMs = Math.min(
    context.action.timeoutMs ?? Number.POSITIVE_INFINITY,
    outgoingTimeoutMs[context.facts.hosting],
  );
  const own = Object.entries((member(inputs, 'headers') ?? {}) as ObjectValue).flatMap(
    ([name, value]): [string, string][] => (value === null ? [] : [[name, stringify(value)]]),
  );
  const cookie = textMember(inputs, 'cookie');
  if (cookie) own.push(['Cookie', cookie]);
  const headers = mergeHeaders(
    context.action.options.has('suppressworkflowheaders') ? [] : context.outgoingHeaders(),
    own,
  );
  const call = {
    method: poll === undefined ? (textMember(inputs, 'method') ?? 'GET').toUpperCase() : 'GET',
    url: poll ?? urlOf(inputs),
    headers: poll === undefined ? headers : headers.filter(([name]) => !/^content-/i.test(name)),
    body: poll === undefined ? member(inputs, 'body') : undefined,
    authentication: member(inputs, 'authentication'),
    timeoutMs,
  };
  return { effect: 'http', call, atMs: wholeNumber(detail?.dueMs) };
}

/** The author's headers replace those of the same name. */
function mergeHeaders(given: [string, string][], own: [string, string][]): [string, string][] {
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  return [...given.filter(([name]) => !names.has(name.toLowerCase())), ...own];
}

/** The address with `queries` added, each encoded. */
function urlOf(inputs: Value | undefined): string {
  const uri = textMember(inputs, 'uri') ?? '';
  const queries = member(inputs, 'queries');
  if (!isObject(queries)) return uri;
  const pairs = Object.entries(queries)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(stringify(value))}`);
  if (pairs.length === 0) return uri;
  const [address, fragment] = uri.split('#', 2);
  return `${address}${address!.includes('?') ? '&' : '?'}${pairs.join('&')}${fragment === undefined ? '' : `#${fragment}`}`;
}

function httpResumed(context: ActionContext, record: ActionRecord, effect: EffectResult): Step {
  if (effect.effect !== 'http') return { step: 'stay' };
  const { result, startMs } = effect;
  const retries = wholeNumber(record.detail?.retries) ?? 0;
  const policy = retryPolicyOf(record.inputs);
  const again = result.answered ? isRetried(result.status) : result.transient;
  const entry = retryEntry(context, record, result, startMs);
  if (again && retries < policy.count) {
    const wait =
      (result.answered
        ? retryAfterMs(headerOf(result, 'retry-after'), context.nowMs)
        : undefined) ?? retryDelayMs(policy, retries + 1, context.random());
    const decision = {
      rule: 'retry policy',
      outcome: 'retried' as const,
      reason: `${result.answered ? `the answer was ${result.status}` : result.message}; retry ${retries + 1} of ${policy.count} in ${wait} ms`,
      input: { type: policy.type, count: policy.count },
    };
    return {
      step: 'run',
      detail: { ...record.detail, retries: retries + 1, dueMs: context.nowMs + wait },
      attempt: entry,
      decisions: [...result.decisions, decision],
    };
  }
  if (!result.answered) return unanswered(result);
  const polled = pollStep(context, record, result);
  return polled ?? { step: 'finish', outcome: answered(result) };
}

/** 202 with a Location is asked again until it says something else. */
function pollStep(
  { action, nowMs }: ActionContext,
  record: ActionRecord,
  result: Answer,
): Step | undefined {
  const location = headerOf(result, 'location');
  if (result.status !== 202 || !location || action.options.has('disableasyncpattern'))
    return undefined;
  if (!URL.canParse(location, result.url)) return undefined;
  const wait = retryAfterMs(headerOf(result, 'retry-after'), nowMs) ?? pollIntervalDefaultMs;
  return {
    step: 'run',
    detail: {
      ...record.detail,
      poll: new URL(location, result.url).href,
      dueMs: nowMs + wait,
      retries: 0,
    },
    decisions: [
      ...result.decisions,
      {
        rule: 'asynchronous pattern',
        outcome: 'done',
        reason: `the answer was 202; its Location is asked again in ${wait} ms`,
      },
    ],
  };
}

export function answered(result: Answer): Outcome {
  const { status, headers, body, decisions } = result;
  const outputs = messageOf({ statusCode: status, headers, body });
  const code = codeOfStatus(status);
  if (status < 400) return { status: 'Succeeded', code, outputs, decisions };
  const message = `The response is not in a successful state: the answer was ${status} (${code}).`;
  return { status: 'Failed', code, outputs, error: { code, message }, decisions };
}

export function unanswered({
  code,
  message,
  decisions,
}: Extract<HttpResult, { answered: false }>): Step {
  const error = { code, message };
  return { step: 'finish', outcome: { status: 'Failed', code: 'BadRequest', error, decisions } };
}

function headerOf(result: Answer, name: string): string | undefined {
  const value = findMember(result.headers, name);
  return typeof value === 'string' ? value : undefined;
}

function retryEntry(
  context: ActionContext,
  record: ActionRecord,
  result: HttpResult,
  startMs: number,
): RetryEntry {
  return {
    startTime: isoTime(startMs),
    endTime: isoTime(context.nowMs),
    code: result.answered ? codeOfStatus(result.status) : result.code,
    ...(!result.answered && { error: { code: result.code, message: result.message } }),
    clientRequestId: record.trackingId,
    ...(result.answered && { serviceRequestId: headerOf(result, 'x-ms-request-id') }),
  };
}
