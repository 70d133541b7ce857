import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DotnetError } from './errors.ts';
import { compileRegex, escapeRegex } from './regex.ts';
import { unescapeRegex } from './regex-unescape.ts';
import { RegexOptions } from './styles.ts';

/** All matches as texts. */
const all = (pattern: string, input: string, options = 0) =>
  compileRegex(pattern, options)
    .matches(input)
    .map((match) => match.value);

test.each([
  ['\\d+', 'a1b22c333', ['1', '22', '333']],
  ['^\\d+$', 'abc', []],
  ['a.*?X', 'aXbX', ['aX']],
  ['(?<=.).(?=.*@)', 'user@x', ['s', 'e', 'r']],
  ['^\\w$', 'é', ['é']],
  ['\\p{Lu}', 'aΩb', ['Ω']],
  ['\\P{L}', 'a1', ['1']],
  ['\\p{IsGreek}', 'aΩ', ['Ω']],
  ['(a|ab)(c|bcd)(d*)', 'abcd', ['abcd']],
  ['(?:a*)*', 'aab', ['aa', '', '']],
  ['(a*?)+', 'aab', ['', '', '', '']],
  ['x*', 'axb', ['', 'x', '', '']],
  ['(?>a+)ab', 'aaab', []],
  ['a{2,3}?', 'aaaa', ['aa', 'aa']],
  ['a{,3}', 'a{,3}', ['a{,3}']],
  ['(\\w)\\1', 'hello abba', ['ll', 'bb']],
  ['(?<q>[\'"]).*?\\k<q>', `say "it's" 'x'`, [`"it's"`, "'x'"]],
  ['(?i)straSSe', 'STRASSE strasse', ['STRASSE', 'strasse']],
  ['(?i:a)b', 'Ab AB', ['Ab']],
  ['a(?i)b|c', 'aB C', ['aB', 'C']],
  ['[a-z-[aeiou]]+', 'hello', ['h', 'll']],
  ['[^\\d\\s]+', 'a1 b', ['a', 'b']],
  ['[]a]+', 'a]b', ['a]']],
  ['\\bfoo\\b', 'foo foobar foo', ['foo', 'foo']],
  ['\\Afoo', 'foo\nfoo', ['foo']],
  ['foo\\Z', 'foo\n', ['foo']],
  ['(x)?(?(1)y|z)', 'xy z', ['xy', 'z']],
  ['(?(?=\\d)\\d\\d|[a-z])', '12a', ['12', 'a']],
  ['(?!foo)\\w{3}', 'foobar', ['oob']],
  ['(?<!a)b', 'ab b', ['b']],
  ['(?<=(\\d+))x', '123x', ['x']],
  ['\\G\\d', '12a3', ['1', '2']],
  ['\\u0041\\x42\\103', 'ABC', ['ABC']],
  ['(?#note)a', 'a', ['a']],
  [
    "^[^()]*(?>(?>(?'open'\\()[^()]*)+(?>(?'-open'\\))[^()]*)+)+(?(open)(?!))$",
    '(a(b))',
    ['(a(b))'],
  ],
  ["^[^()]*(?>(?>(?'open'\\()[^()]*)+(?>(?'-open'\\))[^()]*)+)+(?(open)(?!))$", '(a(b)', []],
] as const)('%s finds in %s', (pattern, input, found) => {
  expect(all(pattern, input)).toEqual(found);
});

test.each([
  ['^l', 'l1\nl2\nl3', RegexOptions.Multiline, ['l', 'l', 'l']],
  ['^l', 'l1\nl2\nl3', 0, ['l']],
  ['\\d$', 'l1\nl2\n', RegexOptions.Multiline, ['1', '2']],
  ['a.b', 'a\nb', RegexOptions.Singleline, ['a\nb']],
  ['\\d', '٣', RegexOptions.ECMAScript, []],
  ['\\d', '٣', 0, ['٣']],
  ['a b # comment\n c', 'abc', RegexOptions.IgnorePatternWhitespace, ['abc']],
  ['ÉA', 'éa', RegexOptions.IgnoreCase, ['éa']],
  ['\\d+', 'a1b22', RegexOptions.RightToLeft, ['22', '1']],
  ['(a)(?<n>b)', 'ab', RegexOptions.ExplicitCapture, ['ab']],
] as const)('%s in %j under options %i', (pattern, input, options, found) => {
  expect(all(pattern, input, options)).toEqual(found);
});

test('groups are numbered unnamed first, then named', () => {
  const match = compileRegex('(?<x>a)(b)').match('ab');
  expect(match.groups.map((group) => group.value)).toEqual(['ab', 'b', 'a']);
  expect(match.group('x').value).toBe('a');
  expect(match.group(2).name).toBe('x');
  expect(match.group('none').success).toBe(false);
  expect(compileRegex('(?<5>a)(b)').groupNumbers).toEqual([0, 1, 5]);
});

test('a repeated group keeps every capture, its value is the last', () => {
  const group = compileRegex('(?:([a-z])(\\d))+').match('a1b2').group(1);
  expect(group.value).toBe('b');
  expect(group.captures.map((capture) => capture.value)).toEqual(['a', 'b']);
});

test.each([
  ['\\d+', 'a1b22', '<$0>', 'a<1>b<22>'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a replacement pattern
  ['(?<a>\\w)(\\w)', 'xy', '${a}$1$2', 'xyx'],
  ['(?<!^)([A-Z])', 'camelCaseName', '_$1', 'camel_Case_Name'],
  ['b', 'abc', "[$`|$&|$'|$$|$_|$9|$x]", 'a[a|b|c|$|abc|$9|$x]c'],
  ['(a)(b)?', 'a', '$+|$2', '|'],
] as const)('Replace %s in %s', (pattern, input, replacement, result) => {
  expect(compileRegex(pattern).replace(input, replacement)).toBe(result);
});

test('Replace stops after a count, takes an evaluator and works right to left', () => {
  expect(compileRegex('a').replace('aaa', 'b', 2)).toBe('bba');
  expect(compileRegex('[-_]').replace('a-b_c', (m) => (m.value === '-' ? '+' : '/'))).toBe('a+b/c');
  expect(compileRegex('a', RegexOptions.RightToLeft).replace('aaa', 'b', 2)).toBe('abb');
});

test.each([
  ['(\\d)', 'a1b2c', ['a', '1', 'b', '2', 'c']],
  ['[,;]\\s*', 'a, b;c', ['a', 'b', 'c']],
  ['', 'ab', ['', 'a', 'b', '']],
  ['x', 'ab', ['ab']],
] as const)('Split by %s', (pattern, input, pieces) => {
  expect(compileRegex(pattern).split(input)).toEqual(pieces);
});

test.each([
  ['(', "Invalid pattern '(' at offset 1. Not enough )'s."],
  [')', "Invalid pattern ')' at offset 0. Too many )'s."],
  ['*a', "Invalid pattern '*a' at offset 0. Quantifier '*' following nothing."],
  ['a**', "Invalid pattern 'a**' at offset 2. Nested quantifier '*'."],
  ['[a', "Invalid pattern '[a' at offset 2. Unterminated [] set."],
  ['[z-a]', '[x-y] range in reverse order.'],
  ['\\', 'Illegal \\ at end of pattern.'],
  ['\\y', 'Unrecognized escape sequence \\y.'],
  ['\\2', 'Reference to undefined group number 2.'],
  ['\\k<x>', "Reference to undefined group name 'x'."],
  ['(?z)', 'Unrecognized grouping construct.'],
  ['a{3,2}', 'Illegal {x,y} with x > y.'],
  ['\\p{Foo}', "Unknown property 'Foo'."],
  ['(?<>a)', 'Invalid group name'],
])('%s is refused as .NET words it', (pattern, message) => {
  const compile = () => compileRegex(pattern);
  expect(compile).toThrow(message);
  expect(compile).toThrow(DotnetError);
});

test.each([
  ['^(a+)+$', `${'a'.repeat(40)}b`],
  ['^(a|a)*$', `${'a'.repeat(40)}b`],
  ['(.*)*x', 'y'.repeat(5000)],
  ['(?:(?:a?){50}){50}b', 'a'.repeat(60)],
  ['(?=(a+))*\\1b', 'a'.repeat(3000)],
])('catastrophic %s times out instead of hanging', (pattern, input) => {
  const began = performance.now();
  try {
    compileRegex(pattern, 0, { stepsMax: 1_000_000 }).isMatch(input);
  } catch (error) {
    expect((error as DotnetError).type).toBe(
      'System.Text.RegularExpressions.RegexMatchTimeoutException',
    );
  }
  expect(performance.now() - began).toBeLessThan(5000);
});

test('Escape and Unescape are inverse', () => {
  expect(escapeRegex('a.b*c[d]{e} #\n')).toBe('a\\.b\\*c\\[d]\\{e}\\ \\#\\n');
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(unescapeRegex(escapeRegex(text))).toBe(text);
      expect(compileRegex(`^${escapeRegex(text)}\\z`).isMatch(text)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('patterns that JavaScript shares match alike', () => {
  const unit = fc.constantFrom(
    'a',
    'b',
    '.',
    'a*',
    'b+?',
    '(a|b)',
    '(?:ab)?',
    '[ab]',
    '(a)',
    '^',
    '$',
    '|',
    '\\b',
    '(?=a)',
    '(?!b)',
  );
  fc.assert(
    fc.property(
      fc.array(unit, { maxLength: 5 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 }),
      (parts, input) => {
        const pattern = parts.join('');
        const expected = new RegExp(pattern).exec(input);
        const found = compileRegex(pattern).match(input);
        expect(found.success ? [found.index, found.value] : null).toEqual(
          expected ? [expected.index, expected[0]] : null,
        );
      },
    ),
    { numRuns: 1000 },
  );
});

test('no pattern makes the engine fail otherwise than by DotnetError', () => {
  const unit = fc.constantFrom(..."ab(){}[]?*+|\\^$.<>=!:-,12kdwpLGxiu#' ");
  fc.assert(
    fc.property(
      fc.string({ unit, maxLength: 16 }),
      fc.integer({ min: 0, max: 63 }),
      (pattern, options) => {
        try {
          compileRegex(pattern, options, { stepsMax: 20_000 }).replace('aab12 ba(-) x', '$1$&');
        } catch (error) {
          expect(error).toBeInstanceOf(DotnetError);
        }
      },
    ),
    { numRuns: 3000 },
  );
});
