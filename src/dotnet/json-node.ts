// A neutral JSON tree that keeps what JavaScript values lose: number kinds, dates, member order.
import type { Decimal } from './decimal.ts';
import type { DateTimeOffsetValue, DateTimeValue, TimeSpanValue } from './instants.ts';

export type JsonNode =
  | { readonly kind: 'object'; readonly members: Map<string, JsonNode> }
  | { readonly kind: 'array'; readonly items: JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  /** An Int64, or a BigInteger where it does not fit. */
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'decimal'; readonly value: Decimal }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'date'; readonly value: DateTimeValue | DateTimeOffsetValue }
  | { readonly kind: 'timeSpan'; readonly value: TimeSpanValue }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  /** Written as it stands. */
  | { readonly kind: 'raw'; readonly value: string };

/** What the reader makes of each part; lets a language build its own values in one pass. */
export interface JsonBuilder<T> {
  /** Names beside their values; of a repeated name the last value counts, in the first's place. */
  object(names: readonly string[], values: readonly T[]): T;
  array(items: T[]): T;
  /** `new Date(1)`; a builder without it refuses them. */
  constructed?(name: string, items: T[]): T;
  /** Asked for only where comments are kept. */
  comment?(text: string): T;
  string(value: string): T;
  integer(value: bigint): T;
  float(value: number): T;
  decimal(value: Decimal): T;
  boolean(value: boolean): T;
  null(): T;
  undefined(): T;
  date(value: DateTimeValue | DateTimeOffsetValue): T;
}

/** How JSONPath walks a tree of any shape. */
export interface JsonNavigator<T> {
  kind(node: T): 'object' | 'array' | 'value' | 'other';
  /** How errors call the node: JObject, JArray, JValue. */
  typeName(node: T): string;
  member(node: T, name: string): T | undefined;
  members(node: T): Iterable<readonly [string, T]>;
  items(node: T): readonly T[];
  /** What a filter looks at: items, and of objects the properties as the tree has them. */
  children(node: T): Iterable<T>;
  /** The neutral scalar of a value node, for comparison in filters. */
  scalar(node: T): JsonNode;
}

/** Builds `JsonNode`. */
export const jsonNodes: JsonBuilder<JsonNode> = {
  object: (names, values) => {
    const members = new Map<string, JsonNode>();
    for (const [index, name] of names.entries()) members.set(name, values[index]!);
    return { kind: 'object', members };
  },
  array: (items) => ({ kind: 'array', items }),
  string: (value) => ({ kind: 'string', value }),
  integer: (value) => ({ kind: 'integer', value }),
  float: (value) => ({ kind: 'float', value }),
  decimal: (value) => ({ kind: 'decimal', value }),
  boolean: (value) => ({ kind: 'boolean', value }),
  null: () => ({ kind: 'null' }),
  undefined: () => ({ kind: 'undefined' }),
  date: (value) => ({ kind: 'date', value }),
};
