// JSON text to values, every number kept in its kind.
import {
  Decimal,
  formatTimeSpan,
  type JsonBuilder,
  type JsonNode,
  jsonDate,
  readJsonInto,
} from '../../dotnet/index.ts';
import { jsonDepthMax } from './limits.ts';
import {
  DoubleValue,
  integerOf,
  isArray,
  isObject,
  objectOf,
  toBigInt,
  type Value,
} from './values.ts';

/**
 * Reads JSON text; `5.0` and `5` stay apart, integers keep all digits, a repeated member counts with
 * its last value. What strict JSON refuses is read by Newtonsoft's rules (comments, single quotes);
 * throws DotnetError in Newtonsoft's words.
 */
export function parseJsonValue(text: string): Value {
  return new StrictReader(text).document() ?? readJsonInto(text, valueBuilder, { dates: 'none' });
}

/** Makes the value of one JSON number token. */
export function numberOfToken(token: string): Value {
  if (/^-?\d+$/.test(token)) {
    return token.length < 16 ? Number(token) + 0 : integerOf(BigInt(token));
  }
  return DoubleValue.of(Number(token));
}

const valueBuilder: JsonBuilder<Value> = {
  object: (names, values) => {
    const members = new Map(names.map((name, index) => [name, values[index]!]));
    return objectOf([...members]);
  },
  array: (items) => items,
  string: (value) => value,
  integer: integerOf,
  float: DoubleValue.of,
  decimal: (value) => value,
  boolean: (value) => value,
  null: () => null,
  undefined: () => null,
  date: jsonDate,
};

/** The neutral tree of a value, for .NET's conversions. */
export function toNode(value: Value): JsonNode {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'string') return { kind: 'string', value };
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  const integer = toBigInt(value);
  if (integer !== undefined) return { kind: 'integer', value: integer };
  if (typeof value === 'number') return { kind: 'float', value };
  if (value instanceof DoubleValue) return { kind: 'float', value: value.value };
  if (value instanceof Decimal) return { kind: 'decimal', value };
  if (isArray(value)) return { kind: 'array', items: value.map(toNode) };
  const members = isObject(value) ? Object.entries(value) : [];
  return { kind: 'object', members: new Map(members.map(([name, item]) => [name, toNode(item)])) };
}

/** The value of a neutral tree. */
export function fromNode(node: JsonNode): Value {
  switch (node.kind) {
    case 'object':
      return objectOf([...node.members].map(([name, member]) => [name, fromNode(member)]));
    case 'array':
      return node.items.map(fromNode);
    case 'integer':
      return integerOf(node.value);
    case 'float':
      return DoubleValue.of(node.value);
    case 'date':
      return jsonDate(node.value);
    case 'timeSpan':
      return formatTimeSpan(node.value);
    case 'bytes':
      return Buffer.from(node.value).toString('base64');
    case 'null':
    case 'undefined':
      return null;
    default:
      return node.value;
  }
}

const blanks = /[ \t\r\n]*/y;
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings may not hold them raw
const plainString = /"[^"\\\u0000-\u001f]*"/y;

/** Thrown inside the reader only: the text is not strict JSON. */
const notStrict = Symbol('not strict JSON');

/** The common case, in one pass over the text. */
class StrictReader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The value; undefined where the text is not strict JSON. */
  document(): Value | undefined {
    try {
      this.blank();
      const value = this.value(0);
      this.blank();
      return this.at === this.text.length ? value : undefined;
    } catch (error) {
      if (error === notStrict) return undefined;
      throw error;
    }
  }

  private blank(): void {
    if (this.text.charCodeAt(this.at) > 32) return;
    blanks.lastIndex = this.at;
    blanks.exec(this.text);
    this.at = blanks.lastIndex;
  }

  private value(depth: number): Value {
    if (depth > jsonDepthMax) throw notStrict;
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth + 1);
      case '[':
        return this.array(depth + 1);
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private word(word: string, value: Value): Value {
    if (!this.text.startsWith(word, this.at)) throw notStrict;
    this.at += word.length;
    return value;
  }

  private number(): Value {
    numberToken.lastIndex = this.at;
    const token = numberToken.exec(this.text)?.[0];
    if (token === undefined) throw notStrict;
    this.at += token.length;
    return numberOfToken(token);
  }

  private string(): string {
    plainString.lastIndex = this.at;
    const plain = plainString.exec(this.text)?.[0];
    if (plain !== undefined) {
      this.at += plain.length;
      return plain.slice(1, -1);
    }
    let end = this.at + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    const raw = this.text.slice(this.at, end + 1);
    this.at = end + 1;
    try {
      return JSON.parse(raw) as string;
    } catch {
      throw notStrict;
    }
  }

  private array(depth: number): Value {
    const items: Value[] = [];
    this.at++;
    this.blank();
    if (this.text[this.at] === ']') {
      this.at++;
      return items;
    }
    for (;;) {
      this.blank();
      items.push(this.value(depth));
      this.blank();
      const mark = this.text[this.at++];
      if (mark === ']') return items;
      if (mark !== ',') throw notStrict;
    }
  }

  private object(depth: number): Value {
    const entries: [string, Value][] = [];
    this.at++;
    this.blank();
    if (this.text[this.at] === '}') {
      this.at++;
      return {};
    }
    for (;;) {
      this.blank();
      if (this.text[this.at] !== '"') throw notStrict;
      const name = this.string();
      this.blank();
      if (this.text[this.at++] !== ':') throw notStrict;
      this.blank();
      entries.push([name, this.value(depth)]);
      this.blank();
      const mark = this.text[this.at++];
      if (mark === '}') return objectOf(entries);
      if (mark !== ',') throw notStrict;
    }
  }
}
