// XPath over LINQ to XML, and XmlNamespaceManager, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

const tree = `XElement.Parse("<r><a x='1'/><a x='2'/></r>")`;
const spaces = 'var m = new XmlNamespaceManager(new NameTable()); m.AddNamespace("p", "urn:p");';

test.each([
  ['one element', `@(${tree}.XPathSelectElement("a[@x='2']").ToString())`, '<a x="2" />'],
  ['none is null', `@(${tree}.XPathSelectElement("b"))`, null],
  ['many elements', `@(${tree}.XPathSelectElements("//a").Count())`, 2],
  [
    'what is found is the tree itself',
    `@{ var r = ${tree}; return r.XPathSelectElement("a") == r.Element("a"); }`,
    true,
  ],
  ['a number', `@(${tree}.XPathEvaluate("count(a)"))`, 2],
  ['a text', `@(${tree}.XPathEvaluate("string(a[2]/@x)"))`, '2'],
  ['a truth', `@((bool)${tree}.XPathEvaluate("a"+"=''"))`, true],
  [
    'attributes',
    `@(((System.Collections.IEnumerable)${tree}.XPathEvaluate("a/@x")).Cast<XAttribute>().First().Value)`,
    '1',
  ],
  ['of a document', '@(XDocument.Parse("<r><a>1</a></r>").XPathSelectElement("/r/a").Value)', '1'],
  [
    'prefixes of a resolver',
    `@{ ${spaces} return XElement.Parse("<r xmlns='urn:p'><a>1</a></r>").XPathSelectElement("p:a", m).Value; }`,
    '1',
  ],
  [
    'a resolver knows its prefixes',
    `@{ ${spaces} return m.LookupNamespace("p") + m.LookupPrefix("urn:p") + m.HasNamespace("q"); }`,
    'urn:ppFalse',
  ],
  [
    'scopes end',
    `@{ ${spaces} m.PushScope(); m.AddNamespace("p", "urn:q"); m.PopScope(); return m.LookupNamespace("p"); }`,
    'urn:p',
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  [
    '@(XElement.Parse("<r/>").XPathSelectElement("count(a)"))',
    'System.InvalidOperationException: The XPath expression evaluated to unexpected type System.Double.',
  ],
  [
    '@(XElement.Parse("<r>t</r>").XPathSelectElement("text()"))',
    'System.InvalidOperationException: The XPath expression evaluated to unexpected type System.Xml.Linq.XText.',
  ],
  [
    '@(XElement.Parse("<r/>").XPathSelectElement("a["))',
    "System.Xml.XPath.XPathException: 'a[' has an invalid token.",
  ],
  [
    '@{ new XmlNamespaceManager(new NameTable()).AddNamespace("xmlns", "u"); return 1; }',
    `System.ArgumentException: Prefix "xmlns" is reserved for use by XML. (Parameter 'prefix')`,
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});

test('the steps of a path are steps of the evaluation', () => {
  const expression = `@{ var r = ${tree}; while (true) { r.XPathSelectElement("//a"); } }`;
  expect(outcomeOf(expression, {}, { stepsMax: 20_000 })).toMatch(/^System\.TimeoutException/);
});
