// Unary and binary operators: promotion, lifting, user-defined operators, equality, concatenation.

import { run } from '../running/run.ts';
import { made, textFunction } from '../running/text.ts';
import type { Expression, Span } from '../syntax/tree.ts';
import { explicitConversion, standardImplicit } from '../types/conversions.ts';
import { findMembers, known } from '../types/hierarchy.ts';
import {
  fits,
  isIntegral,
  type NumericKind,
  numericKind,
  promoted,
  typeOfKind,
} from '../types/numeric.ts';
import type { Member } from '../types/registry.ts';
import { dynamicType, nullableOf, nullType, type Type, underlying } from '../types/type.ts';
import { type Binary, numericOperator, shiftOperator, unaryOperator } from './arithmetic.ts';
import {
  type Bound,
  type Code,
  complain,
  constant,
  isNullLiteral,
  type Value,
  value,
} from './bound.ts';
import { CallBinder } from './calls.ts';
import { applied, valueConversion } from './convert.ts';
import { applicableMembers, resolveOverload } from './overloads.ts';

/** Operands of a concatenation, so that chains become one join. */
const concatenations = new WeakMap<Value, readonly Value[]>();
const comparisons = new Set(['==', '!=', '<', '>', '<=', '>=']);

export abstract class OperatorBinder extends CallBinder {
  /** What `checked` and `unchecked` around say; undefined is the default context. */
  protected override checked = false;
  protected explicitlyUnchecked = false;

  protected override get stringType(): Type {
    return known.string;
  }

  protected binary(operator: string, left: Value, right: Value, span: Span): Value {
    if (left.type === dynamicType || right.type === dynamicType) {
      return this.dynamicBinary(operator, left, right, span);
    }
    const found =
      this.userOperator(operator, left, right, span) ??
      this.concatenation(operator, left, right, span) ??
      this.numericBinary(operator, left, right, span) ??
      this.booleanBinary(operator, left, right, span) ??
      this.enumBinary(operator, left, right, span) ??
      this.equality(operator, left, right, span);
    if (found) return found;
    throw this.noOperator(operator, left, right, span);
  }

  protected abstract dynamicBinary(operator: string, left: Value, right: Value, span: Span): Value;

  private noOperator(operator: string, left: Value, right: Value, span: Span): Error {
    const message = `Operator '${operator}' cannot be applied to operands of type '${left.type.display}' and '${right.type.display}'`;
    return complain('CS0019', message, span);
  }

  private userOperator(operator: string, left: Value, right: Value, span: Span): Value | undefined {
    const types = new Set([underlying(left.type), underlying(right.type)]);
    const members: Member[] = [];
    for (const type of types) {
      if (type.kind !== 'class' && type.kind !== 'struct') continue;
      for (const member of findMembers(type, `op ${operator}`)) {
        if (member.parameters.length === 2 && !members.includes(member)) members.push(member);
      }
    }
    if (members.length === 0) return undefined;
    const list = [this.argumentOf(left), this.argumentOf(right)];
    const subject = { name: operator, start: span.start, end: span.end };
    if (applicableMembers(members, list, subject, this.resolveGroup).length > 0) {
      const resolved = resolveOverload(members, list, subject, this.resolveGroup);
      return this.emitMember(resolved, undefined, span, span.start);
    }
    return this.liftedOperator(operator, members, left, right, span);
  }

  /** A user-defined operator on `T?` operands. */
  private liftedOperator(
    operator: string,
    members: readonly Member[],
    left: Value,
    right: Value,
    span: Span,
  ): Value | undefined {
    const member = members.find(({ parameters }) =>
      [left, right].every((operand, index) => {
        const { type } = parameters[index]!;
        return type.isValueType && valueConversion(operand, nullableOf(type)) !== undefined;
      }),
    );
    if (!member) return undefined;
    const operands = [left, right].map((operand, index) =>
      this.convert(operand, nullableOf(member.parameters[index]!.type)),
    );
    const get = member.get as unknown as Binary;
    return this.lifted(operator, operands[0]!, operands[1]!, get, member.returns, span);
  }

  /** Null in, null out; comparisons with null are false, and equality compares the nulls. */
  private lifted(
    operator: string,
    left: Value,
    right: Value,
    compute: Binary,
    returns: Type,
    span: Span,
  ): Value {
    const compares = comparisons.has(operator);
    const emit = (): Code => {
      const one = left.emit();
      const two = right.emit();
      return (locals) => {
        const a = one(locals);
        const b = two(locals);
        if (a === null || b === null) {
          if (operator === '==') return a === b;
          if (operator === '!=') return a !== b;
          return compares ? false : null;
        }
        run.at = span.start;
        return compute(a as never, b as never);
      };
    };
    return value(span, compares || !returns.isValueType ? returns : nullableOf(returns), emit);
  }

  private concatenation(
    operator: string,
    left: Value,
    right: Value,
    span: Span,
  ): Value | undefined {
    if (operator !== '+') return undefined;
    const string = known.string;
    if (left.type !== string && right.type !== string) return undefined;
    if (left.constant && right.constant && left.type === string && right.type === string) {
      const text = `${left.constant.value ?? ''}${right.constant.value ?? ''}`;
      return constant(span, string, text);
    }
    const parts = [
      ...(concatenations.get(left) ?? [left]),
      ...(concatenations.get(right) ?? [right]),
    ];
    const joined = value(span, string, () => concatCode(parts));
    concatenations.set(joined, parts);
    return joined;
  }

  /** The kind a numeric operand has beside the other one: constants adapt to unsigned kinds. */
  private operandKind(operand: Value, other: Value): NumericKind | undefined {
    const kind = numericKind(underlying(operand.type));
    const beside = numericKind(underlying(other.type));
    if (operand.constant && (kind === 'int' || kind === 'long')) {
      const unsigned = beside === 'ulong' || (beside === 'uint' && kind === 'int');
      if (unsigned && fits(operand.constant.value as number, beside)) return beside;
    }
    return kind;
  }

  private numericBinary(
    operator: string,
    left: Value,
    right: Value,
    span: Span,
  ): Value | undefined {
    if (operator === '<<' || operator === '>>') return this.shift(operator, left, right, span);
    const nulls = [left, right].map(isNullLiteral);
    const one = nulls[0] ? numericKind(underlying(right.type)) : this.operandKind(left, right);
    const two = nulls[1] ? numericKind(underlying(left.type)) : this.operandKind(right, left);
    if (!one || !two) return undefined;
    const kind = promoted(one, two);
    if (!kind) return undefined;
    const compute = numericOperator(operator, kind, this.checked);
    if (!compute) return undefined;
    const lifts =
      nulls.some(Boolean) || left.type.kind === 'nullable' || right.type.kind === 'nullable';
    const type = typeOfKind(kind);
    const returns = comparisons.has(operator) ? known.bool : type;
    if (lifts) {
      const target = nullableOf(type);
      const a = this.convert(left, target);
      const b = this.convert(right, target);
      return this.lifted(operator, a, b, compute, returns, span);
    }
    const a = this.promote(left, type);
    const b = this.promote(right, type);
    if (a.constant && b.constant) {
      return this.folded(operator, kind, a.constant.value, b.constant.value, returns, span);
    }
    if (b.constant && (operator === '/' || operator === '%') && isIntegral(kind)) {
      if (Number(b.constant.value) === 0)
        throw complain('CS0020', 'Division by constant zero', span);
    }
    return value(span, returns, () => operationCode(operator, kind, a, b, compute, span.start));
  }

  private promote(operand: Value, type: Type): Value {
    if (operand.type === type) return operand;
    const conversion =
      valueConversion(operand, type) ?? explicitConversion(operand.type, type, false)!;
    return applied(operand, type, conversion);
  }

  /** Constants are computed while compiling, and overflow there is an error. */
  private folded(
    operator: string,
    kind: NumericKind,
    left: unknown,
    right: unknown,
    returns: Type,
    span: Span,
  ): Value {
    if ((operator === '/' || operator === '%') && isIntegral(kind) && Number(right) === 0) {
      throw complain('CS0020', 'Division by constant zero', span);
    }
    const compute = numericOperator(operator, kind, !this.explicitlyUnchecked)!;
    return this.folding(span, () =>
      constant(span, returns, compute(left as never, right as never)),
    );
  }

  private folding(span: Span, work: () => Value): Value {
    try {
      return work();
    } catch {
      const message = 'The operation overflows at compile time in checked mode';
      throw complain('CS0220', message, span);
    }
  }

  private shift(operator: string, left: Value, right: Value, span: Span): Value | undefined {
    const from = numericKind(underlying(left.type));
    const count = numericKind(underlying(right.type));
    if (!from || !count || !valueConversion(right, nullableOf(known.int))) return undefined;
    if (!isIntegral(from)) return undefined;
    const kind = promoted(from, from)!;
    const compute = shiftOperator(operator, kind);
    if (!compute) return undefined;
    const type = typeOfKind(kind);
    if (left.type.kind === 'nullable' || right.type.kind === 'nullable') {
      const a = this.convert(left, nullableOf(type));
      const b = this.convert(right, nullableOf(known.int));
      return this.lifted(operator, a, b, compute, type, span);
    }
    const a = this.promote(left, type);
    const b = this.convert(right, known.int);
    if (a.constant && b.constant) {
      return constant(span, type, compute(a.constant.value as never, b.constant.value as never));
    }
    return value(span, type, () => plainOperation(a, b, compute));
  }

  private booleanBinary(
    operator: string,
    left: Value,
    right: Value,
    span: Span,
  ): Value | undefined {
    const { bool } = known;
    const isBool = (operand: Value) => underlying(operand.type) === bool || isNullLiteral(operand);
    if (!isBool(left) || !isBool(right) || (isNullLiteral(left) && isNullLiteral(right))) {
      return undefined;
    }
    const table: Record<string, (a: boolean | null, b: boolean | null) => boolean | null> = {
      '&': (a, b) => (a === false || b === false ? false : a === null || b === null ? null : true),
      '|': (a, b) => (a === true || b === true ? true : a === null || b === null ? null : false),
      '^': (a, b) => (a === null || b === null ? null : a !== b),
      '==': (a, b) => a === b,
      '!=': (a, b) => a !== b,
    };
    const compute = Object.hasOwn(table, operator) ? table[operator]! : undefined;
    if (!compute) return undefined;
    if (left.constant && right.constant && left.type === bool && right.type === bool) {
      const content = compute(left.constant.value as boolean, right.constant.value as boolean);
      return constant(span, bool, content);
    }
    const lifts = left.type !== bool || right.type !== bool;
    const type = lifts && !comparisons.has(operator) ? nullableOf(bool) : bool;
    return value(span, type, () => plainOperation(left, right, compute as Binary));
  }

  private enumBinary(operator: string, left: Value, right: Value, span: Span): Value | undefined {
    const one = underlying(left.type);
    const two = underlying(right.type);
    const type = one.kind === 'enum' ? one : two;
    if (type.kind !== 'enum') return undefined;
    const { int } = known;
    const lifts = [left, right].some(
      ({ type: own }) => own.kind === 'nullable' || own === nullType,
    );
    const bothEnum =
      one === two ||
      [left, right].some((operand) => valueConversion(operand, type) && operand.type !== type);
    const compares = comparisons.has(operator);
    let returns: Type = type;
    if (compares) {
      if (!bothEnum) return undefined;
      returns = known.bool;
    } else if (operator === '-' && one === two) returns = int;
    else if (operator === '+' || operator === '-') {
      const other = one.kind === 'enum' ? two : one;
      if (!standardImplicit(other, int)) return undefined;
    } else if (!/^[&|^]$/.test(operator) || !bothEnum) return undefined;
    const compute = numericOperator(operator, 'int', this.checked)!;
    if (lifts) {
      const wanted = nullableOf(type);
      return this.lifted(
        operator,
        this.convert(left, wanted),
        this.convert(right, wanted),
        compute,
        returns,
        span,
      );
    }
    if (left.constant && right.constant) {
      return constant(
        span,
        returns,
        compute(left.constant.value as never, right.constant.value as never),
      );
    }
    return value(span, returns, () => plainOperation(left, right, compute));
  }

  private equality(operator: string, left: Value, right: Value, span: Span): Value | undefined {
    if (operator !== '==' && operator !== '!=') return undefined;
    const { type: one } = left;
    const { type: two } = right;
    const lifts =
      (one.kind === 'nullable' && isNullLiteral(right)) ||
      (two.kind === 'nullable' && isNullLiteral(left));
    const references =
      (one.isReference || one === nullType) && (two.isReference || two === nullType);
    if (!lifts) {
      if (!references) return undefined;
      const related =
        standardImplicit(one, two) ??
        standardImplicit(two, one) ??
        (one.kind === 'interface' || two.kind === 'interface'
          ? explicitConversion(one, two, false)
          : undefined);
      if (!related) return undefined;
    }
    const equal = operator === '==';
    if (left.constant && right.constant && one === two) {
      return constant(span, known.bool, (left.constant.value === right.constant.value) === equal);
    }
    const compute = equal
      ? (a: unknown, b: unknown) => a === b
      : (a: unknown, b: unknown) => a !== b;
    return value(span, known.bool, () => plainOperation(left, right, compute as Binary));
  }

  protected bindUnary(expression: Expression & { kind: 'unary' }): Value {
    const { operator } = expression;
    if (operator === '++' || operator === '--') {
      return this.bindIncrement(expression.operand, operator, false, expression);
    }
    const negative = this.negativeLiteral(expression);
    if (negative) return negative;
    const operand = this.bindValue(expression.operand);
    return this.unary(operator, operand, expression);
  }

  protected abstract bindIncrement(
    operand: Expression,
    operator: '++' | '--',
    giveOld: boolean,
    span: Span,
  ): Value;

  /** `-2147483648` and `-9223372036854775808` are literals of their own. */
  private negativeLiteral(expression: Expression & { kind: 'unary' }): Value | undefined {
    const { operand } = expression;
    if (expression.operator !== '-' || operand.kind !== 'literal') return undefined;
    const { literal } = operand;
    if (literal.type !== 'number' || literal.value.kind !== 'integer') return undefined;
    if (literal.value.radix !== 10) return undefined;
    const { digits, suffix } = literal.value;
    if (digits === '2147483648' && suffix === '')
      return constant(expression, known.int, -2147483648);
    if (digits === '9223372036854775808' && (suffix === '' || suffix === 'l')) {
      return constant(expression, known.long, -(1n << 63n));
    }
    return undefined;
  }

  protected unary(operator: string, operand: Value, span: Span): Value {
    if (operand.type === dynamicType) return this.dynamicUnary(operator, operand, span);
    const type = underlying(operand.type);
    const refusal = () => {
      const message = `Operator '${operator}' cannot be applied to operand of type '${operand.type.display}'`;
      return complain('CS0023', message, span);
    };
    const members = findMembers(type, `op ${operator}`).filter(
      ({ parameters }) => parameters.length === 1,
    );
    if (members.length > 0) {
      const subject = { name: operator, start: span.start, end: span.end };
      const resolved = resolveOverload(
        members,
        [this.argumentOf(operand)],
        subject,
        this.resolveGroup,
      );
      return this.emitMember(resolved, undefined, span, span.start);
    }
    if (operator === '!') {
      if (type !== known.bool) throw refusal();
      if (operand.constant) return constant(span, type, !operand.constant.value);
      return this.mapped(operand, (content) => !content, operand.type, span);
    }
    if (type.kind === 'enum' && operator === '~') {
      return this.mapped(operand, (content) => ~(content as number), operand.type, span);
    }
    const kind = numericKind(type);
    if (!kind) throw refusal();
    const target = operator === '-' && kind === 'uint' ? 'long' : promoted(kind, kind)!;
    const compute = unaryOperator(operator, target, this.checked);
    if (!compute) throw refusal();
    const wide = typeOfKind(target);
    if (operand.constant && operand.type.kind !== 'nullable') {
      const from = this.promote(operand, wide);
      const checkedCompute = unaryOperator(operator, target, !this.explicitlyUnchecked)!;
      return this.folding(span, () =>
        constant(span, wide, checkedCompute(from.constant!.value as never)),
      );
    }
    const lifts = operand.type.kind === 'nullable';
    const to = lifts ? nullableOf(wide) : wide;
    return this.mapped(
      this.convert(operand, to),
      compute as (content: unknown) => unknown,
      to,
      span,
    );
  }

  protected abstract dynamicUnary(operator: string, operand: Value, span: Span): Value;

  /** A value put through a function; null stays null where the type allows it. */
  protected mapped(
    operand: Value,
    compute: (content: unknown) => unknown,
    type: Type,
    span: Span,
  ): Value {
    const lifts = operand.type.kind === 'nullable';
    return value(span, type, () => {
      const from = operand.emit();
      if (!lifts) return (locals) => compute(from(locals));
      return (locals) => {
        const content = from(locals);
        return content === null ? null : compute(content);
      };
    });
  }

  protected bindCoalesce(left: Value, right: Bound, span: Span): Value {
    const { type } = left;
    if (type.isValueType && type.kind !== 'nullable') {
      const shown = right.kind === 'value' ? right.type.display : 'default';
      const message = `Operator '??' cannot be applied to operands of type '${type.display}' and '${shown}'`;
      throw complain('CS0019', message, span);
    }
    const inner = underlying(type);
    const choose = (): [Type, Value, Value] => {
      const fits = (to: Type) => this.canConvert(right, to);
      if (type.kind === 'nullable' && fits(inner)) {
        return [inner, { ...left, type: inner, constant: undefined }, this.convert(right, inner)];
      }
      if (type !== nullType && fits(type)) return [type, left, this.convert(right, type)];
      if (right.kind === 'value') {
        const from = { ...left, type: inner, constant: undefined };
        if (type === nullType || this.canConvert(from, right.type)) {
          const converted = type === nullType ? left : this.convert(from, right.type);
          return [right.type, converted, right];
        }
      }
      const shown = right.kind === 'value' ? right.type.display : 'lambda expression';
      const message = `Operator '??' cannot be applied to operands of type '${type.display}' and '${shown}'`;
      throw complain('CS0019', message, span);
    };
    const slot = this.owner.allocate();
    const [returns, first, second] = choose();
    return value(span, returns, () => {
      const test = left.emit();
      const held = { ...left, emit: () => (locals: unknown[]) => locals[slot] };
      const one = first.emit === left.emit ? held.emit() : this.reconvert(held, first.type).emit();
      const two = second.emit();
      return (locals) => {
        const content = test(locals);
        if (content === null || content === undefined) return two(locals);
        locals[slot] = content;
        return one(locals);
      };
    });
  }

  private reconvert(held: Value, to: Type): Value {
    const from = { ...held, type: underlying(held.type), constant: undefined };
    return from.type === to ? from : this.convert(from, to);
  }

  protected abstract canConvert(bound: Bound, to: Type): boolean;
}

function concatCode(parts: readonly Value[]): Code {
  const codes = parts.map((part) => {
    const from = part.emit();
    if (part.constant) {
      const text = part.type === nullType ? '' : textFunction(part.type)(part.constant.value);
      return () => text;
    }
    if (part.type === nullType) return () => '';
    const toText = textFunction(part.type);
    return (locals: unknown[]) => toText(from(locals));
  });
  const [one, two] = codes;
  if (codes.length === 2) return (locals) => made(one!(locals) + two!(locals));
  return (locals) => {
    let text = '';
    for (const code of codes) text += code(locals);
    return made(text);
  };
}

function plainOperation(left: Value, right: Value, compute: Binary): Code {
  const one = left.emit();
  const two = right.emit();
  return (locals) => compute(one(locals) as never, two(locals) as never);
}

type NumberCode = (locals: unknown[]) => number;

/** The operations of loops and indices, without a call in between. */
function operationCode(
  operator: string,
  kind: NumericKind,
  left: Value,
  right: Value,
  compute: Binary,
  at: number,
): Code {
  const one = left.emit() as NumberCode;
  const two = right.emit() as NumberCode;
  const simple = kind === 'int' || kind === 'double' || kind === 'uint';
  if (simple && comparisons.has(operator)) {
    switch (operator) {
      case '==':
        return (locals) => one(locals) === two(locals);
      case '!=':
        return (locals) => one(locals) !== two(locals);
      case '<':
        return (locals) => one(locals) < two(locals);
      case '>':
        return (locals) => one(locals) > two(locals);
      case '<=':
        return (locals) => one(locals) <= two(locals);
      default:
        return (locals) => one(locals) >= two(locals);
    }
  }
  if (operator !== '/' && operator !== '%' && kind !== 'decimal') {
    return (locals) => compute(one(locals) as never, two(locals) as never);
  }
  return (locals) => {
    const a = one(locals);
    const b = two(locals);
    run.at = at;
    return compute(a as never, b as never);
  };
}
