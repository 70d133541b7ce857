// Documents made at random, and damaged ones: nothing is lost, nothing crashes, every finding has a place.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from './check.ts';
import { effectivePolicy } from './effective.ts';
import { effectiveLines } from './effective-lines.ts';
import { encodeRawExpression } from './entities.ts';
import { parseDocument } from './parse.ts';
import { type PolicyNode, policiesOf } from './policies.ts';
import { convertDocument, formatDocument, printDocument } from './print.ts';

/** Pieces of C# whose brackets close; put together they need not make sense. */
const closed = fc.constantFrom(
  ...['a', ' ', '\n', '\t', '1', '"b"', '")"', '"\\""', '@"c""d"', '$"{e}"', '$"{{"', '$@"{f}""g"'],
  ...[
    "'\"'",
    "'\\''",
    '/* " ) */',
    "// it's )\n",
    '<',
    '>',
    '&&',
    '&',
    '&lt;',
    '&amp;lt;',
    '&#65;',
  ],
  ...[
    'h<string>("i")',
    '=>',
    '?',
    ':',
    ';',
    '</value>',
    '<!--',
    ']]>',
    '{{n}}',
    '$"{$"{"j"}"}"',
    '\\',
  ],
);
const code: fc.Arbitrary<string> = fc.letrec<{ code: string }>((tie) => ({
  code: fc
    .array(
      fc.oneof(
        { weight: 5, arbitrary: closed },
        { weight: 1, arbitrary: tie('code').map((inner) => `(${inner})`) },
        { weight: 1, arbitrary: tie('code').map((inner) => `{${inner}}`) },
        { weight: 1, arbitrary: tie('code').map((inner) => `[${inner}]`) },
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join(' ')),
})).code;
const expression = fc
  .tuple(fc.constantFrom('()', '{}'), code)
  .map(([[open, close], inner]) => `@${open}${inner}${close}`);
const literal = fc
  .array(
    fc.constantFrom('a', ' ', '&amp;', '&lt;', '{{n}}', '@', '(', ')', '%{x}', '\u00e9', '1'),
    {
      maxLength: 6,
    },
  )
  .map((parts) => `x${parts.join('')}`);
const value = fc.oneof(expression.map(encodeRawExpression), literal);
const blank = fc.constantFrom('', ' ', '\n', '\r\n\t', '<!-- c -->', '<?p q?>');

/** Elements of a document with attributes and text of all kinds. */
const element: fc.Arbitrary<string> = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(
      fc.constantFrom('choose', 'when', 'set-header', 'value', 'base', 'nope'),
      fc.array(fc.tuple(value, fc.constantFrom('"', "'")), { maxLength: 2 }),
      blank,
      fc.oneof(
        { maxDepth: 3 },
        value,
        value.map((text) => `<set-body>${text}</set-body>`),
        fc.array(tie('element'), { maxLength: 3 }).map((inner) => inner.join('\n')),
      ),
    )
    .map(([name, attributes, space, inner]) => {
      const listed = attributes.map(([each, quote], index) => {
        const text = /^@[({]/.test(each) ? each : each.replaceAll(quote, '');
        return ` a${index}=${quote}${text}${quote}`;
      });
      return `<${name}${listed.join('')}>${space}${inner}</${name}>`;
    }),
})).element;
const document = fc
  .array(element, { maxLength: 4 })
  .map((inner) => `<policies>\n<inbound>${inner.join('\n')}</inbound></policies>`);

function valuesOf(node: PolicyNode): unknown {
  const attributes = [...node.attributes].map(([name, { kind, text }]) => [name, kind, text]);
  return [node.name, attributes, node.text?.kind, node.text?.text, node.children.map(valuesOf)];
}

/** The tree that a text stands for; undefined where it is refused. */
function read(text: string): ReturnType<typeof parseDocument> | undefined {
  try {
    return parseDocument(text);
  } catch {
    return undefined;
  }
}

describe('a document made at random', () => {
  it('is printed, converted and formatted without losing anything', () => {
    let accepted = 0;
    const check = (text: string) => {
      const parsed = read(text);
      if (!parsed) return;
      accepted += 1;
      expect(printDocument(parsed)).toBe(text);
      const values = valuesOf(policiesOf(parsed).root);
      const formatted = formatDocument(parsed);
      expect(formatDocument(parseDocument(formatted))).toBe(formatted);
      expect(valuesOf(policiesOf(parseDocument(formatted)).root)).toEqual(values);
      const strict = convertDocument(parsed, 'xml');
      expect(valuesOf(policiesOf(strict).root)).toEqual(values);
      expect(valuesOf(policiesOf(convertDocument(strict, 'rawxml')).root)).toEqual(values);
    };
    fc.assert(fc.property(document, check), { numRuns: 1500 });
    expect(accepted).toBeGreaterThan(700);
  });

  it('is found again line by line in the effective policy', () => {
    const check = (text: string) => {
      const parsed = read(text);
      if (!parsed) return;
      const { root } = policiesOf(parsed, { scope: 'api' });
      const lines = effectiveLines(effectivePolicy({ chain: [{ scope: 'api', root }] }));
      const count = text.split('\n').length;
      for (const { origin } of lines) {
        if (origin?.scope === 'api') expect(origin.line).toBeLessThanOrEqual(count);
      }
    };
    fc.assert(fc.property(document, check), { numRuns: 500 });
  });
});

describe('a damaged document', () => {
  const damage = fc.tuple(
    document,
    fc.nat(),
    fc.nat({ max: 3 }),
    fc.constantFrom(
      '',
      '"',
      "'",
      '<',
      '>',
      '@(',
      '{',
      ')',
      '&',
      '\0',
      '\ud800',
      '-->',
      '\uFEFF',
      '/>',
    ),
  );

  it('is checked without a crash, and every finding lies in it', () => {
    const check = ([text, at, length, put]: [string, number, number, string]) => {
      const offset = at % text.length;
      const damaged = text.slice(0, offset) + put + text.slice(offset + length);
      const lines = damaged.split('\n');
      for (const format of ['rawxml', 'xml'] as const) {
        const { findings } = checkDocument(damaged, { format });
        for (const { line, column, message, fix } of findings) {
          expect(lines[line - 1]).toBeDefined();
          expect(column).toBeGreaterThan(0);
          expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
          expect(message && fix).not.toBe('');
        }
      }
    };
    fc.assert(fc.property(damage, check), { numRuns: 1000 });
  });
});
