// The walks over sequences of nodes, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

const tree = `XElement.Parse("<r><a x='1'><i>1</i></a><a x='2'><i>2</i></a></r>")`;
const plain = 'ToString(SaveOptions.DisableFormatting)';

test.each([
  ['elements of elements', `@(${tree}.Elements("a").Elements("i").Select(i => (int)i).Sum())`, 3],
  ['descendants', `@(${tree}.Elements().Descendants().Count())`, 2],
  ['ancestors, once for each', `@(${tree}.Descendants("i").Ancestors("r").Count())`, 2],
  ['each with itself', `@(${tree}.Elements().DescendantsAndSelf("a").Count())`, 2],
  [
    'attributes by name',
    `@(${tree}.Elements().Attributes("x").Select(a => a.Value).ToArray())`,
    ['1', '2'],
  ],
  ['nodes', `@(${tree}.Elements().Nodes().Count())`, 2],
  ['descendant nodes', `@(${tree}.Elements().DescendantNodes().Count())`, 4],
  [
    'order of the document',
    `@{ var r = ${tree}; return r.Elements().Reverse().InDocumentOrder().Select(a => (string)a.Attribute("x")).First(); }`,
    '1',
  ],
  [
    'nodes are removed',
    `@{ var r = ${tree}; r.Descendants("i").Remove(); return r.${plain}; }`,
    '<r><a x="1" /><a x="2" /></r>',
  ],
  [
    'attributes are removed',
    `@{ var r = ${tree}; r.Elements().Attributes().Remove(); r.Elements().Elements().Remove(); return r.${plain}; }`,
    '<r><a /><a /></r>',
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test('a null source is refused', () => {
  expect(outcomeOf('@(((IEnumerable<XElement>)null).Elements())')).toBe(
    "System.ArgumentNullException: Value cannot be null. (Parameter 'source')",
  );
});
