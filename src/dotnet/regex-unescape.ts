// Regex.Unescape.
import { PatternCursor } from './regex-class.ts';

/** Turns escapes back into the characters they stand for; a backslash at the end is nothing. Throws ArgumentException. */
export function unescapeRegex(text: string): string {
  const cursor = new PatternCursor(text, false);
  let result = '';
  while (cursor.here !== undefined) {
    const character = cursor.here;
    cursor.at++;
    if (character !== '\\') result += character;
    else if (cursor.here !== undefined) result += String.fromCharCode(cursor.unitEscape());
  }
  return result;
}
