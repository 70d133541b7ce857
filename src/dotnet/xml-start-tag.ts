// Start tags: name, attributes, and the namespaces that both are in.
import { isXmlSpace, startsName } from './xml-characters.ts';
import { wrongInName, wrongNameStart, XmlCursor, xmlError } from './xml-cursor.ts';
import { characterReference, entityReference, refuseRecursion } from './xml-entities.ts';
import { qualified, xmlNamespace, xmlNodeTypes, xmlnsNamespace } from './xml-node.ts';
import type { PulledAttribute, PulledNode, XmlPull } from './xml-pull.ts';

/** An attribute with the place of its value. */
interface WrittenAttribute extends PulledAttribute {
  readonly valueLine: number;
  readonly valuePosition: number;
}

/** Reads from the name of an element on; the cursor stands after its tag. */
export function readStartTag(pull: XmlPull): PulledNode {
  const { cursor } = pull;
  const node = pull.begin(xmlNodeTypes.Element);
  const { text } = cursor;
  const { end, colon } = cursor.qualifiedEnd();
  if (colon >= 0) node.prefix = text.slice(cursor.at, colon);
  node.localName = text.slice(colon >= 0 ? colon + 1 : cursor.at, end);
  cursor.at = end;
  const attributes: WrittenAttribute[] = [];
  node.attributes = attributes;
  if (isXmlSpace(cursor.unit())) readAttributes(pull, node, attributes);
  else if (cursor.peek() === '>') cursor.at += 1;
  else if (cursor.sees('/>')) close(pull, node);
  else if (cursor.peek() !== '/') cursor.fail(wrongInName(text, end));
  else if (cursor.left === 1) {
    cursor.fail('Unexpected end of file while parsing > has occurred.');
  } else cursor.unexpectedToken(end, '>');
  resolve(pull, node, attributes);
  return node;
}

function close({ cursor }: XmlPull, node: PulledNode): void {
  cursor.at += 2;
  node.isEmpty = true;
}

function readAttributes(pull: XmlPull, node: PulledNode, list: WrittenAttribute[]): void {
  const { cursor } = pull;
  for (;;) {
    const { at: start, line } = cursor;
    cursor.space();
    const next = cursor.peek();
    if (next === '>') {
      cursor.at += 1;
      return;
    }
    if (cursor.sees('/>')) {
      close(pull, node);
      return;
    }
    if (next === '' || (next === '/' && cursor.left === 1)) {
      // .NET takes back the lines of this white space, not where the last of them starts.
      cursor.line = line;
      pull.unclosed();
    }
    if (next === '/') cursor.unexpectedToken(cursor.at + 1, '>');
    if (!startsName(cursor.unit())) cursor.fail(wrongNameStart(cursor.text, cursor.at));
    if (cursor.at === start) cursor.expectedSpace(start);
    list.push(readAttribute(pull, node));
  }
}

function readAttribute(pull: XmlPull, node: PulledNode): WrittenAttribute {
  const { cursor } = pull;
  const { text, at: start, line, position } = cursor;
  const { end, colon } = cursor.qualifiedEnd();
  cursor.at = end;
  cursor.space();
  if (cursor.peek() !== '=') cursor.unexpectedToken(cursor.at, '=');
  cursor.at += 1;
  cursor.space();
  const quote = cursor.peek();
  if (quote !== '"' && quote !== "'") cursor.unexpectedToken(cursor.at, '"', "'");
  cursor.at += 1;
  const { line: valueLine, position: valuePosition } = cursor;
  const value = attributeText(pull, cursor, quote, []);
  const attribute = {
    ...{ prefix: colon >= 0 ? text.slice(start, colon) : '', namespace: '', value },
    ...{ localName: text.slice(colon >= 0 ? colon + 1 : start, end) },
    ...{ line, position, valueLine, valuePosition },
  };
  if (attribute.prefix === 'xml') reserved(node, attribute);
  else if (attribute.prefix === 'xmlns' || qualified(attribute) === 'xmlns') {
    declare(pull, node, attribute);
  }
  return attribute;
}

const plain =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
  /(?:[^<&"'\t\r\n\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])+/y;

/** The value up to its quote, or to the end of an entity's text; white space becomes blanks. */
function attributeText(
  pull: XmlPull,
  cursor: XmlCursor,
  quote: string,
  inside: readonly string[],
): string {
  const isLegacy = pull.options.isLegacy ?? false;
  let value = '';
  for (;;) {
    plain.lastIndex = cursor.at;
    const run = plain.exec(cursor.text)?.[0];
    if (run !== undefined) {
      cursor.at += run.length;
      value += run;
      continue;
    }
    const next = cursor.peek();
    if (next === '') {
      if (inside.length > 0) return value;
      cursor.fail('There is an unclosed literal string.');
    } else if (next === '"' || next === "'") {
      cursor.at += 1;
      if (next === quote && inside.length === 0) return value;
      value += next;
    } else if (next === '<') {
      cursor.fail("'<', hexadecimal value 0x3C, is an invalid attribute character.");
    } else if (next === '&') value += reference(pull, cursor, inside);
    else if (isXmlSpace(cursor.unit())) {
      const width = cursor.sees('\r\n') ? 2 : 1;
      value += isLegacy ? cursor.text.slice(cursor.at, cursor.at + width) : ' ';
      cursor.at += width;
      if (next !== '\t') cursor.newLine(cursor.at);
    } else {
      const unit = cursor.unit();
      cursor.invalid(cursor.at + (unit >= 0xd800 && unit <= 0xdbff ? 1 : 0));
    }
  }
}

function reference(pull: XmlPull, cursor: XmlCursor, inside: readonly string[]): string {
  const character = characterReference(cursor, !pull.options.isLegacy);
  if (character) return character.value;
  const { line, position } = cursor;
  const { name, text } = entityReference(pull, cursor);
  if (text === undefined) {
    const message = `External entity '${name}' reference cannot appear in the attribute value.`;
    throw xmlError(message, line, position + 1);
  }
  refuseRecursion(inside, name, cursor);
  return attributeText(pull, new XmlCursor(text), '', [...inside, name]);
}

/** xml:space and xml:lang hold for the content. */
function reserved(node: PulledNode, { localName, value, line, position }: WrittenAttribute): void {
  if (localName === 'lang') node.language = value;
  if (localName !== 'space') return;
  const space = ['', 'default', 'preserve'].indexOf(value.trim());
  if (space < 1) throw xmlError(`'${value}' is an invalid xml:space value.`, line, position);
  node.space = space;
  node.preserves = space === 2;
}

/** A declaration of a namespace, by the rules of Namespaces in XML, section 3. */
function declare(pull: XmlPull, node: PulledNode, attribute: WrittenAttribute): void {
  const isDefault = attribute.prefix === '';
  const prefix = isDefault ? '' : attribute.localName;
  const { value: uri, line, position, valueLine, valuePosition } = attribute;
  if (uri === '' && !isDefault) {
    throw xmlError('Invalid namespace declaration.', valueLine, valuePosition - 1);
  }
  const isLegacyXml = uri === xmlNamespace && pull.options.isLegacy;
  if (uri === xmlnsNamespace && prefix === 'xmlns') {
    throw xmlError('Prefix "xmlns" is reserved for use by XML.', valueLine, valuePosition);
  }
  if (uri === xmlnsNamespace || (uri === xmlNamespace && prefix !== 'xml' && !isLegacyXml)) {
    throw xmlError(
      `Prefix '${prefix}' cannot be mapped to namespace name reserved for "xml" or "xmlns".`,
      valueLine,
      valuePosition,
    );
  }
  if (prefix === 'xmlns') {
    throw xmlError('Prefix "xmlns" is reserved for use by XML.', line, position);
  }
  if (prefix === 'xml' && uri !== xmlNamespace) {
    const message = `Prefix "xml" is reserved for use by XML and can be mapped only to namespace name "${xmlNamespace}".`;
    throw xmlError(message, line, position);
  }
  attribute.namespace = xmlnsNamespace;
  node.scope = { prefix, uri, outer: node.scope };
}

/** Names get their namespaces; no two attributes may have the same. */
function resolve(pull: XmlPull, node: PulledNode, attributes: readonly WrittenAttribute[]): void {
  node.namespace = namespaceFor(pull, node, node.line, node.position);
  for (const attribute of attributes) {
    if (attribute.prefix === '' || attribute.namespace !== '') continue;
    attribute.namespace = namespaceFor(pull, attribute, attribute.line, attribute.position);
  }
  const seen = new Set<string>();
  for (const attribute of attributes) {
    const key = `{${attribute.namespace}}${attribute.localName}`;
    if (seen.has(key)) {
      const { line, position } = attribute;
      const message = `'${qualified(attribute)}' is a duplicate attribute name.`;
      throw xmlError(message, line, position);
    }
    seen.add(key);
  }
}

function namespaceFor(
  pull: XmlPull,
  { prefix }: { readonly prefix: string },
  line: number,
  position: number,
): string {
  if (prefix === 'xml') return xmlNamespace;
  if (prefix === 'xmlns') return xmlnsNamespace;
  const uri = pull.lookup(prefix);
  if (uri === undefined && prefix !== '') {
    throw xmlError(`'${prefix}' is an undeclared prefix.`, line, position);
  }
  return uri ?? '';
}
