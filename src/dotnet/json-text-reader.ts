// Newtonsoft's JsonTextReader: lenient syntax, exact number kinds, dates in strings, its error words.
import { Decimal } from './decimal.ts';
import type { DotnetError } from './errors.ts';
import { readIsoDate } from './json-date.ts';
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
const anyNumber = /\p{N}/u;
/** Characters a number token may hold; what they mean is decided afterwards. */
const numberCharacters = /[-+.0-9a-fA-FxX]/;
const infinity = 'Infinity';

export class JsonTextReader extends JsonReader {
  private at = 0;
  private readonly text: string;
  private readonly dates: 'none' | 'dateTime' | 'dateTimeOffset';
  private readonly decimals: boolean;

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

  read(): boolean {
    for (;;) {
      switch (this.state) {
        case State.Object:
        case State.ObjectStart:
          return this.readMember();
        case State.PostValue:
          if (this.afterValue(false)) return true;
          break;
        case State.Finished:
          return this.readFinished();
        default:
          return this.readValue();
      }
    }
  }

  /** Over white space and stray NULs; the character code there, -1 at the end. */
  private blanks(): number {
    const { text } = this;
    for (; ; this.at++) {
      const code = text.charCodeAt(this.at);
      if (code === 0x20 || (code >= 9 && code <= 13) || code === 0) continue;
      if (code <= 0x7f) return code;
      if (Number.isNaN(code)) return -1;
      if (!isWhiteSpace(text[this.at]!)) return code;
    }
  }

  private unexpectedCharacter(character: string): DotnetError {
    return this.error(`Unexpected character encountered while parsing value: ${character}.`);
  }

  private readFinished(): boolean {
    const code = this.blanks();
    if (code === 0x2f) return this.comment(true);
    if (code < 0) {
      this.token = JsonToken.None;
      this.content = null;
      return false;
    }
    const found = this.text[this.at];
    throw this.error(`Additional text encountered after finished reading JSON content: ${found}.`);
  }

  /** What follows a value: true where a container closes or a comment is given. */
  private afterValue(ignoreComments: boolean): boolean {
    for (;;) {
      const code = this.blanks();
      switch (code) {
        case -1:
          this.state = State.Finished;
          return false;
        case 0x2c:
          this.at++;
          this.stateOfContainer();
          return false;
        case 0x7d:
          this.at++;
          this.end(1, JsonToken.EndObject);
          return true;
        case 0x5d:
          this.at++;
          this.end(2, JsonToken.EndArray);
          return true;
        case 0x29:
          this.at++;
          this.end(3, JsonToken.EndConstructor);
          return true;
        case 0x2f:
          this.comment(!ignoreComments);
          if (!ignoreComments) return true;
          break;
        default: {
          const message = 'After parsing a value an unexpected character was encountered';
          throw this.error(`${message}: ${this.text[this.at]}.`);
        }
      }
    }
  }

  private readMember(): boolean {
    const code = this.blanks();
    if (code < 0) return false;
    if (code === 0x7d) {
      this.at++;
      this.end(1, JsonToken.EndObject);
      return true;
    }
    if (code === 0x2f) return this.comment(true);
    const name =
      code === 0x22 || code === 0x27 ? this.quoted() : this.bareName(this.text[this.at]!);
    if (this.blanks() !== 0x3a) {
      const found = this.text[this.at] ?? '\0';
      const message = "Invalid character after parsing property name. Expected ':' but got";
      throw this.error(`${message}: ${found}.`);
    }
    this.at++;
    this.property(name);
    return true;
  }

  private bareName(first: string): string {
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
  private quoted(): string {
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

  private readValue(): boolean {
    const code = this.blanks();
    switch (code) {
      case -1:
        return false;
      case 0x22:
      case 0x27:
        this.string();
        return true;
      case 0x7b:
        this.at++;
        this.start(1, JsonToken.StartObject);
        return true;
      case 0x5b:
        this.at++;
        this.start(2, JsonToken.StartArray);
        return true;
      case 0x5d:
        this.at++;
        this.end(2, JsonToken.EndArray);
        return true;
      case 0x29:
        this.at++;
        this.end(3, JsonToken.EndConstructor);
        return true;
      case 0x2c:
        // Stays for the next call, so that `[,,]` has two of them.
        this.value(JsonToken.Undefined, null);
        return true;
      case 0x2f:
        return this.comment(true);
      default:
        return this.readWord(code);
    }
  }

  private readWord(code: number): boolean {
    const character = this.text[this.at]!;
    switch (character) {
      case 't':
      case 'f': {
        const word = character === 't' ? 'true' : 'false';
        this.expectWord(word, 'Error parsing boolean value.');
        this.value(JsonToken.Boolean, character === 't');
        return true;
      }
      case 'n':
        return this.nullOrConstructor();
      case 'u':
        this.expectWord('undefined', 'Error parsing undefined value.');
        this.value(JsonToken.Undefined, null);
        return true;
      case 'N':
      case 'I':
        this.special('any');
        return true;
      case '-':
        if (this.text[this.at + 1] === 'I') this.special('any');
        else this.number('any');
        return true;
      default:
        if ((code >= 0x30 && code <= 0x39) || code === 0x2e || anyNumber.test(character)) {
          this.number('any');
          return true;
        }
        throw this.unexpectedCharacter(character);
    }
  }

  private string(): void {
    const text = this.quoted();
    const { dates } = this;
    const date = dates === 'none' ? undefined : readIsoDate(text, dates);
    if (date) this.value(JsonToken.Date, date);
    else this.value(JsonToken.String, text);
  }

  private endError(): DotnetError {
    this.at = this.text.length;
    return this.error('Unexpected end when reading JSON.');
  }

  /** Takes a word that a separator has to follow; the reader stops where something differs. */
  private takeWord(word: string): boolean {
    const { text } = this;
    if (this.at + word.length > text.length) throw this.endError();
    for (let index = 0; index < word.length; index++, this.at++) {
      if (text[this.at] !== word[index]) return false;
    }
    return this.separates(text[this.at]);
  }

  private expectWord(word: string, message: string): void {
    if (!this.takeWord(word)) throw this.error(message);
  }

  private separates(character: string | undefined): boolean {
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

  private nullOrConstructor(): boolean {
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
  private constructorStart(): void {
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
  private special(type: JsonReadType): void {
    const first = this.text[this.at];
    const word = first === 'N' ? 'NaN' : first === 'I' ? infinity : `-${infinity}`;
    this.expectWord(word, `Error parsing ${word} value.`);
    if (type === 'string') this.value(JsonToken.String, word);
    else if ((type === 'any' || type === 'double') && !this.decimals) {
      this.value(JsonToken.Float, Number(word));
    } else throw this.error(`Cannot read ${word} value.`);
  }

  private number(type: JsonReadType): void {
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

  private comment(give: boolean): boolean {
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

  protected readAs(type: Exclude<JsonReadType, 'any' | 'int64'>): void {
    const code = this.toValue();
    if (code < 0) return;
    const character = this.text[this.at]!;
    if (code === 0x22 || code === 0x27) this.quotedAs(type);
    else if (character === 'n') this.nullOnly();
    else if (type === 'bytes') this.bytes(character);
    else if (type !== 'boolean' && /[IN]/.test(character)) this.special(type);
    else if (character === '-' && type !== 'boolean' && this.text[this.at + 1] === 'I') {
      this.special(type);
    } else if (/[-.0-9]/.test(character)) this.numberAs(type, character);
    else if (/[tf]/.test(character) && (type === 'boolean' || type === 'string')) {
      this.booleanAs(type, character === 't');
    } else {
      this.at++;
      throw this.unexpectedCharacter(character);
    }
  }

  /** Goes to the next value; -1 where a container or the text ends instead. */
  private toValue(): number {
    if (this.state === State.PostValue && this.afterValue(true)) return -1;
    for (;;) {
      const code = this.state === State.Finished ? -1 : this.blanks();
      if (code < 0) {
        if (this.state === State.Finished) this.readFinished();
        this.token = JsonToken.None;
        this.content = null;
        return -1;
      }
      if (code === 0x2f) this.comment(false);
      else if (code === 0x5d) {
        this.at++;
        if (this.state !== State.Array && this.state !== State.ArrayStart) {
          throw this.unexpectedCharacter(']');
        }
        this.end(2, JsonToken.EndArray);
        return -1;
      } else if (code === 0x2c) {
        this.at++;
        this.value(JsonToken.Undefined, null);
        throw this.unexpectedCharacter(',');
      } else return code;
    }
  }

  private quotedAs(type: string): void {
    const text = this.quoted();
    this.value(JsonToken.String, text);
    if (type === 'bytes') this.asBytesOfText(text);
    else this.asText(type, text);
  }

  private nullOnly(): void {
    const next = this.text[this.at + 1];
    if (next === undefined) throw this.endError();
    if (next !== 'u') {
      this.at += 2;
      throw this.unexpectedCharacter(next);
    }
    this.nullOrConstructor();
  }

  private bytes(character: string): void {
    this.at++;
    if (character === '[') {
      this.start(2, JsonToken.StartArray);
      this.bytesOfArray();
    } else if (character === '{') {
      this.start(1, JsonToken.StartObject);
      this.read();
      throw this.unexpected('bytes', JsonToken.StartObject);
    } else throw this.unexpectedCharacter(character);
  }

  private numberAs(type: JsonReadType, character: string): void {
    if (type === 'dateTime' || type === 'dateTimeOffset') {
      if (character !== '-') {
        this.at++;
        throw this.unexpectedCharacter(character);
      }
      this.number(type);
    } else if (type === 'boolean') {
      this.number('any');
      const { content } = this;
      const zero = content instanceof Decimal ? content.isZero : Number(content) === 0;
      this.token = JsonToken.Boolean;
      this.content = !zero;
    } else this.number(type);
  }

  private booleanAs(type: string, value: boolean): void {
    const word = String(value);
    if (!this.takeWord(word)) throw this.unexpectedCharacter(this.text[this.at] ?? '\0');
    if (type === 'string') this.value(JsonToken.String, word);
    else this.value(JsonToken.Boolean, value);
  }
}

function isNameCharacter(character: string): boolean {
  return character === '_' || character === '$' || letterOrDigit.test(character);
}

function lineEnd(text: string, from: number): number {
  const length = text.slice(from).search(/[\r\n]/);
  return length < 0 ? text.length : from + length;
}
