// Literals, conditions with what they surely assign, and `?:`.

import { parseDecimal } from '../../../dotnet/index.ts';
import type { Expression, Span } from '../syntax/tree.ts';
import { known } from '../types/hierarchy.ts';
import { fits } from '../types/numeric.ts';
import { dynamicType, nullType, type Type } from '../types/type.ts';
import { everything } from './base.ts';
import { type Bound, complain, constant, describe, failure, type Value, value } from './bound.ts';
import { converts } from './convert.ts';
import { bestCommonType } from './inference.ts';
import { OperatorBinder } from './operators.ts';

export interface Condition {
  readonly value: Value;
  readonly whenTrue: bigint;
  readonly whenFalse: bigint;
}

export abstract class ConditionBinder extends OperatorBinder {
  protected override canConvert(bound: Bound, to: Type): boolean {
    return converts(bound, to, this.resolveGroup);
  }

  protected bindLiteral(expression: Expression & { kind: 'literal' }): Value {
    const { literal } = expression;
    switch (literal.type) {
      case 'null':
        return constant(expression, nullType, null);
      case 'bool':
        return constant(expression, known.bool, literal.value);
      case 'string':
        return constant(expression, known.string, literal.value);
      case 'char':
        return constant(expression, known.char, literal.value);
      default:
        return this.bindNumber(expression, literal.value);
    }
  }

  private bindNumber(
    span: Span,
    { kind, digits, radix, suffix }: import('../syntax/tokens.ts').NumberLiteral,
  ): Value {
    if (kind === 'decimal') {
      try {
        return constant(span, known.decimal, parseDecimal(digits, 167));
      } catch {
        const message = "Floating-point constant is outside the range of type 'decimal'";
        throw complain('CS0594', message, span);
      }
    }
    if (kind !== 'integer') {
      const content = kind === 'float' ? Math.fround(Number(digits)) : Number(digits);
      if (!Number.isFinite(content)) {
        const message = `Floating-point constant is outside the range of type '${kind}'`;
        throw complain('CS0594', message, span);
      }
      return constant(span, kind === 'float' ? known.float : known.double, content);
    }
    const content = BigInt(radix === 16 ? `0x${digits}` : radix === 2 ? `0b${digits}` : digits);
    const candidates = { '': 'int uint long ulong', u: 'uint ulong', l: 'long ulong', ul: 'ulong' };
    const list = candidates[suffix as keyof typeof candidates].split(' ') as 'int'[];
    const chosen = list.find((name) => fits(content, name));
    if (!chosen) throw complain('CS1021', 'Integral constant is too large', span);
    const big = (chosen as string) === 'long' || (chosen as string) === 'ulong';
    return constant(span, known[chosen], big ? content : Number(content));
  }

  // Conditions and sure assignment

  /** A bool with what is surely assigned on each outcome (C# 7.0, 5.3.3). */
  protected bindCondition(expression: Expression): Condition {
    if (expression.kind === 'paren') return this.bindCondition(expression.value);
    if (expression.kind === 'unary' && expression.operator === '!') {
      const inner = this.bindCondition(expression.operand);
      const negated = this.unary('!', inner.value, expression);
      return { value: negated, whenTrue: inner.whenFalse, whenFalse: inner.whenTrue };
    }
    if (expression.kind === 'binary' && /^(&&|\|\|)$/.test(expression.operator)) {
      return this.bindShortCircuit(expression);
    }
    const bound = this.bindValue(expression);
    const { flow } = this;
    if (bound.type === known.bool && bound.constant) {
      const yes = bound.constant.value === true;
      return {
        value: bound,
        whenTrue: yes ? flow : everything,
        whenFalse: yes ? everything : flow,
      };
    }
    return { value: bound, whenTrue: flow, whenFalse: flow };
  }

  private bindShortCircuit(expression: Expression & { kind: 'binary' }): Condition {
    const { operator } = expression;
    const and = operator === '&&';
    const left = this.operand(expression.left);
    this.flow = and ? left.whenTrue : left.whenFalse;
    const right = this.operand(expression.right);
    const { bool } = known;
    const dynamic = left.value.type === dynamicType || right.value.type === dynamicType;
    if (!dynamic && (left.value.type !== bool || right.value.type !== bool)) {
      const message = `Operator '${operator}' cannot be applied to operands of type '${left.value.type.display}' and '${right.value.type.display}'`;
      throw complain('CS0019', message, expression);
    }
    const one = this.convert(left.value, bool);
    const two = this.convert(right.value, bool);
    const folded = one.constant && two.constant;
    const result = folded
      ? constant(
          expression,
          bool,
          and ? one.constant.value && two.constant.value : one.constant.value || two.constant.value,
        )
      : value(expression, bool, () => {
          const a = one.emit();
          const b = two.emit();
          return and ? (locals) => a(locals) && b(locals) : (locals) => a(locals) || b(locals);
        });
    return and
      ? { value: result, whenTrue: right.whenTrue, whenFalse: left.whenFalse & right.whenFalse }
      : { value: result, whenTrue: left.whenTrue & right.whenTrue, whenFalse: right.whenFalse };
  }

  private operand(expression: Expression): Condition {
    const { flow } = this;
    return this.recovering(
      () => this.bindCondition(expression),
      () => ({ value: failure(expression), whenTrue: flow, whenFalse: flow }),
    );
  }

  /** A condition of `if`, `?:` and loops, as bool. */
  protected bindTest(expression: Expression): Condition {
    const { flow, failures } = this;
    try {
      const condition = this.bindCondition(expression);
      return { ...condition, value: this.convert(condition.value, known.bool) };
    } catch (error) {
      this.caught(error, failures);
      return { value: failure(expression, known.bool), whenTrue: flow, whenFalse: flow };
    }
  }

  protected bindConditional(
    expression: Expression & { kind: 'conditional' },
    wanted?: Type,
  ): Value {
    const test = this.bindTest(expression.condition);
    this.flow = test.whenTrue;
    const whenTrue = this.bind(expression.whenTrue, wanted);
    const afterTrue = this.flow;
    this.flow = test.whenFalse;
    const whenFalse = this.bind(expression.whenFalse, wanted);
    this.flow = afterTrue & this.flow;
    const type = this.commonType(whenTrue, whenFalse, expression);
    const one = this.convert(whenTrue, type);
    const two = this.convert(whenFalse, type);
    if (test.value.constant && one.constant && two.constant) {
      return constant(expression, type, (test.value.constant.value ? one : two).constant!.value);
    }
    return value(expression, type, () => {
      const choose = test.value.emit();
      const a = one.emit();
      const b = two.emit();
      return (locals) => (choose(locals) ? a(locals) : b(locals));
    });
  }

  private commonType(left: Bound, right: Bound, span: Span): Type {
    const both = [left, right];
    const types = both.map((bound) => (bound.kind === 'value' ? bound.type : nullType));
    if (types[0] !== nullType && types[0] === types[1]) return types[0]!;
    const best = bestCommonType(types, (type) =>
      both.every((bound) => this.canConvert(bound, type)),
    );
    if (best) return best;
    const shown = (bound: Bound) => describe(bound, true);
    const message = `Type of conditional expression cannot be determined because there is no implicit conversion between '${shown(left)}' and '${shown(right)}'`;
    throw complain('CS0173', message, span);
  }
}
