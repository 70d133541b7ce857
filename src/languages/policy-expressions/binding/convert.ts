// Conversions from expressions: constants, null, lambdas and method groups beside plain types.

import { initialOf, traitsOf } from '../running/values.ts';
import { SyntaxFault } from '../syntax/tokens.ts';
import { type Conversion, explicitConversion, implicitConversion } from '../types/conversions.ts';
import { derives, known } from '../types/hierarchy.ts';
import { fits, numericConversion, numericKind } from '../types/numeric.ts';
import { delegateSignature, type Member } from '../types/registry.ts';
import { erased, type Type, underlying, voidType } from '../types/type.ts';
import {
  type Bound,
  type BoundArgument,
  type Code,
  complain,
  constant,
  describe,
  type Lambda,
  type LambdaBinding,
  type MethodGroup,
  notAStatement,
  type Value,
  value,
} from './bound.ts';
import { elementPairs, tupleOfValues } from './tuples.ts';

/** Resolves a method group for argument types; set by the overload resolution. */
export type GroupResolver = (
  group: MethodGroup,
  parameters: readonly Type[],
) => { member: Member; code: () => () => Code } | undefined;

/** Whether an implicit conversion from the expression to the type exists. */
export function converts(bound: Bound, to: Type, resolve: GroupResolver): boolean {
  const pairs = elementPairs(bound, to);
  if (pairs) return pairs.every(({ element, type }) => converts(element, type, resolve));
  switch (bound.kind) {
    case 'value':
      return valueConversion(bound, to) !== undefined;
    case 'lambda':
      return lambdaFits(bound, to, resolve);
    case 'methods':
      return groupFits(bound, to, resolve);
    case 'default':
    case 'throw':
      return true;
    default:
      return false;
  }
}

export function valueConversion(bound: Value, to: Type): Conversion | undefined {
  return constantConversion(bound, to) ?? implicitConversion(bound.type, to);
}

/** An integral constant converts to a narrower type it fits in, and zero to any enumeration. */
function constantConversion(bound: Value, to: Type): Conversion | undefined {
  if (!bound.constant) return undefined;
  const from = numericKind(bound.type);
  const target = underlying(to);
  const content = bound.constant.value as number | bigint;
  if (target.kind === 'enum' && from === 'int' && content === 0) return { kind: 'enum' };
  const kind = numericKind(target);
  if (!kind || kind === 'char' || (from !== 'int' && from !== 'long')) return undefined;
  const narrow = from === 'int' ? /^(sbyte|byte|short|ushort|uint|ulong)$/ : /^ulong$/;
  if (!narrow.test(kind) || !fits(content, kind)) return undefined;
  return { kind: 'numeric', apply: numericConversion(from, kind, false) };
}

/** The delegate behind a type; Expression trees are not part of the language here. */
function signatureOf(to: Type) {
  return to.kind === 'delegate' ? delegateSignature(to) : undefined;
}

export function lambdaBinding(lambda: Lambda, to: Type): LambdaBinding | undefined {
  const signature = signatureOf(to);
  if (!signature) return undefined;
  const types = signature.parameters.map(({ type }) => type);
  const { parameters, anyParameters } = lambda.syntax;
  if (!anyParameters && parameters.length !== types.length) return undefined;
  if (lambda.explicit && !anyParameters && lambda.explicit.some((type, i) => type !== types[i])) {
    return undefined;
  }
  return lambda.bind(types);
}

function lambdaFits(lambda: Lambda, to: Type, resolve: GroupResolver): boolean {
  const binding = lambdaBinding(lambda, to);
  if (!binding || binding.errors.length > 0) return false;
  const { returns } = signatureOf(to)!;
  if (returns === voidType) return wrongVoid(lambda, binding).length === 0;
  if (binding.fallsThrough || binding.bareReturns.length > 0) return false;
  if (binding.returns === voidType && lambda.syntax.body.kind !== 'block') return false;
  return binding.values.every((result) => converts(result, returns, resolve));
}

function groupFits(group: MethodGroup, to: Type, resolve: GroupResolver): boolean {
  const signature = signatureOf(to);
  if (!signature) return false;
  const found = resolve(
    group,
    signature.parameters.map(({ type }) => type),
  );
  if (!found) return false;
  if (signature.returns === voidType) return true;
  const conversion = implicitConversion(found.member.returns, signature.returns);
  return conversion?.kind === 'identity' || conversion?.kind === 'reference';
}

/** The expression as a value of the type; throws where no implicit conversion exists. */
export function convert(bound: Bound, to: Type, resolve: GroupResolver): Value {
  const pairs = elementPairs(bound, to);
  if (pairs) {
    const elements = pairs.map(({ element, type }) => convert(element, type, resolve));
    return tupleOfValues(bound, to, elements);
  }
  switch (bound.kind) {
    case 'value':
      return convertValue(bound, to);
    case 'default':
      return copied(constant(bound, to, initialOf(to)));
    case 'throw':
      return value(bound, to, bound.code!);
    case 'lambda':
      return convertLambda(bound, to, resolve);
    case 'methods':
      return convertGroup(bound, to, resolve);
    default:
      throw complain(
        'CS0119',
        `'${describe(bound)}' is a ${bound.kind}, which is not valid in the given context`,
        bound,
      );
  }
}

function convertValue(bound: Value, to: Type): Value {
  const conversion = valueConversion(bound, to);
  if (!conversion) throw noConversion(bound, to);
  return applied(bound, to, conversion);
}

/** A structure that can be changed is copied where it is kept anew. */
export function copied(bound: Value): Value {
  const copy = traitsOf(bound.type).copy as ((value: unknown) => unknown) | undefined;
  if (!copy) return bound;
  const emit = () => {
    const inner = bound.emit();
    return (locals: unknown[]) => copy(inner(locals));
  };
  return value(bound, bound.type, emit, { effect: bound.effect });
}

/** The value with a conversion applied; constants are folded. */
export function applied(bound: Value, to: Type, conversion: Conversion): Value {
  const { apply } = conversion;
  if (!apply && bound.type === to) return copied(bound);
  if (bound.constant && (!apply || conversion.kind === 'numeric' || conversion.kind === 'enum')) {
    const content = apply ? apply(bound.constant.value) : bound.constant.value;
    // A constant of a reference or nullable type is no longer a constant expression to C#.
    if (!to.isValueType || to.kind === 'nullable') {
      return to === known.string
        ? constant(bound, to, content)
        : value(bound, to, () => () => content);
    }
    return constant(bound, to, content);
  }
  const emit = () => {
    const inner = bound.emit();
    return apply ? (locals: unknown[]) => apply(inner(locals)) : inner;
  };
  return value(bound, to, emit, { effect: bound.effect });
}

export function noConversion(bound: Bound, to: Type): ReturnType<typeof complain> {
  const from = describe(bound, true);
  const target = to.qualifiedDisplay;
  if (bound.kind === 'value') {
    const { constant: content, type } = bound;
    if (type.kind === 'null') {
      const message = `Cannot convert null to '${to.display}' because it is a non-nullable value type`;
      return complain('CS0037', message, bound);
    }
    const kind = numericKind(to);
    const integral = content && (type === known.int || type === known.long);
    if (integral && kind && /^(sbyte|byte|short|ushort|uint|ulong)$/.test(kind)) {
      const message = `Constant value '${content.value}' cannot be converted to a '${to.display}'`;
      return complain('CS0031', message, bound);
    }
    if (explicitConversion(type, to, false)) {
      const message = `Cannot implicitly convert type '${from}' to '${target}'. An explicit conversion exists (are you missing a cast?)`;
      return complain('CS0266', message, bound);
    }
  }
  if (bound.kind === 'methods') {
    const message = `Cannot convert method group '${bound.name}' to non-delegate type '${to.display}'. Did you intend to invoke the method?`;
    return complain('CS0428', message, { start: bound.nameStart, end: bound.end });
  }
  if (bound.kind === 'lambda') {
    const message = `Cannot convert ${describe(bound)} to type '${to.display}' because it is not a delegate type`;
    return complain('CS1660', message, bound);
  }
  return complain('CS0029', `Cannot implicitly convert type '${from}' to '${target}'`, bound);
}

function convertLambda(lambda: Lambda, to: Type, resolve: GroupResolver): Value {
  const signature = signatureOf(to);
  if (!signature) throw noConversion(lambda, to);
  const binding = lambdaBinding(lambda, to);
  if (!binding) throw wrongParameters(lambda, to);
  if (binding.errors.length > 0) throw new SyntaxFault(binding.errors);
  const { returns } = signature;
  const wrong =
    returns === voidType
      ? wrongVoid(lambda, binding)
      : wrongReturns(lambda, binding, to, returns, resolve);
  if (wrong.length > 0) throw new SyntaxFault(wrong.flatMap(({ diagnostics }) => diagnostics));
  return value(lambda, to, binding.finish(returns));
}

function wrongParameters(lambda: Lambda, to: Type): SyntaxFault {
  const { parameters } = delegateSignature(to);
  const { syntax, explicit } = lambda;
  if (!explicit || parameters.length !== explicit.length) {
    const message = `Delegate '${to.display}' does not take ${syntax.parameters.length} arguments`;
    return complain('CS1593', message, lambda);
  }
  const message = `Cannot convert ${describe(lambda)} to type '${to.display}' because the parameter types do not match the delegate parameter types`;
  const list = [complain('CS1661', message, lambda)];
  for (const [index, type] of explicit.entries()) {
    const wanted = parameters[index]!.type;
    if (type === wanted) continue;
    const parameter = syntax.parameters[index]!;
    const text = `Parameter ${index + 1} is declared as type '${type.qualifiedDisplay}' but should be '${wanted.qualifiedDisplay}'`;
    list.push(complain('CS1678', text, { start: parameter.nameStart, end: parameter.end }));
  }
  return new SyntaxFault(list.flatMap(({ diagnostics }) => diagnostics));
}

/** What a body gives to a delegate that takes nothing. */
function wrongVoid(lambda: Lambda, binding: LambdaBinding): SyntaxFault[] {
  const { body } = lambda.syntax;
  if (body.kind !== 'block') {
    const stands = binding.isStatement || binding.returns === voidType;
    return stands ? [] : [complain('CS0201', notAStatement, body)];
  }
  const message = 'Anonymous function converted to a void returning delegate cannot return a value';
  return binding.returnsAt.map((span) => complain('CS8030', message, span));
}

function wrongReturns(
  lambda: Lambda,
  binding: LambdaBinding,
  to: Type,
  returns: Type,
  resolve: GroupResolver,
): SyntaxFault[] {
  const found: SyntaxFault[] = [];
  for (const result of binding.values) {
    if (converts(result, returns, resolve)) continue;
    const message = `Cannot convert ${describe(lambda)} to intended delegate type because some of the return types in the block are not implicitly convertible to the delegate return type`;
    found.push(noConversion(result, returns), complain('CS1662', message, result));
  }
  for (const span of binding.bareReturns) {
    const message = `An object of a type convertible to '${returns.display}' is required`;
    found.push(complain('CS0126', message, span));
  }
  if (found.length === 0 && binding.fallsThrough) {
    const message = `Not all code paths return a value in ${describe(lambda)} of type '${to.display}'`;
    const { arrowStart } = lambda.syntax;
    found.push(complain('CS1643', message, { start: arrowStart, end: arrowStart + 2 }));
  }
  if (binding.returns === voidType && lambda.syntax.body.kind !== 'block') {
    const message = `Cannot implicitly convert type 'void' to '${returns.qualifiedDisplay}'`;
    found.push(complain('CS0029', message, lambda.syntax.body));
  }
  return found;
}

function convertGroup(group: MethodGroup, to: Type, resolve: GroupResolver): Value {
  const signature = signatureOf(to);
  if (!signature) throw noConversion(group, to);
  const found = resolve(
    group,
    signature.parameters.map(({ type }) => type),
  );
  if (!found || !groupFits(group, to, resolve)) {
    const message = `No overload for '${group.name}' matches delegate '${to.display}'`;
    throw complain('CS0123', message, { start: group.nameStart, end: group.end });
  }
  return value(group, to, found.code());
}

/** Whether the argument may be passed to a parameter of the type. */
export function passes(
  argument: BoundArgument,
  type: Type,
  modifier: string | undefined,
  resolve: GroupResolver,
): boolean {
  const wanted = modifier === 'params' ? undefined : modifier;
  if ((argument.modifier ?? undefined) !== wanted) {
    // `in` may be left out by the caller.
    if (!(wanted === 'in' && !argument.modifier)) return false;
  }
  const { bound } = argument;
  if (wanted === 'out' || wanted === 'ref') {
    if (bound.kind === 'outVariable') return true;
    if (bound.kind !== 'value' || bound.place === undefined) return false;
    return erased(bound.type) === erased(type);
  }
  return converts(bound, type, resolve);
}

export function isDelegateCompatible(from: Type, to: Type): boolean {
  return derives(from, to);
}
