// JSON text as values, by Newtonsoft's reader.
import type { Decimal } from './decimal.ts';
import type { DateTimeOffsetValue, DateTimeValue } from './instants.ts';
import { type JsonBuilder, type JsonNode, jsonNodes } from './json-node.ts';
import { type JsonReader, JsonToken, jsonTokenName } from './json-reader.ts';
import { JsonTextReader } from './json-text-reader.ts';
import type { JsonTextOptions } from './json-text-scanner.ts';

export interface JsonReadOptions extends JsonTextOptions {
  /** What JObject.Parse and JArray.Parse insist on; any value for JToken.Parse. */
  readonly root?: JsonRoot;
  /**
   * `keep` gives comments in arrays to the builder, `skip` passes over all of them. When absent, only
   * one that stands before a value of any kind is given, as JToken.Parse has it.
   */
  readonly comments?: 'keep' | 'skip';
  /** The serializer's way: an unfinished array at the root is taken, other ends are its errors. */
  readonly lenientEnd?: boolean;
  /** What a second member of a name does; `replace`, in the place of the first, when absent. */
  readonly repeated?: 'replace' | 'ignore' | 'error';
}

export type JsonRoot = 'any' | 'object' | 'array' | 'constructor';

/** JToken.Parse; throws Newtonsoft.Json.JsonReaderException with path, line and position. */
export function readJson(text: string, options: JsonReadOptions = {}): JsonNode {
  return readJsonInto(text, jsonNodes, options);
}

/** The same into values of the caller. */
export function readJsonInto<T>(
  text: string,
  builder: JsonBuilder<T>,
  options: JsonReadOptions = {},
): T {
  return new Loader(new JsonTextReader(text, options), builder, options).document();
}

/** The value of the token the reader is at. */
export function readJsonValue<T>(
  reader: JsonReader,
  builder: JsonBuilder<T>,
  options: JsonReadOptions = {},
): T {
  return new Loader(reader, builder, options).value();
}

const serializerEnd = [
  'Newtonsoft.Json.JsonSerializationException',
  'Unexpected end when deserializing object.',
] as const;
const writerEnd = [
  'Newtonsoft.Json.JsonWriterException',
  'Unexpected end when reading token.',
] as const;

const rootNames = {
  any: 'JToken',
  object: 'JObject',
  array: 'JArray',
  constructor: 'JConstructor',
};

const firstTokens = {
  any: [JsonToken.None, ''],
  object: [JsonToken.StartObject, 'an object'],
  array: [JsonToken.StartArray, 'an array'],
  constructor: [JsonToken.StartConstructor, 'a constructor'],
} as const;

/** JToken.ReadFrom, JObject.Load and so on; what follows the value may only be comments. */
class Loader<T> {
  private readonly reader: JsonReader;
  private readonly builder: JsonBuilder<T>;
  private readonly options: JsonReadOptions;
  /** The outermost container, which complaints about the end of the text name. */
  private root = '';

  constructor(reader: JsonReader, builder: JsonBuilder<T>, options: JsonReadOptions) {
    this.reader = reader;
    this.builder = builder;
    this.options = options;
  }

  document(): T {
    const { reader } = this;
    this.start(this.options.root ?? 'any');
    const value = this.value();
    while (reader.read());
    return value;
  }

  /** Goes to the first token, which has to be the one that the root begins with. */
  private start(root: JsonRoot): void {
    const { reader } = this;
    const name = rootNames[root];
    // A comment before a value of any kind is itself the value, where the builder takes one.
    const isValue = root === 'any' && this.builder.comment && this.options.comments !== 'skip';
    if (!reader.read() || !(isValue || reader.moveToContent())) {
      throw reader.error(`Error reading ${name} from JsonReader.`);
    }
    const [first, words] = firstTokens[root];
    if (root === 'any' || reader.token === first) return;
    const found = `Current JsonReader item is not ${words}: ${jsonTokenName(reader.token)}.`;
    throw reader.error(`Error reading ${name} from JsonReader. ${found}`);
  }

  /** The value of the token the reader is at. */
  value(): T {
    const { reader, builder } = this;
    const { token, content } = reader;
    switch (token) {
      case JsonToken.String:
        return builder.string(content as string);
      case JsonToken.StartObject:
        return this.object();
      case JsonToken.StartArray:
        return builder.array(this.items('JArray', JsonToken.EndArray));
      case JsonToken.StartConstructor:
        return this.constructed(content as string);
      case JsonToken.Integer:
        return builder.integer(content as bigint);
      case JsonToken.Float:
        return typeof content === 'number'
          ? builder.float(content)
          : builder.decimal(content as Decimal);
      case JsonToken.Boolean:
        return builder.boolean(content as boolean);
      case JsonToken.Null:
        return builder.null();
      case JsonToken.Undefined:
        return builder.undefined();
      case JsonToken.Date:
        return builder.date(content as DateTimeValue | DateTimeOffsetValue);
      case JsonToken.Comment:
        return builder.comment!(content as string);
      default: {
        const found = `Unexpected token: ${jsonTokenName(token)}.`;
        throw reader.error(`Error reading JToken from JsonReader. ${found}`);
      }
    }
  }

  private constructed(name: string): T {
    const { reader, builder } = this;
    if (!builder.constructed) throw reader.error('Constructors are not supported.');
    return builder.constructed(name, this.items('JConstructor', JsonToken.EndConstructor));
  }

  private object(): T {
    const { reader } = this;
    this.root ||= 'JObject';
    const names: string[] = [];
    const values: T[] = [];
    for (;;) {
      this.next(names.length === 0);
      if (reader.token === JsonToken.EndObject) return this.builder.object(names, values);
      // Objects hold no comments, whatever the options say.
      if (reader.token === JsonToken.Comment) continue;
      const name = reader.content as string;
      if (this.skips(name, names)) continue;
      do this.next(false);
      while (reader.token === JsonToken.Comment);
      names.push(name);
      values.push(this.value());
    }
  }

  private skips(name: string, names: readonly string[]): boolean {
    const { repeated } = this.options;
    if (repeated === undefined || repeated === 'replace' || !names.includes(name)) return false;
    if (repeated === 'error') {
      const message = `Property with the name '${name}' already exists in the current JSON object.`;
      throw this.reader.error(message);
    }
    this.reader.skip();
    return true;
  }

  private items(root: string, close: number): T[] {
    const { reader } = this;
    this.root ||= root;
    const items: T[] = [];
    for (;;) {
      if (!this.next(items.length === 0)) return items;
      if (reader.token === close) return items;
      if (reader.token !== JsonToken.Comment || this.options.comments === 'keep')
        items.push(this.value());
    }
  }

  /** One token further inside a container; the text may not end there. */
  private next(first: boolean): boolean {
    const { reader } = this;
    if (reader.read()) return true;
    if (this.options.lenientEnd) {
      if (this.root !== 'JObject' && !reader.expectsValue) return false;
      const [type, words] = this.root === 'JObject' ? serializerEnd : writerEnd;
      throw reader.error(words, type);
    }
    throw reader.error(
      first && reader.depth === 0
        ? `Error reading ${this.root} from JsonReader.`
        : `Unexpected end of content while loading ${this.root}.`,
    );
  }
}
