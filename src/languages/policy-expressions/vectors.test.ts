// Every vector of the outside judge, compiled and run in process; what is missed stands in `vector-skips.ts`.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileExpression, contextFromJson, PolicyRuntimeError, renderValue } from './index.ts';
import { skippedVectors } from './vector-skips.ts';

interface Expected {
  readonly value?: unknown;
  readonly type?: string | null;
  readonly error?: string;
  readonly compileError?: boolean;
}

interface Vector {
  readonly id: number;
  readonly topic: string;
  readonly expr: string;
  readonly context?: unknown;
  readonly expect: Expected;
  readonly flag?: string;
  readonly modern?: Expected;
}

const vectors = readFileSync(new URL('fixtures/vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector);

const surroundings = {
  now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
  random: () => Math.random(),
  randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
};

function outcomeOf({ expr, context }: Vector): Expected {
  const program = compileExpression(expr);
  if (!('evaluate' in program)) return { compileError: true };
  try {
    return { ...program.evaluate(contextFromJson(context ?? {}), surroundings, renderValue) };
  } catch (error) {
    if (error instanceof PolicyRuntimeError) return { error: error.type };
    throw error;
  }
}

function matches(vector: Vector): boolean {
  const outcome = JSON.stringify(outcomeOf(vector));
  return [vector.expect, vector.modern].some((wanted) => JSON.stringify(wanted) === outcome);
}

const topics = [...new Set(vectors.map(({ topic }) => topic))];

test.each(topics)('%s: every vector gives what the C# compiler and runtime gave', (topic) => {
  const missed = vectors
    .filter(
      (vector) => vector.topic === topic && !skippedVectors.has(vector.id) && !matches(vector),
    )
    .map((vector) => ({
      id: vector.id,
      expr: vector.expr,
      want: vector.expect,
      got: outcomeOf(vector),
    }));
  expect(missed).toEqual([]);
});

test('the skip list holds nothing that is met', () => {
  const met = vectors.filter((vector) => skippedVectors.has(vector.id) && matches(vector));
  expect(met.map(({ id }) => id)).toEqual([]);
});
