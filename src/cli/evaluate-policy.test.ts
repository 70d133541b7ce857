// Proves the JSON-lines protocol of `lazurite evaluate policy`.
import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { evaluateLines, evaluatePolicy } from './evaluate-policy.ts';

test('a value is given with its run-time type', () => {
  expect(evaluatePolicy('@("a" + 1)', {})).toEqual({
    ok: true,
    value: 'a1',
    type: 'System.String',
  });
});

test('a compile error carries the code and the place', () => {
  const outcome = evaluatePolicy('@(nothing)', {});
  expect(outcome).toMatchObject({
    ok: false,
    error: { kind: 'compile', type: 'CS0103', line: 1, column: 3 },
  });
});

test('an exception carries its type, message and place', () => {
  const outcome = evaluatePolicy('@{\n  return context.Variables["x"];\n}', {});
  expect(outcome).toMatchObject({
    ok: false,
    error: { kind: 'runtime', type: 'System.Collections.Generic.KeyNotFoundException', line: 2 },
  });
});

test('each line of input gives one line of output, in order, whatever it holds', async () => {
  const lines = [
    '{"expr":"@(context.Variables[\\"n\\"])","context":{"Variables":{"n":5}}}',
    '',
    'not json',
    '{"expr":5}',
    '{"expr":"@(1","context":{}}',
  ];
  const output = new PassThrough();
  await evaluateLines(Readable.from([lines.join('\n')]), output, undefined);
  output.end();
  const written = (await output.toArray())
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(written.map(({ ok }) => ok)).toEqual([true, false, false, false]);
  expect(written[0]).toEqual({ ok: true, value: 5, type: 'System.Int32' });
  expect(written[3].error.type).toBe('CS1026');
});
