// System.Linq.Enumerable: what runs a sequence and keeps its elements.
import { required } from '../../running/exceptions.ts';
import { iterate, listOf, tick } from '../../running/sequences.ts';
import { packed } from '../../running/values.ts';
import { named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { DictionaryValue } from '../collections/dictionary.ts';
import { SetValue } from '../collections/hash-set.ts';
import { ListValue } from '../collections/list-value.ts';
import { type Map1, source } from './deferred.ts';

const same: Map1 = (item) => item;

function toDictionary(
  [from, keyType, valueType]: Type[],
  given: unknown,
  keyOf: Map1,
  elementOf: Map1,
  comparer: unknown,
): DictionaryValue {
  required(given, 'source');
  required(keyOf, 'keySelector');
  required(elementOf, 'elementSelector');
  const map = new DictionaryValue(named('Dictionary', keyType!, valueType ?? from!), comparer);
  for (const item of iterate(given, from)) {
    tick();
    map.insert(keyOf(item), elementOf(item));
  }
  return map;
}

function toHashSet([type]: Type[], given: unknown, comparer: unknown = null): SetValue {
  return new SetValue(named('HashSet', type!), required(given, 'source'), comparer);
}

const key = 'Func<T, K> keySelector';
const element = 'Func<T, V> elementSelector';
const comparer = 'IEqualityComparer<K> comparer';

export const conversionMembers: Readonly<Record<string, unknown>> = {
  [`static IEnumerable<T> AsEnumerable<T>(${source})`]: (_types: Type[], given: unknown) => given,
  [`static T[] ToArray<T>(${source})`]: ([type]: Type[], given: unknown) =>
    packed(type!, listOf(required(given, 'source'), type)),
  [`static List<T> ToList<T>(${source})`]: ([type]: Type[], given: unknown) =>
    new ListValue(named('List', type!), listOf(required(given, 'source'), type)),
  [`static HashSet<T> ToHashSet<T>(${source})`]: toHashSet,
  [`static HashSet<T> ToHashSet<T>(${source}, IEqualityComparer<T> comparer)`]: toHashSet,
  [`static Dictionary<K, T> ToDictionary<T, K>(${source}, ${key})`]: (
    types: Type[],
    given: unknown,
    keyOf: Map1,
  ) => toDictionary(types, given, keyOf, same, null),
  [`static Dictionary<K, T> ToDictionary<T, K>(${source}, ${key}, ${comparer})`]: (
    types: Type[],
    given: unknown,
    keyOf: Map1,
    own: unknown,
  ) => toDictionary(types, given, keyOf, same, own),
  [`static Dictionary<K, V> ToDictionary<T, K, V>(${source}, ${key}, ${element})`]: (
    types: Type[],
    given: unknown,
    keyOf: Map1,
    elementOf: Map1,
  ) => toDictionary(types, given, keyOf, elementOf, null),
  [`static Dictionary<K, V> ToDictionary<T, K, V>(${source}, ${key}, ${element}, ${comparer})`]:
    toDictionary,
};
