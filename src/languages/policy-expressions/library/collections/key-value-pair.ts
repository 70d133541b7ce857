// System.Collections.Generic.KeyValuePair<TKey, TValue>.
import { concatText, keyText } from '../../running/text.ts';
import { box, Instance, initialOf, type Reference } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';

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

/** `default(KeyValuePair<K, V>)`. */
function initialPair(type: Type): KeyValuePair {
  return new KeyValuePair(type, initialOf(type.arguments[0]!), initialOf(type.arguments[1]!));
}

export const keyValuePairType = declareType(
  'struct System.Collections.Generic.KeyValuePair<TKey, TValue>',
  {
    'new(TKey key, TValue value)': (type: Type, key: unknown, value: unknown) =>
      new KeyValuePair(type, key, value),
    'TKey Key': (pair: KeyValuePair) => pair.key,
    'TValue Value': (pair: KeyValuePair) => pair.value,
    'void Deconstruct(out TKey key, out TValue value)': (
      pair: KeyValuePair,
      key: Reference,
      value: Reference,
    ) => {
      key.value = pair.key;
      value.value = pair.value;
    },
  },
  {
    initial: initialPair,
    text: (pair: KeyValuePair) =>
      `[${concatText(boxedKey(pair))}, ${concatText(boxedValue(pair))}]`,
    key: (pair: KeyValuePair) =>
      JSON.stringify([keyText(boxedKey(pair)), keyText(boxedValue(pair))]),
  },
);
