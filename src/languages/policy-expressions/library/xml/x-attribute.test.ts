// XAttribute, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

test.each([
  [
    'an attribute prints itself',
    '@(new XAttribute("a", "\\"<\\n").ToString())',
    'a="&quot;&lt;&#xA;"',
  ],
  [
    'with the prefix of its element',
    `@(XElement.Parse("<p:a xmlns:p='urn:p' p:x='1'/>").LastAttribute.ToString())`,
    'p:x="1"',
  ],
  ['values have their XML text', '@(new XAttribute("a", true).Value)', 'true'],
  [
    'values are written',
    '@{ var a = new XAttribute("a", 1); a.Value = "2"; a.SetValue(3); return a.Value; }',
    '3',
  ],
  [
    'declarations are told apart',
    `@(XElement.Parse("<a xmlns='u' x='1'/>").Attributes().Count(a => a.IsNamespaceDeclaration))`,
    1,
  ],
  [
    'neighbours',
    `@(XElement.Parse("<a x='1' y='2'/>").FirstAttribute.NextAttribute.PreviousAttribute.Name.LocalName)`,
    'x',
  ],
  [
    'the element of an attribute',
    `@(XElement.Parse("<a x='1'/>").FirstAttribute.Parent.Name.LocalName)`,
    'a',
  ],
  [
    'an attribute of an element is copied to another',
    `@{ var e = XElement.Parse("<a x='1'/>"); var f = new XElement("f", e.FirstAttribute); f.FirstAttribute.Value = "2"; return e.FirstAttribute.Value; }`,
    '1',
  ],
  ['numbers', `@((decimal)XElement.Parse("<a x='1.50'/>").Attribute("x"))`, '1.50'],
  ['absent as nullable', `@((bool?)XElement.Parse("<a/>").Attribute("x") ?? true)`, true],
  ['a copy', '@(new XAttribute(new XAttribute("a", 1)).ToString())', 'a="1"'],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  [
    '@(new XAttribute("a", null))',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'value')",
  ],
  [
    '@{ new XAttribute("a", 1).Remove(); return 1; }',
    'System.InvalidOperationException: The parent is missing.',
  ],
  [
    '@(new XAttribute("a", new XElement("b")))',
    'System.ArgumentException: An XObject cannot be used as a value.',
  ],
  [
    '@((int)XElement.Parse("<a/>").Attribute("x"))',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'attribute')",
  ],
  [
    '@(new XAttribute(XNamespace.Xmlns + "p", ""))',
    "System.ArgumentException: The prefix 'p' cannot be bound to the empty namespace name.",
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});
