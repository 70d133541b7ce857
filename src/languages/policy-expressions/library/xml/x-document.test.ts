// XDocument and XDeclaration, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

test.each([
  [
    'ToString leaves the declaration out',
    `@(XDocument.Parse("<?xml version='1.0' encoding='utf-8'?><!--c--><a/>").ToString())`,
    '<!--c-->\n<a />',
  ],
  [
    'the declaration is kept',
    `@(XDocument.Parse("<?xml version='1.0' encoding='utf-8'?><a/>").Declaration.ToString())`,
    '<?xml version="1.0" encoding="utf-8"?>',
  ],
  [
    'a declaration is given',
    '@(new XDocument(new XDeclaration("1.0","utf-8","yes"), new XElement("a")).Declaration.Standalone)',
    'yes',
  ],
  ['an empty document has no root', '@(new XDocument().Root)', null],
  [
    'elements of a document',
    '@(XDocument.Parse("<a><b/></a>").Elements().Single().Name.LocalName)',
    'a',
  ],
  [
    'a copy',
    '@(new XDocument(XDocument.Parse("<a><b/></a>")).ToString(SaveOptions.DisableFormatting))',
    '<a><b /></a>',
  ],
  [
    'the document type is kept as it is',
    '@(XDocument.Parse("<!DOCTYPE a SYSTEM \\"s\\"><a/>").DocumentType.SystemId)',
    's',
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

const incorrect =
  'System.InvalidOperationException: This operation would create an incorrectly structured document.';

test.each([
  ['@(new XDocument(new XElement("a"), new XElement("b")))', incorrect],
  ['@(new XDocument(new XElement("a"), new XDocumentType("a", null, null, null)))', incorrect],
  [
    '@(new XDocument("text"))',
    'System.ArgumentException: Non-whitespace characters cannot be added to content.',
  ],
  [
    '@(new XDocument(new XAttribute("a", 1)))',
    'System.ArgumentException: An attribute cannot be added to content.',
  ],
  ['@(XDocument.Parse(""))', 'System.Xml.XmlException: Root element is missing.'],
  ['@(XDocument.Load("x"))', "CS0117 'XDocument' does not contain a definition for 'Load'"],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});
