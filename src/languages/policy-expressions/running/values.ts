// Values at run time. Where the static type is known a value is bare: int and double are numbers,
// long is a bigint, a string is a string, a DateTime is its record. An `object` holds a reference
// (an Instance), a bare string, or a Boxed value with its type.
import { derives, known } from '../types/hierarchy.ts';
import { named } from '../types/registry.ts';
import type { Traits } from '../types/traits.ts';
import { arrayOf, erased, Type } from '../types/type.ts';
import { allocate } from './run.ts';

/** Every reference value except strings. */
export class Instance {
  readonly type: Type;

  constructor(type: Type) {
    this.type = type;
  }
}

/** A value type seen as a reference; also a string that has an identity of its own. */
export class Boxed extends Instance {
  readonly value: unknown;

  constructor(type: Type, value: unknown) {
    super(type);
    this.value = value;
  }
}

/** A variable that a lambda shares. */
export interface Cell {
  v: unknown;
}

/** An `out` or `ref` argument. */
export interface Reference {
  value: unknown;
}

export type Items = unknown[] | Uint8Array;

/** `T[]`; arrays of bytes are packed. */
export class ArrayValue extends Instance {
  readonly items: Items;
  /** Lengths of each dimension; one for ordinary arrays. */
  readonly lengths: readonly number[];

  constructor(type: Type, items: Items, lengths: readonly number[] = [items.length]) {
    super(type);
    this.items = items;
    this.lengths = lengths;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.items[Symbol.iterator]();
  }
}

export function arrayValue(element: Type, items: Items): ArrayValue {
  allocate(items.length);
  return new ArrayValue(arrayOf(element), items);
}

export function stringArray(items: readonly (string | null)[]): ArrayValue {
  return arrayValue(known.string, items as unknown[]);
}

export function bytesValue(bytes: Uint8Array): ArrayValue {
  allocate(bytes.length);
  return new ArrayValue(known.bytes, bytes);
}

/** The bytes of a `byte[]`. */
export function bytesOf(value: ArrayValue): Uint8Array {
  return value.items as Uint8Array;
}

/** A new array of `length` default values. */
export function newArray(element: Type, length: number): ArrayValue {
  allocate(length);
  const items =
    element.fullName === 'System.Byte'
      ? new Uint8Array(length)
      : new Array<unknown>(length).fill(initialOf(element));
  return new ArrayValue(arrayOf(element), items);
}

/** Copies items into an array fit for the element type. */
export function packed(element: Type, items: readonly unknown[]): ArrayValue {
  return arrayValue(
    element,
    element.fullName === 'System.Byte' ? Uint8Array.from(items as number[]) : [...items],
  );
}

/** The run-time type of an `object`. */
export function typeOf(value: unknown): Type {
  if (typeof value === 'string') return known.string;
  if (value instanceof Instance) return value.type;
  if (value instanceof Type) return known.type;
  return known.object;
}

const initials = new Map<string, unknown>();

/** `default(T)`. */
export function initialOf(type: Type): unknown {
  if (!type.isValueType || type.kind === 'nullable') return null;
  if (type.arguments.length > 0) {
    const { initial } = traitsOf(type);
    return typeof initial === 'function'
      ? initial(erased(type))
      : (initial ?? new Boxed(type, null));
  }
  let value = initials.get(type.fullName);
  if (value === undefined) {
    const { initial, copy } = traitsOf(type);
    value = typeof initial === 'function' ? initial() : (initial ?? 0);
    if (copy) return value;
    initials.set(type.fullName, value);
  }
  return value;
}

const noTraits: Traits = {};

/** Traits of a type or of the nearest base class that has any. */
export function traitsOf(type: Type): Traits {
  return type.definition?.traits ?? noTraits;
}

/** A bare value of `type` as an `object`. */
export function box(value: unknown, type: Type): unknown {
  if (value === null) return null;
  if (type.kind === 'nullable') return box(value, type.element!);
  if (value instanceof Instance || value instanceof Type) return value;
  if (typeof value === 'string' && !type.isValueType) return value;
  return new Boxed(erased(type), value);
}

/** What is inside a box; other references stand for themselves. */
export function unbox(value: unknown): unknown {
  return value instanceof Boxed ? value.value : value;
}

/** Whether an `object` is a `type`; null is none. */
export function isInstance(value: unknown, type: Type): boolean {
  if (value === null || value === undefined) return false;
  return derives(typeOf(value), type.kind === 'nullable' ? type.element! : type);
}

/** The text of an `object` that is a string; undefined for anything else. */
export function stringOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Boxed && typeof value.value === 'string' && value.type === known.string) {
    return value.value;
  }
  return undefined;
}

/** An `object` as a bare value of a type it is known to have: what an enumeration yields. */
export function bare(value: unknown, type: Type): unknown {
  if (!(value instanceof Boxed)) return value;
  return type.isValueType || type.fullName === 'System.String' || type.kind === 'delegate'
    ? value.value
    : value;
}

export function boxInt(value: number): Boxed {
  return new Boxed(named('System.Int32'), value);
}
