// `dynamic`: the same binder, run again at run time with the types the values turn out to have.

import { fault } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { trait } from '../running/text.ts';
import { box, typeOf, unbox } from '../running/values.ts';
import { SyntaxFault } from '../syntax/tokens.ts';
import type { Expression, Span } from '../syntax/tree.ts';
import { known } from '../types/hierarchy.ts';
import { dynamicType, nullType, type Type, voidType } from '../types/type.ts';
import {
  type Bound,
  type BoundArgument,
  type Code,
  complain,
  type Place,
  type Value,
  value,
} from './bound.ts';
import { GuardBinder } from './guards.ts';

/** Bindings kept per place and combination of types. */
const bindingsMax = 64;

type Build = (operands: readonly Value[]) => Value;

export abstract class DynamicBinder extends GuardBinder {
  /** An operation on operands whose types are known only at run time. */
  private late(span: Span, operands: readonly Value[], build: Build): Value {
    return value(span, dynamicType, () => this.lateCode(span, operands, build), { effect: true });
  }

  private lateCode(span: Span, operands: readonly Value[], build: Build): Code {
    const reads = operands.map((operand) => this.boxedCode(operand));
    const bindings = new Map<string, (given: readonly unknown[]) => unknown>();
    return (locals) => {
      const objects = reads.map((read) => read(locals));
      const types = objects.map((object) => (object === null ? nullType : typeOf(object)));
      const key = types.map((type) => type.key).join('|');
      let call = bindings.get(key);
      if (!call) {
        call = this.lateBinding(span, types, build);
        if (bindings.size < bindingsMax) bindings.set(key, call);
      }
      run.at = span.start;
      return call(
        objects.map((object, index) => (types[index]!.isValueType ? unbox(object) : object)),
      );
    };
  }

  private lateBinding(
    span: Span,
    types: readonly Type[],
    build: Build,
  ): (given: readonly unknown[]) => unknown {
    let current: readonly unknown[] = [];
    const operands = types.map((type, index) => value(span, type, () => () => current[index]));
    try {
      const result = build(operands);
      const code = result.emit();
      const { type } = result;
      return (given) => {
        current = given;
        const content = code([]);
        return type === voidType ? null : box(content, type);
      };
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      throw fault('Microsoft.CSharp.RuntimeBinder.RuntimeBinderException', error.message);
    }
  }

  protected override dynamicBinary(operator: string, left: Value, right: Value, span: Span): Value {
    const build: Build = ([a, b]) => this.binary(operator, a!, b!, span);
    return value(span, dynamicType, () => {
      const reads = [left, right].map((operand) => this.boxedCode(operand));
      const held: unknown[] = [null, null];
      const operands = held.map((_, index) => value(span, dynamicType, () => () => held[index]));
      const compute = this.lateCode(span, operands, build);
      return (locals) => {
        const objects = reads.map((read) => read(locals));
        const own = operationOf(objects[0])?.(operator, objects[0], objects[1]);
        if (own) return own.result;
        objects.forEach((object, index) => {
          held[index] = object;
        });
        return compute(locals);
      };
    });
  }

  protected override dynamicUnary(operator: string, operand: Value, span: Span): Value {
    return this.late(span, [operand], ([a]) => this.unary(operator, a!, span));
  }

  protected override dynamicMember(target: Value, name: string, nameSpan: Span, span: Span): Bound {
    const read = this.late(span, [target], ([a]) => {
      const members = a!.type === nullType ? undefined : trait(a!.type, 'members');
      if (members) {
        const code = a!.emit();
        return value(
          span,
          known.object,
          () => (locals) => members.get(code(locals) as never, name),
        );
      }
      const member = this.instanceMember(a!, name, nameSpan, span);
      return this.asValue(member);
    });
    const place: Place = {
      store: (code) => {
        const slot: { current: unknown } = { current: null };
        const content = value(span, dynamicType, () => () => slot.current);
        const write = this.late(span, [target, content], ([a, b]) => {
          const members = a!.type === nullType ? undefined : trait(a!.type, 'members');
          if (members) {
            const [owner, given] = [a!.emit(), this.boxedCode(b!)];
            return value(span, known.object, () => (locals) => {
              const object = given(locals);
              members.set(owner(locals) as never, name, object);
              return object;
            });
          }
          const member = this.asValue(this.instanceMember(a!, name, nameSpan, span));
          const converted = this.convert(b!, member.type);
          return value(span, member.type, () => member.place!.store(converted.emit()));
        }).emit();
        return (locals) => {
          slot.current = code(locals);
          return write(locals);
        };
      },
      update: () => {
        throw complain('CS8078', 'This operation on a dynamic member is not supported', span);
      },
    };
    // Kept for a call, which needs the receiver and not the member's value.
    return { ...read, place, dynamic: { target, name, nameSpan } } as Value;
  }

  protected override dynamicCall(target: Value, expression: Expression & { kind: 'call' }): Value {
    const { dynamic } = target as Value & {
      dynamic?: { target: Value; name: string; nameSpan: Span };
    };
    const list = this.bindArguments(expression.arguments);
    const values = list.map(({ bound }) => this.asValue(bound));
    const again = (operands: readonly Value[]): BoundArgument[] =>
      operands.slice(1).map((bound, index) => ({ ...list[index]!, bound }));
    if (!dynamic) {
      return this.late(expression, [target, ...values], (operands) =>
        this.callDelegate(operands[0]!, again(operands), expression),
      );
    }
    return this.late(expression, [dynamic.target, ...values], (operands) =>
      this.callMember(dynamic.nameSpan, dynamic.name, operands[0]!, again(operands)),
    );
  }

  protected override dynamicElement(
    target: Value,
    list: readonly BoundArgument[],
    span: Span,
  ): Value {
    const values = list.map(({ bound }) => this.asValue(bound));
    return this.late(span, [target, ...values], (operands) =>
      this.elementOf(
        operands[0]!,
        operands.slice(1).map((bound) => this.argumentOf(bound)),
        span,
      ),
    );
  }

  protected get anyObject(): Type {
    return known.object;
  }
}

type Operation = (
  operator: string,
  left: unknown,
  right: unknown,
) => { readonly result: unknown } | undefined;

/** How a value itself computes with another, as a JValue does. */
function operationOf(object: unknown): Operation | undefined {
  return object === null ? undefined : (trait(typeOf(object), 'operate') as Operation | undefined);
}
