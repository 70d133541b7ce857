// Every vector of the outside judge, compiled and run in process; what is missed stands in `vector-skips.ts`.
import { expect, test } from 'vitest';
import { type Case, type Expected, meets, outcomeOf, readCases } from './fixtures/judge.ts';
import { skippedVectors } from './vector-skips.ts';

interface Vector extends Case {
  readonly id: number;
  readonly topic: string;
  readonly modern?: Expected;
}

const vectors = readCases<Vector>(new URL('fixtures/vectors.jsonl', import.meta.url));
const topics = [...new Set(vectors.map(({ topic }) => topic))];

const isMet = (vector: Vector) =>
  meets(vector) || (vector.modern !== undefined && meets(vector, vector.modern));

test.each(topics)('%s: every vector gives what the C# compiler and runtime gave', (topic) => {
  const missed = vectors
    .filter((vector) => vector.topic === topic && !skippedVectors.has(vector.id) && !isMet(vector))
    .map(({ id, expr, expect }) => ({
      id,
      expr,
      expect,
      got: outcomeOf({ expr, expect }, expect),
    }));
  expect(missed).toEqual([]);
});

test('the skip list holds nothing that is met', () => {
  const met = vectors.filter((vector) => skippedVectors.has(vector.id) && isMet(vector));
  expect(met.map(({ id }) => id)).toEqual([]);
});
