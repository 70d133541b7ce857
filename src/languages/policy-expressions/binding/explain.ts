// What a C# compiler says where no overload fits.
import { SyntaxFault } from '../syntax/tokens.ts';
import type { Member, Parameter } from '../types/registry.ts';
import { isOpen, type Type } from '../types/type.ts';
import { type BoundArgument, complain, describe } from './bound.ts';
import { type GroupResolver, lambdaBinding, passes } from './convert.ts';
import { mapArguments, parameterType, type Subject, withTypeArguments } from './mapping.ts';

/** The complaint a C# compiler has where nothing fits. */
export function explain(
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
  const message = `Argument ${position}: cannot convert from '${prefix}${describe(argument.bound, true)}' to '${prefix}${type.qualifiedDisplay}'`;
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
