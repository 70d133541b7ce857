import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compileCondition,
  compileTemplate,
  contextOf,
  type EvaluationContext,
  ExpressionEvaluationError,
  ExpressionSyntaxError,
  evaluate,
  functions,
  parseJsonValue,
  stringifyJsonValue,
  type Value,
  withItem,
} from './index.ts';
import { templateCharactersMax } from './limits.ts';

const context: EvaluationContext = contextOf(
  { variables: { n: 5, s: 'text', o: { a: 1 }, list: [1, 2, 3] }, triggerBody: { a: 'b' } },
  { nowTicks: () => 638_000_000_000_000_000n, random: () => 0.25 },
);

function evaluated(template: Value): Value {
  return evaluate(compileTemplate(template), context);
}

describe('JSON templates', () => {
  test('strings and member names are evaluated at any depth, other values stay', () => {
    const template = parseJsonValue(
      `{"a": ["@variables('n')", "n=@{variables('n')}", 5.0, null], "@{variables('s')}": true}`,
    );
    expect(stringifyJsonValue(evaluated(template))).toBe('{"a":[5,"n=5",5.0,null],"text":true}');
  });

  test('a template without expressions is constant and gives the same value each time', () => {
    const compiled = compileTemplate({ a: ['x', '@@y'] });
    expect(compiled.constant).toBe(true);
    expect(evaluate(compiled, context)).toBe(evaluate(compiled, context));
    expect(evaluate(compiled, context)).toEqual({ a: ['x', '@y'] });
  });

  test('an expression keeps the type of its result, an interpolation gives text', () => {
    expect(evaluated("@variables('o')")).toEqual({ a: 1 });
    expect(evaluated("@{variables('o')}")).toBe('{"a":1}');
  });

  test('a template compiles once and is evaluated in many runs', () => {
    const compiled = compileTemplate({ id: '@item()' });
    const items = [1, 2].map((item) => evaluate(compiled, withItem(context, item)));
    expect(items).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test('a syntax error anywhere in the tree is thrown when it is compiled', () => {
    expect(() => compileTemplate({ a: ['@concat('] })).toThrow(ExpressionSyntaxError);
  });

  test('a tree nested beyond the bound is refused', () => {
    let deep: Value = 1;
    for (let index = 0; index < 5_000; index++) deep = [deep];
    expect(() => compileTemplate(deep)).toThrow(ExpressionEvaluationError);
  });

  test('a text beyond the bound is refused', () => {
    expect(() => compileTemplate(`@${'x'.repeat(templateCharactersMax)}`)).toThrow('longer than');
  });
});

describe('JSON keeps what it holds', () => {
  test.each([
    '{"b":1,"2":1,"1":1,"a":1}',
    '{"__proto__":1,"constructor":2}',
    '[5.0,5,-0.0,1E+300,1E-07,0.1,9223372036854775807,123456789012345678901234567890]',
    '"\\u2028 \\"\\\\/ \\n é"',
    '{"a":{"a":[[],{}]}}',
    '[1.0,10.0,1E+16,123456789012345.0]',
  ])('%s reads and prints the same', (text) => {
    expect(stringifyJsonValue(parseJsonValue(text))).toBe(text);
  });

  test('any JSON reads as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.parse(stringifyJsonValue(parseJsonValue(text)))).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
  });
});

describe('conditions', () => {
  test.each<[string, Value, boolean]>([
    ['an expression', "@equals(variables('n'), 5)", true],
    ['one function', { equals: ["@variables('n')", 6] }, false],
    [
      'nested functions',
      { and: [{ greater: ["@variables('n')", 1] }, { not: { equals: [1, 2] } }] },
      true,
    ],
    ['names in any letter case', { OR: [{ Equals: [1, 2] }, { STARTSWITH: ['abc', 'AB'] }] }, true],
    ['a function as operand, with one argument', { equals: [{ lENgth: 'abc' }, 3] }, true],
    ['an array inside the arguments', { contains: ["@variables('list')", 2] }, true],
    ['an object that is no function is a value', { equals: [{ a: 1 }, "@variables('o')"] }, true],
    ['nothing', {}, true],
    ['laziness', { or: [{ equals: [1, 1] }, { equals: ["@body('missing')", 1] }] }, true],
  ])('%s', (_, condition, expected) => {
    expect(compileCondition(condition).evaluate(context)).toBe(expected);
  });

  test('a result that is no boolean fails', () => {
    const run = () => compileCondition("@variables('n')").evaluate(context);
    expect(run).toThrow("is of type 'Integer'. The result must be a valid boolean.");
  });

  test('two functions beside each other are refused', () => {
    expect(() => compileCondition({ equals: [1, 1], not: [false] })).toThrow(
      "Combine them with 'and' or 'or'",
    );
  });

  test('an unknown function fails by its name', () => {
    const run = () => compileCondition({ equal: [1, 1] }).evaluate(context);
    expect(run).toThrow("The template function 'equal' is not defined or not valid.");
  });
});

describe('fuzzing the evaluator', () => {
  const literal = fc.constantFrom(
    'null',
    'true',
    '0',
    '-1',
    '2',
    '1.5',
    '1e300',
    "''",
    "'a'",
    "'2018-01-01'",
    "'Day'",
    "'<a/>'",
    '\'{"a":[1]}\'',
    "variables('o')",
    "variables('list')",
    'triggerBody()',
    "'/a'",
    "'N'",
    "xml('<a><b/></a>')",
    "binary('x')",
    "decimal('1.5')",
    '9223372036854775807',
  );
  const { call } = fc.letrec<{ call: string; value: string }>((tie) => ({
    value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, literal, tie('call')),
    call: fc
      .tuple(
        fc.constantFrom(...functions.map(({ name }) => name)),
        fc.array(tie('value'), { maxLength: 4 }),
      )
      .map(([name, args]) => `${name}(${args.join(',')})`),
  }));

  test('any call of any function gives a value or the error of an expression, soon', () => {
    fc.assert(
      fc.property(call, (text) => {
        const started = performance.now();
        try {
          stringifyJsonValue(evaluated(`@${text}`));
          evaluated(`@{${text}}`);
        } catch (error) {
          const known =
            error instanceof ExpressionEvaluationError || error instanceof ExpressionSyntaxError;
          if (!known) throw error;
        }
        expect(performance.now() - started).toBeLessThan(5_000);
      }),
      { numRuns: 4_000 },
    );
  });
});
