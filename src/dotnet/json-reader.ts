// Newtonsoft's JsonReader: tokens one after the other, where they stand, and reading them as a type.
import { fromBase64 } from './base64.ts';
import { parseDateTime, parseDateTimeOffset } from './date-parse.ts';
import type { Decimal } from './decimal.ts';
import { DotnetError } from './errors.ts';
import { guidToBytes } from './guid.ts';
import type { DateTimeOffsetValue, DateTimeValue } from './instants.ts';
import { readIsoDate } from './json-date.ts';
import { jsonPathStep } from './json-path-step.ts';
import { parseDecimal, parseDouble, parseInteger, tryParse } from './number-parse.ts';
import { NumberStyles } from './styles.ts';

/** JsonToken. */
export const JsonToken = {
  None: 0,
  StartObject: 1,
  StartArray: 2,
  StartConstructor: 3,
  PropertyName: 4,
  Comment: 5,
  Raw: 6,
  Integer: 7,
  Float: 8,
  String: 9,
  Boolean: 10,
  Null: 11,
  Undefined: 12,
  EndObject: 13,
  EndArray: 14,
  EndConstructor: 15,
  Date: 16,
  Bytes: 17,
} as const;

const tokenNames = Object.keys(JsonToken);

export function jsonTokenName(token: number): string {
  return tokenNames[token]!;
}

/** What a token carries: bigint for Integer, number or Decimal for Float, a record for Date. */
export type JsonContent =
  | string
  | bigint
  | number
  | boolean
  | Decimal
  | DateTimeValue
  | DateTimeOffsetValue
  | Uint8Array
  | null;

/** Which types the reader reads a value as; `any` leaves the token as it is. */
export type JsonReadType =
  | 'any'
  | 'int32'
  | 'int64'
  | 'decimal'
  | 'double'
  | 'bytes'
  | 'boolean'
  | 'string'
  | 'dateTime'
  | 'dateTimeOffset';

/** JsonReaderException and its kin: where in the text, too. */
export class JsonError extends DotnetError {
  readonly path: string;
  readonly line: number;
  readonly position: number;

  constructor(type: string, message: string, path: string, line = 0, position = 0) {
    super(type, message);
    this.path = path;
    this.line = line;
    this.position = position;
  }
}

/** Where the reader is between two tokens. */
export const State = {
  Start: 0,
  Property: 1,
  ObjectStart: 2,
  Object: 3,
  ArrayStart: 4,
  Array: 5,
  ConstructorStart: 6,
  Constructor: 7,
  PostValue: 8,
  Finished: 9,
} as const;

const containerNames = ['None', 'Object', 'Array', 'Constructor'];

export abstract class JsonReader {
  token: number = JsonToken.None;
  content: JsonContent = null;
  protected state: number = State.Start;
  /** Containers around the place, outermost first: 1 object, 2 array, 3 constructor. */
  private readonly containers: number[] = [];
  /** The member or the index in each of them. */
  private readonly steps: (string | number)[] = [];
  protected depthMax = Number.POSITIVE_INFINITY;

  /** Goes to the next token; false at the end. */
  abstract read(): boolean;

  /** Line and column of the place; undefined where the source has none. */
  protected abstract place(): { readonly line: number; readonly position: number } | undefined;

  /** Whether the text ended where another value, not just a separator, was due. */
  get expectsValue(): boolean {
    return this.state === State.Array || this.state === State.Property;
  }

  get depth(): number {
    const count = this.containers.length;
    const starts = this.token >= JsonToken.StartObject && this.token <= JsonToken.StartConstructor;
    return starts ? count - 1 : count;
  }

  get path(): string {
    const { state } = this;
    const opened =
      state === State.ArrayStart || state === State.ObjectStart || state === State.ConstructorStart;
    const count = this.steps.length - (opened ? 1 : 0);
    let path = '';
    for (let index = 0; index < count; index++) {
      path += jsonPathStep(this.steps[index]!, path === '');
    }
    return path;
  }

  /** An exception of this place. */
  error(message: string, type = 'Newtonsoft.Json.JsonReaderException'): JsonError {
    const { path } = this;
    const place = this.place();
    let text = message;
    if (!text.endsWith('\n')) text = `${text.trim()}${text.trim().endsWith('.') ? '' : '.'} `;
    text += `Path '${path}'`;
    if (place) text += `, line ${place.line}, position ${place.position}`;
    return new JsonError(type, `${text}.`, path, place?.line, place?.position);
  }

  protected start(container: 1 | 2 | 3, token: number, name: string | null = null): void {
    this.token = token;
    this.content = name;
    this.finishValue();
    this.containers.push(container);
    this.steps.push(container === 1 ? '' : -1);
    this.state =
      container === 1
        ? State.ObjectStart
        : container === 2
          ? State.ArrayStart
          : State.ConstructorStart;
    if (this.containers.length > this.depthMax) {
      throw this.error(`The reader's MaxDepth of ${this.depthMax} has been exceeded.`);
    }
  }

  protected end(container: 1 | 2 | 3, token: number): void {
    this.token = token;
    this.content = null;
    this.steps.pop();
    const open = this.containers.pop() ?? 0;
    if (open !== container) {
      const names = `${tokenNames[token]} is not valid for closing JsonType ${containerNames[open]}`;
      throw this.error(`JsonToken ${names}.`);
    }
    this.state = this.containers.length > 0 ? State.PostValue : State.Finished;
  }

  protected property(name: string): void {
    this.token = JsonToken.PropertyName;
    this.content = name;
    this.state = State.Property;
    this.steps[this.steps.length - 1] = name;
  }

  protected value(token: number, content: JsonContent): void {
    this.token = token;
    this.content = content;
    this.state = this.containers.length > 0 ? State.PostValue : State.Finished;
    this.finishValue();
  }

  /** Puts another token in the place of the one just read. */
  protected replaceValue(token: number, content: JsonContent): void {
    this.token = token;
    this.content = content;
    if (token !== JsonToken.None && token !== JsonToken.Comment) {
      this.state = this.containers.length > 0 ? State.PostValue : State.Finished;
    }
  }

  protected stateOfContainer(): void {
    const open = this.containers.at(-1) ?? 0;
    this.state = [State.Finished, State.Object, State.Array, State.Constructor][open]!;
  }

  private finishValue(): void {
    const last = this.steps.length - 1;
    if (last >= 0 && this.containers[last] !== 1) {
      this.steps[last] = (this.steps[last] as number) + 1;
    }
  }

  /** Over the children of the container that was just opened, or the value of a member. */
  skip(): void {
    if (this.token === JsonToken.PropertyName) this.read();
    if (this.token < JsonToken.StartObject || this.token > JsonToken.StartConstructor) return;
    const { depth } = this;
    while (this.read() && depth < this.depth);
  }

  /** Past comments. */
  moveToContent(): boolean {
    while (this.token === JsonToken.None || this.token === JsonToken.Comment) {
      if (!this.read()) return false;
    }
    return true;
  }

  /** Reads the next value as the type; false at the end. */
  readFor(type: JsonReadType): boolean {
    if (type === 'any' || type === 'int64') return this.read() && this.moveToContent();
    this.readAs(type);
    return this.token !== JsonToken.None;
  }

  /** The `ReadAs…` methods: the next token becomes one of the type, or is refused. */
  protected abstract readAs(type: Exclude<JsonReadType, 'any' | 'int64'>): void;

  protected unexpected(what: string, token: number): JsonError {
    return this.error(`Error reading ${what}. Unexpected token: ${tokenNames[token]}.`);
  }

  /** A string as a value of the type; an empty one is null. */
  protected asText(type: string, text: string): void {
    if (type === 'string') return;
    if (text === '') {
      this.replaceValue(JsonToken.Null, null);
      return;
    }
    const parsed = tryParse(() => textAs(type, text));
    if (parsed === undefined) {
      if (type !== 'dateTime') this.replaceValue(JsonToken.String, text);
      const name = type === 'int32' ? 'integer' : (nameOfDate[type] ?? type);
      throw this.error(`Could not convert string to ${name}: ${text}.`);
    }
    this.replaceValue(kindOf[type]!, parsed);
  }

  /** A GUID with dashes, or base64. */
  protected asBytesOfText(text: string): void {
    const bytes = guidShape.test(text) ? guidToBytes(text.toLowerCase()) : fromBase64(text);
    this.replaceValue(JsonToken.Bytes, bytes);
  }

  protected bytesOfArray(): void {
    const bytes: number[] = [];
    for (;;) {
      if (!this.read()) throw this.error('Unexpected end when reading bytes.');
      if (this.token === JsonToken.Integer) {
        const value = Number(this.content);
        if (value < 0 || value > 255) {
          const message = 'Value was either too large or too small for an unsigned byte.';
          throw new DotnetError('System.OverflowException', message);
        }
        bytes.push(value);
      } else if (this.token === JsonToken.EndArray) break;
      else if (this.token !== JsonToken.Comment) {
        throw this.error(`Unexpected token when reading bytes: ${tokenNames[this.token]}.`);
      }
    }
    this.replaceValue(JsonToken.Bytes, Uint8Array.from(bytes));
  }
}

const guidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const nameOfDate: Readonly<Record<string, string>> = {
  dateTime: 'DateTime',
  dateTimeOffset: 'DateTimeOffset',
};

const kindOf: Readonly<Record<string, number>> = {
  int32: JsonToken.Integer,
  decimal: JsonToken.Float,
  double: JsonToken.Float,
  boolean: JsonToken.Boolean,
  dateTime: JsonToken.Date,
  dateTimeOffset: JsonToken.Date,
};

function textAs(type: string, text: string): JsonContent {
  switch (type) {
    case 'int32':
      return parseInteger(text, 'int');
    case 'double':
      return parseDouble(text);
    case 'decimal':
      return tryParse(() => parseDecimal(text)) ?? parseDecimal(text, NumberStyles.Float);
    case 'boolean':
      return booleanOf(text);
    case 'dateTime':
      return readIsoDate(text, 'dateTime') ?? parseDateTime(text, { styles: 128 });
    default:
      return readIsoDate(text, 'dateTimeOffset') ?? parseDateTimeOffset(text, { styles: 128 });
  }
}

function booleanOf(text: string): boolean {
  const word = text.replaceAll('\0', '').trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  throw new DotnetError('System.FormatException', 'String was not recognized as a valid Boolean.');
}
