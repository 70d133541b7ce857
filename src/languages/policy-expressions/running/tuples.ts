// Value tuples: an AnonymousValue each; from the eighth element on the rest is a tuple of its own.
import type { Type } from '../types/type.ts';
import { AnonymousValue } from './anonymous.ts';

/** A tuple of the type, from all its elements. */
export function tupleValue(type: Type, values: readonly unknown[]): AnonymousValue {
  if (type.arguments.length < 8) return new AnonymousValue(type, values);
  const rest = tupleValue(type.arguments[7]!, values.slice(7));
  return new AnonymousValue(type, [...values.slice(0, 7), rest]);
}

/** All elements of a tuple. */
export function tupleValues(tuple: unknown): readonly unknown[] {
  const { values } = tuple as AnonymousValue;
  return values.length < 8 ? values : [...values.slice(0, 7), ...tupleValues(values[7])];
}

/** A copy of the tuple with one element replaced. */
export function withElement(tuple: unknown, index: number, value: unknown): AnonymousValue {
  const { type } = tuple as AnonymousValue;
  return tupleValue(type, tupleValues(tuple).with(index, value));
}
