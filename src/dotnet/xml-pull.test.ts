// What is no well-formed XML, with the words, line and position .NET Core 3.1 gives.
import { expect, test } from 'vitest';
import { XmlPull } from './xml-pull.ts';

function read(text: string): void {
  const pull = new XmlPull(text, { whitespace: 'drop', doctype: 'parse' });
  while (pull.read());
}

function complaint(text: string): string | undefined {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

test.each([
  ['', 'Root element is missing.'],
  ['  ', 'Root element is missing.'],
  ['x', 'Data at the root level is invalid. Line 1, position 1.'],
  ['<', 'Data at the root level is invalid. Line 1, position 1.'],
  ['<a', 'Data at the root level is invalid. Line 1, position 1.'],
  ['<a>', 'Data at the root level is invalid. Line 1, position 1.'],
  [
    '<a><b>',
    'Unexpected end of file has occurred. The following elements are not closed: b, a. Line 1, position 7.',
  ],
  [
    '<a><b></a>',
    "The 'b' start tag on line 1 position 5 does not match the end tag of 'a'. Line 1, position 9.",
  ],
  [
    '<a></b>',
    "The 'a' start tag on line 1 position 2 does not match the end tag of 'b'. Line 1, position 6.",
  ],
  ['</a>', 'Unexpected end tag. Line 1, position 3.'],
  ['<a/><b/>', 'There are multiple root elements. Line 1, position 6.'],
  ['<a/>x', 'Data at the root level is invalid. Line 1, position 5.'],
  ['x<a/>', 'Data at the root level is invalid. Line 1, position 1.'],
  ['<a b/>', "'/' is an unexpected token. The expected token is '='. Line 1, position 5."],
  ['<a b=/>', "'/' is an unexpected token. The expected token is '\"' or '''. Line 1, position 6."],
  [
    '<a b=1/>',
    "'1' is an unexpected token. The expected token is '\"' or '''. Line 1, position 6.",
  ],
  ['<a b="1/>', 'There is an unclosed literal string. Line 1, position 10.'],
  ['<a b="1" b="2"/>', "'b' is a duplicate attribute name. Line 1, position 10."],
  [
    '<a b="<"/>',
    "'<', hexadecimal value 0x3C, is an invalid attribute character. Line 1, position 7.",
  ],
  ['<a b="&"/>', 'An error occurred while parsing EntityName. Line 1, position 8.'],
  ['<a>&</a>', 'An error occurred while parsing EntityName. Line 1, position 5.'],
  ['<a>&x;</a>', "Reference to undeclared entity 'x'. Line 1, position 5."],
  ['<a>& b</a>', 'An error occurred while parsing EntityName. Line 1, position 5.'],
  [
    '<a>&#xZ;</a>',
    'Invalid syntax for a hexadecimal numeric entity reference. Line 1, position 7.',
  ],
  ['<a>&#;</a>', 'Invalid syntax for a decimal numeric entity reference. Line 1, position 6.'],
  ['<a>&#0;</a>', "'.', hexadecimal value 0x00, is an invalid character. Line 1, position 6."],
  ['<a>&#1;</a>', "'\u0001', hexadecimal value 0x01, is an invalid character. Line 1, position 6."],
  ['<a>&#99999999999;</a>', 'Invalid value of a character entity reference. Line 1, position 15.'],
  [
    '<a>\u0001</a>',
    "'\u0001', hexadecimal value 0x01, is an invalid character. Line 1, position 4.",
  ],
  [
    '<a b="\u0001"/>',
    "'\u0001', hexadecimal value 0x01, is an invalid character. Line 1, position 7.",
  ],
  ['<a>]]></a>', "']]>' is not allowed in character data. Line 1, position 4."],
  [
    '<a><!-- -- --></a>',
    "An XML comment cannot contain '--', and '-' cannot be the last character. Line 1, position 9.",
  ],
  [
    '<a><!-- --->',
    "An XML comment cannot contain '--', and '-' cannot be the last character. Line 1, position 9.",
  ],
  [
    '<a><!-',
    'Unexpected end of file has occurred. The following elements are not closed: a. Line 1, position 7.',
  ],
  ['<a><!--', 'Unexpected end of file while parsing Comment has occurred. Line 1, position 8.'],
  ['<a><![CDATA[', 'Unexpected end of file while parsing CDATA has occurred. Line 1, position 13.'],
  [
    '<a><![CDATA',
    'Unexpected end of file has occurred. The following elements are not closed: a. Line 1, position 12.',
  ],
  [
    '<a><!X></a>',
    "'X' is an unexpected token. The expected token is '<!--' or '<[CDATA['. Line 1, position 6.",
  ],
  ['<a><!DOCTYPE a></a>', 'Unexpected DTD declaration. Line 1, position 6.'],
  ['<p:a/>', "'p' is an undeclared prefix. Line 1, position 2."],
  ['<a p:b="1"/>', "'p' is an undeclared prefix. Line 1, position 4."],
  [
    '<a:/>',
    "Name cannot begin with the '/' character, hexadecimal value 0x2F. Line 1, position 4.",
  ],
  [
    '<:a/>',
    "Name cannot begin with the ':' character, hexadecimal value 0x3A. Line 1, position 2.",
  ],
  [
    '<a:b:c/>',
    "The ':' character, hexadecimal value 0x3A, cannot be included in a name. Line 1, position 5.",
  ],
  ['<1/>', "Name cannot begin with the '1' character, hexadecimal value 0x31. Line 1, position 2."],
  [
    '<a 1="x"/>',
    "Name cannot begin with the '1' character, hexadecimal value 0x31. Line 1, position 4.",
  ],
  [
    '<-a/>',
    "Name cannot begin with the '-' character, hexadecimal value 0x2D. Line 1, position 2.",
  ],
  ['<a xmlns:p=""/>', 'Invalid namespace declaration. Line 1, position 12.'],
  [
    '<a xmlns:xml="x"/>',
    'Prefix "xml" is reserved for use by XML and can be mapped only to namespace name "http://www.w3.org/XML/1998/namespace". Line 1, position 4.',
  ],
  ['<a xmlns:xmlns="x"/>', 'Prefix "xmlns" is reserved for use by XML. Line 1, position 4.'],
  [
    '<a xmlns="http://www.w3.org/XML/1998/namespace"/>',
    'Prefix \'\' cannot be mapped to namespace name reserved for "xml" or "xmlns". Line 1, position 11.',
  ],
  [
    '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>',
    'Prefix \'p\' cannot be mapped to namespace name reserved for "xml" or "xmlns". Line 1, position 13.',
  ],
  ['<?xml version="1.1"?><a/>', "Version number '1.1' is invalid. Line 1, position 16."],
  ['<?xml?><a/>', 'Syntax for an XML declaration is invalid. Line 1, position 6.'],
  [
    '<?xml version=1.0?><a/>',
    "'1.0' is an unexpected token. The expected token is '\"' or '''. Line 1, position 15.",
  ],
  [
    '<?xml version="1.0" standalone="maybe"?><a/>',
    'Syntax for an XML declaration is invalid. Line 1, position 32.',
  ],
  [
    '<?xml version="1.0" x="1"?><a/>',
    'Syntax for an XML declaration is invalid. Line 1, position 21.',
  ],
  ['<?xml encoding="utf-8"?><a/>', 'Syntax for an XML declaration is invalid. Line 1, position 7.'],
  [
    '\n<?xml version="1.0"?><a/>',
    'Unexpected XML declaration. The XML declaration must be the first node in the document, and no whitespace characters are allowed to appear before it. Line 2, position 3.',
  ],
  [
    '<a/><?xml version="1.0"?>',
    'Unexpected XML declaration. The XML declaration must be the first node in the document, and no whitespace characters are allowed to appear before it. Line 1, position 7.',
  ],
  [
    '<a><?xml x?></a>',
    'Unexpected XML declaration. The XML declaration must be the first node in the document, and no whitespace characters are allowed to appear before it. Line 1, position 6.',
  ],
  ['<?XML x?><a/>', "'XML' is an invalid name for processing instructions. Line 1, position 3."],
  ['<?pi', 'Unexpected end of file while parsing Name has occurred. Line 1, position 5.'],
  ['<?pi ', 'Unexpected end of file while parsing PI has occurred. Line 1, position 6.'],
  ['<?pi x', 'Unexpected end of file while parsing PI has occurred. Line 1, position 7.'],
  [
    '<? x?><a/>',
    "Name cannot begin with the ' ' character, hexadecimal value 0x20. Line 1, position 3.",
  ],
  [
    '<?a:b?><a/>',
    "The ':' character, hexadecimal value 0x3A, cannot be included in a name. Line 1, position 4.",
  ],
  ['<a b="1"c="2"/>', "'c' is an unexpected token. Expecting whitespace. Line 1, position 9."],
  ['<a/b>', "'/' is an unexpected token. The expected token is '>'. Line 1, position 3."],
  ['<a / >', "' ' is an unexpected token. The expected token is '>'. Line 1, position 5."],
  [
    '<a b = ></a>',
    "'>' is an unexpected token. The expected token is '\"' or '''. Line 1, position 8.",
  ],
  [
    '<a\n>\n</b>',
    "The 'a' start tag on line 1 position 2 does not match the end tag of 'b'. Line 3, position 3.",
  ],
  [
    '<a>\n<b>\n</c></a>',
    "The 'b' start tag on line 2 position 2 does not match the end tag of 'c'. Line 3, position 3.",
  ],
  [
    '<a>\r\n<b>\r\n</c></a>',
    "The 'b' start tag on line 2 position 2 does not match the end tag of 'c'. Line 3, position 3.",
  ],
  [
    '<a><b></a></b>',
    "The 'b' start tag on line 1 position 5 does not match the end tag of 'a'. Line 1, position 9.",
  ],
  [
    '<a></a',
    'Unexpected end of file has occurred. The following elements are not closed: a. Line 1, position 7.',
  ],
  ['<a></a b>', "'b' is an unexpected token. The expected token is '>'. Line 1, position 8."],
  [
    '<a></ a>',
    "Name cannot begin with the ' ' character, hexadecimal value 0x20. Line 1, position 6.",
  ],
  [
    '<a><b/>',
    'Unexpected end of file has occurred. The following elements are not closed: a. Line 1, position 8.',
  ],
  ['text<a/>', 'Data at the root level is invalid. Line 1, position 1.'],
  ['&lt;a/>', 'Data at the root level is invalid. Line 1, position 1.'],
  ['<a xml:space="x"/>', "'x' is an invalid xml:space value. Line 1, position 4."],
  ['<!DOCTYPE a', 'Incomplete DTD content. Line 1, position 12.'],
  ['<!DOCTYPE', 'Unexpected end of file while parsing DOCTYPE has occurred. Line 1, position 3.'],
  [
    '<!doctype a><a/>',
    "'doctype' is an unexpected token. The expected token is 'DOCTYPE'. Line 1, position 3.",
  ],
  ['<a/><!DOCTYPE a>', 'DTD must be defined before the document root element. Line 1, position 5.'],
  ['<!DOCTYPE a><!DOCTYPE a><a/>', 'Cannot have multiple DTDs. Line 1, position 13.'],
  ['<!DOCTYPE a X><a/>', "Expecting external ID, '[' or '>'. Line 1, position 13."],
  ['<!DOCTYPE a [', 'Incomplete DTD content. Line 1, position 14.'],
  [
    '<!DOCTYPE a []x><a/>',
    "'x' is an unexpected token. The expected token is '>'. Line 1, position 15.",
  ],
  [
    '<a xmlns:p="u" xmlns:q="u" p:x="1" q:x="2"/>',
    "'q:x' is a duplicate attribute name. Line 1, position 36.",
  ],
  ['<![CDATA[x]]><a/>', 'Data at the root level is invalid. Line 1, position 1.'],
  ['<!-x--><a/>', "'x--' is an unexpected token. The expected token is '-'. Line 1, position 4."],
  [
    '<a>\n\n  <b c="</b></a>',
    "'<', hexadecimal value 0x3C, is an invalid attribute character. Line 3, position 9.",
  ],
  ['<a b="1"\n b="2"/>', "'b' is a duplicate attribute name. Line 2, position 2."],
  ['{"a":1}', 'Data at the root level is invalid. Line 1, position 1.'],
  [
    '<html><br></html>',
    "The 'br' start tag on line 1 position 8 does not match the end tag of 'html'. Line 1, position 13.",
  ],
  [
    '<a>1 < 2</a>',
    "Name cannot begin with the ' ' character, hexadecimal value 0x20. Line 1, position 7.",
  ],
  ['<a>&nbsp;</a>', "Reference to undeclared entity 'nbsp'. Line 1, position 5."],
  ['﻿<a/>', 'Data at the root level is invalid. Line 1, position 1.'],
  ['﻿﻿<a/>', 'Data at the root level is invalid. Line 1, position 1.'],
  [
    '<a\u0000/>',
    "The '.' character, hexadecimal value 0x00, cannot be included in a name. Line 1, position 3.",
  ],
  ['<a>\u0000</a>', "'.', hexadecimal value 0x00, is an invalid character. Line 1, position 4."],
  ['<a>￾</a>', "'￾', hexadecimal value 0xFFFE, is an invalid character. Line 1, position 4."],
  ['<a b=\'x"/>', 'There is an unclosed literal string. Line 1, position 11.'],
  [
    '<a"/>',
    "The '\"' character, hexadecimal value 0x22, cannot be included in a name. Line 1, position 3.",
  ],
  [
    '<a>x',
    'Unexpected end of file has occurred. The following elements are not closed: a. Line 1, position 5.',
  ],
  ['<a>x&amp', 'An error occurred while parsing EntityName. Line 1, position 6.'],
  ['<a b="x&amp', 'An error occurred while parsing EntityName. Line 1, position 9.'],
  [
    '<é&/>',
    "The '&' character, hexadecimal value 0x26, cannot be included in a name. Line 1, position 3.",
  ],
  ['<a é=/>', "'/' is an unexpected token. The expected token is '\"' or '''. Line 1, position 6."],
])('%j', (text, message) => {
  expect(complaint(text)).toBe(message);
});

test('an entity is read where it stands, within bounds', () => {
  const declare = (list: string) => `<!DOCTYPE a [${list}]><a>&e;</a>`;
  expect(() => read(declare('<!ENTITY e "<b/>">'))).not.toThrow();
  expect(() => read(declare('<!ENTITY e "&e;">'))).toThrow(/references itself/);
  expect(() => read(declare('<!ENTITY e "<b>">'))).toThrow(/Incomplete entity contents/);
  const levels = Array.from({ length: 12 }, (_, i) =>
    i === 0 ? '<!ENTITY e0 "0123456789">' : `<!ENTITY e${i} "${`&e${i - 1};`.repeat(10)}">`,
  );
  const bomb = `<!DOCTYPE a [${levels.join('')}]><a>&e11;</a>`;
  expect(() => read(bomb)).toThrow(/exceeded a limit set by MaxCharactersFromEntities/);
});
