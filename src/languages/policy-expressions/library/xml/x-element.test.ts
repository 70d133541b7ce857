// XElement, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

const plain = 'ToString(SaveOptions.DisableFormatting)';

test.each([
  [
    'content of any kind becomes attributes, text and nodes; null is nothing',
    '@(new XElement("a", new XAttribute("x", 1), null, 1.5, true, "t", new XText("z")).ToString())',
    '<a x="1">1.5truetz</a>',
  ],
  [
    'dates and spans have their XML text',
    '@(new XElement("a", new DateTime(2024,1,2,3,4,5,DateTimeKind.Utc), TimeSpan.FromMinutes(90)).Value)',
    '2024-01-02T03:04:05ZPT1H30M',
  ],
  ['infinity is INF', '@(new XElement("a", double.PositiveInfinity).Value)', 'INF'],
  ['sequences spread', '@(new XElement("a", new List<string>{"x","y"}, new[]{1,2}).Value)', 'xy12'],
  ['other objects are their text', '@(new XElement("a", new { x = 1 }).Value)', '{ x = 1 }'],
  ['an empty text is content', '@(new XElement("a", "").ToString())', '<a></a>'],
  [
    'a node with a parent is copied',
    `@{ var e = XElement.Parse("<a><b/></a>"); var f = new XElement("f", e.Element("b")); f.Element("b").Value = "x"; return e.${plain} + f.${plain}; }`,
    '<a><b /></a><f><b>x</b></f>',
  ],
  [
    'an element added to itself is copied',
    `@{ var e = new XElement("a"); e.Add(e); return e.${plain}; }`,
    '<a><a /></a>',
  ],
  [
    'a copy is a tree of its own',
    `@{ var e = XElement.Parse("<a x='1'><b/></a>"); var c = new XElement(e); e.RemoveAll(); return c.${plain}; }`,
    '<a x="1"><b /></a>',
  ],
  [
    'ToString indents elements, but not beside text',
    '@(XElement.Parse("<a><b><c/></b>t<d/></a>").ToString())',
    '<a>\n  <b>\n    <c />\n  </b>t<d /></a>',
  ],
  [
    'white space between elements is dropped unless it is asked for',
    '@(XElement.Parse("<a> <b/> </a>", LoadOptions.PreserveWhitespace).ToString() + XElement.Parse("<a> <b/> </a>").FirstNode)',
    '<a> <b /> </a><b />',
  ],
  [
    'null as a value takes elements and attributes away',
    `@{ var e = XElement.Parse("<a x='1'><b/></a>"); e.SetElementValue("b", null); e.SetAttributeValue("x", null); return e.${plain}; }`,
    '<a />',
  ],
  [
    'values are set or added',
    `@{ var e = XElement.Parse("<a x='1'><b/></a>"); e.SetElementValue("b", 5); e.SetElementValue("c", true); e.SetAttributeValue("x", 2.0); return e.${plain}; }`,
    '<a x="2"><b>5</b><c>true</c></a>',
  ],
  [
    'Value and Name are written',
    `@{ var e = XElement.Parse("<a><b/>t</a>"); e.Value = "<"; e.Name = "c"; return e.${plain}; }`,
    '<c>&lt;</c>',
  ],
  [
    'attributes and nodes are replaced',
    `@{ var e = XElement.Parse("<a x='1'><b/></a>"); e.ReplaceAll(new XAttribute("y", 2), e.Elements()); return e.${plain}; }`,
    '<a y="2"><b /></a>',
  ],
  [
    'the value is all text beneath',
    '@(XElement.Parse("<a>x<b>y</b><![CDATA[z]]></a>").Value)',
    'xyz',
  ],
  ['a text between tags makes it not empty', '@(XElement.Parse("<a></a>").IsEmpty)', false],
  [
    'ancestors and self',
    '@(XElement.Parse("<a><b/></a>").Element("b").AncestorsAndSelf().Count())',
    2,
  ],
  [
    'descendants and self by name',
    '@(XElement.Parse("<a><a/><b/></a>").DescendantsAndSelf("a").Count())',
    2,
  ],
  [
    'the default namespace',
    `@(XElement.Parse("<a xmlns='urn:p'/>").GetDefaultNamespace().NamespaceName)`,
    'urn:p',
  ],
  [
    'a default namespace has no prefix',
    `@(XElement.Parse("<a xmlns='urn:p'/>").GetPrefixOfNamespace("urn:p"))`,
    null,
  ],
  [
    'the namespace of a prefix',
    `@(XElement.Parse("<p:a xmlns:p='urn:p'/>").GetNamespaceOfPrefix("p").NamespaceName)`,
    'urn:p',
  ],
  [
    'namespaces without a declaration are declared in the text',
    '@(new XElement("{urn:n}a", new XAttribute("{urn:m}x", 1)).ToString())',
    '<a p1:x="1" xmlns:p1="urn:m" xmlns="urn:n" />',
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  ['int', '5', 5],
  ['short', '5', 5],
  ['long', ' 7 ', 7],
  ['double', '-INF', '-Infinity'],
  ['decimal', '1.50', '1.50'],
  ['bool', '1', true],
  ['bool', 'TRUE', true],
  ['DateTime', '2024-01-02T03:04:05Z', '2024-01-02T03:04:05.0000000Z'],
  ['DateTimeOffset', '2024-01-02T03:04:05+02:00', '2024-01-02T03:04:05.0000000+02:00'],
  ['TimeSpan', 'P1DT2H', '1.02:00:00'],
  ['Guid', '6f9619ff-8b86-d011-b42d-00c04fc964ff', '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
  ['int?', '5', 5],
  ['string', ' x ', ' x '],
])('(%s) of an element with the text "%s"', (type, text, wanted) => {
  expect(outcomeOf(`@((${type})new XElement("a", "${text}"))`)).toEqual(wanted);
});

test.each([
  ['@((int?)XElement.Parse("<a/>").Element("b"))', null],
  ['@((string)XElement.Parse("<a/>").Element("b"))', null],
  [
    '@((int)XElement.Parse("<a/>").Element("b"))',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'element')",
  ],
  [
    '@((bool)XElement.Parse("<a>X</a>"))',
    "System.FormatException: The string 'x' is not a valid Boolean value.",
  ],
  [
    '@((TimeSpan)XElement.Parse("<a>P</a>"))',
    "System.FormatException: The string 'P' is not a valid TimeSpan value.",
  ],
])('%s: absent elements and wrong texts', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});

test.each([
  [
    '@(new XElement("a", new XAttribute("x",1), new XAttribute("x",2)))',
    'System.InvalidOperationException: Duplicate attribute.',
  ],
  [
    '@(new XElement("a", new XDocument()))',
    'System.ArgumentException: A node of type Document cannot be added to content.',
  ],
  [
    '@(new XElement((XName)null))',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'name')",
  ],
  [
    '@{ var e = new XElement("a"); e.Value = null; return 1; }',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'value')",
  ],
  [
    '@{ var e = new XElement("a"); e.Remove(); return 1; }',
    'System.InvalidOperationException: The parent is missing.',
  ],
  [
    '@(XElement.Parse("<a><b></a>"))',
    "System.Xml.XmlException: The 'b' start tag on line 1 position 5 does not match the end tag of 'a'. Line 1, position 9.",
  ],
  [
    '@(XElement.Load("x"))',
    "CS1503 Argument 1: cannot convert from 'string' to 'System.IO.TextReader'",
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});

test('names of JavaScript are names like any other', () => {
  const expression =
    '@(new XElement("constructor", new XAttribute("__proto__", 1)).Attribute("__proto__").Value)';
  expect(outcomeOf(expression)).toBe('1');
  expect(outcomeOf('@(XElement.Parse("<a/>").Attribute("__proto__"))')).toBeNull();
});

test('a tree that grows without end passes a bound', () => {
  const deep = '@{ var e = new XElement("a"); while (true) { e = new XElement("a", e); } }';
  expect(outcomeOf(deep, {}, { stepsMax: 20_000 })).toMatch(/^System\.(Timeout|OutOfMemory)Exc/);
  const wide =
    '@{ var e = new XElement("a"); while (true) { e.Add(e.Elements(), "x", new XElement("b")); } }';
  expect(outcomeOf(wide, {}, { memoryMax: 1_000_000 })).toMatch(
    /^System\.(Timeout|OutOfMemory)Exc/,
  );
});

test('a deep tree is refused where it would be printed or copied', () => {
  const build =
    'var e = new XElement("a"); for (var i = 0; i < 3000; i++) { e = new XElement("a", e); }';
  expect(outcomeOf(`@{ ${build} return e.ToString(); }`)).toMatch(/too deep/);
  expect(outcomeOf(`@{ ${build} return new XElement(e); }`)).toMatch(/too deep/);
  expect(
    outcomeOf(`@{ ${build} return XNode.DeepEquals(e, new XElement("a", e.FirstNode)); }`),
  ).toMatch(/too deep/);
});
