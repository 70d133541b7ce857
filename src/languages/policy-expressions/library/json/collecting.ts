// The collections that arrays and objects of JSON are read into.
import type { JsonReader } from '../../../../dotnet/index.ts';
import { fault } from '../../running/exceptions.ts';
import { ArrayValue, packed } from '../../running/values.ts';
import { named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { DictionaryValue } from '../collections/dictionary.ts';
import { SetValue } from '../collections/hash-set.ts';
import { ListValue } from '../collections/list-value.ts';
import { QueueValue } from '../collections/queue.ts';
import { StackValue } from '../collections/stack.ts';

export type Entry = readonly [key: unknown, value: unknown];

export function dictionaryOf(type: Type, entries: readonly Entry[]): DictionaryValue {
  const map = new DictionaryValue(named('Dictionary', ...type.arguments));
  for (const [key, value] of entries) map.put(key, value);
  return map;
}

/** Interfaces become the usual class of their kind. */
export function collectionOf(
  type: Type,
  item: Type,
  items: unknown[],
  reader: JsonReader,
): unknown {
  if (type.kind === 'array') return packed(item, items);
  switch (type.definition!.name) {
    case 'HashSet':
    case 'ISet': {
      const set = new SetValue(named('HashSet', item));
      for (const each of items) set.insert(each);
      return set;
    }
    case 'Queue':
    case 'Stack': {
      const isStack = type.definition!.name === 'Stack';
      const line = isStack ? new StackValue(type) : new QueueValue(type);
      for (const each of items) line.push(each);
      return line;
    }
    case 'List':
    case 'IList':
    case 'ICollection':
    case 'IEnumerable':
    case 'IReadOnlyList':
    case 'IReadOnlyCollection':
      if (type.arguments.length > 0) return new ListValue(named('List', item), items);
      break;
    default:
  }
  const message = `Cannot create and populate list type ${type.fullName}.`;
  throw reader.error(message, 'Newtonsoft.Json.JsonSerializationException');
}

/** `T[,]` of nested arrays that are all of one size. */
export function gridOf(type: Type, nested: unknown[]): ArrayValue {
  const lengths: number[] = [];
  let level: unknown[] = nested;
  for (let rank = 0; rank < type.rank; rank++) {
    lengths.push(level.length);
    level = (level[0] as unknown[] | undefined) ?? [];
  }
  const items: unknown[] = [];
  flatten(nested, lengths, 0, items);
  return new ArrayValue(type, items, lengths);
}

function flatten(
  level: unknown[],
  lengths: readonly number[],
  rank: number,
  into: unknown[],
): void {
  if (level.length !== lengths[rank]) {
    throw fault('Exception', 'Cannot deserialize non-cubical array as multidimensional array.');
  }
  for (const item of level) {
    if (rank + 1 < lengths.length) flatten(item as unknown[], lengths, rank + 1, into);
    else into.push(item);
  }
}
