import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TemplateExpressionError } from './errors.ts';
import { isExpression, literalText, type Node, parseExpression } from './parse.ts';

/** Writes a tree back, for round trips. */
function print(node: Node): string {
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'string'
        ? `'${node.value.replaceAll("'", "''")}'`
        : String(node.value);
    case 'call':
      return `${node.name}(${node.args.map(print).join(', ')})`;
    case 'member':
      return `${print(node.of)}.${node.name}`;
    case 'index':
      return `${print(node.of)}[${print(node.key)}]`;
  }
}

describe('an expression', () => {
  const texts: [text: string, printed?: string][] = [
    ["[concat('a', 'it''s', -5)]"],
    ["[ parameters ( 'x' ) . a [ 'b' ] [ 0 ] . c1 ]", "[parameters('x').a['b'][0].c1]"],
    ['[__bicep.f(1).x]'],
    ['[resourceGroup().location]'],
    ["[parameters('p')[parameters('k')].0]"],
    ["['text']"],
    ["[concat(\n  'a',\n  'b')]", "[concat('a', 'b')]"],
  ];
  it.each(texts)('%s is parsed', (text, printed) => {
    expect(`[${print(parseExpression(text))}]`).toBe(printed ?? text);
  });

  it('keeps the offset of each part', () => {
    const node = parseExpression("[concat('a', toLower('B'))]");
    expect(node).toMatchObject({ kind: 'call', start: 1, args: [{ start: 8 }, { start: 13 }] });
  });

  const faults: [text: string, message: string, offset: number][] = [
    ["[concat('a']", "expected token 'RightParenthesis' and actual 'RightSquareBracket'", 11],
    ["[concat('a)]", 'a string that begins here does not end', 8],
    ['[]', "expected token 'Identifier' and actual 'RightSquareBracket'", 1],
    ['[a]', "expected token 'LeftParenthesis'", 2],
    ['[a.b]', "expected token 'LeftParenthesis'", 4],
    ['[a() b()]', "expected token 'RightSquareBracket' and actual 'Identifier'", 5],
    ['[a()] b()]', "expected token 'EndOfData'", 6],
    ['[a(),]', "actual 'Comma'", 4],
    ['[a(!)]', "the character '!' is not expected", 3],
    ["[a().'x']", "expected token 'Identifier'", 5],
    ['[1.5]', "actual 'Dot'", 2],
  ];
  it.each(faults)('%s is refused at its offset', (text, message, offset) => {
    try {
      parseExpression(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateExpressionError);
      expect((error as TemplateExpressionError).message).toContain(message);
      expect((error as TemplateExpressionError).offset).toBe(offset);
    }
  });

  it('points at the fault with a caret', () => {
    try {
      parseExpression("[concat('a' 'b')]");
      expect.unreachable();
    } catch (error) {
      expect((error as TemplateExpressionError).caret().split('\n').slice(1)).toEqual([
        "  [concat('a' 'b')]",
        '              ^',
      ]);
    }
  });

  it('is refused where it is too long or nested too deep', () => {
    expect(() => parseExpression(`['${'x'.repeat(25_000)}']`)).toThrow('24576');
    expect(() => parseExpression(`[${'a('.repeat(300)}${')'.repeat(300)}]`)).toThrow('deeper');
  });

  it('is any string in single brackets', () => {
    expect(isExpression('[a()]')).toBe(true);
    for (const text of ['[[a()]', '[a()', 'a', '', '[']) expect(isExpression(text)).toBe(false);
    expect(literalText('[[a]')).toBe('[a]');
    expect(literalText('[[a')).toBe('[[a');
  });

  it('parses to itself when printed, and never fails otherwise than by its own error', () => {
    const leaf = fc.oneof(
      fc.string().map((value): Node => ({ kind: 'literal', value, start: 0 })),
      fc.integer().map((value): Node => ({ kind: 'literal', value, start: 0 })),
    );
    const { node } = fc.letrec<{ node: Node }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc
          .tuple(fc.stringMatching(/^[a-z]{1,5}$/), fc.array(tie('node'), { maxLength: 3 }))
          .map(([name, args]): Node => ({ kind: 'call', name, args, start: 0 })),
        fc
          .tuple(tie('node'), tie('node'))
          .map(([of, key]): Node => ({ kind: 'index', of, key, start: 0 })),
      ),
    }));
    fc.assert(
      fc.property(node, (tree) => {
        const text = print(tree);
        expect(print(parseExpression(`[${text}]`))).toBe(text);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z'()[\].,0-9 -]{0,30}$/), (text) => {
        try {
          parseExpression(`[${text}]`);
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateExpressionError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
