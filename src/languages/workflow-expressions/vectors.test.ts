import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseInstant } from '../../dotnet/index.ts';
import {
  compileTemplate,
  contextOf,
  ExpressionEvaluationError,
  ExpressionSyntaxError,
  findMember,
  isArray,
  isObject,
  kindOf,
  parseJsonValue,
  stringifyJsonValue,
  ticksOfMilliseconds,
  type Value,
} from './index.ts';

/** Vectors that are missed, each with the reason; empty is the goal. */
const skipped: Readonly<Record<string, string>> = {};

const file = new URL('./fixtures/workflow-expressions.jsonl', import.meta.url);
const vectors = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => parseJsonValue(line));

function member(vector: Value, name: string): Value | undefined {
  return isObject(vector) ? findMember(vector, name) : undefined;
}

function evaluateVector(vector: Value): Value {
  const given = member(vector, 'given') ?? {};
  const utcNow = member(given, 'utcNow');
  const now =
    typeof utcNow === 'string'
      ? parseInstant(utcNow).ticks
      : ticksOfMilliseconds(1_700_000_000_000);
  const context = contextOf(given as object, { nowTicks: () => now, random: () => 0.7 });
  return compileTemplate(member(vector, 'expr') ?? '').evaluate(context);
}

/** JSON with members in one order and the kinds of numbers left out: `type` speaks of those. */
function canonical(value: Value): string {
  const sort = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(sort);
    if (typeof item !== 'object' || item === null) return item;
    const entries = Object.entries(item).map(([name, inner]) => [name, sort(inner)] as const);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(sort(JSON.parse(stringifyJsonValue(value))));
}

function verify(vector: Value): void {
  const wanted = member(vector, 'expect') ?? null;
  const failure = member(wanted, '$error');
  if (typeof failure === 'string') {
    let message: string | undefined;
    try {
      evaluateVector(vector);
    } catch (error) {
      const known =
        error instanceof ExpressionEvaluationError || error instanceof ExpressionSyntaxError;
      if (!known) throw error;
      message = error.message;
    }
    expect(message, 'should fail').toContain(failure);
    return;
  }
  const value = evaluateVector(vector);
  const match = member(wanted, '$match');
  const oneOf = member(wanted, '$oneOf');
  if (typeof match === 'string') expect(value).toMatch(new RegExp(match));
  else if (isArray(oneOf)) expect(oneOf.map(canonical)).toContain(canonical(value));
  else expect(canonical(value)).toBe(canonical(wanted));
  const type = member(vector, 'type');
  if (typeof type === 'string') expect(kindOf(value)).toBe(type);
}

describe('published vectors', () => {
  for (const [index, vector] of vectors.entries()) {
    const expr = String(member(vector, 'expr'));
    const flagged = member(vector, 'flag') !== undefined;
    const reason = skipped[expr];
    const title = `${index + 1} ${expr.slice(0, 100)}${flagged ? ' (flagged)' : ''}`;
    if (reason === undefined) test(title, () => verify(vector));
    else test.skip(`${title}: ${reason}`, () => undefined);
  }

  test('every entry of the skip list is a vector', () => {
    const known = new Set(vectors.map((vector) => member(vector, 'expr')));
    expect(Object.keys(skipped).filter((expr) => !known.has(expr))).toEqual([]);
  });
});
