import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DotnetError } from './errors.ts';
import { readJson } from './json-read.ts';
import { jsonToXml } from './json-to-xml.ts';
import { writeJson } from './json-write.ts';
import { decodeXmlName, encodeXmlLocalName, encodeXmlName } from './xml-names.ts';
import type { XmlElement } from './xml-node.ts';
import { readXml } from './xml-read.ts';
import { xmlToJson } from './xml-to-json.ts';
import { writeXml, xmlText } from './xml-write.ts';

test.each([
  ['<a><b/></a>', '<a><b /></a>'],
  ['<a></a>', '<a></a>'],
  ['<a>&lt;&amp;&gt;&#65;</a>', '<a>&lt;&amp;&gt;A</a>'],
  ["<a x='1\"'/>", '<a x="1&quot;" />'],
  ['<r> <a/> </r>', '<r><a /></r>'],
  ['<root> <!-- a --> b <!-- c --> </root>', '<root><!-- a --> b <!-- c --></root>'],
  [
    '<root><![CDATA[<!--]]>testing<![CDATA[-->]]></root>',
    '<root><![CDATA[<!--]]>testing<![CDATA[-->]]></root>',
  ],
  [
    '<?xml version="1.0" encoding="utf-8"?><root/>',
    '<?xml version="1.0" encoding="utf-8"?><root />',
  ],
  ['<p:a xmlns:p="urn:p"><p:b/></p:a>', '<p:a xmlns:p="urn:p"><p:b /></p:a>'],
  ['<a><?t d?></a>', '<a><?t d?></a>'],
  ['<!-- c --><a/>', '<!-- c --><a />'],
  ['<!DOCTYPE a SYSTEM "x"><a/>', '<!DOCTYPE a SYSTEM "x"[]><a />'],
])('%s prints as %s', (text, printed) => {
  expect(writeXml(readXml(text))).toBe(printed);
});

test('the indented form leaves mixed content alone', () => {
  const text = '<a><b><c/></b><d>t</d><e>x<f/></e></a>';
  expect(writeXml(readXml(text), { indented: true })).toBe(
    '<a>\n  <b>\n    <c />\n  </b>\n  <d>t</d>\n  <e>x<f /></e>\n</a>',
  );
});

test('elements know their place, their namespace and their text', () => {
  const document = readXml('<a>\n  <b xmlns="urn:b">x<c>y</c></b></a>');
  const root = document.children[0] as XmlElement;
  expect(root).toMatchObject({ line: 1, localName: 'a', namespace: '' });
  const inner = root.children.find((child) => child.kind === 'element')!;
  expect(inner).toMatchObject({ line: 2, namespace: 'urn:b' });
  expect(xmlText(root)).toBe('xy');
});

test('prefixes resolve from namespaces as LINQ to XML does', () => {
  const element = (
    namespace: string,
    localName: string,
    children: XmlElement[] = [],
  ): XmlElement => ({
    kind: 'element',
    prefix: '',
    localName,
    namespace,
    attributes: [],
    children,
    selfClosing: children.length === 0,
  });
  const print = (node: XmlElement) => writeXml(node, { prefixes: 'resolve' });
  expect(print(element('urn:n', 'a', [element('', 'b')]))).toBe(
    '<a xmlns="urn:n"><b xmlns="" /></a>',
  );
  const declared = element('urn:n', 'a', [element('urn:n', 'b')]);
  declared.attributes.push({
    prefix: 'xmlns',
    localName: 'q',
    namespace: 'http://www.w3.org/2000/xmlns/',
    value: 'urn:n',
  });
  expect(print(declared)).toBe('<q:a xmlns:q="urn:n"><q:b /></q:a>');
  const attributed = element('', 'a');
  attributed.attributes.push({ prefix: '', localName: 'x', namespace: 'urn:n', value: '1' });
  expect(print(attributed)).toBe('<a p1:x="1" xmlns:p1="urn:n" />');
});

test.each([
  ['', 'Root element is missing.'],
  ['  ', 'Root element is missing.'],
  ['text', 'Data at the root level is invalid. Line 1, position 1.'],
  ['<', 'Data at the root level is invalid. Line 1, position 1.'],
  ['<abc>', 'Unexpected end of file has occurred. The following elements are not closed: abc.'],
  ['<a></b>', "The 'a' start tag on line 1 position 2 does not match the end tag"],
  ['<aaa:root />', "'aaa' is an undeclared prefix."],
  ['<a/><b/>', 'multiple root elements'],
  ['<a>&x;</a>', 'Reference to undeclared entity'],
  ['<?xml version="1.1"?><root/>', "Version number '1.1' is invalid."],
  [' <?xml version="1.0"?><root/>', 'Unexpected XML declaration.'],
  ['<!-- comment -->', 'Root element is missing.'],
])('"%s" is refused', (text, message) => {
  expect(() => readXml(text)).toThrow(message);
  expect(() => readXml(text)).toThrow(DotnetError);
});

test.each([
  '<?xml standalone="yes" encoding="ascii"?><root/>',
  '<?xml version="1.0" standalone="yes" encoding="ascii"?><root/>',
  '<a b="1" b="2"/>',
  '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
  `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`,
])('%#: a declaration, entity or depth out of order is refused', (text) => {
  expect(() => readXml(text)).toThrow(DotnetError);
});

test('a document type can be refused and is never expanded', () => {
  expect(() => readXml('<!DOCTYPE a><a/>', { doctype: 'refuse' })).toThrow(/DTD is prohibited/);
});

test.each([
  ['<a><a/>t<a/></a>', '{"a":{"a":[null,null],"#text":"t"}}'],
  [
    '<r xmlns:mmm="zzz"><z/><mmm:x/>c<v/><b/>n<m/>a</r>',
    '{"r":{"@xmlns:mmm":"zzz","z":null,"mmm:x":null,"#text":["c","n","a"],"v":null,"b":null,"m":null}}',
  ],
  [
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE testing SYSTEM "path">\r\n<root>   </root>',
    '{"?xml":{"@version":"1.0","@encoding":"UTF-8"},"!DOCTYPE":{"@name":"testing","@system":"path"},"root":""}',
  ],
  [
    '<!DOCTYPE t [<!ELEMENT root (#PCDATA)>]><root/>',
    '{"!DOCTYPE":{"@name":"t","@internalSubset":"<!ELEMENT root (#PCDATA)>"},"root":null}',
  ],
  ['<!DOCTYPE a SYSTEM "" []><_/>', '{"!DOCTYPE":{"@name":"a"},"_":null}'],
  [
    '<root><!--b-->c<!--d--><e><![CDATA[T]]></e>f</root>',
    '{"root":{"#comment":[],"#text":["c","f"],"e":{"#cdata-section":"T"}}}',
  ],
  ['<root a="1">x</root>', '{"root":{"@a":"1","#text":"x"}}'],
  [
    '<r xmlns:json="http://james.newtonking.com/projects/json"><i json:Array="true">x</i></r>',
    '{"r":{"i":["x"]}}',
  ],
  ['<a_x0020_b/>', '{"a b":null}'],
])('%s becomes %s', (xml, json) => {
  expect(writeJson(xmlToJson(readXml(xml)))).toBe(json);
});

test.each([
  [
    '{"root":{"array":[{"ID":1},{"ID":2}]}}',
    '<root><array><ID>1</ID></array><array><ID>2</ID></array></root>',
  ],
  ['{"ro>ot":"text"}', '<ro_x003E_ot>text</ro_x003E_ot>'],
  ['{"root":{"@attr":"te\\"xt"}}', '<root attr="te&quot;xt" />'],
  ['{"root":{"#comment":["-->test"]}}', '<root><_x0023_comment>--&gt;test</_x0023_comment></root>'],
  ['{"a":{"b":[1,2],"@x":"y"}}', '<a x="y"><b>1</b><b>2</b></a>'],
  [
    '{"?xml":{"@version":"1.0","@encoding":"utf-8"},"r":null}',
    '<?xml version="1.0" encoding="utf-8"?><r />',
  ],
  ['{"p:a":{"@xmlns:p":"urn:p","p:b":true}}', '<p:a xmlns:p="urn:p"><p:b>true</p:b></p:a>'],
  ['{"p:a":1.5}', '<a>1.5</a>'],
  ['{"a":{"#text":["x","y"],"#cdata-section":"<"}}', '<a>xy<![CDATA[<]]></a>'],
  ['{"a":[[1,2]]}', '<a><a>1</a><a>2</a></a>'],
  ['{}', ''],
])('%s becomes %s', (json, xml) => {
  expect(writeXml(jsonToXml(readJson(json)))).toBe(xml);
});

test('JSON that has no single root is refused', () => {
  expect(() => jsonToXml(readJson('{"a":1,"b":2}'))).toThrow(
    /JSON root object has multiple properties/,
  );
  expect(() => jsonToXml(readJson('{"a":[1,2]}'))).toThrow(DotnetError);
  expect(() => jsonToXml(readJson('[1]'))).toThrow(/begins with an object/);
  expect(() => jsonToXml(readJson('{"":1}'))).toThrow(/empty property name/);
  expect(() => writeXml(jsonToXml(readJson('{"a":{"#cdata-section":"]]>"}}')))).toThrow(
    /inside an XML CDATA/,
  );
  expect(writeXml(jsonToXml(readJson('{"a":1,"b":2}'), { rootName: 'r' }))).toBe(
    '<r><a>1</a><b>2</b></r>',
  );
});

test('names are encoded and decoded', () => {
  expect(encodeXmlName('a b:c')).toBe('a_x0020_b:c');
  expect(encodeXmlLocalName('1a:b')).toBe('_x0031_a_x003A_b');
  expect(encodeXmlName('_x0020_')).toBe('_x005F_x0020_');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
      const wellFormed = name.toWellFormed();
      expect(decodeXmlName(encodeXmlLocalName(wellFormed))).toBe(wellFormed);
    }),
    { numRuns: 200 },
  );
});

test('no text makes the reader fail otherwise than by DotnetError', () => {
  const unit = fc.constantFrom(
    ...'<>/!?-[]&;="\'abx: ',
    '<a>',
    '</a>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    'xmlns',
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
      try {
        const document = readXml(text);
        const printed = writeXml(document);
        expect(writeXml(readXml(printed))).toBe(printed);
        xmlToJson(document);
      } catch (error) {
        expect(error).toBeInstanceOf(DotnetError);
      }
    }),
    { numRuns: 1000 },
  );
});
