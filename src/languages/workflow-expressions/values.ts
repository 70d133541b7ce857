// The values of the language: JSON, with the number kinds that .NET tells apart.
import { Decimal } from '../../dotnet/index.ts';

/** Largest and smallest Int64. */
export const int64Max = 9_223_372_036_854_775_807n;
export const int64Min = -9_223_372_036_854_775_808n;

/**
 * A double that a JavaScript number cannot tell from an integer: whole, infinite or NaN.
 * Fractional doubles are plain numbers; make either with `DoubleValue.of`.
 */
export class DoubleValue {
  readonly value: number;

  private constructor(value: number) {
    this.value = value;
  }

  /** The canonical form of a double. */
  static of(value: number): DoubleValue | number {
    return Number.isInteger(value) || !Number.isFinite(value) ? new DoubleValue(value) : value;
  }
}

/**
 * A value of the workflow language.
 * - a `number` with a whole value is an Int64; one with a fraction is a double
 * - a `bigint` is an Int64 beyond ±(2^53−1), or a larger integer that stood in a JSON text
 * - `DoubleValue` is a double that is whole (`5.0`), infinite or NaN; `Decimal` a .NET decimal
 * - objects hold own members only; their order is the document's, integer-like names included
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | DoubleValue
  | Decimal
  | readonly Value[]
  | ObjectValue;

export interface ObjectValue {
  readonly [name: string]: Value;
}

/** The kinds that expressions can tell apart. */
export type ValueKind =
  | 'null'
  | 'boolean'
  | 'integer'
  | 'float'
  | 'decimal'
  | 'string'
  | 'array'
  | 'object';

export function kindOf(value: Value): ValueKind {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'float';
    case 'bigint':
      return 'integer';
    default:
      if (value === null) return 'null';
      if (Array.isArray(value)) return 'array';
      if (value instanceof DoubleValue) return 'float';
      return value instanceof Decimal ? 'decimal' : 'object';
  }
}

/** Newtonsoft's name of the kind, as messages of the service print it. */
export function kindName(value: Value): string {
  const kind = kindOf(value);
  if (kind === 'decimal') return 'Float';
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof DoubleValue) &&
    !(value instanceof Decimal)
  );
}

export function isArray(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The canonical form of an integer: a number where it is safe, else a bigint. */
export function integerOf(value: bigint): number | bigint {
  return value >= -9_007_199_254_740_991n && value <= 9_007_199_254_740_991n
    ? Number(value)
    : value;
}

/** The bigint of an integer value; undefined for every other kind. */
export function toBigInt(value: Value): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : undefined;
}

/** The member of `object` named `name`: exact case first, else the first equal ignoring case. */
export function findMember(object: ObjectValue, name: string): Value | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const key = findMemberName(object, name);
  return key === undefined ? undefined : object[key];
}

/** The spelling `object` has for `name`: exact case first, else the first equal ignoring case. */
export function findMemberName(object: ObjectValue, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const folded = name.toUpperCase();
  for (const key of Object.keys(object)) {
    if (key.length === name.length && key.toUpperCase() === folded) return key;
  }
  return undefined;
}

/** The `__proto__` member must stay an ordinary one, and JavaScript moves `"1"` before `"b"`. */
const awkwardName = /^(?:\d{1,10}|__proto__)$/;

/**
 * Makes an object of members in the order given; a later member of the same name replaces the
 * earlier and stands at the end, as Newtonsoft reads duplicates.
 */
export function objectOf(entries: readonly (readonly [string, Value])[]): ObjectValue {
  const object: Record<string, Value> = {};
  let awkward = false;
  for (const [name, value] of entries) {
    if (awkwardName.test(name)) awkward = true;
    else if (Object.hasOwn(object, name)) delete object[name];
    if (awkward) break;
    object[name] = value;
  }
  return awkward ? orderedObject(entries) : object;
}

/** An object whose own names enumerate in document order even where they look like indexes. */
function orderedObject(entries: readonly (readonly [string, Value])[]): ObjectValue {
  const members = new Map<string, Value>();
  for (const [name, value] of entries) {
    members.delete(name);
    members.set(name, value);
  }
  const target: Record<string, Value> = {};
  for (const [name, value] of members) {
    Object.defineProperty(target, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  const names = [...members.keys()];
  const natural = Object.keys(target);
  if (names.every((name, index) => name === natural[index])) return target;
  return new Proxy(target, {
    ownKeys: () => names,
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  });
}
