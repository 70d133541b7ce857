// The XML declaration at the very beginning of a text.
import { continuesName } from './xml-characters.ts';
import { xmlError } from './xml-cursor.ts';
import { xmlNodeTypes } from './xml-node.ts';
import type { PulledAttribute, XmlPull } from './xml-pull.ts';

const wrong = 'Syntax for an XML declaration is invalid.';
const order = ['version', 'encoding', 'standalone'];

/** Reads `<?xml … ?>` as a node; false where the text begins otherwise. */
export function readDeclaration(pull: XmlPull): boolean {
  const { cursor } = pull;
  const next = cursor.unit(5);
  if (!cursor.sees('<?xml') || cursor.left < 6 || continuesName(next) || next === 0x3a) {
    return false;
  }
  cursor.at += 2;
  const node = pull.begin(xmlNodeTypes.XmlDeclaration);
  node.localName = 'xml';
  cursor.at += 3;
  const attributes: PulledAttribute[] = [];
  let value = '';
  // The next part there may be.
  let place = 0;
  for (;;) {
    const space = cursor.space();
    if (cursor.peek() === '?') {
      if (cursor.peek(1) === '>') break;
      if (cursor.left === 1) cursor.fail('Unexpected end of file has occurred.');
      cursor.unexpectedToken(cursor.at, "'>'");
    }
    if (space === '' && place > 0) cursor.unexpectedToken(cursor.at, '?>');
    const { text, at: start, line, position } = cursor;
    const end = cursor.nameEnd();
    const localName = text.slice(start, end);
    const found = order.indexOf(localName);
    if (found < place || (place === 0 && found > 0)) cursor.fail(wrong);
    cursor.at = end;
    const part = readValue(pull, localName);
    attributes.push({ prefix: '', localName, namespace: '', value: part, line, position });
    value += (value === '' ? '' : space) + text.slice(start, cursor.at);
    place = found + 1;
  }
  if (place === 0) cursor.fail(wrong);
  cursor.at += 2;
  Object.assign(node, { attributes, value });
  return true;
}

function readValue({ cursor }: XmlPull, name: string): string {
  cursor.space();
  if (cursor.peek() !== '=') cursor.unexpectedToken(cursor.at, '=');
  cursor.at += 1;
  cursor.space();
  const quote = cursor.peek();
  if (quote !== '"' && quote !== "'") cursor.unexpectedToken(cursor.at, '"', "'");
  cursor.at += 1;
  const { text, at: start, line, position } = cursor;
  const end = start + text.slice(start).search(/["'<&>\t\r\n]|$/);
  if (end === text.length) cursor.fail('There is an unclosed literal string.');
  if (text.charAt(end) !== quote) cursor.fail(wrong);
  const value = text.slice(start, end);
  if (name === 'version' && value !== '1.0') cursor.fail(`Version number '${value}' is invalid.`);
  if (name === 'standalone' && value !== 'yes' && value !== 'no') {
    throw xmlError(wrong, line, position - 1);
  }
  cursor.at = end + 1;
  return value;
}
