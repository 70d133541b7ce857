// Overload resolution (C# 7.0, 7.5.3): which member a list of arguments means.

import { implicitConversion } from '../types/conversions.ts';
import { derives } from '../types/hierarchy.ts';
import { numericKind } from '../types/numeric.ts';
import { delegateSignature, type Member } from '../types/registry.ts';
import { isOpen, type Type, voidType } from '../types/type.ts';
import { type Bound, type BoundArgument, complain } from './bound.ts';
import { type GroupResolver, lambdaBinding, passes } from './convert.ts';
import { explain, signatureText } from './explain.ts';
import {
  type Mapping,
  mapArguments,
  parameterType,
  type Subject,
  withTypeArguments,
} from './mapping.ts';

/** A member with the arguments each of its parameters takes. */
export interface Resolved {
  readonly member: Member;
  /** The member as declared, before type arguments were put in. */
  readonly declared: Member;
  readonly typeArguments: readonly Type[];
  /** One entry per parameter; undefined takes the default; a list is a `params` array. */
  readonly slots: readonly (BoundArgument | readonly BoundArgument[] | undefined)[];
  readonly expanded: boolean;
}

/** Chooses among the members; throws the compiler's complaint where none or several fit. */
export function resolveOverload(
  members: readonly Member[],
  given: readonly BoundArgument[],
  subject: Subject,
  resolve: GroupResolver,
): Resolved {
  const applicable = applicableMembers(members, given, subject, resolve);
  if (applicable.length === 0) throw explain(members, given, subject, resolve);
  const nearest = nearestOnly(applicable);
  if (nearest.length === 1) return nearest[0]!;
  const best = nearest.filter((candidate) =>
    nearest.every((other) => other === candidate || isBetter(candidate, other, given)),
  );
  if (best.length === 1) return best[0]!;
  const [first, second] = nearest;
  const message = `The call is ambiguous between the following methods or properties: '${signatureText(first!.declared)}' and '${signatureText(second!.declared)}'`;
  throw complain('CS0121', message, subject);
}

/** All members that can take the arguments. */
export function applicableMembers(
  members: readonly Member[],
  given: readonly BoundArgument[],
  subject: Subject,
  resolve: GroupResolver,
): Resolved[] {
  const found: Resolved[] = [];
  for (const member of members) {
    const one = applicable(member, given, subject, resolve);
    if (one) found.push(one);
  }
  return found;
}

/** Members of a derived class go before those it inherits. */
function nearestOnly(candidates: readonly Resolved[]): readonly Resolved[] {
  return candidates.filter(
    ({ declared }) =>
      declared.isExtension ||
      !candidates.some(
        ({ declared: other }) =>
          other.owner !== declared.owner &&
          other.owner.kind !== 'interface' &&
          derives(other.owner, declared.owner),
      ),
  );
}

function applicable(
  member: Member,
  given: readonly BoundArgument[],
  subject: Subject,
  resolve: GroupResolver,
): Resolved | undefined {
  for (const expanded of [false, true]) {
    const mapping = mapArguments(member, given, expanded);
    if (!mapping) continue;
    const typed = withTypeArguments(member, mapping, subject, resolve);
    if (typed && fitsParameters(typed.member, mapping, resolve)) {
      return { ...typed, declared: member, slots: mapping.slots, expanded };
    }
  }
  return undefined;
}

function fitsParameters(member: Member, mapping: Mapping, resolve: GroupResolver): boolean {
  const { parameters } = member;
  return mapping.slots.every((slot, index) => {
    if (slot === undefined) return true;
    const parameter = parameters[index]!;
    const type = parameterType(parameter, mapping, index, parameters.length);
    if (isOpen(type)) return false;
    const list = Array.isArray(slot) ? slot : [slot];
    return list.every((argument) => passes(argument, type, parameter.modifier, resolve));
  });
}

/** Whether `left` is a better function member than `right` for the arguments. */
function isBetter(left: Resolved, right: Resolved, given: readonly BoundArgument[]): boolean {
  let better = false;
  for (const argument of given) {
    const own = typeFor(left, argument);
    const other = typeFor(right, argument);
    if (!own || !other || own === other) continue;
    const comparison = compareConversions(argument.bound, own, other);
    if (comparison < 0) return false;
    if (comparison > 0) better = true;
  }
  return better || tieBreak(left, right);
}

function typeFor(candidate: Resolved, argument: BoundArgument): Type | undefined {
  const index = candidate.slots.findIndex(
    (slot) => slot === argument || (Array.isArray(slot) && slot.includes(argument)),
  );
  const { parameters } = candidate.member;
  const parameter = parameters[index];
  if (!parameter) return undefined;
  const expands = candidate.expanded && index === parameters.length - 1;
  return expands ? parameter.type.element : parameter.type;
}

/** Positive where the conversion to `left` is better (C# 7.0, 7.5.3.3). */
function compareConversions(bound: Bound, left: Type, right: Type): number {
  if (bound.kind === 'value' && bound.type !== left && bound.type === right) return -1;
  if (bound.kind === 'value' && bound.type === left && bound.type !== right) return 1;
  if (bound.kind === 'lambda') return compareLambda(bound, left, right);
  return compareTargets(left, right);
}

function compareLambda(bound: Bound & { kind: 'lambda' }, left: Type, right: Type): number {
  if (left.kind !== 'delegate' || right.kind !== 'delegate') return 0;
  const own = delegateSignature(left);
  const other = delegateSignature(right);
  if (own.parameters.length !== other.parameters.length) return 0;
  if (own.returns === other.returns) return 0;
  if (other.returns === voidType) return 1;
  if (own.returns === voidType) return -1;
  const given = lambdaBinding(bound, left)?.returns;
  if (given === own.returns) return 1;
  if (given === other.returns) return -1;
  return compareTargets(own.returns, other.returns);
}

function compareTargets(left: Type, right: Type): number {
  const forth = implicitConversion(left, right) !== undefined;
  const back = implicitConversion(right, left) !== undefined;
  if (forth !== back) return forth ? 1 : -1;
  const signed = /^(sbyte|short|int|long)$/;
  const unsigned = /^(byte|ushort|uint|ulong)$/;
  const own = numericKind(left) ?? '';
  const other = numericKind(right) ?? '';
  if (signed.test(own) && unsigned.test(other)) return 1;
  if (unsigned.test(own) && signed.test(other)) return -1;
  return 0;
}

function tieBreak(left: Resolved, right: Resolved): boolean {
  const generic = (entry: Resolved) => (entry.typeArguments.length > 0 ? 1 : 0);
  if (generic(left) !== generic(right)) return generic(left) < generic(right);
  if (left.expanded !== right.expanded) return !left.expanded;
  const [one, two] = [left, right].map((entry) => entry.member.parameters.length);
  if (left.expanded && one !== two) return one! > two!;
  const defaulted = (entry: Resolved) => entry.slots.filter((slot) => slot === undefined).length;
  if (defaulted(left) !== defaulted(right)) return defaulted(left) < defaulted(right);
  return isMoreSpecific(left.declared, right.declared);
}

function isMoreSpecific(left: Member, right: Member): boolean {
  let more = false;
  for (const [index, { type }] of left.parameters.entries()) {
    const other = right.parameters[index]?.type;
    if (!other) continue;
    const own = openness(type);
    if (own > openness(other)) return false;
    if (own < openness(other)) more = true;
  }
  return more;
}

function openness(type: Type): number {
  if (type.kind === 'parameter') return 100;
  if (type.element) return openness(type.element) / 2;
  return type.arguments.reduce((sum, argument) => sum + openness(argument) / 4, 0);
}
