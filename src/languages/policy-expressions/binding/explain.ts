// What a C# compiler says where no overload fits.
import { type Diagnostic, SyntaxFault } from '../syntax/tokens.ts';
import type { Member, Parameter } from '../types/registry.ts';
import { isOpen, type Type } from '../types/type.ts';
import { type BoundArgument, complain, describe } from './bound.ts';
import { convert, type GroupResolver, lambdaBinding, passes } from './convert.ts';
import { mapArguments, parameterType, type Subject, withTypeArguments } from './mapping.ts';

/** The complaint where nothing fits: about arguments first, then about types, then about their number. */
export function explain(
  members: readonly Member[],
  given: readonly BoundArgument[],
  subject: Subject,
  resolve: GroupResolver,
): SyntaxFault {
  const counted = wrongTypeArguments(members, subject);
  if (counted) return counted;
  const shaped = members.filter(
    (member) => mapArguments(member, given, false) ?? mapArguments(member, given, true),
  );
  const [first] = shaped;
  if (!first) return explainShape(members, given, subject);
  const inner = given.map((argument) => lambdaError(argument, shaped)).find(Boolean);
  if (inner) return inner;
  for (const member of shaped) {
    const found = badArguments(member, given, subject, resolve);
    if (found.length > 0) return new SyntaxFault(found);
  }
  const wrong = first.classOnly && subject.typeArguments?.find((type) => type.isValueType);
  if (wrong) {
    const message = `The type '${wrong.display}' must be a reference type in order to use it as parameter 'T' in the generic type or method '${signatureText(first)}'`;
    return complain('CS0452', message, subject);
  }
  const message = `The type arguments for method '${signatureText(first)}' cannot be inferred from the usage. Try specifying the type arguments explicitly.`;
  return complain('CS0411', message, subject);
}

/** Type arguments of which no method takes that many. */
function wrongTypeArguments(members: readonly Member[], subject: Subject): SyntaxFault | undefined {
  const { typeArguments, name } = subject;
  const [only] = members;
  if (!typeArguments?.length || !only) return undefined;
  if (members.some(({ typeParameters }) => typeParameters.length === typeArguments.length)) {
    return undefined;
  }
  const { length } = only.typeParameters;
  if (length === 0) {
    const message = `The non-generic method '${signatureText(only)}' cannot be used with type arguments`;
    return complain('CS0308', message, subject);
  }
  const what = members.length === 1 ? `method '${signatureText(only)}'` : `method group '${name}'`;
  return complain('CS0305', `Using the generic ${what} requires ${length} type arguments`, subject);
}

/** What is wrong with each argument of a member that takes that many. */
function badArguments(
  member: Member,
  given: readonly BoundArgument[],
  subject: Subject,
  resolve: GroupResolver,
): readonly Diagnostic[] {
  const mapping = mapArguments(member, given, false) ?? mapArguments(member, given, true)!;
  const typed = withTypeArguments(member, mapping, subject, resolve);
  if (!typed) return [];
  const { parameters } = typed.member;
  const found: Diagnostic[] = [];
  for (const [index, slot] of mapping.slots.entries()) {
    const parameter = parameters[index]!;
    const type = parameterType(parameter, mapping, index, parameters.length);
    for (const argument of Array.isArray(slot) ? slot : slot ? [slot] : []) {
      if (passes(argument, type, parameter.modifier, resolve)) continue;
      if (subject.onReceiver && argument === given[0]) {
        return wrongReceiver(argument, typed.member, type).diagnostics;
      }
      const position = given.indexOf(argument) + 1;
      found.push(...wrongArgument(position, argument, parameter, type, resolve).diagnostics);
    }
  }
  return found;
}

function wrongReceiver(argument: BoundArgument, member: Member, type: Type): SyntaxFault {
  const own = describe(argument.bound);
  const message = `'${own}' does not contain a definition for '${member.name}' and the best extension method overload '${signatureText(member)}' requires a receiver of type '${type.display}'`;
  return complain('CS1929', message, argument);
}

/** The error inside a lambda is the better explanation, where there is one for every overload. */
function lambdaError(argument: BoundArgument, members: readonly Member[]): SyntaxFault | undefined {
  const { bound } = argument;
  if (bound.kind !== 'lambda') return undefined;
  for (const member of members) {
    for (const { type } of member.parameters) {
      if (type.kind !== 'delegate' || isOpen(type)) continue;
      const errors = lambdaBinding(bound, type)?.errors ?? [];
      if (errors.length > 0) return new SyntaxFault(errors);
    }
  }
  const errors = bound.lastErrors();
  return errors.length > 0 ? new SyntaxFault(errors) : undefined;
}

function wrongArgument(
  position: number,
  argument: BoundArgument,
  parameter: Parameter,
  type: Type,
  resolve: GroupResolver,
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
  if (argument.bound.kind === 'lambda') {
    try {
      convert(argument.bound, type, resolve);
    } catch (error) {
      if (error instanceof SyntaxFault) return error;
      throw error;
    }
  }
  const prefix = wanted === 'out' || wanted === 'ref' ? `${wanted} ` : '';
  const message = `Argument ${position}: cannot convert from '${prefix}${describe(argument.bound, true)}' to '${prefix}${type.qualifiedDisplay}'`;
  return complain('CS1503', message, argument);
}

/** Why a member cannot take that many arguments, or arguments of these names. */
type Misfit =
  | {
      readonly kind: 'doubled' | 'taken' | 'unknown' | 'misplaced';
      readonly argument: BoundArgument;
    }
  | { readonly kind: 'missing'; readonly name: string; readonly member: Member }
  | { readonly kind: 'surplus' };

/** Which misfit is told where members differ in theirs. */
const precedence: readonly Misfit['kind'][] = [
  'doubled',
  'missing',
  'taken',
  'unknown',
  'surplus',
  'misplaced',
];

function explainShape(
  members: readonly Member[],
  given: readonly BoundArgument[],
  subject: Subject,
): SyntaxFault {
  const misfits = members.map((member) => misfitOf(member, given));
  const kind = precedence.find((one) => misfits.some((misfit) => misfit.kind === one));
  const alike = misfits.filter((misfit) => misfit.kind === kind);
  const misfit = alike[0]!;
  if (misfit.kind === 'missing' && alike.length === 1) {
    const message = `There is no argument given that corresponds to the required formal parameter '${misfit.name}' of '${signatureText(misfit.member)}'`;
    return complain('CS7036', message, subject);
  }
  if ('argument' in misfit) return wrongName(misfit, subject);
  const [only] = members;
  const count = given.length - (subject.onReceiver ? 1 : 0);
  if (only!.owner.kind === 'delegate') {
    const message = `Delegate '${only!.owner.display}' does not take ${count} arguments`;
    return complain('CS1593', message, subject);
  }
  if (only!.kind === 'constructor') {
    const message = `'${only!.owner.display}' does not contain a constructor that takes ${count} arguments`;
    return complain('CS1729', message, subject);
  }
  const message = `No overload for method '${subject.name}' takes ${count} arguments`;
  return complain('CS1501', message, subject);
}

function wrongName(misfit: Extract<Misfit, { argument: unknown }>, subject: Subject): SyntaxFault {
  const { nameStart, start, name } = misfit.argument;
  const span = { start: nameStart ?? start, end: (nameStart ?? start) + name!.length };
  const said = {
    doubled: ['CS1740', `Named argument '${name}' cannot be specified multiple times`],
    taken: [
      'CS1744',
      `Named argument '${name}' specifies a parameter for which a positional argument has already been given`,
    ],
    unknown: [
      'CS1739',
      `The best overload for '${subject.name}' does not have a parameter named '${name}'`,
    ],
    misplaced: [
      'CS8323',
      `Named argument '${name}' is used out-of-position but is followed by an unnamed argument`,
    ],
  } as const;
  const [code, message] = said[misfit.kind];
  return complain(code, message, span);
}

function misfitOf(member: Member, given: readonly BoundArgument[]): Misfit {
  const { parameters } = member;
  const taken = new Map<number, BoundArgument>();
  for (const [index, argument] of given.entries()) {
    const { name } = argument;
    const position = name === undefined ? index : parameters.findIndex((own) => own.name === name);
    if (position < 0) return { kind: 'unknown', argument };
    if (name === undefined && index >= parameters.length) return { kind: 'surplus' };
    const before = taken.get(position);
    if (before) return { kind: before.name === undefined ? 'taken' : 'doubled', argument };
    if (position !== index && given.slice(index).some((later) => later.name === undefined)) {
      return { kind: 'misplaced', argument };
    }
    taken.set(position, argument);
  }
  const missing = parameters.find(
    ({ initial, modifier }, index) => !initial && modifier !== 'params' && !taken.has(index),
  );
  return missing ? { kind: 'missing', name: missing.name, member } : { kind: 'surplus' };
}

/** `string.Substring(int, int)`. */
export function signatureText(member: Member): string {
  const { owner, kind, typeParameters } = member;
  if (owner.kind === 'delegate') return owner.display;
  const list = member.parameters.map(({ type, modifier }) =>
    modifier ? `${modifier} ${type.display}` : type.display,
  );
  const own = kind === 'constructor' ? owner.name.replace(/`.*/, '') : member.name;
  const generic = typeParameters.map((parameter) => parameter.fullName).join(', ');
  // Only local functions have no text of their own; they belong to no type.
  const lead = member.text === '' ? '' : `${owner.display}.`;
  return `${lead}${own}${generic && `<${generic}>`}(${list.join(', ')})`;
}
