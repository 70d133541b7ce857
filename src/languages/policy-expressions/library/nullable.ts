// Nullable<T>. `T?` is bare: null or the value itself.
import { invalidOperation, required } from '../running/exceptions.ts';
import { compareFunction, equalsOf } from '../running/text.ts';
import { box } from '../running/values.ts';
import { declareType } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

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

/** The static class: what can be asked of two nullables, and of a type. */
const nullableStatics = declareType('static class System.Nullable', {
  'static int Compare<T>(T? n1, T? n2)': ([type]: Type[], left: unknown, right: unknown) => {
    if (left === null || right === null) return Number(left !== null) - Number(right !== null);
    return compareFunction(type!)(left, right);
  },
  'static bool Equals<T>(T? n1, T? n2)': ([type]: Type[], left: unknown, right: unknown) =>
    left === null || right === null
      ? left === right
      : equalsOf(box(left, type!), box(right, type!)),
  'static Type GetUnderlyingType(Type nullableType)': (type: Type | null) => {
    const given = required(type, 'nullableType');
    return given.kind === 'nullable' ? given.element : null;
  },
});

export const nullableTypes = [
  nullableMembers,
  nullableStatics,
  declareType('struct System.Nullable<T>', {}),
];
