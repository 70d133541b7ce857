// Retry policies: whether and when a failed call is made again.
import { durationMs, parseDuration } from '../../../base/index.ts';
import { member, textMember, wholeNumber } from '../actions/reading.ts';
import type { Value } from '../language.ts';
import {
  retryCountDefault,
  retryCountMax,
  retryIntervalDefaultMs,
  retryIntervalMaxMs,
  retryIntervalMinMs,
} from '../limits.ts';

export interface RetryPolicy {
  readonly type: 'none' | 'fixed' | 'exponential';
  readonly count: number;
  readonly intervalMs: number;
  readonly minMs: number;
  readonly maxMs: number;
}

const defaultPolicy: RetryPolicy = {
  type: 'exponential',
  count: retryCountDefault,
  intervalMs: retryIntervalDefaultMs,
  minMs: retryIntervalMinMs,
  maxMs: retryIntervalMaxMs,
};

/** The policy of `inputs.retryPolicy`; the default where it is absent or names no known type. */
export function retryPolicyOf(inputs: Value | undefined): RetryPolicy {
  const policy = member(inputs, 'retryPolicy');
  const type = textMember(policy, 'type')?.toLowerCase();
  if (type === 'none') return { ...defaultPolicy, type, count: 0 };
  if (type !== 'fixed' && type !== 'exponential') return defaultPolicy;
  return {
    type,
    count: Math.min(wholeNumber(member(policy, 'count')) ?? retryCountDefault, retryCountMax),
    intervalMs: msOf(textMember(policy, 'interval')) ?? retryIntervalDefaultMs,
    minMs: msOf(textMember(policy, 'minimumInterval')) ?? retryIntervalMinMs,
    maxMs: msOf(textMember(policy, 'maximumInterval')) ?? retryIntervalMaxMs,
  };
}

/** What is wrong with a policy as written; undefined where nothing is. */
export function retryPolicyProblem(inputs: Value | undefined): string | undefined {
  const policy = member(inputs, 'retryPolicy');
  if (policy === undefined || typeof policy === 'string') return undefined;
  const type = textMember(policy, 'type');
  if (type === undefined || type.startsWith('@')) return undefined;
  if (!/^(none|default|fixed|exponential)$/i.test(type)) {
    return `'${type}' is not a retry policy; use none, default, fixed or exponential`;
  }
  for (const name of ['interval', 'minimumInterval', 'maximumInterval']) {
    const text = textMember(policy, name);
    if (text !== undefined && !text.includes('@') && msOf(text) === undefined) {
      return `the ${name} '${text}' is not an ISO 8601 duration such as PT10S`;
    }
  }
  return undefined;
}

/** Milliseconds before retry `n` (1 for the first). `random`: at least 0, below 1. */
export function retryDelayMs(policy: RetryPolicy, n: number, random: number): number {
  const { intervalMs, minMs, maxMs } = policy;
  if (policy.type === 'fixed') return intervalMs;
  const low = n === 1 ? minMs : Math.max(2 ** (n - 2) * intervalMs, minMs);
  const high = Math.min(2 ** (n - 1) * intervalMs, maxMs);
  return Math.round(Math.min(low, maxMs) + Math.max(0, high - Math.min(low, maxMs)) * random);
}

/** Statuses that a policy tries again. */
export function isRetried(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status <= 599);
}

/** Seconds or an HTTP date of `Retry-After`, as milliseconds from now. */
export function retryAfterMs(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

function msOf(text: string | undefined): number | undefined {
  const duration = text === undefined ? undefined : parseDuration(text);
  return duration && durationMs(duration);
}
