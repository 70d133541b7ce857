// Unary operators and `??`.
import type { Expression, Span } from '../syntax/tree.ts';
import { findMembers, known } from '../types/hierarchy.ts';
import { numericKind, promoted, typeOfKind } from '../types/numeric.ts';
import { dynamicType, nullableOf, nullType, type Type, underlying } from '../types/type.ts';
import { unaryOperator } from './arithmetic.ts';
import { BinaryBinder } from './binary.ts';
import { type Bound, complain, constant, describe, type Value, value } from './bound.ts';
import { resolveOverload } from './overloads.ts';

export abstract class OperatorBinder extends BinaryBinder {
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
      const { type: own } = operand;
      return own === nullType
        ? complain('CS8310', `Operator '${operator}' cannot be applied to operand '<null>'`, span)
        : complain('CS0023', notForOperand(operator, own), span);
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
    const refusal = () => {
      const message = `Operator '??' cannot be applied to operands of type '${type.display}' and '${describe(right)}'`;
      return complain('CS0019', message, span);
    };
    if (type === nullType || (type.isValueType && type.kind !== 'nullable')) throw refusal();
    const inner = underlying(type);
    const choose = (): [Type, Value, Value] => {
      const fits = (to: Type) => this.canConvert(right, to);
      if (type.kind === 'nullable' && fits(inner)) {
        return [inner, { ...left, type: inner, constant: undefined }, this.convert(right, inner)];
      }
      if (fits(type)) return [type, left, this.convert(right, type)];
      if (right.kind === 'value') {
        const from = { ...left, type: inner, constant: undefined };
        if (this.canConvert(from, right.type)) {
          return [right.type, this.convert(from, right.type), right];
        }
      }
      throw refusal();
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

export function notForOperand(operator: string, { display }: Type): string {
  return `Operator '${operator}' cannot be applied to operand of type '${display}'`;
}
