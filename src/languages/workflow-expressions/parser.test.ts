import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ExpressionSyntaxError,
  parseExpression,
  parseTemplate,
  printExpression,
  printTemplate,
} from './index.ts';
import { nestingMax } from './limits.ts';

function syntaxError(text: string): ExpressionSyntaxError {
  try {
    parseTemplate(text);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error;
    throw error;
  }
  throw new Error(`'${text}' should not parse`);
}

describe('template strings', () => {
  test.each([
    ['', ''],
    ['@', '@'],
    [' @x', ' @x'],
    ['a@b', 'a@b'],
    ['user@contoso.com', 'user@contoso.com'],
    ['@@literal', '@literal'],
    ["@@{'a'}@{'b'}", "@{'a'}@{'b'}"],
    ["x@@{'a'}", "x@{'a'}"],
  ])('%s is literal text', (text, literal) => {
    expect(parseTemplate(text)).toEqual({ kind: 'literal', text: literal });
  });

  test('a string that begins with @ is one expression', () => {
    expect(parseTemplate("@concat('a')").kind).toBe('expression');
  });

  test('a brace in quotes does not end an interpolation', () => {
    const template = parseTemplate("a@{concat('}', 'b')}c");
    expect(template.kind === 'interpolation' && template.parts.length).toBe(3);
  });
});

describe('syntax errors point at the place', () => {
  test.each([
    ["@concat('a'", 11, "expected token 'RightParenthesis' and actual 'EndOfData'"],
    ["@concat('a') b", 13, "expected token 'EndOfData' and actual 'Identifier'"],
    ['@concat', 7, "expected token 'LeftParenthesis' and actual 'EndOfData'"],
    ['@concat("a")', 8, 'single quotes'],
    ["@concat('a", 8, 'not terminated'],
    ['x@{1e}', 4, 'not expected'],
    ["@{'a'", 5, "expected token 'RightCurlyBracket'"],
    ['@9223372036854775808', 1, 'outside the range of Int64'],
    ["@'a'['b']", 4, "expected token 'EndOfData' and actual 'LeftSquareBracket'"],
    ["@body('a')?", 11, "expected token 'Dot'"],
    ["@concat('a')('b')", 12, "actual 'LeftParenthesis'"],
    ['@()', 1, "expected token 'Identifier'"],
  ])('%s', (text, offset, message) => {
    const error = syntaxError(text);
    expect(error.offset).toBe(offset);
    expect(error.message).toContain(message);
    const caret = error.pointed.split('\n').at(-1) ?? '';
    expect(caret).toBe(`  ${' '.repeat(offset)}^`);
  });

  test('nesting beyond the bound is refused, not overflowed', () => {
    const depth = nestingMax + 1;
    expect(syntaxError(`@${'not('.repeat(depth)}true${')'.repeat(depth)}`).message).toContain(
      'nested too deeply',
    );
    expect(syntaxError(`@${'not('.repeat(100_000)}`).message).toContain('nested too deeply');
    expect(syntaxError(`@body('a')${'.b'.repeat(100_000)}`).message).toContain('nested too deeply');
  });
});

const name = fc
  .stringMatching(/^[A-Za-z_$#-][\w$#-]{0,8}$/)
  .filter((text) => !text.startsWith('-'));
const literal = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `'${text.replaceAll("'", "''")}'`),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => (/[.e]/.test(String(value)) ? String(value) : `${value}.0`)),
  fc.constantFrom('true', 'false', 'null'),
);
const { expression } = fc.letrec<{ expression: string; call: string }>((tie) => ({
  expression: fc.oneof({ depthSize: 'small' }, literal, tie('call')),
  call: fc
    .tuple(
      name,
      fc.array(tie('expression'), { maxLength: 3 }),
      fc.array(
        fc.oneof(
          fc.tuple(fc.constantFrom('.', '?.'), name).map(([dot, key]) => `${dot}${key}`),
          fc
            .tuple(fc.constantFrom('[', '?['), tie('expression'))
            .map(([open, key]) => `${open} ${key} ]`),
        ),
        { maxLength: 3 },
      ),
    )
    .map(([callee, args, rest]) => `${callee}( ${args.join(' , ')} )${rest.join('')}`),
}));

describe('fuzzing', () => {
  test('print after parse is a fixed point, and what is printed parses to the same tree', () => {
    const bare = (tree: unknown) =>
      JSON.stringify(tree, (key, value) =>
        key === 'start' || key === 'end' || key === 'nameEnd'
          ? undefined
          : typeof value === 'bigint'
            ? `${value}n`
            : value,
      );
    fc.assert(
      fc.property(expression, (text) => {
        const tree = parseExpression(text);
        const printed = printExpression(tree);
        const again = parseExpression(printed);
        expect(printExpression(again)).toBe(printed);
        expect(bare(again)).toBe(bare(tree));
      }),
      { numRuns: 500 },
    );
  });

  test('a template string printed and parsed again prints the same', () => {
    const piece = fc.oneof(
      fc.constantFrom('@', '@@', '@{', '@@{', '}', "'", 'a b', '@{1}'),
      expression.map((text) => `@{${text}}`),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        try {
          const printed = printTemplate(parseTemplate(pieces.join('')));
          expect(printTemplate(parseTemplate(printed))).toBe(printed);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionSyntaxError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('any text parses or gives a syntax error', () => {
    const noise = fc.string({
      unit: fc.constantFrom(...`@{}()[]?.,'"+-0123456789eE abnul\n\u00e9\u{1F600}`),
      maxLength: 40,
    });
    fc.assert(
      fc.property(noise, (text) => {
        for (const candidate of [text, `@${text}`, `@{${text}}`]) {
          try {
            parseTemplate(candidate);
          } catch (error) {
            expect(error).toBeInstanceOf(ExpressionSyntaxError);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
