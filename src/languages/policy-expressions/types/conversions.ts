// Conversions between types (C# 7.0, 6): which exist, and what they do to a value.
import { fault, invalidCast, invalidOperation, nullReference } from '../running/exceptions.ts';
import { tupleValue, tupleValues } from '../running/tuples.ts';
import {
  type ArrayValue,
  Boxed,
  bare,
  box,
  isInstance,
  stringOf,
  typeOf,
} from '../running/values.ts';
import { becomeOf, derives, findMembers, known } from './hierarchy.ts';
import { type Apply, numericConversion, numericKind, widens } from './numeric.ts';
import { delegateSignature, type Member } from './registry.ts';
import { erased, type Type, tupleElements, underlying } from './type.ts';

export interface Conversion {
  readonly kind:
    | 'identity'
    | 'numeric'
    | 'enum'
    | 'nullable'
    | 'null'
    | 'reference'
    | 'tuple'
    | 'boxing'
    | 'cast'
    | 'user';
  /** Absent where the value stays as it is. */
  readonly apply?: Apply;
}

const identity: Conversion = { kind: 'identity' };

/** The implicit conversion from one type to another, if there is one. */
export function implicitConversion(from: Type, to: Type): Conversion | undefined {
  return standardImplicit(from, to) ?? userConversion(from, to, false);
}

/** Implicit conversions that are not user-defined. */
export function standardImplicit(source: Type, target: Type): Conversion | undefined {
  if (source === target) return identity;
  // Names of tuple elements play no part.
  const from = erased(source);
  const to = erased(target);
  if (from === to || from.key === to.key) return identity;
  if (from.kind === 'error' || to.kind === 'error') return identity;
  if (from.kind === 'void' || to.kind === 'void') return undefined;
  if (from.kind === 'null') return to.isNullable ? { kind: 'null' } : undefined;
  if (to.kind === 'dynamic') return { kind: 'boxing', apply: boxing(from) };
  if (from.kind === 'dynamic') {
    if (to === known.object) return identity;
    return { kind: 'cast', apply: (value) => dynamicCast(value, to) };
  }
  if (to.kind === 'nullable') return implicitToNullable(from, to);
  const numeric = implicitNumeric(from, to);
  if (numeric) return numeric;
  if (from.kind === 'nullable') {
    return derives(from.element!, to) && to.isReference
      ? { kind: 'boxing', apply: boxing(from) }
      : undefined;
  }
  if (from.kind === 'delegate' && to.kind === 'delegate') return delegateVariance(from, to);
  const tuple = tupleConversion(from, to, implicitConversion);
  if (tuple) return tuple;
  if (!derives(from, to)) return undefined;
  if (from.isValueType || from.kind === 'delegate') return { kind: 'boxing', apply: boxing(from) };
  return { kind: 'reference' };
}

/** Element by element. */
function tupleConversion(
  from: Type,
  to: Type,
  convert: (from: Type, to: Type) => Conversion | undefined,
): Conversion | undefined {
  const own = tupleElements(from);
  const wanted = tupleElements(to);
  if (!own || own.length !== wanted?.length) return undefined;
  const steps = own.map(({ type }, index) => convert(type, wanted[index]!.type));
  if (steps.includes(undefined)) return undefined;
  const apply: Apply = (tuple) =>
    tupleValue(
      to,
      tupleValues(tuple).map((value, index) => {
        const step = steps[index]!.apply;
        return step ? step(value) : value;
      }),
    );
  return { kind: 'tuple', apply };
}

function boxing(from: Type): Apply | undefined {
  return from.isValueType || from.kind === 'delegate' ? (value) => box(value, from) : undefined;
}

function implicitNumeric(from: Type, to: Type): Conversion | undefined {
  const left = numericKind(from);
  const right = numericKind(to);
  if (!left || !right || !widens(left, right)) return undefined;
  return { kind: 'numeric', apply: numericConversion(left, right, false) };
}

function lift(apply: Apply | undefined): Apply | undefined {
  return apply && ((value) => (value === null ? null : apply(value)));
}

function implicitToNullable(from: Type, to: Type): Conversion | undefined {
  const inner = standardImplicit(underlying(from), to.element!);
  if (!inner || !underlying(from).isValueType) return undefined;
  return { kind: 'nullable', apply: from.kind === 'nullable' ? lift(inner.apply) : inner.apply };
}

/** A delegate serves where parameters and result convert by reference. */
function delegateVariance(from: Type, to: Type): Conversion | undefined {
  return derives(from, to) ? { kind: 'reference' } : undefined;
}

/** The explicit conversion, implicit ones included. */
export function explicitConversion(from: Type, to: Type, checked: boolean): Conversion | undefined {
  return (
    standardImplicit(from, to) ??
    standardExplicit(from, to, checked) ??
    userConversion(from, to, true, checked)
  );
}

export function standardExplicit(
  source: Type,
  target: Type,
  checked: boolean,
): Conversion | undefined {
  const from = erased(source);
  const to = erased(target);
  if (from.kind === 'null' || from.kind === 'void' || to.kind === 'void') return undefined;
  const value = explicitValue(from, to, checked);
  if (value) return value;
  if (from.kind === 'nullable' || to.kind === 'nullable') {
    return explicitNullable(from, to, checked);
  }
  const tuple = tupleConversion(from, to, (own, other) => explicitConversion(own, other, checked));
  if (tuple) return tuple;
  if (to.isValueType) {
    if (from.isValueType || !derives(to, from)) return undefined;
    return { kind: 'cast', apply: (boxed) => unboxTo(boxed, to) };
  }
  if (from.isValueType) return undefined;
  return mayCast(from, to) ? { kind: 'cast', apply: referenceCast(to) } : undefined;
}

/** Among numbers and enumerations. */
function explicitValue(from: Type, to: Type, checked: boolean): Conversion | undefined {
  const left = from.kind === 'enum' ? 'int' : numericKind(from);
  const right = to.kind === 'enum' ? 'int' : numericKind(to);
  if (!left || !right) return undefined;
  const kind = from.kind === 'enum' || to.kind === 'enum' ? 'enum' : 'numeric';
  return { kind, apply: numericConversion(left, right, checked) };
}

function explicitNullable(from: Type, to: Type, checked: boolean): Conversion | undefined {
  if (to.kind === 'nullable') {
    if (!from.isValueType) {
      if (!derives(to.element!, from)) return undefined;
      const apply: Apply = (value) => (value === null ? null : unboxTo(value, to.element!));
      return { kind: 'cast', apply };
    }
    const inner = explicitConversion(underlying(from), to.element!, checked);
    return inner && { kind: 'nullable', apply: lift(inner.apply) };
  }
  const inner = explicitConversion(from.element!, to, checked);
  if (!inner || !to.isValueType) return undefined;
  const { apply } = inner;
  return {
    kind: 'nullable',
    apply: (value) => {
      if (value === null) throw invalidOperation('Nullable object must have a value.');
      return apply ? apply(value) : value;
    },
  };
}

function mayCast(from: Type, to: Type): boolean {
  if (derives(to, from)) return true;
  if (from.kind === 'array' && to.kind === 'array') {
    const left = from.element!;
    const right = to.element!;
    return from.rank === to.rank && left.isReference && right.isReference && mayCast(left, right);
  }
  const sealed = (type: Type) =>
    type.kind === 'array' ||
    type.kind === 'delegate' ||
    type.kind === 'anonymous' ||
    (type.definition?.modifiers.has('sealed') ?? false);
  if (to.kind === 'interface') return !sealed(from) || derives(from, to) || variantCast(from, to);
  if (from.kind === 'interface') return !sealed(to) || variantCast(to, from);
  return from.kind === 'dynamic';
}

function variantCast(from: Type, to: Type): boolean {
  return from.kind === 'array' && to.arguments.length === 1 && to.arguments[0]!.isReference;
}

function referenceCast(to: Type): Apply {
  if (to === known.string) {
    return (value) => {
      if (value === null || typeof value === 'string') return value;
      const text = stringOf(value);
      if (text === undefined) throw invalidCast(typeOf(value), to);
      return text;
    };
  }
  return (value) => {
    if (value === null) return null;
    if (!isInstance(value, to)) throw invalidCast(typeOf(value), to);
    return bare(value, to);
  };
}

/** Unboxing: the box must hold exactly that type, or an enumeration for its integer. */
export function unboxTo(value: unknown, to: Type): unknown {
  if (value === null || value === undefined) throw nullReference();
  if (value instanceof Boxed) {
    if (value.type === to || sameLayout(value.type, to)) return value.value;
  } else if (typeOf(value) === to) return value;
  throw fault('InvalidCastException', 'Specified cast is not valid.');
}

function sameLayout(from: Type, to: Type): boolean {
  return (
    (from.kind === 'enum' && to === known.int) ||
    (to.kind === 'enum' && from === known.int) ||
    from.key === to.key
  );
}

/** A `dynamic` as `to`. */
export function dynamicCast(value: unknown, to: Type, explicit = false): unknown {
  const refusal = (words: string) =>
    fault('Microsoft.CSharp.RuntimeBinder.RuntimeBinderException', words);
  if (value === null) {
    if (to.isNullable) return null;
    const message = `Cannot convert null to '${to.display}' because it is a non-nullable value type`;
    throw refusal(message);
  }
  const from = typeOf(value);
  const own = becomeOf(from)?.(value as never, to);
  if (own) return own.result;
  const conversion = explicit ? explicitConversion(from, to, false) : implicitConversion(from, to);
  if (!conversion) {
    const how = explicit ? 'Cannot' : 'Cannot implicitly';
    throw refusal(`${how} convert type '${from.display}' to '${to.display}'`);
  }
  const plain = bare(value, from);
  return conversion.apply ? conversion.apply(plain) : plain;
}

/** Whether an object can be seen as a type by `is` and `as`. */
export function testable(from: Type, to: Type): boolean {
  if (from.kind === 'null') return true;
  if (from === to || from.kind === 'variable' || to.kind === 'variable') return true;
  return (
    standardImplicit(from, to) !== undefined || standardExplicit(from, to, false) !== undefined
  );
}

const pairs = new WeakMap<Type, WeakMap<Type, Map<string, Conversion | null>>>();

/** A conversion that one of the two types declares (C# 7.0, 6.4.4 and 6.4.5). */
function userConversion(
  from: Type,
  to: Type,
  explicit: boolean,
  checked = false,
): Conversion | undefined {
  if (!mayDeclare(from) && !mayDeclare(to)) return undefined;
  const byTarget = pairs.get(from) ?? new WeakMap<Type, Map<string, Conversion | null>>();
  pairs.set(from, byTarget);
  const byMode = byTarget.get(to) ?? new Map<string, Conversion | null>();
  byTarget.set(to, byMode);
  const mode = `${explicit} ${checked}`;
  let found = byMode.get(mode);
  if (found === undefined) {
    found = searchUser(from, to, explicit, checked) ?? null;
    byMode.set(mode, found);
  }
  return found ?? undefined;
}

function mayDeclare(type: Type): boolean {
  const { kind } = underlying(type);
  return kind === 'class' || kind === 'struct';
}

function searchUser(
  from: Type,
  to: Type,
  explicit: boolean,
  checked: boolean,
): Conversion | undefined {
  const source = underlying(from);
  const target = underlying(to);
  if (source.kind === 'interface' || target.kind === 'interface') return undefined;
  if (source === known.object || target === known.object) return undefined;
  const members = [
    ...conversionMembers(source, explicit),
    ...(target === source ? [] : conversionMembers(target, explicit)),
  ];
  const usable = members.filter(
    (member) =>
      connects(from, member.parameters[0]!.type, explicit) &&
      connects(member.returns, to, explicit),
  );
  const best = mostSpecific(usable, from, to);
  if (!best) return liftedUser(members, from, to);
  const before = explicitOrNothing(from, best.parameters[0]!.type, checked);
  const after = explicitOrNothing(best.returns, to, checked);
  const call = best.get as Apply;
  const steps = [before?.apply, call, after?.apply].filter((step) => step !== undefined);
  return { kind: 'user', apply: (value) => steps.reduce((result, step) => step(result), value) };
}

/** `T?` to `U?` over a conversion of T to U. */
function liftedUser(members: Member[], from: Type, to: Type): Conversion | undefined {
  if (from.kind !== 'nullable') return undefined;
  const member = members.find(
    ({ parameters, returns }) =>
      parameters[0]!.type === from.element && standardImplicit(returns, underlying(to)),
  );
  if (!member || !to.isNullable) return undefined;
  return { kind: 'user', apply: lift(member.get as Apply) };
}

function conversionMembers(type: Type, explicit: boolean): readonly Member[] {
  const implicits = findMembers(type, 'op implicit');
  return explicit ? [...implicits, ...findMembers(type, 'op explicit')] : implicits;
}

function connects(from: Type, to: Type, explicit: boolean): boolean {
  if (standardImplicit(from, to)) return true;
  return explicit && (standardImplicit(to, from) ?? explicitValue(from, to, false)) !== undefined;
}

function explicitOrNothing(from: Type, to: Type, checked: boolean): Conversion | undefined {
  return standardImplicit(from, to) ?? standardExplicit(from, to, checked);
}

function mostSpecific(members: readonly Member[], from: Type, to: Type): Member | undefined {
  const score = (member: Member) => {
    const parameter = member.parameters[0]!.type;
    const source = parameter === from ? 0 : distance(from, parameter);
    const target = member.returns === to ? 0 : distance(member.returns, to);
    return source * 100 + target;
  };
  let best: Member | undefined;
  for (const member of members) if (!best || score(member) < score(best)) best = member;
  return best;
}

/** How far a standard conversion goes: the nearer the more specific. */
function distance(from: Type, to: Type): number {
  const order = [
    'sbyte',
    'byte',
    'short',
    'ushort',
    'char',
    'int',
    'uint',
    'long',
    'ulong',
    'float',
    'double',
    'decimal',
  ];
  if (from === to) return 0;
  if (underlying(from) === underlying(to)) return 1;
  const rank = order.indexOf(numericKind(underlying(to)) ?? '');
  const base = standardImplicit(from, to) ? 2 : 40;
  return base + (rank < 0 ? (derives(from, to) ? 0 : 20) : rank);
}

export function isFunctionShape(type: Type): boolean {
  return type.kind === 'delegate' && delegateSignature(type) !== undefined;
}

/** Refuses to store a wrong element in an array seen as an array of a base type. */
export function storeInto(array: ArrayValue, index: number, value: unknown): void {
  const element = array.type.element!;
  if (
    value !== null &&
    !element.isValueType &&
    element !== known.object &&
    !isInstance(value, element)
  ) {
    const message = 'Attempted to access an element as a type incompatible with the array.';
    throw fault('ArrayTypeMismatchException', message);
  }
  array.items[index] = (element === known.string ? (stringOf(value) ?? null) : value) as never;
}
