// Text, equality and order of an `object`, by the traits of its run-time type.
import { formatDouble } from '../../../dotnet/index.ts';
import { allBases, findMembers, known } from '../types/hierarchy.ts';
import { findDefinition, ownMembers } from '../types/registry.ts';
import type { Traits } from '../types/traits.ts';
import type { Type } from '../types/type.ts';
import { fault } from './exceptions.ts';
import { allocate } from './run.ts';
import { Boxed, box, Instance, stringOf, typeOf, unbox } from './values.ts';

const noTrait = Symbol('none');
const traitCache = new WeakMap<Type, Map<string, unknown>>();

/** A trait of the type or of its nearest base that has it. */
export function trait<K extends keyof Traits>(type: Type, name: K): Traits[K] {
  let cache = traitCache.get(type);
  if (!cache) {
    cache = new Map();
    traitCache.set(type, cache);
  }
  let found = cache.get(name);
  if (found === undefined) {
    found = noTrait;
    for (const base of allBases(type)) {
      const own = base.definition?.traits[name];
      if (own !== undefined) {
        found = own;
        break;
      }
    }
    cache.set(name, found);
  }
  return (found === noTrait ? undefined : found) as Traits[K];
}

/** Names of an enumeration's values in order of declaration. */
export function enumNames(type: Type): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (const [name, [member]] of ownMembers(type)) names.set(name, member!.value as number);
  return names;
}

export function enumText(type: Type, value: number): string {
  const names = enumNames(type);
  for (const [name, content] of names) if (content === value) return name;
  if (type.definition?.modifiers.has('sealed') && value !== 0) {
    const parts: string[] = [];
    let rest = value;
    for (const [name, content] of [...names].reverse()) {
      if (content !== 0 && (rest & content) === content) {
        parts.unshift(name);
        rest &= ~content;
      }
    }
    if (rest === 0) return parts.join(', ');
  }
  return String(value);
}

/** `ToString()` of an `object`; null is the caller's concern. */
export function textOf(value: unknown): string | null {
  const text = stringOf(value);
  if (text !== undefined) return text;
  const type = typeOf(value);
  if (type.kind === 'enum') return enumText(type, (value as Boxed).value as number);
  if (type.kind === 'anonymous') return (value as Structural).text();
  const toText = trait(type, 'text') as ((value: unknown) => string | null) | undefined;
  return toText ? toText(unbox(value)) : clrName(type);
}

/** An anonymous object knows its text and key itself. */
interface Structural {
  text(): string;
  key(): string;
}

/** The default `ToString()`: the type's name as reflection spells it. */
export function clrName(type: Type): string {
  if (type.kind === 'anonymous') return 'anonymous';
  if (type.kind === 'array') return `${clrName(type.element!)}[${','.repeat(type.rank - 1)}]`;
  if (type.kind === 'nullable') return `System.Nullable\`1[${clrName(type.element!)}]`;
  if (type.arguments.length === 0) return nestedName(type) ?? type.fullName;
  const { definition } = type;
  const list = type.arguments.map((argument) => clrName(argument)).join(',');
  const [owner, nested] = definition!.name.split('+');
  const arity = `\`${definition!.parameters.length}`;
  const name = owner + arity + (nested === undefined ? '' : `+${nested}`);
  return `${definition!.namespace}.${name}[${list}]`;
}

/** The name of a nested type, `System.TimeZoneInfo+AdjustmentRule`. */
function nestedName({ definition }: Type): string | undefined {
  const isNested = definition && findDefinition(definition.namespace, 0);
  return isNested ? `${definition.namespace}+${definition.name}` : undefined;
}

/** Text of an `object` in a concatenation or interpolation: null is empty. */
export function concatText(value: unknown): string {
  return value === null || value === undefined ? '' : (textOf(value) ?? '');
}

/** The text function of bare values of a static type. */
export function textFunction(type: Type): (value: unknown) => string {
  switch (type.fullName) {
    case 'System.String':
      return (value) => (value as string | null) ?? '';
    case 'System.Int32':
    case 'System.Int64':
      return String;
    case 'System.Boolean':
      return (value) => (value ? 'True' : 'False');
    case 'System.Char':
      return (value) => String.fromCharCode(value as number);
    case 'System.Double':
      return (value) => formatDouble(value as number);
    default:
      return (value) => concatText(box(value, type));
  }
}

/** `ToString(format, provider)` of an `object`, as composite formatting asks for it. */
export function formatOf(value: unknown, format: string | null, provider?: unknown): string {
  if (value === null || value === undefined) return '';
  const type = typeOf(value);
  if (type.kind === 'enum') return formatEnum(type, (value as Boxed).value as number, format);
  const formatter = trait(type, 'format') as
    | ((value: unknown, format: string | null, provider?: unknown) => string)
    | undefined;
  return formatter ? formatter(unbox(value), format, provider) : (textOf(value) ?? '');
}

export function formatEnum(type: Type, value: number, format: string | null): string {
  switch ((format ?? 'G').toUpperCase()) {
    case '':
    case 'G':
    case 'F':
      return enumText(type, value);
    case 'D':
      return String(value);
    case 'X':
      return (value >>> 0).toString(16).toUpperCase().padStart(8, '0');
    default: {
      const message = 'Format string can be only "G", "g", "X", "x", "F", "f", "D" or "d".';
      throw fault('FormatException', message);
    }
  }
}

/**
 * A JavaScript value that is `===` (or the same text) for equal objects: keys of dictionaries and
 * sets. References without equality of their own are their own key.
 */
export function keyOf(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  const text = stringOf(value);
  if (text !== undefined) return `s:${text}`;
  const type = typeOf(value);
  if (type.kind === 'enum') return `${type.fullName}:${(value as Boxed).value}`;
  if (type.kind === 'anonymous') return `${type.key}:${(value as Structural).key()}`;
  const key = trait(type, 'key') as ((value: unknown) => unknown) | undefined;
  if (key) {
    const inner = key(unbox(value));
    return typeof inner === 'object' || typeof inner === 'function'
      ? inner
      : `${type.fullName}:${String(inner)}`;
  }
  return value;
}

/** Text that tells keys apart, objects included: for keys made of several values. */
export function keyText(value: unknown): string {
  const key = keyOf(value);
  if (typeof key !== 'object' || key === null) return String(key);
  let id = identities.get(key);
  if (id === undefined) {
    id = nextIdentity;
    nextIdentity += 1;
    identities.set(key, id);
  }
  return `#${id}`;
}

const identities = new WeakMap<object, number>();
let nextIdentity = 1;

/** `Equals(object, object)`. */
export function equalsOf(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (left === null || right === null || left === undefined || right === undefined) return false;
  const a = keyOf(left);
  return typeof a === 'number' && Number.isNaN(a) ? true : a === keyOf(right);
}

/** The key function for bare values of a static type: maps and sets of them use it. */
export function keyFunction(type: Type): (value: unknown) => unknown {
  switch (type.fullName) {
    case 'System.String':
    case 'System.Int32':
    case 'System.Int64':
    case 'System.Boolean':
    case 'System.Char':
    case 'System.Byte':
      return (value) => value;
    default:
      return (value) => keyOf(box(value, type));
  }
}

/** A hash as stable as the value: equal values have equal hashes. */
export function hashOf(value: unknown): number {
  if (value === null || value === undefined) return 0;
  const { type } = value instanceof Boxed ? value : { type: typeOf(value) };
  const content = unbox(value);
  if (type === known.int || type.kind === 'enum') return content as number;
  if (type === known.bool) return content ? 1 : 0;
  if (type === known.char) return (content as number) | ((content as number) << 16);
  if (type === known.long)
    return Number(BigInt.asIntN(32, (content as bigint) ^ ((content as bigint) >> 32n)));
  const text = keyText(value);
  let hash = 5381;
  for (let index = 0; index < text.length; index += 1) {
    hash = (Math.imul(hash, 33) ^ text.charCodeAt(index)) | 0;
  }
  return hash;
}

/** `Comparer.Default` on two objects. */
export function compareOf(left: unknown, right: unknown): number {
  if (left === null || left === undefined) return right === null || right === undefined ? 0 : -1;
  if (right === null || right === undefined) return 1;
  const type = typeOf(left);
  const compare =
    type.kind === 'enum'
      ? (a: unknown, b: unknown) => Math.sign((a as number) - (b as number))
      : (trait(type, 'compare') as ((a: unknown, b: unknown) => number) | undefined);
  if (!compare) {
    const message = 'At least one object must implement IComparable.';
    throw fault('ArgumentException', message);
  }
  if (type.kind === 'enum' && typeOf(right) !== type) {
    const passed = typeOf(right).fullName;
    const message = `Object must be the same type as the enum. The type passed in was '${passed}'; the enum type was '${type.fullName}'.`;
    throw fault('ArgumentException', message);
  }
  if (typeOf(right) !== type && !(left instanceof Instance && !(left instanceof Boxed))) {
    throw fault('ArgumentException', `Object must be of type ${type.name}.`);
  }
  return compare(unbox(left), unbox(right));
}

/** The order of bare values of a static type. */
export function compareFunction(type: Type): (left: unknown, right: unknown) => number {
  // A value of its own kind needs no box.
  const own = type.kind === 'struct' ? trait(type, 'compare') : undefined;
  if (own) return own as (left: unknown, right: unknown) => number;
  return (left, right) => compareOf(box(left, type), box(right, type));
}

/** A text made, its size counted. */
export function made(text: string): string {
  allocate(text.length);
  return text;
}

export function hasMember(type: Type, name: string): boolean {
  return findMembers(type, name).length > 0;
}
