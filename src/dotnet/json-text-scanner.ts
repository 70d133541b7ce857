// The parts of JSON text by Newtonsoft's rules: blanks, words, names, strings, numbers, comments.
import type { DotnetError } from './errors.ts';
import { jsonNumber } from './json-number.ts';
import { JsonReader, type JsonReadType, JsonToken, State } from './json-reader.ts';
import { readJsonString } from './json-string-read.ts';
import { jsonDepthMax } from './limits.ts';
import { isWhiteSpace } from './text.ts';

export interface JsonTextOptions {
  /** `none` keeps date-like strings as strings; default `dateTime`, as JToken.Parse. */
  readonly dates?: 'none' | 'dateTime' | 'dateTimeOffset';
  readonly floats?: 'double' | 'decimal';
  readonly depthMax?: number;
}

const letterOrDigit = /[\p{L}\p{Nd}]/u;
/** Characters a number token may hold; what they mean is decided afterwards. */
const numberCharacters = /[-+.0-9a-fA-FxX]/;
const infinity = 'Infinity';

export abstract class JsonTextScanner extends JsonReader {
  protected at = 0;
  protected readonly text: string;
  protected readonly dates: 'none' | 'dateTime' | 'dateTimeOffset';
  protected readonly decimals: boolean;

  constructor(text: string, options: JsonTextOptions = {}) {
    super();
    this.text = text;
    this.dates = options.dates ?? 'dateTime';
    this.decimals = options.floats === 'decimal';
    this.depthMax = options.depthMax ?? jsonDepthMax;
  }

  /** Counted only when something fails: errors are rare, line breaks are not. */
  protected place(): { line: number; position: number } {
    const lines = this.text.slice(0, this.at).split(/\r\n|\r|\n/);
    const position = lines.at(-1)!.length;
    const atStart =
      this.state === State.Start && position === 0 && this.token !== JsonToken.Comment;
    return { line: atStart ? 0 : lines.length, position };
  }

  /** Over white space and stray NULs; the character code there, -1 at the end. */
  protected blanks(): number {
    const { text } = this;
    for (; ; this.at++) {
      const code = text.charCodeAt(this.at);
      if (code === 0x20 || (code >= 9 && code <= 13) || code === 0) continue;
      if (code <= 0x7f) return code;
      if (Number.isNaN(code)) return -1;
      if (!isWhiteSpace(text[this.at]!)) return code;
    }
  }

  protected unexpectedCharacter(character: string): DotnetError {
    return this.error(`Unexpected character encountered while parsing value: ${character}.`);
  }

  protected bareName(first: string): string {
    const { text } = this;
    if (!isNameCharacter(first)) {
      throw this.error(`Invalid property identifier character: ${first}.`);
    }
    const start = this.at;
    for (; ; this.at++) {
      const character = text[this.at];
      if (character === undefined) {
        throw this.error('Unexpected end while parsing unquoted property name.');
      }
      if (isNameCharacter(character)) continue;
      if (character === ':' || character === '\0' || isWhiteSpace(character)) break;
      throw this.error(`Invalid JavaScript property identifier character: ${character}.`);
    }
    return text.slice(start, this.at);
  }

  /** The string at the place, behind which the reader goes. */
  protected quoted(): string {
    const { text, at } = this;
    const quote = text[at]!;
    const end = text.indexOf(quote, at + 1);
    if (end >= 0) {
      const plain = text.slice(at + 1, end);
      if (!plain.includes('\\')) {
        this.at = end + 1;
        return plain;
      }
    }
    const read = readJsonString(text, at);
    this.at = read.end;
    if (read.problem !== undefined) throw this.error(read.problem);
    return read.value;
  }

  protected endError(): DotnetError {
    this.at = this.text.length;
    return this.error('Unexpected end when reading JSON.');
  }

  /** Takes a word that a separator has to follow; the reader stops where something differs. */
  protected takeWord(word: string): boolean {
    const { text } = this;
    if (this.at + word.length > text.length) throw this.endError();
    for (let index = 0; index < word.length; index++, this.at++) {
      if (text[this.at] !== word[index]) return false;
    }
    return this.separates(text[this.at]);
  }

  protected expectWord(word: string, message: string): void {
    if (!this.takeWord(word)) throw this.error(message);
  }

  protected separates(character: string | undefined): boolean {
    switch (character) {
      case undefined:
      case '\0':
      case '}':
      case ']':
      case ',':
        return true;
      case '/': {
        const next = this.text[this.at + 1];
        return next === '*' || next === '/';
      }
      case ')':
        return this.state === State.Constructor || this.state === State.ConstructorStart;
      default:
        return isWhiteSpace(character);
    }
  }

  protected nullOrConstructor(): boolean {
    const next = this.text[this.at + 1];
    if (next === undefined) throw this.endError();
    if (next === 'u') {
      this.expectWord('null', 'Error parsing null value.');
      this.value(JsonToken.Null, null);
    } else if (next === 'e') this.constructorStart();
    else throw this.unexpectedCharacter('n');
    return true;
  }

  /** `new Date(`. */
  protected constructorStart(): void {
    this.expectWord('new', 'Unexpected content while parsing JSON.');
    this.blanks();
    const { text } = this;
    const start = this.at;
    while (letterOrDigit.test(text[this.at] ?? '')) this.at++;
    const end = this.at;
    const after = text[end];
    if (after === undefined) throw this.error('Unexpected end while parsing constructor.');
    if (after !== '(' && after !== '\0' && !isWhiteSpace(after)) {
      throw this.error(`Unexpected character while parsing constructor: ${after}.`);
    }
    if (start === end) throw this.error('Empty constructor name.');
    if (this.blanks() !== 0x28) {
      const found = text[this.at] ?? '\0';
      throw this.error(`Unexpected character while parsing constructor: ${found}.`);
    }
    this.at++;
    this.start(3, JsonToken.StartConstructor, text.slice(start, end));
  }

  /** NaN and the infinities. */
  protected special(type: JsonReadType): void {
    const first = this.text[this.at];
    const word = first === 'N' ? 'NaN' : first === 'I' ? infinity : `-${infinity}`;
    this.expectWord(word, `Error parsing ${word} value.`);
    if (type === 'string') this.value(JsonToken.String, word);
    else if ((type === 'any' || type === 'double') && !this.decimals) {
      this.value(JsonToken.Float, Number(word));
    } else throw this.error(`Cannot read ${word} value.`);
  }

  protected number(type: JsonReadType): void {
    const { text } = this;
    const start = this.at;
    for (; ; this.at++) {
      const character = text[this.at];
      if (character === undefined || character === '\0') break;
      if (numberCharacters.test(character)) continue;
      if (/[,}\])/]/.test(character) || isWhiteSpace(character)) break;
      throw this.error(`Unexpected character encountered while parsing number: ${character}.`);
    }
    const digits = text.slice(start, this.at);
    const wanted = type === 'any' && this.decimals ? 'anyDecimal' : type;
    const read = jsonNumber(digits, wanted);
    this.value(JsonToken.Undefined, null);
    if ('problem' in read) throw this.error(read.problem);
    this.token = read.token;
    this.content = read.content;
  }

  protected comment(give: boolean): boolean {
    const { text } = this;
    const start = this.at + 1;
    this.at = start;
    const unfinished = 'Unexpected end while parsing comment.';
    if (start + 1 >= text.length) throw this.error(unfinished);
    const kind = text[start];
    if (kind !== '*' && kind !== '/') {
      throw this.error(`Error parsing comment. Expected: *, got ${kind}.`);
    }
    const end = kind === '*' ? text.indexOf('*/', start + 1) : lineEnd(text, start + 1);
    if (end < 0) {
      this.at = text.length;
      throw this.error(unfinished);
    }
    this.at = kind === '*' ? end + 2 : end;
    if (give) {
      this.token = JsonToken.Comment;
      this.content = text.slice(start + 1, end);
    }
    return true;
  }
}

function isNameCharacter(character: string): boolean {
  return character === '_' || character === '$' || letterOrDigit.test(character);
}

function lineEnd(text: string, from: number): number {
  const length = text.slice(from).search(/[\r\n]/);
  return length < 0 ? text.length : from + length;
}
