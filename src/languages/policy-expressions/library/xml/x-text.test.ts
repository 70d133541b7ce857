// XText, XCData, XComment, XProcessingInstruction and XDocumentType, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

test.each([
  ['text is escaped', '@(new XText("<").ToString())', '&lt;'],
  ['CDATA is a text', '@(((XText)new XCData("<")).ToString())', '<![CDATA[<]]>'],
  ['comments', '@(new XComment("hi").ToString())', '<!--hi-->'],
  ['instructions', '@(new XProcessingInstruction("a", "b").ToString())', '<?a b?>'],
  [
    'document types',
    '@(new XDocumentType("a", "p", "s", null).ToString())',
    '<!DOCTYPE a PUBLIC "p" "s">',
  ],
  [
    'a text in a tree is written',
    '@{ var e = XElement.Parse("<a>x</a>"); ((XText)e.FirstNode).Value = "y"; return e.Value; }',
    'y',
  ],
  [
    'CDATA stays CDATA',
    '@(XElement.Parse("<a><![CDATA[x<y]]></a>").ToString())',
    '<a><![CDATA[x<y]]></a>',
  ],
  [
    'CDATA is split at its own end mark',
    '@(new XCData("a]]>b").ToString())',
    '<![CDATA[a]]]]><![CDATA[>b]]>',
  ],
  ['a copy of a text', '@(new XText(new XText("x")).Value)', 'x'],
  [
    'parts of an instruction',
    '@{ var p = new XProcessingInstruction("a", "b"); p.Data = "c"; return p.Target + p.Data; }',
    'ac',
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  [
    '@(new XText((string)null))',
    "System.ArgumentNullException: Value cannot be null. (Parameter 'value')",
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});
