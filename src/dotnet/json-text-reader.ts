// Newtonsoft's JsonTextReader: lenient syntax, exact number kinds, dates in strings, its error words.
import { Decimal } from './decimal.ts';
import { readIsoDate } from './json-date.ts';
import { type JsonReadType, JsonToken, State } from './json-reader.ts';
import { JsonTextScanner } from './json-text-scanner.ts';

const anyNumber = /\p{N}/u;

export class JsonTextReader extends JsonTextScanner {
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
