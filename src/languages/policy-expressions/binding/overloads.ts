// Overload resolution (C# 7.0, 7.5.3): which member a list of arguments means.

import { SyntaxFault } from '../syntax/tokens.ts';
import type { Span } from '../syntax/tree.ts';
import { implicitConversion } from '../types/conversions.ts';
import { derives } from '../types/hierarchy.ts';
import { numericKind } from '../types/numeric.ts';
import { delegateSignature, instantiate, type Member, type Parameter } from '../types/registry.ts';
import { isOpen, type Type, voidType } from '../types/type.ts';
import { type Bound, type BoundArgument, complain, describe, type MethodGroup } from './bound.ts';
import { type GroupResolver, lambdaBinding, passes } from './convert.ts';
import { inferTypeArguments, type Pairing } from './inference.ts';

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

interface Mapping {
  readonly slots: (BoundArgument | BoundArgument[] | undefined)[];
  readonly expanded: boolean;
}

export interface Subject extends Span {
  readonly name: string;
  /** What messages call the member: `Substring`, `string.Substring(int, int)`. */
  readonly typeArguments?: readonly Type[];
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

/** Positions, names, defaults and the `params` array; undefined where the shape does not fit. */
function mapArguments(
  member: Member,
  given: readonly BoundArgument[],
  expanded: boolean,
): Mapping | undefined {
  const { parameters } = member;
  const last = parameters.length - 1;
  if (expanded && parameters[last]?.modifier !== 'params') return undefined;
  const slots: (BoundArgument | BoundArgument[] | undefined)[] = parameters.map(() => undefined);
  if (expanded) slots[last] = [];
  for (const [index, argument] of given.entries()) {
    if (argument.name !== undefined) {
      const position = parameters.findIndex(({ name }) => name === argument.name);
      if (position < 0 || (slots[position] !== undefined && !Array.isArray(slots[position]))) {
        return undefined;
      }
      if (Array.isArray(slots[position])) slots[position].push(argument);
      else slots[position] = argument;
    } else if (expanded && index >= last) (slots[last] as BoundArgument[]).push(argument);
    else if (index > last) return undefined;
    else slots[index] = argument;
  }
  const complete = parameters.every(
    ({ initial }, index) => slots[index] !== undefined || initial !== undefined,
  );
  return complete ? { slots, expanded } : undefined;
}

function parameterType(parameter: Parameter, mapping: Mapping, index: number, count: number): Type {
  return mapping.expanded && index === count - 1 ? parameter.type.element! : parameter.type;
}

function pairsOf(member: Member, mapping: Mapping): Pairing {
  const pairs: { bound: Bound; type: Type }[] = [];
  const { parameters } = member;
  mapping.slots.forEach((slot, index) => {
    const type = parameterType(parameters[index]!, mapping, index, parameters.length);
    const list = Array.isArray(slot) ? slot : slot ? [slot] : [];
    for (const argument of list) pairs.push({ bound: argument.bound, type });
  });
  return pairs;
}

function withTypeArguments(
  member: Member,
  mapping: Mapping,
  subject: Subject,
  resolve: GroupResolver,
): { member: Member; typeArguments: readonly Type[] } | undefined {
  const { typeParameters } = member;
  const { typeArguments: explicit } = subject;
  if (typeParameters.length === 0) {
    return explicit && explicit.length > 0 ? undefined : { member, typeArguments: [] };
  }
  let list = explicit;
  if (!list || list.length === 0) {
    const returns = (group: MethodGroup, parameters: readonly Type[]) =>
      resolve(group, parameters)?.member.returns;
    try {
      list = inferTypeArguments(member, pairsOf(member, mapping), returns);
    } catch (error) {
      if (error instanceof SyntaxFault) return undefined;
      throw error;
    }
  }
  if (!list || list.length !== typeParameters.length) return undefined;
  if (member.classOnly && list.some((type) => type.isValueType)) return undefined;
  const map = new Map(typeParameters.map((parameter, index) => [parameter, list[index]!] as const));
  return { member: instantiate(member, map), typeArguments: list };
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

/** The complaint a C# compiler has where nothing fits. */
function explain(
  members: readonly Member[],
  given: readonly BoundArgument[],
  subject: Subject,
  resolve: GroupResolver,
): SyntaxFault {
  const { name } = subject;
  const shaped = members.filter(
    (member) => mapArguments(member, given, false) ?? mapArguments(member, given, true),
  );
  const [only] = members;
  const isNew = only?.kind === 'constructor';
  if (shaped.length === 0) {
    const unknown = given.find(
      (argument) =>
        argument.name !== undefined &&
        members.every(({ parameters }) => !parameters.some((p) => p.name === argument.name)),
    );
    if (unknown) {
      const message = `The best overload for '${name}' does not have a parameter named '${unknown.name}'`;
      return complain('CS1739', message, unknown);
    }
    const lacking = members.length === 1 && missingParameter(only!, given);
    if (lacking) {
      const message = `There is no argument given that corresponds to the required formal parameter '${lacking}' of '${signatureText(only!)}'`;
      return complain('CS7036', message, subject);
    }
    const count = given.length;
    if (only?.kind === 'indexer') {
      return complain('CS1501', `No overload for method 'this' takes ${count} arguments`, subject);
    }
    const message = isNew
      ? `'${only.owner.display}' does not contain a constructor that takes ${count} arguments`
      : `No overload for method '${name}' takes ${count} arguments`;
    return complain(isNew ? 'CS1729' : 'CS1501', message, subject);
  }
  return explainTypes(shaped, given, subject, resolve);
}

function missingParameter(member: Member, given: readonly BoundArgument[]): string | undefined {
  return member.parameters.find(
    ({ initial, modifier, name }, index) =>
      index >= given.length &&
      !initial &&
      modifier !== 'params' &&
      !given.some((argument) => argument.name === name),
  )?.name;
}

function explainTypes(
  shaped: readonly Member[],
  given: readonly BoundArgument[],
  subject: Subject,
  resolve: GroupResolver,
): SyntaxFault {
  const inner = given.map((argument) => lambdaError(argument, shaped)).find(Boolean);
  if (inner) return inner;
  for (const member of shaped) {
    const mapping = mapArguments(member, given, false) ?? mapArguments(member, given, true)!;
    const typed = withTypeArguments(member, mapping, subject, resolve);
    if (!typed) continue;
    const { parameters } = typed.member;
    for (const [index, slot] of mapping.slots.entries()) {
      const parameter = parameters[index]!;
      const type = parameterType(parameter, mapping, index, parameters.length);
      for (const argument of Array.isArray(slot) ? slot : slot ? [slot] : []) {
        if (!passes(argument, type, parameter.modifier, resolve)) {
          return wrongArgument(given.indexOf(argument) + 1, argument, parameter, type);
        }
      }
    }
  }
  const [member] = shaped;
  const wrong = member!.classOnly && subject.typeArguments?.find((type) => type.isValueType);
  if (wrong) {
    const message = `The type '${wrong.display}' must be a reference type in order to use it as parameter 'T' in the generic type or method '${signatureText(member!)}'`;
    return complain('CS0452', message, subject);
  }
  const message = `The type arguments for method '${signatureText(member!)}' cannot be inferred from the usage. Try specifying the type arguments explicitly.`;
  return complain('CS0411', message, subject);
}

/** The error inside a lambda is the better explanation, where there is one for every overload. */
function lambdaError(argument: BoundArgument, members: readonly Member[]): SyntaxFault | undefined {
  const { bound } = argument;
  if (bound.kind !== 'lambda') return undefined;
  for (const member of members) {
    for (const { type } of member.parameters) {
      if (type.kind !== 'delegate' || isOpen(type)) continue;
      const error = lambdaBinding(bound, type)?.error;
      if (error) return error;
    }
  }
  return bound.lastError?.();
}

function wrongArgument(
  position: number,
  argument: BoundArgument,
  parameter: Parameter,
  type: Type,
): SyntaxFault {
  const wanted = parameter.modifier === 'params' ? undefined : parameter.modifier;
  if (wanted && wanted !== 'in' && argument.modifier !== wanted) {
    const message = `Argument ${position} must be passed with the '${wanted}' keyword`;
    return complain('CS1620', message, argument);
  }
  if (argument.modifier && argument.modifier !== wanted) {
    const message = `Argument ${position} may not be passed with the '${argument.modifier}' keyword`;
    return complain('CS1615', message, argument);
  }
  const prefix = wanted === 'out' || wanted === 'ref' ? `${wanted} ` : '';
  const message = `Argument ${position}: cannot convert from '${prefix}${describe(argument.bound)}' to '${prefix}${type.display}'`;
  return complain('CS1503', message, argument);
}

/** `string.Substring(int, int)`. */
export function signatureText(member: Member): string {
  const list = member.parameters.map(({ type, modifier }) =>
    modifier ? `${modifier} ${type.display}` : type.display,
  );
  const own = member.kind === 'constructor' ? member.owner.name : member.name;
  const generic = member.typeParameters.map((parameter) => parameter.fullName).join(', ');
  return `${member.owner.display}.${own}${generic && `<${generic}>`}(${list.join(', ')})`;
}
