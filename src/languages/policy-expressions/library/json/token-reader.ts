// Newtonsoft's JTokenReader: a tree of tokens read one after the other.
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  Decimal,
  type JsonContent,
  JsonReader,
  type JsonReadType,
  JsonToken,
} from '../../../../dotnet/index.ts';
import { exceptionOf } from '../../running/exceptions.ts';
import { formatOf } from '../../running/text.ts';
import { ArrayValue, bytesOf, unbox } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { convertTo } from '../converting.ts';
import { castToString } from './casts.ts';
import {
  ConstructorToken,
  Container,
  ObjectToken,
  PropertyToken,
  type Token,
  tokenTypes,
  type ValueToken,
} from './tokens/index.ts';

export class TokenReader extends JsonReader {
  /** The token the reader is at or in. */
  current: Token;
  private readonly root: Token;
  private readonly events: Generator<void>;

  constructor(root: Token) {
    super();
    this.root = root;
    this.current = root;
    this.events = this.walk(root);
  }

  read(): boolean {
    if (!this.events.next().done) return true;
    this.replaceValue(JsonToken.None, null);
    return false;
  }

  protected place(): undefined {
    return undefined;
  }

  override get path(): string {
    const start = this.root.path;
    const inner = super.path;
    if (start === '' || inner === '') return start + inner;
    return inner.startsWith('[') ? start + inner : `${start}.${inner}`;
  }

  private *walk(token: Token): Generator<void> {
    this.current = token;
    if (token instanceof PropertyToken) {
      this.property(token.name);
      yield;
      yield* this.walk(token.value);
    } else if (token instanceof Container) {
      const isObject = token instanceof ObjectToken;
      const kind = isObject ? 1 : token instanceof ConstructorToken ? 3 : 2;
      this.start(kind, kind === 3 ? JsonToken.StartConstructor : kind);
      if (token instanceof ConstructorToken) this.content = token.name;
      yield;
      for (const child of token.items) yield* this.walk(child);
      this.current = token;
      this.end(kind, [0, JsonToken.EndObject, JsonToken.EndArray, JsonToken.EndConstructor][kind]!);
      yield;
    } else {
      this.give(token as ValueToken);
      yield;
    }
  }

  private give({ content, tokenType }: ValueToken): void {
    const token = tokenOfKind[tokenType] ?? JsonToken.String;
    if (token === JsonToken.Comment) {
      this.token = token;
      this.content = castToString(content);
    } else this.value(content === null ? emptyToken(token) : token, contentOf(content, token));
  }

  protected readAs(type: Exclude<JsonReadType, 'any' | 'int64'>): void {
    do {
      if (!this.read()) return;
    } while (this.token === JsonToken.Comment);
    const { token } = this;
    if (token === JsonToken.Null || token === JsonToken.EndArray) return;
    if (type === 'bytes') this.asBytes();
    else if (token === JsonToken.String) this.asText(type, this.content as string);
    else if (type === 'string') this.asString();
    else if (token === JsonToken.Date && (type === 'dateTime' || type === 'dateTimeOffset')) {
      this.asDate(type);
    } else if (token === JsonToken.Boolean && type === 'boolean') return;
    else if (isNumber(token) && Object.hasOwn(numberTypes, type)) this.asNumber(type);
    else throw this.unexpected(words[type], token);
  }

  private asBytes(): void {
    const { token } = this;
    if (token === JsonToken.String) this.asBytesOfText(this.content as string);
    else if (token === JsonToken.StartArray) this.bytesOfArray();
    else if (token !== JsonToken.Bytes) throw this.unexpected('bytes', token);
  }

  private asString(): void {
    const { content } = this.current as ValueToken;
    if (this.token < JsonToken.Raw || content === null || this.token === JsonToken.EndObject) {
      throw this.unexpected('string', this.token);
    }
    this.replaceValue(JsonToken.String, formatOf(content, null, null));
  }

  private asDate(type: string): void {
    const date = this.content as DateTimeValue | DateTimeOffsetValue;
    if (type === 'dateTime' && 'offsetMinutes' in date) {
      this.replaceValue(JsonToken.Date, { ticks: date.ticks, kind: 'unspecified' });
    } else if (type === 'dateTimeOffset' && 'kind' in date) {
      this.replaceValue(JsonToken.Date, { ticks: date.ticks, offsetMinutes: 0 });
    }
  }

  private asNumber(type: string): void {
    const { content } = this.current as ValueToken;
    const converted = this.converted(content, type);
    const kind = { int32: JsonToken.Integer, boolean: JsonToken.Boolean }[type];
    const plain = type === 'int32' ? BigInt(converted as number) : (converted as JsonContent);
    this.replaceValue(kind ?? JsonToken.Float, plain);
  }

  private converted(content: unknown, type: string): unknown {
    try {
      return convertTo(content, numberTypes[type]!());
    } catch (error) {
      if (type !== 'int32' || !exceptionOf(error)) throw error;
      throw this.error(`Could not convert to integer: ${castToString(content)}.`);
    }
  }
}

const numberTypes: Readonly<Record<string, () => typeof known.int>> = {
  int32: () => known.int,
  decimal: () => known.decimal,
  double: () => known.double,
  boolean: () => known.bool,
};

const words = {
  int32: 'integer',
  decimal: 'decimal',
  double: 'double',
  bytes: 'bytes',
  boolean: 'boolean',
  string: 'string',
  dateTime: 'date',
  dateTimeOffset: 'date',
} as const;

const tokenOfKind: Readonly<Record<number, number>> = {
  [tokenTypes.Comment]: JsonToken.Comment,
  [tokenTypes.Integer]: JsonToken.Integer,
  [tokenTypes.Float]: JsonToken.Float,
  [tokenTypes.Boolean]: JsonToken.Boolean,
  [tokenTypes.Null]: JsonToken.Null,
  [tokenTypes.Undefined]: JsonToken.Undefined,
  [tokenTypes.Date]: JsonToken.Date,
  [tokenTypes.Raw]: JsonToken.Raw,
  [tokenTypes.Bytes]: JsonToken.Bytes,
};

function isNumber(token: number): boolean {
  return token === JsonToken.Integer || token === JsonToken.Float;
}

function emptyToken(token: number): number {
  return token === JsonToken.Undefined ? token : JsonToken.Null;
}

/** A content as the reader's neutral one. */
function contentOf(content: unknown, token: number): JsonContent {
  if (content === null) return null;
  if (content instanceof ArrayValue) return bytesOf(content);
  const plain = unbox(content);
  switch (token) {
    case JsonToken.Integer:
      return BigInt(plain as number | bigint);
    case JsonToken.Float:
      return plain instanceof Decimal ? plain : Number(plain);
    case JsonToken.Boolean:
    case JsonToken.Date:
      return plain as JsonContent;
    default:
      return castToString(content);
  }
}
