// Regex.Unescape.
import { PatternCursor } from './regex-class.ts';

/** Turns escapes back into the characters they stand for. Throws ArgumentException. */
export function unescapeRegex(text: string): string {
  const cursor = new PatternCursor(text, false);
  let result = '';
  while (cursor.here !== undefined) {
    const character = cursor.here;
    cursor.at++;
    result += character === '\\' ? String.fromCharCode(cursor.unitEscape()) : character;
  }
  return result;
}
