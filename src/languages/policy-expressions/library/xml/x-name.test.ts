// XName and XNamespace, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

test.each([
  ['a text is an expanded name', '@(XName.Get("{urn:x}a").NamespaceName)', 'urn:x'],
  ['a local name and a namespace', '@(XName.Get("a", "urn:x").ToString())', '{urn:x}a'],
  ['a name without namespace prints bare', '@(XName.Get("a").ToString())', 'a'],
  ['namespace plus text is a name', '@{ XNamespace n = "u"; return n + "a"; }', '{u}a'],
  ['names compare by both parts', '@(XElement.Parse("<a/>").Name == "a")', true],
  ['a text converts on either side', '@("b" != XElement.Parse("<a/>").Name)', true],
  ['equal names are one reference', '@((object)XName.Get("a") == (object)XName.Get("a"))', true],
  ['a namespace has no prefix', '@(XNamespace.Get("urn:x").ToString())', 'urn:x'],
  ['None is the empty namespace', '@(XNamespace.None.NamespaceName)', ''],
  ['Xml and Xmlns are known', '@(XNamespace.Xmlns.NamespaceName)', 'http://www.w3.org/2000/xmlns/'],
  ['namespaces compare by their text', '@(XNamespace.Get("u") == "u")', true],
  ['GetName joins', '@(XNamespace.Get("u").GetName("a"))', '{u}a'],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  ['@(XName.Get(""))', "System.ArgumentException: '' is an invalid expanded name."],
  ['@(XName.Get("{urn:x"))', "System.ArgumentException: '{urn:x' is an invalid expanded name."],
  ['@(XName.Get("{u}"))', "System.ArgumentException: '{u}' is an invalid expanded name."],
  [
    '@(new XElement("1a"))',
    "System.Xml.XmlException: Name cannot begin with the '1' character, hexadecimal value 0x31.",
  ],
  [
    '@(new XElement("a b"))',
    "System.Xml.XmlException: The ' ' character, hexadecimal value 0x20, cannot be included in a name.",
  ],
  [
    '@(XName.Get((string)null))',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'expandedName')",
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});
