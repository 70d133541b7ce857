// The document type: its name and identifiers, and the entities its internal subset declares. Nothing
// outside the text is ever read.
import { normalized, XmlCursor, xmlError } from './xml-cursor.ts';
import { characterReference } from './xml-entities.ts';
import { xmlNodeTypes } from './xml-node.ts';
import type { PulledAttribute, XmlPull } from './xml-pull.ts';

export interface Entity {
  /** What it stands for; undefined where that lies outside the document. */
  readonly text: string | undefined;
  /** Declared with NDATA: no XML. */
  readonly isUnparsed: boolean;
}

export interface Doctype {
  readonly name: string;
  readonly entities: ReadonlyMap<string, Entity>;
}

/** Reads `<!DOCTYPE …>`; the cursor stands at its `<`. False where it is ignored. */
export function readDoctype(pull: XmlPull, hasRoot: boolean): boolean {
  const { cursor, options } = pull;
  if (options.doctype === 'refuse') {
    const place = options.isLegacy ? '' : 'For security reasons ';
    const advice = options.isLegacy
      ? ''
      : ' To enable DTD processing set the DtdProcessing property on XmlReaderSettings to Parse and pass the settings into XmlReader.Create method.';
    throw xmlError(`${place}DTD is prohibited in this XML document.${advice}`);
  }
  const start = cursor.at;
  cursor.at += 2;
  if (cursor.left < 8) cursor.fail('Unexpected end of file while parsing DOCTYPE has occurred.');
  if (!cursor.sees('DOCTYPE')) {
    cursor.unexpectedToken(cursor.at, hasRoot || pull.doctype ? '<!--' : 'DOCTYPE');
  }
  if (!/[ \t\r\n]/.test(cursor.peek(7))) cursor.expectedSpace(cursor.at + 7);
  if (pull.doctype) cursor.fail('Cannot have multiple DTDs.', start);
  if (hasRoot) cursor.fail('DTD must be defined before the document root element.', start);
  cursor.at += 7;
  cursor.space();
  const node = pull.begin(xmlNodeTypes.DocumentType);
  const end = nameEnd(cursor);
  node.localName = cursor.text.slice(cursor.at, end);
  cursor.at = end;
  node.attributes = identifiers(cursor);
  node.value = internalSubset(cursor);
  cursor.space();
  if (cursor.peek() !== '>') {
    cursor.unexpectedToken(cursor.at, '>');
  }
  cursor.at += 1;
  const isKnown = options.entities !== 'refuse' && options.doctype === 'parse';
  const entities = isKnown ? entitiesOf(node.value) : new Map();
  pull.doctype = { name: node.localName, entities };
  return options.doctype === 'parse';
}

function nameEnd(cursor: XmlCursor): number {
  const rest = /^[\p{L}_][\p{L}\p{N}_:.-]*$/u.exec(cursor.text.slice(cursor.at));
  if (rest) cursor.fail('Incomplete DTD content.', cursor.text.length);
  return cursor.qualifiedEnd().end;
}

function identifiers(cursor: XmlCursor): PulledAttribute[] {
  const isSpaced = cursor.space() !== '';
  const list: PulledAttribute[] = [];
  const add = (localName: string) => {
    if (cursor.space() === '') cursor.expectedSpace(cursor.at);
    const { line, position } = cursor;
    list.push({ prefix: '', localName, namespace: '', value: literal(cursor), line, position });
  };
  const next = cursor.peek();
  if (next === 'P' || next === 'S') {
    if (!isSpaced) cursor.expectedSpace(cursor.at);
    const word = next === 'P' ? 'PUBLIC' : 'SYSTEM';
    if (!cursor.sees(word)) cursor.unexpectedToken(cursor.at, word);
    cursor.at += word.length;
    if (next === 'P') add('PUBLIC');
    add('SYSTEM');
    cursor.space();
  } else if (next !== '[' && next !== '>') {
    cursor.fail(
      next === '' ? 'Unexpected end of file has occurred.' : "Expecting external ID, '[' or '>'.",
    );
  }
  return list;
}

function literal(cursor: XmlCursor): string {
  const quote = cursor.peek();
  if (quote !== '"' && quote !== "'") cursor.unexpectedToken(cursor.at, '"', "'");
  const end = cursor.text.indexOf(quote, cursor.at + 1);
  if (end < 0) cursor.fail('There is an unclosed literal string.', cursor.at);
  const value = cursor.text.slice(cursor.at + 1, end);
  cursor.at = end + 1;
  return value;
}

const subsetPart = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|"[^"]*"|'[^']*'|\]|[^\]"'<]+|</y;

/** The text between `[` and `]`, with literals, comments and instructions passed over whole. */
function internalSubset(cursor: XmlCursor): string {
  if (cursor.peek() !== '[') return '';
  const start = cursor.at + 1;
  let at = start;
  for (;;) {
    subsetPart.lastIndex = at;
    const found = subsetPart.exec(cursor.text)?.[0];
    if (found === undefined) cursor.fail('Incomplete DTD content.', cursor.text.length);
    if (found === ']') break;
    at += found.length;
  }
  const subset = cursor.text.slice(start, at);
  for (const found of subset.matchAll(/\r\n?|\n/g)) {
    cursor.newLine(start + found.index + found[0].length);
  }
  cursor.at = at + 1;
  return normalized(subset);
}

const declaration =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!ENTITY\s+([^\s%"'>]+)\s+(?:"([^"]*)"|'([^']*)'|(?:SYSTEM|PUBLIC)\s([^>]*))\s*>/g;

/** General entities; the first declaration of a name counts. */
function entitiesOf(subset: string): Map<string, Entity> {
  const entities = new Map<string, Entity>();
  for (const [, name, double, single, external] of subset.matchAll(declaration)) {
    if (name === undefined || entities.has(name)) continue;
    const written = double ?? single;
    entities.set(name, {
      text: written === undefined ? undefined : replacement(written),
      isUnparsed: external !== undefined && /\sNDATA\s/.test(external),
    });
  }
  return entities;
}

/** Numbers of characters are read where the entity is declared (XML 1.0, section 4.5). */
function replacement(written: string): string {
  return written.replace(
    /&#[^;]*;/g,
    (found) => characterReference(new XmlCursor(found), true)!.value,
  );
}
