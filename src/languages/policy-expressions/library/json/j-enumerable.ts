// JEnumerable<T> and IJEnumerable<T>: what Children and the extensions give.

import { iterate } from '../../running/sequences.ts';
import { Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { tokenType } from './conversions.ts';
import { tokenAmong } from './navigation.ts';
import type { Token } from './tokens/index.ts';

/** A struct held by reference; each enumeration runs its source anew. */
export class EnumerableTokens extends Instance {
  private readonly make: () => Iterable<unknown>;

  constructor(element: Type, make: () => Iterable<unknown>) {
    super(named('Newtonsoft.Json.Linq.JEnumerable', element));
    this.make = make;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.make()[Symbol.iterator]();
  }
}

export function enumerableTokens(make: () => Iterable<Token>): EnumerableTokens {
  return new EnumerableTokens(tokenType(), make);
}

/** `source[key]`: what each token has there. */
function* keyed(source: Iterable<unknown>, key: unknown): Generator<Token> {
  for (const item of source) {
    const found = tokenAmong(item).childAt(key);
    if (found) yield found;
  }
}

/** `default(JEnumerable<T>)` is empty. */
const isDefault = (source: unknown) =>
  typeof source === 'object' && source !== null && !(Symbol.iterator in source);

const byKey = (source: unknown, key: unknown) =>
  enumerableTokens(() => keyed(isDefault(source) ? [] : iterate(source), key));

const space = 'Newtonsoft.Json.Linq';

export const enumerableTypes = [
  declareType(`interface ${space}.IJEnumerable<out T> : IEnumerable<T>`, {
    'IJEnumerable<JToken> this[object key]': byKey,
  }),
  declareType(`struct ${space}.JEnumerable<T> : IJEnumerable<T>`, {
    'new(IEnumerable<T> enumerable)': (type: Type, source: unknown) =>
      new EnumerableTokens(type.arguments[0]!, () => iterate(source)),
    'static JEnumerable<T> Empty': (type: Type) =>
      new EnumerableTokens(type.arguments[0]!, () => []),
    'IJEnumerable<JToken> this[object key]': byKey,
  }),
];
