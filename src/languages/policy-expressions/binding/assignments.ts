// Assignment, compound assignment, increment and decrement.

import type { Expression, Span } from '../syntax/tree.ts';
import { explicitConversion } from '../types/conversions.ts';
import { known } from '../types/hierarchy.ts';
import { numericConversion, numericKind, promoted } from '../types/numeric.ts';
import { dynamicType, type Type, underlying } from '../types/type.ts';
import { oneOf } from './arithmetic.ts';
import { type Bound, type Code, complain, constant, failure, type Value, value } from './bound.ts';
import { applied, converts } from './convert.ts';
import { DeconstructionBinder } from './deconstruction.ts';

export abstract class AssignmentBinder extends DeconstructionBinder {
  protected bindAssignment(expression: Expression & { kind: 'assign' }): Value {
    const { operator } = expression;
    if (expression.target.kind === 'tuple' && operator === '=') {
      return this.bindDeconstruction(expression.target, expression.value, expression);
    }
    const simple = operator === '=';
    if (simple && this.isDiscarded(expression.target)) {
      const content = this.bindValue(expression.value);
      return { ...content, place: undefined, constant: undefined, effect: true };
    }
    const target = this.recovering(
      () =>
        this.asTarget(simple ? this.bindPlace(expression.target) : this.bind(expression.target)),
      () => undefined,
    );
    if (!target) {
      this.bindValue(expression.value);
      return failure(expression);
    }
    const place = target.place!;
    if (simple) {
      const content = this.bindTo(expression.value, target.type);
      place.assigned?.();
      return value(expression, target.type, () => place.store(content.emit()), { effect: true });
    }
    const right =
      target.type.kind === 'delegate'
        ? this.bindTo(expression.value, target.type)
        : this.bindValue(expression.value);
    return this.compound(target, operator.slice(0, -1), right, expression);
  }

  protected override asTarget(bound: Bound): Value {
    if (bound.kind !== 'value' || !bound.place) {
      const message = 'The left-hand side of an assignment must be a variable, property or indexer';
      throw complain('CS0131', message, bound);
    }
    const { refusal } = bound.place;
    if (refusal) throw complain(refusal.code, refusal.message, bound);
    return bound;
  }

  private compound(target: Value, operator: string, right: Value, span: Span): Value {
    const { type } = target;
    const held: { current: unknown } = { current: null };
    const { isPlain } = target.place!;
    const left = isPlain ? target : value(target, type, () => () => held.current);
    const result = this.binary(operator, left, right, span);
    const conversion = converts(result, type, this.resolveGroup)
      ? undefined
      : explicitConversion(result.type, type, this.checked);
    if (conversion && !this.canConvert(right, type) && !/^(<<|>>)$/.test(operator)) {
      this.convert(right, type);
    }
    const isLate = result.type === dynamicType && type !== dynamicType;
    const content = isLate
      ? this.cast(result, type, span)
      : conversion
        ? applied(result, type, conversion)
        : this.convert(result, type);
    target.place!.assigned?.();
    const emit = (): Code => {
      const compute = content.emit();
      if (isPlain) return target.place!.store(compute);
      return target.place!.update((old, locals) => {
        held.current = old;
        return compute(locals);
      }, false);
    };
    return value(span, type, emit, { effect: true });
  }

  protected override bindIncrement(
    operand: Expression,
    operator: '++' | '--',
    giveOld: boolean,
    span: Span,
  ): Value {
    const bound = this.bind(operand);
    if (bound.kind !== 'value' || !bound.place) {
      const message =
        'The operand of an increment or decrement operator must be a variable, property or indexer';
      throw complain('CS1059', message, operand);
    }
    const target = this.asTarget(bound);
    target.place!.assigned?.();
    if (target.type === dynamicType) return this.dynamicIncrement(target, operator, giveOld, span);
    const inner = underlying(target.type);
    const kind = inner.kind === 'enum' ? 'int' : numericKind(inner);
    if (!kind) {
      const message = `Operator '${operator}' cannot be applied to operand of type '${target.type.display}'`;
      throw complain('CS0023', message, span);
    }
    const sign = operator === '++' ? '+' : '-';
    const wide = promoted(kind, kind)!;
    const held: { current: unknown } = { current: null };
    const left = value(target, inner.kind === 'enum' ? known.int : inner, () => () => held.current);
    const one = constant(span, this.typeOfWide(wide), oneOf(wide));
    const sum = this.binary(sign, left, one, span).emit();
    const { checked } = this;
    const narrow = numericConversion(wide, kind, checked);
    const emit = () => {
      // A variable of type int, as in nearly every loop, needs no second look at its type.
      if (kind === 'int' && inner === target.type && !checked) {
        const step = operator === '++' ? 1 : -1;
        return target.place!.update((old) => ((old as number) + step) | 0, giveOld);
      }
      return target.place!.update((old, locals) => {
        if (old === null) return null;
        held.current = old;
        const content = sum(locals);
        return narrow ? narrow(content) : content;
      }, giveOld);
    };
    return value(span, target.type, emit, { effect: true });
  }

  private dynamicIncrement(
    target: Value,
    operator: '++' | '--',
    giveOld: boolean,
    span: Span,
  ): Value {
    const held: { current: unknown } = { current: null };
    const old = value(span, dynamicType, () => () => held.current);
    const next = this.dynamicStep(operator, old, span);
    const emit = () => {
      const step = next.emit();
      return target.place!.update((content, locals) => {
        held.current = content;
        return step(locals);
      }, giveOld);
    };
    return value(span, dynamicType, emit, { effect: true });
  }

  protected abstract cast(from: Value, to: Type, span: Span): Value;
  protected abstract dynamicStep(operator: '++' | '--', target: Value, span: Span): Value;

  private typeOfWide(kind: string): Type {
    return known[kind as 'int'];
  }
}
