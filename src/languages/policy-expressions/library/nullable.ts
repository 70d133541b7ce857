// Nullable<T>, KeyValuePair, Tuple and ValueTuple. `T?` is bare: null or the value itself.
import { AnonymousValue } from '../running/anonymous.ts';
import { invalidOperation } from '../running/exceptions.ts';
import { compareOf, concatText, keyText } from '../running/text.ts';
import { box, Instance, initialOf } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

/** The members `T?` has; the binder looks them up here. */
const nullableMembers = declareType('struct System.NullableOf<T>', {
  'bool HasValue': (value: unknown) => value !== null,
  'T Value': (value: unknown) => {
    if (value === null) throw invalidOperation('Nullable object must have a value.');
    return value;
  },
  'T GetValueOrDefault(T defaultValue)': (value: unknown, fallback: unknown) => value ?? fallback,
});

/** A struct held by reference: it has its constructed type with it. */
export class KeyValuePair extends Instance {
  readonly key: unknown;
  readonly value: unknown;

  constructor(type: Type, key: unknown, value: unknown) {
    super(type);
    this.key = key;
    this.value = value;
  }
}

export function pairType(key: Type, value: Type): Type {
  return named('System.Collections.Generic.KeyValuePair', key, value);
}

function boxedKey(pair: KeyValuePair): unknown {
  return box(pair.key, pair.type.arguments[0]!);
}

function boxedValue(pair: KeyValuePair): unknown {
  return box(pair.value, pair.type.arguments[1]!);
}

const pairDeclaration = declareType(
  'struct System.Collections.Generic.KeyValuePair<TKey, TValue>',
  {
    'new(TKey key, TValue value)': (type: Type, key: unknown, value: unknown) =>
      new KeyValuePair(type, key, value),
    'TKey Key': (pair: KeyValuePair) => pair.key,
    'TValue Value': (pair: KeyValuePair) => pair.value,
  },
  {
    text: (pair: KeyValuePair) =>
      `[${concatText(boxedKey(pair))}, ${concatText(boxedValue(pair))}]`,
    key: (pair: KeyValuePair) =>
      JSON.stringify([keyText(boxedKey(pair)), keyText(boxedValue(pair))]),
  },
);

/** `default(KeyValuePair<K, V>)`. */
export function initialPair(type: Type): KeyValuePair {
  return new KeyValuePair(type, initialOf(type.arguments[0]!), initialOf(type.arguments[1]!));
}

const structural = {
  text: (value: AnonymousValue) => value.text(),
  key: (value: AnonymousValue) => value.key(),
  compare: ((left: AnonymousValue, right: AnonymousValue) => {
    for (const index of left.values.keys()) {
      const result = compareOf(left.boxed(index), right.boxed(index));
      if (result !== 0) return result;
    }
    return 0;
  }) as never,
};

function tupleMembers(names: readonly string[]): Record<string, unknown> {
  const list = names.map((name, index) => `${name} item${index + 1}`).join(', ');
  const items = names.map((name, index) => [
    `${name} Item${index + 1}`,
    (tuple: AnonymousValue) => tuple.values[index],
  ]);
  return {
    [`new(${list})`]: (type: Type, ...values: unknown[]) => new AnonymousValue(type, values),
    ...Object.fromEntries(items),
  };
}

const tuples = [1, 2, 3, 4, 5, 6, 7].flatMap((count) => {
  const names = Array.from({ length: count }, (_, index) => `T${index + 1}`);
  const list = names.join(', ');
  return [
    declareType(`class System.Tuple<${list}> : IComparable`, tupleMembers(names), structural),
    declareType(`struct System.ValueTuple<${list}> : IComparable`, tupleMembers(names), structural),
  ];
});

const creation = [1, 2, 3, 4, 5, 6, 7].map((count) => {
  const names = Array.from({ length: count }, (_, index) => `T${index + 1}`);
  const list = names.map((name, index) => `${name} item${index + 1}`).join(', ');
  return [
    `static Tuple<${names.join(', ')}> Create<${names.join(', ')}>(${list})`,
    (types: Type[], ...values: unknown[]) =>
      new AnonymousValue(named('System.Tuple', ...types), values),
  ];
});

export const nullableTypes = [
  nullableMembers,
  declareType('struct System.Nullable<T>', {}),
  pairDeclaration,
  declareType('static class System.Tuple', Object.fromEntries(creation)),
  ...tuples,
];
