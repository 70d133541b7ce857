// Every declared member is called with ordinary, empty and extreme arguments: whatever comes of it, it is a value, a
// compiler's complaint or a .NET exception within the bounds, never a failure of ours.
import { expect, test } from 'vitest';
import { context, use } from './fixtures/member-calls.ts';
import { compileExpression, contextFromJson, PolicyRuntimeError, renderValue } from './index.ts';
import { allDefinitions, ownMembers } from './types/registry.ts';

const surroundings = {
  now: () => Date.UTC(2024, 0, 2),
  random: () => 0.5,
  randomBytes: (count: number) => new Uint8Array(count),
  limits: { stepsMax: 100_000, memoryMax: 4 * 1024 * 1024 },
};

const calls = { made: 0, compiled: 0 };
const turns = [0, 1, 2, 3, 4];
const definitions = allDefinitions().filter(({ kind }) => kind !== 'enum' && kind !== 'delegate');

test.each(definitions.map((one) => [one.type.fullName, one] as const))('%s', (_, definition) => {
  const failed: string[] = [];
  for (const members of ownMembers(definition.type).values()) {
    for (const member of members) {
      for (const turn of turns) {
        const source = `@{ ${use(definition, member, turn)} }`;
        const failure = failureOf(source);
        if (failure) failed.push(`${source}: ${failure}`);
      }
    }
  }
  expect(failed).toEqual([]);
});

test('nearly all of these calls compile, so that they say something', () => {
  expect(calls.compiled / calls.made).toBeGreaterThan(0.95);
});

/** What is wrong with the compiler or the run itself; undefined where all went by the rules. */
function failureOf(source: string): string | undefined {
  try {
    calls.made += 1;
    const program = compileExpression(source);
    if (!('evaluate' in program)) return undefined;
    calls.compiled += 1;
    program.evaluate(contextFromJson(context), surroundings, renderValue);
    return undefined;
  } catch (error) {
    return error instanceof PolicyRuntimeError
      ? undefined
      : (error as Error).stack?.split('\n').slice(0, 3).join(' ');
  }
}
