// Every vector through the command: one process, JSON lines in, the tokens of the answers compared.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { readJsonText } from '../base/index.ts';

/** A number as it is written; JavaScript numbers would round it. */
class NumberToken {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Exact = null | boolean | string | NumberToken | readonly Exact[] | { [name: string]: Exact };
type ExactObject = { readonly [name: string]: Exact };

const main = new URL('../main.ts', import.meta.url).pathname;
const file = new URL(
  '../languages/workflow-expressions/fixtures/workflow-expressions.jsonl',
  import.meta.url,
);

/** Vectors that are missed, by their expression, each with the reason; empty is the goal. */
const skipped: Readonly<Record<string, string>> = {};

const lines = readFileSync(file, 'utf8').trim().split('\n');

function exact(text: string): ExactObject {
  const { value } = readJsonText(text, {
    file: 'line',
    number: (token: string) => new NumberToken(token),
  });
  return value as unknown as ExactObject;
}

function isPlainObject(value: Exact | undefined): value is ExactObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumber(value);
}

function isNumber(value: Exact | undefined): value is NumberToken {
  return value instanceof NumberToken;
}

/** The exact decimal value of a token: digits without zeros at the ends, and a power of ten. */
function normal(token: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(token) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  const power = Number(exponent) - fraction.length + digits.length - kept.length;
  return `${sign === '-' ? '-' : ''}${kept}e${power}`;
}

/** One text for one value: members sorted, numbers by their exact value. */
function canonical(value: Exact): string {
  if (isNumber(value)) return normal(value.text);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isPlainObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`,
  );
  return `{${members.sort().join()}}`;
}

/** Types that a value of the vector file may have, where the vector does not say. */
function typesOf(value: Exact): readonly string[] {
  if (isNumber(value)) return ['integer', 'float', 'decimal'];
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  return [typeof value];
}

/** How a number of a type is written: integers in digits, floats with a point or an exponent. */
const tokens: Readonly<Record<string, RegExp>> = {
  integer: /^-?\d+$/,
  float: /^-?\d+(?:\.\d+(?:E[+-]\d+)?|E[+-]\d+)$/,
  decimal: /^-?\d+(?:\.\d+)?$/,
};

function verify(vector: ExactObject, result: ExactObject): void {
  const wanted = vector.expect ?? null;
  if (isPlainObject(wanted) && typeof wanted.$error === 'string') {
    expect(result.ok, 'should fail').toBe(false);
    expect(isPlainObject(result.error) && result.error.message).toContain(wanted.$error);
    return;
  }
  expect(result, 'should succeed').toMatchObject({ ok: true });
  const { value = null, type } = result;
  if (isPlainObject(wanted) && typeof wanted.$match === 'string') {
    expect(type).toBe('string');
    expect(value).toMatch(new RegExp(wanted.$match));
  } else if (isPlainObject(wanted) && Array.isArray(wanted.$oneOf)) {
    expect(wanted.$oneOf.map(canonical)).toContain(canonical(value));
  } else {
    expect(canonical(value)).toBe(canonical(wanted));
    expect(typesOf(wanted)).toContain(type);
  }
  if (typeof vector.type === 'string') expect(type).toBe(vector.type);
  if (isNumber(value)) expect(value.text).toMatch(tokens[String(type)] ?? /^$/);
}

describe('every vector through one process of `lazurite evaluate workflow`', () => {
  let results: ExactObject[] = [];

  beforeAll(() => {
    // The lines as they are written; the command reads `expr` and `given` and nothing else of them.
    const { stdout, stderr, status } = spawnSync(process.execPath, [main, 'evaluate', 'workflow'], {
      input: `${lines.join('\n')}\n`,
      encoding: 'utf8',
      maxBuffer: 64 * 1_048_576,
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    results = stdout.trimEnd().split('\n').map(exact);
    expect(results).toHaveLength(lines.length);
  });

  for (const [index, line] of lines.entries()) {
    const vector = exact(line);
    const expr = String(vector.expr);
    const flagged = vector.flag !== undefined ? ' (flagged)' : '';
    const title = `${index + 1} ${expr.slice(0, 100)}${flagged}`;
    const reason = skipped[expr];
    if (reason === undefined) test(title, () => verify(vector, results[index] ?? {}));
    else test.skip(`${title}: ${reason}`, () => undefined);
  }
});

test.each([
  ['5.0', '5', true],
  ['1.8446744065119617E+19', '18446744065119617000', true],
  ['9007199254740993', '9007199254740992', false],
  ['0.10', '0.1', true],
  ['-0.5', '0.5', false],
  ['1e2', '100', true],
  ['10', '1', false],
])('the tokens %s and %s are one number: %s', (left, right, same) => {
  expect(normal(left) === normal(right)).toBe(same);
});
