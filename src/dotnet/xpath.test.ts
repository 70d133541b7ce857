import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DotnetError } from './errors.ts';
import { readXml } from './xml-read.ts';
import { writeXml } from './xml-write.ts';
import { evaluateXPath } from './xpath.ts';
import { xpathStringValue } from './xpath-nodes.ts';

const document = readXml(
  '<shop xmlns:p="urn:p"><item id="1" price="5"><name>Gala</name></item><!--c--><item id="2" price="40"><name>Honeycrisp</name></item><p:item>x<![CDATA[y]]></p:item><?t d?></shop>',
);
const namespaces = new Map([['p', 'urn:p']]);

/** Nodes as their string values, scalars as they are. */
function run(expression: string): unknown {
  const result = evaluateXPath(document, expression, { namespaces });
  return result.kind === 'nodes' ? result.nodes.map(xpathStringValue) : result.value;
}

test.each([
  ['/shop/item/name/text()', ['Gala', 'Honeycrisp']],
  ['string(//item[@price>35])', 'Honeycrisp'],
  ['//item[1]/@id', ['1']],
  ['//item[last()]/name', ['Honeycrisp']],
  ['//name[1]', ['Gala', 'Honeycrisp']],
  ['(//name)[1]', ['Gala']],
  ['count(//item)', 2],
  ['sum(//@price)', 45],
  ['/*/*[local-name()="item" and namespace-uri()="urn:p"]', ['xy']],
  ['//p:item', ['xy']],
  ['//p:*', ['xy']],
  ['name(//*[@id="2"]/..)', 'shop'],
  ['//item[@id=2]/preceding-sibling::item/@id', ['1']],
  ['//item[@id=1]/following::name', ['Honeycrisp']],
  ['//comment()', ['c']],
  ['//processing-instruction("t")', ['d']],
  ['//name | //@id', ['1', 'Gala', '2', 'Honeycrisp']],
  ['//name/ancestor::*[1]/@id', ['1', '2']],
  ['boolean(//none)', false],
  ['not(//none)', true],
  ['1 + 2 * 3 - 4 div 2', 5],
  ['-7 mod 3', -1],
  ['1 div 0', Number.POSITIVE_INFINITY],
  ['string(1 div 3)', '0.3333333333333333'],
  ['string(1000000 * 1000000 * 1000000 * 1000000)', '1000000000000000000000000'],
  ['substring("12345", 1.5, 2.6)', '234'],
  ['substring("12345", 0, 3)', '12'],
  ['substring-before("1999/04","/")', '1999'],
  ['substring-after("1999/04","/")', '04'],
  ['translate("bar","abc","AB")', 'BAr'],
  ['normalize-space("  a  b ")', 'a b'],
  ['concat("a", 1, true())', 'a1true'],
  ['round(2.5) + floor(-0.5) + ceiling(1.2)', 4],
  ['"2" = 2', true],
  ['//@price < 10', true],
  ['//@price != 5', true],
  ['number("x") = number("x")', false],
  ['true() > false()', true],
  ['//item[position() = 2]/@id', ['2']],
  ['string-length("abc") = 3 or 1 div 0 = 2', true],
] as const)('%s', (expression, expected) => {
  expect(run(expression)).toEqual(expected);
});

test('a node of a result prints with its own markup', () => {
  const result = evaluateXPath(readXml('<r><b>second</b></r>'), '/r/b');
  expect(
    result.kind === 'nodes' && result.nodes[0]!.kind === 'element' && writeXml(result.nodes[0]!),
  ).toBe('<b>second</b>');
});

test.each([
  '',
  '//',
  '/shop/',
  'a[',
  'a]',
  'foo()',
  '$x',
  'q:a',
  'count(1)',
  '"open',
  'child::',
  '1 +',
  'bad::a',
  '#',
])('a wrong expression is an XPathException: %s', (expression) => {
  expect(() => run(expression)).toThrow(DotnetError);
});

test('an evaluation that would take too long stops', () => {
  const big = readXml(`<r>${'<a><b/></a>'.repeat(2000)}</r>`);
  expect(() => evaluateXPath(big, '//*[count(//*[count(//*) > 1]) > 1]')).toThrow(/too many steps/);
  expect(() => run(`${'('.repeat(5000)}1${')'.repeat(5000)}`)).toThrow(/too complex/);
});

test('no expression makes XPath fail otherwise than by DotnetError', () => {
  const unit = fc.constantFrom(
    'item',
    '/',
    '//',
    '[',
    ']',
    '(',
    ')',
    '@',
    '*',
    '.',
    '..',
    '1',
    '"a"',
    '=',
    'and',
    '|',
    '-',
    'count(',
    'text()',
    '::',
    'self',
    ':',
    ',',
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 8 }), (parts) => {
      try {
        run(parts.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(DotnetError);
      }
    }),
    { numRuns: 1000 },
  );
});
