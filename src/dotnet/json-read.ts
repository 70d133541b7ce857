// JSON by Newtonsoft's reader: lenient syntax, exact number kinds, dates in strings, its error words.
import { Decimal } from './decimal.ts';
import { DotnetError } from './errors.ts';
import type { DateTimeOffsetValue, DateTimeValue } from './instants.ts';
import { readIsoDate } from './json-date.ts';
import { type JsonBuilder, type JsonNode, jsonNodes } from './json-node.ts';
import { jsonPathStep } from './json-path-step.ts';
import { jsonDepthMax } from './limits.ts';
import { parseDecimal, tryParse } from './number-parse.ts';
import { NumberStyles } from './styles.ts';

export interface JsonReadOptions {
  /** `none` keeps date-like strings as strings; default `dateTime`, as JToken.Parse. */
  readonly dates?: 'none' | 'dateTime' | 'dateTimeOffset';
  readonly floats?: 'double' | 'decimal';
  readonly depthMax?: number;
  /** What JObject.Parse and JArray.Parse insist on; any value for JToken.Parse. */
  readonly root?: 'any' | 'object' | 'array';
}

/** JToken.Parse; throws Newtonsoft.Json.JsonReaderException with path, line and position. */
export function readJson(text: string, options: JsonReadOptions = {}): JsonNode {
  return new JsonReader(text, jsonNodes, options).document();
}

/** The same into values of the caller. */
export function readJsonInto<T>(
  text: string,
  builder: JsonBuilder<T>,
  options: JsonReadOptions = {},
): T {
  return new JsonReader(text, builder, options).document();
}

interface Frame {
  readonly array: boolean;
  /** Set once a member or item was met in it. */
  step: string | number | undefined;
}

const words: readonly (readonly [string, string])[] = [
  ['true', 'boolean'],
  ['false', 'boolean'],
  ['null', 'null'],
  ['undefined', 'undefined'],
  ['NaN', 'NaN'],
  ['Infinity', 'Infinity'],
  ['-Infinity', '-Infinity'],
];

class JsonReader<T> {
  private at = 0;
  private started = false;
  private readonly frames: Frame[] = [];
  private readonly text: string;
  private readonly builder: JsonBuilder<T>;
  private readonly options: JsonReadOptions;
  private readonly depthMax: number;

  constructor(text: string, builder: JsonBuilder<T>, options: JsonReadOptions) {
    this.text = text.startsWith('\uFEFF') ? text.slice(1) : text;
    this.builder = builder;
    this.options = options;
    this.depthMax = options.depthMax ?? jsonDepthMax;
  }

  document(): T {
    this.blanks();
    this.checkRoot();
    const root = this.value();
    this.blanks();
    if (this.at < this.text.length) {
      const found = this.text[this.at];
      this.fail(`Additional text encountered after finished reading JSON content: ${found}.`);
    }
    return root;
  }

  private checkRoot(): void {
    const { root = 'any' } = this.options;
    const name = root === 'object' ? 'JObject' : root === 'array' ? 'JArray' : 'JToken';
    if (this.at >= this.text.length) this.fail(`Error reading ${name} from JsonReader.`);
    const character = this.text[this.at];
    if (root === 'any' || character === (root === 'object' ? '{' : '[')) return;
    const token = tokenName(character!);
    if (token === undefined) return;
    // The reader has taken the token when it finds out.
    const what = root === 'object' ? 'an object' : 'an array';
    if (character === '{' || character === '[') this.at++;
    else this.value();
    this.started = true;
    this.fail(
      `Error reading ${name} from JsonReader. Current JsonReader item is not ${what}: ${token}.`,
    );
  }

  private fail(message: string): never {
    const before = this.text.slice(0, this.at);
    const lines = before.split(/\r\n|\r|\n/);
    const position = lines.at(-1)!.length;
    const line = !this.started && position === 0 ? 0 : lines.length;
    throw new DotnetError(
      'Newtonsoft.Json.JsonReaderException',
      `${message} Path '${this.path()}', line ${line}, position ${position}.`,
    );
  }

  private path(): string {
    let path = '';
    for (const { step } of this.frames) {
      if (step !== undefined) path += jsonPathStep(step, path === '');
    }
    return path;
  }

  private blanks(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 0x20 || (code >= 9 && code <= 13)) this.at++;
      else if (code === 0x2f) this.comment();
      else if (code > 0x7f && /\s/.test(text[this.at]!)) this.at++;
      else return;
    }
  }

  private comment(): void {
    const next = this.text[this.at + 1];
    if (next === '/') {
      const end = this.text.slice(this.at).search(/[\r\n]/);
      this.at = end < 0 ? this.text.length : this.at + end;
    } else if (next === '*') {
      const end = this.text.indexOf('*/', this.at + 2);
      if (end < 0) {
        this.at = this.text.length;
        this.fail('Unexpected end while parsing comment.');
      }
      this.at = end + 2;
    } else {
      this.at++;
      if (next === undefined) this.fail('Unexpected end while parsing comment.');
      this.fail(`Error parsing comment. Expected: *, got ${next}.`);
    }
  }

  private value(): T {
    const character = this.text[this.at];
    switch (character) {
      case '{':
        return this.object();
      case '[':
        return this.array();
      case '"':
      case "'":
        return this.string(character);
      case undefined:
        return this.unfinished();
      default:
        return this.scalar(character);
    }
  }

  private unfinished(): never {
    const array = this.frames.at(-1)?.array;
    const name = array === undefined ? 'JToken' : array ? 'JArray' : 'JObject';
    return this.fail(`Unexpected end of content while loading ${name}.`);
  }

  private enter(array: boolean): Frame {
    this.at++;
    this.started = true;
    const frame: Frame = { array, step: undefined };
    this.frames.push(frame);
    if (this.frames.length > this.depthMax) {
      this.frames.pop();
      this.fail(`The reader's MaxDepth of ${this.depthMax} has been exceeded.`);
    }
    return frame;
  }

  private object(): T {
    const members = new Map<string, T>();
    const frame = this.enter(false);
    for (;;) {
      this.blanks();
      const character = this.text[this.at];
      if (character === '}') break;
      if (character === undefined) this.unfinished();
      const name = this.memberName(character);
      this.blanks();
      frame.step = name;
      if (this.text[this.at] !== ':') {
        const found = this.text[this.at];
        if (found === undefined) this.unfinished();
        this.fail(`Invalid character after parsing property name. Expected ':' but got: ${found}.`);
      }
      this.at++;
      this.blanks();
      const character2 = this.text[this.at];
      // `{"a":}` and `{"a":,}`: Newtonsoft reads the missing value as undefined.
      if (character2 === ',' || character2 === '}') members.set(name, this.builder.undefined());
      else members.set(name, this.value());
      if (!this.separator('}')) break;
    }
    this.at++;
    this.frames.pop();
    return this.builder.object(members);
  }

  private array(): T {
    const items: T[] = [];
    const frame = this.enter(true);
    for (;;) {
      this.blanks();
      const character = this.text[this.at];
      if (character === ']') break;
      if (character === undefined) this.unfinished();
      if (character === ',') {
        frame.step = items.length;
        items.push(this.builder.undefined());
      } else {
        if (character === '{' || character === '[') frame.step = items.length;
        const item = this.value();
        frame.step = items.length;
        items.push(item);
      }
      if (!this.separator(']')) break;
    }
    this.at++;
    this.frames.pop();
    return this.builder.array(items);
  }

  /** Takes a comma; false where the container closes. */
  private separator(close: string): boolean {
    this.blanks();
    const character = this.text[this.at];
    if (character === ',') {
      this.at++;
      return true;
    }
    if (character === close) return false;
    if (character === undefined) this.unfinished();
    return this.fail(
      `After parsing a value an unexpected character was encountered: ${character}.`,
    );
  }

  private memberName(character: string): string {
    if (character === '"' || character === "'") return this.quoted(character);
    const start = this.at;
    while (/[\p{L}\p{Nd}_$]/u.test(this.text[this.at] ?? '')) this.at++;
    if (this.at === start) this.fail(`Invalid property identifier character: ${character}.`);
    return this.text.slice(start, this.at);
  }

  private string(quote: string): T {
    const text = this.quoted(quote);
    this.started = true;
    const { dates = 'dateTime' } = this.options;
    if (dates !== 'none') {
      const date: DateTimeValue | DateTimeOffsetValue | undefined = readIsoDate(text, dates);
      if (date) return this.builder.date(date);
    }
    return this.builder.string(text);
  }

  private quoted(quote: string): string {
    const { text } = this;
    const start = ++this.at;
    let end = text.indexOf(quote, start);
    const plain = end < 0 ? text.slice(start) : text.slice(start, end);
    if (end >= 0 && !plain.includes('\\')) {
      this.at = end + 1;
      return plain;
    }
    let result = '';
    for (end = start; end < text.length; end++) {
      const character = text[end]!;
      if (character === quote) {
        this.at = end + 1;
        return result;
      }
      if (character === '\\') {
        this.at = end;
        result += this.escape();
        end = this.at - 1;
      } else result += character;
    }
    this.at = text.length;
    return this.fail(`Unterminated string. Expected delimiter: ${quote}.`);
  }

  private escape(): string {
    const character = this.text[this.at + 1];
    this.at += 2;
    switch (character) {
      case 'b':
        return '\b';
      case 't':
        return '\t';
      case 'n':
        return '\n';
      case 'f':
        return '\f';
      case 'r':
        return '\r';
      case '\\':
      case '"':
      case "'":
      case '/':
        return character;
      case 'u': {
        const digits = this.text.slice(this.at, this.at + 4);
        if (digits.length < 4) {
          this.at = this.text.length;
          this.fail('Unexpected end while parsing Unicode escape sequence.');
        }
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
          this.fail(`Invalid Unicode escape sequence: \\u${digits}.`);
        }
        this.at += 4;
        return String.fromCharCode(Number.parseInt(digits, 16));
      }
      default:
        this.at = Math.min(this.at, this.text.length);
        return this.fail(`Bad JSON escape sequence: \\${character ?? ''}.`);
    }
  }

  private scalar(character: string): T {
    for (const [word, name] of words) {
      if (!this.text.startsWith(word, this.at)) continue;
      const after = this.text[this.at + word.length];
      if (after !== undefined && !/[\s,\]})/]/.test(after)) break;
      this.at += word.length;
      this.started = true;
      return this.word(word, name);
    }
    if (/[-.0-9]/.test(character)) return this.number();
    const second = this.text[this.at + 1];
    if (character === 't' || character === 'f') this.fail('Error parsing boolean value.');
    if (character === 'n' && second === 'u') this.fail('Error parsing null value.');
    if (character === 'u') this.fail('Error parsing undefined value.');
    if (character === 'N') this.fail('Error parsing NaN value.');
    if (character === 'I') this.fail('Error parsing Infinity value.');
    return this.fail(`Unexpected character encountered while parsing value: ${character}.`);
  }

  private word(word: string, name: string): T {
    if (name === 'boolean') return this.builder.boolean(word === 'true');
    if (name === 'null') return this.builder.null();
    return name === 'undefined' ? this.builder.undefined() : this.builder.float(Number(word));
  }

  private number(): T {
    const start = this.at;
    const { text } = this;
    while (/[-+.0-9a-fA-FxX]/.test(text[this.at] ?? '')) this.at++;
    const after = text[this.at];
    if (after !== undefined && !/[\s,\]})/]/.test(after)) {
      this.fail(`Unexpected character encountered while parsing number: ${after}.`);
    }
    this.started = true;
    const token = text.slice(start, this.at);
    if (/^-?\d+$/.test(token) && !/^0\d/.test(token)) return this.builder.integer(BigInt(token));
    if (/^0[xX][0-9a-fA-F]{1,16}$/.test(token)) {
      return this.builder.integer(BigInt.asIntN(64, BigInt(token)));
    }
    if (/^0[0-7]{1,21}$/.test(token)) {
      return this.builder.integer(BigInt.asIntN(64, BigInt(`0o${token.slice(1)}`)));
    }
    if (!/^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(token) || /^0\d/.test(token)) {
      this.fail(`Input string '${token}' is not a valid number.`);
    }
    if (this.options.floats === 'decimal') {
      const value = tryParse(() => parseDecimal(token, NumberStyles.Float));
      if (!value) this.fail(`Input string '${token}' is not a valid decimal.`);
      return this.builder.decimal(value ?? Decimal.zero);
    }
    return this.builder.float(Number(token));
  }
}

/** JsonToken of a value by its first character; undefined where no value begins so. */
function tokenName(character: string): string | undefined {
  if (character === '{') return 'StartObject';
  if (character === '[') return 'StartArray';
  if (character === '"' || character === "'") return 'String';
  if (character === 't' || character === 'f') return 'Boolean';
  if (character === 'n') return 'Null';
  return /[-.0-9]/.test(character) ? 'Integer' : undefined;
}
