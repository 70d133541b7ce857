// A place in XML text: lines and positions, names, white space, and complaints in .NET's words.
import { DotnetError } from './errors.ts';
import { continuesName, isXmlSpace, startsName } from './xml-characters.ts';

/** XmlException with its place, 1-based. */
export function xmlError(message: string, line?: number, position?: number): DotnetError {
  const place = line === undefined ? '' : ` Line ${line}, position ${position}.`;
  return new DotnetError('System.Xml.XmlException', message + place);
}

/** How .NET shows a character in a message: `'<', hexadecimal value 0x3C` (XmlException). */
export function shownCharacter(text: string, at = 0): { character: string; code: string } {
  const unit = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  const paired = unit >= 0xd800 && unit <= 0xdbff && next > 0;
  const value = paired ? (unit - 0xd800) * 0x400 + (next - 0xdc00) + 0x10000 : unit || 0;
  const code = `0x${value.toString(16).toUpperCase().padStart(2, '0')}`;
  if (paired) return { character: text.slice(at, at + 2), code };
  return { character: unit ? text.charAt(at) : '.', code };
}

export const wrongNameStart = (text: string, at = 0): string => {
  const { character, code } = shownCharacter(text, at);
  return `Name cannot begin with the '${character}' character, hexadecimal value ${code}.`;
};

export const wrongInName = (text: string, at = 0): string => {
  const { character, code } = shownCharacter(text, at);
  return `The '${character}' character, hexadecimal value ${code}, cannot be included in a name.`;
};

export const invalidCharacter = (text: string, at = 0): string => {
  const { character, code } = shownCharacter(text, at);
  return `'${character}', hexadecimal value ${code}, is an invalid character.`;
};

export class XmlCursor {
  readonly text: string;
  at = 0;
  line = 1;
  /** Where the current line starts. */
  lineStart = 0;

  constructor(text: string) {
    this.text = text;
  }

  get position(): number {
    return this.at - this.lineStart + 1;
  }

  /** The unit at a distance; NaN past the end. */
  unit(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  /** The character at a distance; empty past the end. */
  peek(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  get left(): number {
    return this.text.length - this.at;
  }

  sees(word: string): boolean {
    return this.text.startsWith(word, this.at);
  }

  /** Refuses with the place of `at`, counted from the start of the current line. */
  fail(message: string, at = this.at): never {
    this.at = at;
    throw xmlError(message, this.line, this.position);
  }

  /** A line begins at `at`. */
  newLine(at: number): void {
    this.line++;
    this.lineStart = at;
  }

  /** Passes over white space; how much there was, with line breaks as `\n`. */
  space(): string {
    const { text, at: start } = this;
    let broken = false;
    for (;;) {
      const unit = text.charCodeAt(this.at);
      if (!isXmlSpace(unit)) break;
      this.at++;
      if (unit === 0x0a) this.newLine(this.at);
      else if (unit === 0x0d) {
        broken = true;
        if (text.charCodeAt(this.at) === 0x0a) this.at++;
        this.newLine(this.at);
      }
    }
    const found = text.slice(start, this.at);
    return broken ? normalized(found) : found;
  }

  /** Where a name without colon ends; `fail`s where none starts here. */
  nameEnd(): number {
    return this.qualifiedEnd(false).end;
  }

  /** Where a name ends and its colon stands, -1 without; a name may hold one colon. */
  qualifiedEnd(isQualified = true): { readonly end: number; readonly colon: number } {
    const { text } = this;
    let colon = -1;
    let end = this.at;
    for (;;) {
      if (!startsName(text.charCodeAt(end))) {
        if (end + 1 >= text.length) this.fail(unexpectedEnd('Name'), end);
        this.fail(wrongNameStart(text, end), end);
      }
      end++;
      while (continuesName(text.charCodeAt(end))) end++;
      if (text.charAt(end) !== ':') break;
      if (colon >= 0 || !isQualified) this.fail(wrongInName(':'), end);
      colon = end++;
    }
    if (end >= text.length) this.fail(unexpectedEnd('Name'), end);
    return { end, colon };
  }

  private unexpected(at: number): string | undefined {
    this.at = at;
    if (at >= this.text.length) return undefined;
    let end = at;
    while (continuesName(this.text.charCodeAt(end))) end++;
    return this.text.slice(at, Math.max(end, at + 1));
  }

  /** What stands at `at` is not what is expected there. */
  unexpectedToken(at: number, expected: string, other?: string): never {
    const token = this.unexpected(at);
    if (token === undefined) this.fail('Unexpected end of file has occurred.');
    const tokens = other === undefined ? `'${expected}'` : `'${expected}' or '${other}'`;
    this.fail(`'${token}' is an unexpected token. The expected token is ${tokens}.`);
  }

  expectedSpace(at: number): never {
    const token = this.unexpected(at);
    if (token === undefined) this.fail('Unexpected end of file has occurred.');
    this.fail(`'${token}' is an unexpected token. Expecting whitespace.`);
  }

  /** Whether a DOCTYPE stands where `at` is: what the reader calls a misplaced one. */
  tokenAt(at: number): string | undefined {
    return this.unexpected(at);
  }

  invalid(at: number): never {
    this.fail(invalidCharacter(this.text, at), at);
  }
}

/** Line breaks of XML text are one line feed (XML 1.0, section 2.11). */
export function normalized(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

export const unexpectedEnd = (part: string): string =>
  `Unexpected end of file while parsing ${part} has occurred.`;
