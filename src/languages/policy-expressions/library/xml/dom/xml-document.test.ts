// XmlDocument, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../../expression-outcome.ts';

const load = (xml: string) => `var d = new XmlDocument(); d.LoadXml("${xml}");`;
const tree = load("<r><a x='1'>t</a><a x='2'/><!--c--></r>");
const spaces = load("<p:r xmlns:p='urn:p'><p:a>1</p:a></p:r>");

test.each([
  ['a path', `@{ ${tree} return d.SelectSingleNode("/r/a[@x='1']").InnerText; }`, 't'],
  ['a path that finds nothing', `@{ ${tree} return d.SelectSingleNode("//b"); }`, null],
  ['an attribute of a path', `@{ ${tree} return d.SelectSingleNode("//a/@x").Value; }`, '1'],
  ['many nodes', `@{ ${tree} return d.SelectNodes("//a").Count; }`, 2],
  [
    'nodes are walked',
    `@{ ${tree} var s = ""; foreach (XmlNode n in d.DocumentElement.ChildNodes) { s += n.Name + " "; } return s; }`,
    'a a #comment ',
  ],
  [
    'attributes by name',
    `@{ ${tree} return d.DocumentElement.FirstChild.Attributes["x"].Value; }`,
    '1',
  ],
  [
    'an element knows its attributes',
    `@{ ${tree} return d.DocumentElement["a"].GetAttribute("x") + d.DocumentElement.GetAttribute("y"); }`,
    '1',
  ],
  [
    'elements by name',
    `@{ ${tree} return d.GetElementsByTagName("a")[1].OuterXml; }`,
    '<a x="2" />',
  ],
  [
    'inner XML',
    `@{ ${tree} return d.DocumentElement.InnerXml; }`,
    '<a x="1">t</a><a x="2" /><!--c-->',
  ],
  [
    'neighbours are one reference',
    `@{ ${tree} var a = d.DocumentElement.FirstChild; return a.NextSibling.PreviousSibling == a && a.ParentNode == d.DocumentElement; }`,
    true,
  ],
  [
    'prefixes',
    `@{ ${spaces} var m = new XmlNamespaceManager(d.NameTable); m.AddNamespace("q", "urn:p"); return d.SelectSingleNode("//q:a", m).Name; }`,
    'p:a',
  ],
  [
    'names in parts',
    `@{ ${spaces} var e = d.DocumentElement; return e.Prefix + e.LocalName + e.NamespaceURI; }`,
    'prurn:p',
  ],
  [
    'JSON',
    `@{ ${tree} return JsonConvert.SerializeXmlNode(d); }`,
    '{"r":{"a":[{"@x":"1","#text":"t"},{"@x":"2"}]}}',
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  ['@{ new XmlDocument().LoadXml("<a"); return 1; }', /^System\.Xml\.XmlException: /],
  [
    `@{ ${tree} return d.SelectSingleNode("count(//a)"); }`,
    /^System\.Xml\.XPath\.XPathException: Expression must evaluate to a node-set\./,
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toMatch(wanted);
});
