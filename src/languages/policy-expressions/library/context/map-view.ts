// Read-only maps over something else: headers, query, parameters, variables, claims, certificates.
import { argumentNull, keyNotFound } from '../../running/exceptions.ts';
import { initialOf, type Reference } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { Collection } from '../collections/collection.ts';
import { KeyValuePair, pairType } from '../collections/key-value-pair.ts';

/** What a view reads: values are as the view's value type has them. */
export interface MapSource {
  find(key: string): unknown;
  entries(): Iterable<readonly [string, unknown]>;
}

export class MapView extends Collection {
  private readonly source: MapSource;

  constructor(value: Type, source: MapSource) {
    super(named('System.Collections.Generic.IReadOnlyDictionary', known.string, value));
    this.source = source;
  }

  get count(): number {
    return [...this.source.entries()].length;
  }

  override get isReadOnly(): boolean {
    return true;
  }

  find(key: unknown): unknown {
    if (key === null || key === undefined) throw argumentNull('key');
    return this.source.find(key as string);
  }

  has(key: unknown): boolean {
    return this.find(key) !== undefined;
  }

  at(key: unknown): unknown {
    const value = this.find(key);
    if (value === undefined) throw keyNotFound(key);
    return value;
  }

  tryGet(key: unknown, result: Reference): boolean {
    const value = this.find(key);
    result.value = value === undefined ? initialOf(this.type.arguments[1]!) : value;
    return value !== undefined;
  }

  keys(): unknown[] {
    return [...this.source.entries()].map(([key]) => key);
  }

  values(): unknown[] {
    return [...this.source.entries()].map(([, value]) => value);
  }

  get pairType(): Type {
    return pairType(known.string, this.type.arguments[1]!);
  }

  *[Symbol.iterator](): Generator<KeyValuePair> {
    for (const [key, value] of this.source.entries())
      yield new KeyValuePair(this.pairType, key, value);
  }

  contains(item: unknown): boolean {
    return this.has((item as KeyValuePair).key);
  }
}

/** A view of pairs, by exact name or without regard to case. */
export function pairsView<T>(
  value: Type,
  pairs: Iterable<readonly [string, T]>,
  ignoreCase: boolean,
  read: (content: T) => unknown,
): MapView {
  const table = new Map<string, readonly [string, unknown]>();
  for (const [name, content] of pairs) {
    const key = ignoreCase ? name.toLowerCase() : name;
    if (!table.has(key)) table.set(key, [name, read(content)]);
  }
  return new MapView(value, {
    find: (name) => table.get(ignoreCase ? name.toLowerCase() : name)?.[1],
    entries: () => table.values(),
  });
}
