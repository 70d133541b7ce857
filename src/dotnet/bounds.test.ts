import { expect, test } from 'vitest';
import { BoundedCache } from './bounded-cache.ts';
import { DotnetError } from './errors.ts';
import type { JsonNode } from './json-node.ts';
import { writeJson } from './json-write.ts';
import { compileRegex } from './regex.ts';
import { replaceText } from './text.ts';
import type { XmlElement } from './xml-node.ts';
import { writeXml, xmlText } from './xml-write.ts';
import { evaluateXPath } from './xpath.ts';

test('a cache forgets its oldest entry', () => {
  const cache = new BoundedCache<number>(2);
  let made = 0;
  for (const key of ['a', 'b', 'a', 'c', 'a']) cache.get(key, () => ++made);
  expect(made).toBe(4);
});

test('trees that a program built too deep are refused, not overflowed', () => {
  let json: JsonNode = { kind: 'null' };
  const element = (children: XmlElement[]): XmlElement => ({
    kind: 'element',
    prefix: '',
    localName: 'a',
    namespace: '',
    attributes: [],
    children,
    selfClosing: false,
  });
  let xml = element([]);
  for (let i = 0; i < 50_000; i++) {
    json = { kind: 'array', items: [json] };
    xml = element([xml]);
  }
  expect(() => writeJson(json)).toThrow(DotnetError);
  expect(() => writeJson(json, { indented: true })).toThrow(DotnetError);
  expect(() => writeXml(xml)).toThrow(DotnetError);
  expect(() => evaluateXPath(xml, '//a')).toThrow(DotnetError);
  expect(xmlText(xml)).toBe('');
});

test('replacements that would multiply a text without end are refused', () => {
  const text = 'a'.repeat(100_000);
  expect(() => replaceText(text, 'a', text)).toThrow(/Insufficient memory/);
  expect(() => compileRegex('a').replace(text, '$_')).toThrow(/Insufficient memory/);
});
