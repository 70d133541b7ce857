// Assignment, compound assignment, increment and decrement.

import { AnonymousValue } from '../running/anonymous.ts';
import type { Instance } from '../running/values.ts';
import type { Expression, Span } from '../syntax/tree.ts';
import { explicitConversion } from '../types/conversions.ts';
import { known } from '../types/hierarchy.ts';
import { numericConversion, numericKind, promoted } from '../types/numeric.ts';
import { named } from '../types/registry.ts';
import { type Type, underlying } from '../types/type.ts';
import { oneOf } from './arithmetic.ts';
import { type Bound, type Code, complain, constant, type Value, value } from './bound.ts';
import { ConditionBinder } from './conditions.ts';
import { applied, converts } from './convert.ts';

export abstract class AssignmentBinder extends ConditionBinder {
  protected bindAssignment(expression: Expression & { kind: 'assign' }): Value {
    const { operator } = expression;
    if (expression.target.kind === 'tuple' && operator === '=') {
      return this.bindTupleAssignment(expression.target, expression.value, expression);
    }
    const simple = operator === '=';
    const target = this.asTarget(
      simple ? this.bindPlace(expression.target) : this.bind(expression.target),
      expression,
    );
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

  /** `(a, b) = (b, a)`: everything on the right is computed before anything is stored. */
  private bindTupleAssignment(
    targets: Expression & { kind: 'tuple' },
    source: Expression,
    span: Span,
  ): Value {
    const { elements } = targets;
    const places = elements.map(({ value: target }) => this.deconstructionTarget(target));
    const slot = this.owner.allocate();
    const { content, parts } = this.tupleParts(source, places, slot, span);
    const values = parts.map((part, index) => {
      const own = places[index] ?? this.outVariable(elements[index]!.value, part.type);
      own.place!.assigned?.();
      return { own, part: this.convert(part, own.type) };
    });
    const type = named('ValueTuple', ...values.map(({ own }) => own.type));
    const emit = (): Code => {
      const read = content();
      const stores = values.map(({ own, part }) => own.place!.store(part.emit()));
      return (locals) => {
        locals[slot] = read(locals);
        return new AnonymousValue(
          type,
          stores.map((store) => store(locals)),
        );
      };
    };
    return value(span, type, emit, { effect: true });
  }

  /** A place, or undefined for `var x` and `_`, which take the type of what they are given. */
  private deconstructionTarget(target: Expression): Value | undefined {
    if (target.kind === 'declaration') {
      const bound = this.bindOutVariable(target);
      return bound.kind === 'outVariable' ? undefined : this.asTarget(bound, target);
    }
    if (target.kind === 'name' && target.name === '_' && !this.scope.find('_')) return undefined;
    return this.asTarget(this.bindPlace(target), target);
  }

  private outVariable(target: Expression, type: Type): Value {
    const { start, end } = target;
    const declaration =
      target.kind === 'declaration' ? target : ({ kind: 'declaration', start, end } as const);
    const bound = this.bindOutVariable(declaration);
    return bound.kind === 'outVariable' ? bound.declare(type) : this.asTarget(bound, target);
  }

  /** What stands on the right, as one list kept in a slot, and its members. */
  private tupleParts(
    source: Expression,
    places: readonly (Value | undefined)[],
    slot: number,
    span: Span,
  ): { content: () => Code; parts: Value[] } {
    const { length } = places;
    const part = (type: Type, index: number) =>
      value(span, type, () => (locals) => (locals[slot] as readonly unknown[])[index]);
    if (source.kind === 'tuple' && source.elements.length === length) {
      const items = source.elements.map(({ value: item }, index) => {
        const wanted = places[index]?.type;
        return wanted ? this.bindTo(item, wanted) : this.bindValue(item);
      });
      const content = (): Code => {
        const codes = items.map((item) => item.emit());
        return (locals) => codes.map((code) => code(locals));
      };
      return { content, parts: items.map(({ type }, index) => part(type, index)) };
    }
    const tuple = this.bindValue(source);
    const types = this.partsOf(tuple.type, length, span);
    const content = (): Code => {
      const read = tuple.emit();
      return (locals) => deconstructed(read(locals));
    };
    return { content, parts: types.map(part) };
  }

  /** Types of the members a value of the type comes apart into. */
  protected partsOf(type: Type, length: number, span: Span): readonly Type[] {
    const { definition } = type;
    const comesApart = definition?.name === 'ValueTuple' || definition?.name === 'KeyValuePair';
    if (comesApart && type.arguments.length === length) return type.arguments;
    const message = `No suitable 'Deconstruct' instance or extension method was found for type '${type.display}', with ${length} out parameters and a void return type.`;
    throw complain('CS8129', message, span);
  }

  private asTarget(bound: Bound, expression: Span): Value {
    if (bound.kind !== 'value' || !bound.place) {
      const message = 'The left-hand side of an assignment must be a variable, property or indexer';
      throw complain('CS0131', message, expression);
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
    const content = conversion ? applied(result, type, conversion) : this.convert(result, type);
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
    const target = this.asTarget(bound, operand);
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
    const narrow = numericConversion(wide, kind, this.checked);
    const emit = () => {
      // A variable of type int, as in nearly every loop, needs no second look at its type.
      if (kind === 'int' && inner === target.type && !this.checked) {
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

  private typeOfWide(kind: string): Type {
    return known[kind as 'int'];
  }
}

/** The members of a tuple, or of a pair of key and value. */
export function deconstructed(content: unknown): readonly unknown[] {
  if (content instanceof AnonymousValue) return content.values;
  const { key, value: held } = content as Instance & { key: unknown; value: unknown };
  return [key, held];
}
