import { describe, expect, test } from 'vitest';
import { outcome } from './cases.ts';

describe('XML', () => {
  test.each([
    ["@string(xml('<a> <b/> </a>'))", '"<a><b /></a>"'],
    ["@xml('<a/>')['$content-type']", '"application/xml;charset=utf-8"'],
    ['@{xml(json(\'{"a":{"@b":"1","#text":"t"}}\'))}', '"<a b=\\"1\\">t</a>"'],
    ['@json(xml(\'<a b="1"><c>1</c><c>2</c></a>\'))', '{"a":{"@b":"1","c":["1","2"]}}'],
    ["@xpath(xml('<a><b>1</b><b>2</b></a>'), '/a/b/text()')", '["1","2"]'],
    ["@xpath(xml('<a><b>1</b><b>2</b></a>'), 'sum(/a/b)')", '3.0'],
    ["@xpath(xml('<a><b>1</b></a>'), 'count(//b) = 1')", 'true'],
    ["@xpath(xml('<a x=\"y\"/>'), 'string(/a/@x)')", '"y"'],
    ["@xpath(xml('<a/>'), '/b')", '[]'],
  ])('%s is %s', (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  test.each([
    ["@xml('<a>')", 'Could not parse XML'],
    ["@xml('')", 'Could not parse XML'],
    ['@xml(null)', 'be a string or an object'],
    ["@xpath(json('{}'), '/a')", 'be an XML object'],
    ["@xpath(xml('<a/>'), '//[')", 'xpath'],
    ['@xml(\'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>\')', 'xml'],
  ])('%s fails: %s', (text, message) => {
    expect(outcome(text)).toContain('error: ');
    expect(outcome(text)).toContain(message);
  });
});
