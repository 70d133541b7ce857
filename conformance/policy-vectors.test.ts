// Every vector of the outside judge through `lazurite evaluate policy`: one process, JSON lines.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { skippedVectors } from '../src/languages/policy-expressions/vector-skips.ts';
import { lazurite, root } from './lazurite.ts';

interface Expected {
  readonly value?: unknown;
  readonly type?: string | null;
  readonly error?: string;
  readonly compileError?: boolean;
}

interface Vector {
  readonly id: number;
  readonly expr: string;
  readonly context?: unknown;
  readonly expect: Expected;
  readonly modern?: Expected;
}

interface Outcome {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly type?: string | null;
  readonly error?: { kind: string; type: string; message: string; line: number; column: number };
}

const fixtures = join(root, 'src', 'languages', 'policy-expressions', 'fixtures');
const vectors = readFileSync(join(fixtures, 'vectors.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector);

/** What a line of output says, in the words of a vector. */
function said({ ok, value, type, error }: Outcome): Expected {
  if (ok) return { value, type: type ?? null };
  return error!.kind === 'compile' ? { compileError: true } : { error: error!.type };
}

test('each line gives the value, type and kind of error the C# compiler and runtime gave', async () => {
  const input = vectors.map(({ expr, context }) => JSON.stringify({ expr, context })).join('\n');
  const { code, stdout, stderr } = await lazurite(['evaluate', 'policy'], { input });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.trim().split('\n');
  expect(lines).toHaveLength(vectors.length);
  const outcomes = lines.map((line) => JSON.parse(line) as Outcome);
  const missed = vectors.flatMap((vector, index) => {
    const got = JSON.stringify(said(outcomes[index]!));
    const met = [vector.expect, vector.modern].some((wanted) => JSON.stringify(wanted) === got);
    return met === skippedVectors.has(vector.id) ? [{ ...vector, got }] : [];
  });
  expect(missed).toEqual([]);
  for (const { ok, error } of outcomes) {
    if (ok) continue;
    expect(error!.message).not.toBe('');
    expect(error!.line).toBeGreaterThan(0);
    expect(error!.column).toBeGreaterThan(0);
  }
});
