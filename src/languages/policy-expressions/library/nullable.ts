// Nullable<T>. `T?` is bare: null or the value itself.
import { invalidOperation } from '../running/exceptions.ts';
import { declareType } from '../types/registry.ts';

/** The members `T?` has; the binder looks them up here. */
const nullableMembers = declareType('struct System.NullableOf<T>', {
  'bool HasValue': (value: unknown) => value !== null,
  'T Value': (value: unknown) => {
    if (value === null) throw invalidOperation('Nullable object must have a value.');
    return value;
  },
  'T GetValueOrDefault(T defaultValue = default)': (value: unknown, fallback: unknown) =>
    value ?? fallback,
});

export const nullableTypes = [nullableMembers, declareType('struct System.Nullable<T>', {})];
