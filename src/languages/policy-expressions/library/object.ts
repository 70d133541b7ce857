// System.Object and the bases of value types and delegates.
import { nullReference } from '../running/exceptions.ts';
import { equalsOf, hashOf, textOf } from '../running/text.ts';
import { Instance, typeOf } from '../running/values.ts';
import { declareType } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

export const objectType = declareType('class System.Object', {
  'new()': (type: Type) => new Instance(type),
  // Only a `T?` without value gets here as null.
  'string ToString()': (value: unknown) => (value === null ? '' : textOf(value)),
  'bool Equals(object obj)': equalsOf,
  'static bool Equals(object objA, object objB)': equalsOf,
  'static bool ReferenceEquals(object objA, object objB)': (a: unknown, b: unknown) => a === b,
  'int GetHashCode()': hashOf,
  'Type GetType()': (value: unknown) => {
    if (value === null) throw nullReference();
    return typeOf(value);
  },
});

export const valueType = declareType('abstract class System.ValueType', {});
export const delegateType = declareType('abstract class System.Delegate', {});
