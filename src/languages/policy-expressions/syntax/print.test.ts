// Proves that print∘parse is identity, and that damaged sources never crash or hang the compiler.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compileExpression } from '../compile.ts';
import { endOfExpression } from './expression-end.ts';
import { parsePolicyExpression } from './parser.ts';
import { printPolicyExpression } from './print.ts';
import { SyntaxFault } from './tokens.ts';

const sources = readFileSync(new URL('../fixtures/vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { expr: string }).expr)
  .concat(
    '@{ (int a, var b) = (1, 2); (a, _) = (b, a); void F(ref int x) { x++; } return a; }',
    '@{ var (a, (b, _)) = (x: 1, (2, 3)); foreach (var (k, (v, w)) in d) { } foreach ((int i, var j) in e) { } }',
    '@{ T F<T, U>(T x, U y) where T : class, IComparable<T>, new() where U : struct => x; return F<string, int>(null, 1); }',
    '@{ IEnumerable<int> G() { yield return 1; if (true) yield break; } return G(); }',
  );

/** The tree without its offsets. */
function shape(tree: unknown): string {
  return JSON.stringify(tree, (key, value) =>
    /^(start|end|nameStart|typeStart|arrowStart|isDelegate)$/.test(key) ? undefined : value,
  );
}

function parsed(source: string): ReturnType<typeof parsePolicyExpression> | undefined {
  try {
    return parsePolicyExpression(source);
  } catch (error) {
    if (error instanceof SyntaxFault) return undefined;
    throw error;
  }
}

test('the printed form of every tree parses to the same tree', () => {
  const wrong = sources.filter((source) => {
    const tree = parsed(source);
    if (!tree) return false;
    const printed = printPolicyExpression(tree);
    const again = parsed(printed);
    return !again || shape(again) !== shape(tree) || printPolicyExpression(again) !== printed;
  });
  expect(wrong).toEqual([]);
});

/** A small generator with a seed, so that a failure can be repeated. */
function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return Math.floor(((state >>> 0) / 4_294_967_296) * limit);
  };
}

const pieces = [
  '"',
  "'",
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  '<',
  '>',
  '?',
  '.',
  ';',
  '$"{',
  '@"',
  '//',
  '/*',
  '=>',
  ' is ',
  ' new ',
  '\n',
  '1',
  'x',
  '\\',
  '&quot;',
];

test('damaged sources are refused or run, within bounds, and never crash', () => {
  const next = generator(20_260_102);
  for (let round = 0; round < 3_000; round += 1) {
    const source = sources[next(sources.length)]!;
    const at = 2 + next(Math.max(1, source.length - 2));
    const removed = next(4);
    const damaged = source.slice(0, at) + pieces[next(pieces.length)]! + source.slice(at + removed);
    endOfExpression(damaged, 0);
    const tree = parsed(damaged);
    if (tree) {
      const again = parsed(printPolicyExpression(tree));
      expect(again && shape(again), damaged).toBe(shape(tree));
    }
    const program = compileExpression(damaged);
    if (!('evaluate' in program)) expect(program[0]?.code).toMatch(/^CS\d{4}$/);
  }
});
