import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { contextFrom, evaluateLines } from './evaluate-workflow.ts';
import { answerTo, complete, givenOfRun } from './repl.ts';

async function answer(...lines: string[]): Promise<string[]> {
  const output = new PassThrough();
  const reading = output.toArray();
  await evaluateLines(Readable.from([lines.join('\n')]), output, undefined);
  output.end();
  const chunks = await reading;
  return Buffer.concat(chunks).toString('utf8').trimEnd().split('\n');
}

const line = (expr: string, given?: object) => JSON.stringify({ expr, given });

describe('JSON lines', () => {
  test.each([
    [line('@add(1, 2)'), '{"ok":true,"value":3,"type":"integer"}'],
    [line('@float(2)'), '{"ok":true,"value":2.0,"type":"float"}'],
    [line("@decimal('1.500')"), '{"ok":true,"value":1.500,"type":"decimal"}'],
    [line("@ticks('2018-01-01')"), '{"ok":true,"value":636503616000000000,"type":"integer"}'],
    [line('@add(9007199254740992, 1)'), '{"ok":true,"value":9007199254740993,"type":"integer"}'],
    [line('text'), '{"ok":true,"value":"text","type":"string"}'],
    [line('@null'), '{"ok":true,"value":null,"type":"null"}'],
    [line('@true'), '{"ok":true,"value":true,"type":"boolean"}'],
    [line('@createArray()'), '{"ok":true,"value":[],"type":"array"}'],
    [
      line('@triggerBody()', { triggerBody: { a: 1 } }),
      '{"ok":true,"value":{"a":1},"type":"object"}',
    ],
    [line("@body('a')", { actions: { A: { body: 1 } } }), '{"ok":true,"value":1,"type":"integer"}'],
    [
      line("@outputs('a')['statusCode']", {
        actions: { A: { outputs: { statusCode: 200 }, body: 1 } },
      }),
      '{"ok":true,"value":200,"type":"integer"}',
    ],
    [
      line("@actions('a')['status']", { actions: { A: { status: 'Failed' } } }),
      '{"ok":true,"value":"Failed","type":"string"}',
    ],
    [line("@items('l')", { items: { L: 'x' } }), '{"ok":true,"value":"x","type":"string"}'],
    [line('@item()', { item: 'x' }), '{"ok":true,"value":"x","type":"string"}'],
    [
      line("@appsetting('s')", { appsettings: { S: 'v' } }),
      '{"ok":true,"value":"v","type":"string"}',
    ],
    [
      line('@utcNow()', { utcNow: '2025-09-25T05:18:31.3384797Z' }),
      '{"ok":true,"value":"2025-09-25T05:18:31.3384797Z","type":"string"}',
    ],
    [
      '{"expr":"@variables(\'n\')","given":{"variables":{"n":12345678901234567890.0}}}',
      '{"ok":true,"value":1.2345678901234567E+19,"type":"float"}',
    ],
    [
      '{"expr":"@variables(\'n\')","given":{"variables":{"n":9223372036854775807}}}',
      '{"ok":true,"value":9223372036854775807,"type":"integer"}',
    ],
  ])('%s', async (request, expected) => {
    expect(await answer(request)).toEqual([expected]);
  });

  test.each([
    [
      line('@nope()'),
      'InvalidTemplate',
      "The template function 'nope' is not defined or not valid.",
    ],
    [line('@concat('), 'InvalidTemplate', '^'],
    ['{not json', 'InvalidRequest', 'not JSON'],
    ['{"given":{}}', 'InvalidRequest', '"expr"'],
    ['{"expr":"@1","given":[]}', 'InvalidRequest', '"given"'],
    [line('@utcNow()', { utcNow: 'soon' }), 'InvalidRequest', "'soon'"],
    [line('@utcNow()', { utcNow: 5 }), 'InvalidRequest', "'5'"],
  ])('%s fails with %s', async (request, code, message) => {
    const [text = ''] = await answer(request);
    const result = JSON.parse(text) as { ok: boolean; error: { code: string; message: string } };
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(result.error.message).toContain(message);
  });

  test('answers come in order, blank lines are passed over, a BOM is accepted', async () => {
    const requests = Array.from({ length: 5_000 }, (_, index) => line(`@add(${index}, 0)`));
    const answers = await answer(`\uFEFF${requests[0]}`, '', ...requests.slice(1));
    expect(answers.map((text) => (JSON.parse(text) as { value: number }).value)).toEqual(
      requests.map((_, index) => index),
    );
  });
});

describe('the command', () => {
  const main = new URL('../main.ts', import.meta.url).pathname;
  function run(args: readonly string[], input = '') {
    return spawnSync(process.execPath, [main, ...args], { input, encoding: 'utf8' });
  }

  test.each(['add(1, 2)', 'add(1, 2)\n', 'add(1, 2)\n.exit\nadd(3, 4)'])(
    'the prompt answers piped lines, also without a last line break',
    (input) => {
      const { stdout, status } = run(['repl'], input);
      expect(status).toBe(0);
      expect(stdout.match(/\d+ {2}\(integer\)/g)).toEqual(['3  (integer)']);
    },
  );

  test('one expression prints its value; --json its result; a failure exits with 1', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'evaluate-')), 'given.json');
    writeFileSync(file, '{"variables": {"n": 1.0,}} // comments are fine');
    expect(run(['evaluate', 'workflow', "@variables('n')", '--given', file]).stdout).toBe('1.0\n');
    expect(run(['evaluate', 'workflow', "@concat('a')", '--json']).stdout).toBe(
      '{"ok":true,"value":"a","type":"string"}\n',
    );
    const failed = run(['evaluate', 'workflow', '@concat(']);
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain('^');
    expect(run(['evaluate', 'workflow', '@1', '--given', 'missing.json']).status).toBe(2);
    writeFileSync(file, '{"utcNow": "soon"}');
    const wrong = run(['evaluate', 'workflow', '@utcNow()', '--given', file]);
    expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining("'soon'") });
  });
});

describe('the prompt', () => {
  const given = { actions: { Get_token: { body: { a: 1 } } }, variables: { total: 2 } };

  test('evaluates with and without @ and shows the kind', () => {
    const context = contextFrom(given);
    expect(answerTo("body('Get_token')?['a']", given, context)).toBe('1  (integer)');
    expect(answerTo("@concat('a')", given, context)).toBe('"a"  (string)');
    expect(answerTo('concat(', given, context)).toContain('^');
    expect(answerTo('.names', given, context)).toContain('actions: Get_token');
  });

  test('completes functions and the names that a function takes', () => {
    expect(complete('toL', given)[0]).toEqual(['toLower(']);
    expect(complete("concat(body('get", given)[0]).toEqual(["Get_token')"]);
    expect(complete("variables('", given)[0]).toEqual(["total')"]);
    expect(complete('utcN', given)).toEqual([['utcNow('], 'utcN']);
  });

  test('reads a recorded run, its actions as an object or as the list of the management API', () => {
    const record = { outputs: { body: 5 } };
    for (const actions of [{ A: record }, [{ name: 'A', properties: record }]]) {
      const context = contextFrom(givenOfRun({ properties: { actions } }));
      expect(answerTo("body('A')", {}, context)).toBe('5  (integer)');
    }
  });
});
