// References inside XML text: characters by number or name, and what a document type declares.
import { entityCharactersMax, entityDepthMax } from './limits.ts';
import { isXmlCharacter } from './xml-characters.ts';
import { shownCharacter, XmlCursor, xmlError } from './xml-cursor.ts';
import type { Entity } from './xml-doctype.ts';
import type { XmlPull } from './xml-pull.ts';

const named: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

const reference = /&(?:amp|lt|gt|quot|apos);/y;
const digits = /[0-9]*/y;
const hexadecimal = /[0-9a-fA-F]*/y;

export interface CharacterReference {
  readonly value: string;
  /** `&#65;`: the readers before XmlReader.Create never take it for white space. */
  readonly isDecimal: boolean;
}

/** Passes over a reference to a character, if one stands at the cursor. */
export function characterReference(
  cursor: XmlCursor,
  checks: boolean,
): CharacterReference | undefined {
  const { text, at } = cursor;
  if (text.charAt(at + 1) === '#') return numericReference(cursor, checks);
  reference.lastIndex = at;
  const found = reference.exec(text)?.[0];
  if (found === undefined) return undefined;
  cursor.at += found.length;
  return { value: named[found]!, isDecimal: false };
}

function numericReference(cursor: XmlCursor, checks: boolean): CharacterReference {
  const { text, at: start } = cursor;
  const isHex = text.charAt(start + 2) === 'x';
  const first = start + (isHex ? 3 : 2);
  const pattern = isHex ? hexadecimal : digits;
  pattern.lastIndex = first;
  const written = pattern.exec(text)![0];
  const end = first + written.length;
  const value = Number.parseInt(written, isHex ? 16 : 10);
  if (value > 0x7fffffff) {
    cursor.fail('Invalid value of a character entity reference.', overflowAt(text, first, isHex));
  }
  if (text.charAt(end) !== ';' || written === '') {
    const kind = isHex ? 'hexadecimal' : 'decimal';
    cursor.fail(`Invalid syntax for a ${kind} numeric entity reference.`, end);
  }
  const character = characterOf(value);
  const isValid = value > 0xffff ? value <= 0x10ffff : isXmlCharacter(value);
  if (!isValid && (checks || value > 0xffff)) {
    const shown = shownCharacter(character);
    cursor.fail(
      `'${shown.character}', hexadecimal value ${shown.code}, is an invalid character.`,
      first,
    );
  }
  cursor.at = end + 1;
  return { value: character, isDecimal: !isHex };
}

/** Past the last code point .NET still splits a number into two halves, and shows them so. */
function characterOf(value: number): string {
  if (value <= 0xffff) return String.fromCharCode(value);
  const offset = value - 0x10000;
  return String.fromCharCode((0xd800 + (offset >> 10)) & 0xffff, 0xdc00 + (offset & 0x3ff));
}

/** .NET stops at the digit that no longer fits. */
function overflowAt(text: string, first: number, isHex: boolean): number {
  let value = 0;
  let at = first;
  for (; value <= 0x7fffffff; at++) {
    value = value * (isHex ? 16 : 10) + Number.parseInt(text.charAt(at), isHex ? 16 : 10);
  }
  return at - 1;
}

/** The text of an entity is being read; `outer` waits where the reference ended. */
export interface EntityInput {
  readonly name: string;
  readonly outer: XmlCursor;
  /** Elements that were open when the entity began. */
  readonly depth: number;
}

/** Passes over `&name;` of a general entity and gives its text, undefined where it lies outside. */
export function entityReference(pull: XmlPull, cursor: XmlCursor): Entity & { name: string } {
  const start = cursor.at;
  if (cursor.left === 1) cursor.fail('Unexpected end of file has occurred.');
  cursor.at = start + 1;
  const { line, position } = cursor;
  let end: number;
  try {
    end = cursor.nameEnd();
  } catch {
    throw xmlError('An error occurred while parsing EntityName.', line, position);
  }
  if (cursor.text.charAt(end) !== ';') cursor.unexpectedToken(end, ';');
  const name = cursor.text.slice(start + 1, end);
  const entity = pull.doctype?.entities.get(name);
  if (!entity) throw xmlError(`Reference to undeclared entity '${name}'.`, line, position);
  if (entity.isUnparsed) throw xmlError(`Reference to unparsed entity '${name}'.`, line, position);
  cursor.at = end + 1;
  pull.expanded += entity.text?.length ?? 0;
  if (pull.expanded > entityCharactersMax) {
    const message = 'The input document has exceeded a limit set by MaxCharactersFromEntities.';
    throw xmlError(message, line, position);
  }
  return { ...entity, name };
}

/** Reads on in what `&name;` stands for. */
export function enterEntity(pull: XmlPull): void {
  const outer = pull.cursor;
  const { name, text } = entityReference(pull, outer);
  if (text === undefined) return;
  refuseRecursion(
    pull.entities.map((each) => each.name),
    name,
    outer,
  );
  pull.entities.push({ name, outer, depth: pull.open.length });
  pull.cursor = new XmlCursor(text);
}

export function refuseRecursion(inside: readonly string[], name: string, cursor: XmlCursor): void {
  if (inside.includes(name)) cursor.fail(`General entity '${name}' references itself.`);
  if (inside.length >= entityDepthMax) cursor.fail('Entities are nested too deeply.');
}
