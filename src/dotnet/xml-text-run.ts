// Character data between tags: references become characters, entities are read in place.
import { isXmlBlank } from './xml-characters.ts';
import { characterReference, enterEntity } from './xml-entities.ts';
import { xmlNodeTypes } from './xml-node.ts';
import type { XmlPull } from './xml-pull.ts';

const plain =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
  /(?:[^<&\]\r\n\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|[\ud800-\udbff][\udc00-\udfff])+/y;

/** Reads a node of text or white space; false where there is nothing to report. */
export function textRun(pull: XmlPull): boolean {
  const node = pull.begin(xmlNodeTypes.Text);
  const { text, isBlank } = characters(pull);
  if (text === '') return false;
  if (isBlank) {
    if (node.preserves) node.type = xmlNodeTypes.SignificantWhitespace;
    else if (pull.options.whitespace === 'drop') return false;
    else node.type = xmlNodeTypes.Whitespace;
  }
  node.value = text;
  return true;
}

function characters(pull: XmlPull): { readonly text: string; readonly isBlank: boolean } {
  const pieces: string[] = [];
  let isBlank = true;
  const add = (piece: string, counts: boolean) => {
    pieces.push(piece);
    if (isBlank && (counts || !isXmlBlank(piece))) isBlank = false;
  };
  for (;;) {
    const { cursor } = pull;
    plain.lastIndex = cursor.at;
    const run = plain.exec(cursor.text)?.[0];
    if (run !== undefined) {
      cursor.at += run.length;
      add(run, false);
      continue;
    }
    const next = cursor.peek();
    if (next === '<') break;
    if (next === '') {
      if (pull.entities.length === 0) break;
      pull.leaveEntity();
    } else if (next === '&') {
      const { isLegacy = false } = pull.options;
      const found = characterReference(cursor, !isLegacy);
      if (found) add(found.value, isLegacy && found.isDecimal);
      else enterEntity(pull);
    } else if (next === '\n' || next === '\r') {
      cursor.at += cursor.sees('\r\n') ? 2 : 1;
      cursor.newLine(cursor.at);
      pieces.push('\n');
    } else if (next === ']') {
      if (cursor.sees(']]>')) cursor.fail("']]>' is not allowed in character data.");
      cursor.at += 1;
      add(']', true);
    } else {
      const unit = cursor.unit();
      cursor.invalid(cursor.at + (unit >= 0xd800 && unit <= 0xdbff ? 1 : 0));
    }
  }
  return { text: pieces.join(''), isBlank };
}
