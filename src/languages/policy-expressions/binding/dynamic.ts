// `dynamic`: the same binder, run again at run time with the types the values turn out to have.

import { fault } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { trait } from '../running/text.ts';
import { bare, box, typeOf } from '../running/values.ts';
import { SyntaxFault } from '../syntax/tokens.ts';
import type { Expression, Span } from '../syntax/tree.ts';
import { known } from '../types/hierarchy.ts';
import { numericKind } from '../types/numeric.ts';
import type { Member } from '../types/registry.ts';
import { dynamicType, nullType, type Type, voidType } from '../types/type.ts';
import {
  type Bound,
  type BoundArgument,
  type Code,
  complain,
  constant,
  type MethodGroup,
  type Place,
  type Value,
  value,
} from './bound.ts';
import { GuardBinder } from './guards.ts';
import { resolveOverload } from './overloads.ts';

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
      return call(objects.map((object, index) => bare(object, types[index]!)));
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
    const member = (of: Value): Value => {
      // A JObject answers for its properties, whatever it declares itself.
      const members = of.type === nullType ? undefined : trait(of.type, 'members');
      if (!members) return this.asValue(this.instanceMember(of, name, nameSpan, span));
      const place: Place = {
        store: (content) => {
          const owner = of.emit();
          return (locals) => {
            const object = content(locals);
            members.set(owner(locals) as never, name, object);
            return object;
          };
        },
        update: () => () => null,
      };
      const emit = (): Code => {
        const owner = of.emit();
        return (locals) => members.get(owner(locals) as never, name);
      };
      return value(span, known.object, emit, { place });
    };
    const read = this.late(span, [target], ([of]) => member(of!));
    const place = this.latePlace(span, [target], ([of]) => member(of!));
    // Kept for a call, which needs the receiver and not the member's value.
    return { ...read, place, dynamic: { target, name, nameSpan } } as Value;
  }

  /** A place found at run time. What finds it is evaluated once, into slots of the frame. */
  private latePlace(span: Span, operands: readonly Value[], build: Build): Place {
    const slots = operands.map(() => this.owner.allocate());
    const contentSlot = this.owner.allocate();
    const held = [...slots, contentSlot].map((slot) =>
      value(span, dynamicType, () => (locals) => locals[slot]),
    );
    const keep = (): Code => {
      const reads = operands.map((operand) => this.boxedCode(operand));
      return (locals) => {
        reads.forEach((read, index) => {
          locals[slots[index]!] = read(locals);
        });
        return undefined;
      };
    };
    const write = () =>
      this.late(span, held, (given) => {
        const target = build(given.slice(0, -1));
        const { place } = target;
        if (!place || place.refusal) {
          throw complain('CS0200', place?.refusal?.message ?? 'It cannot be assigned to', span);
        }
        const content = this.convert(given.at(-1)!, target.type);
        return value(span, target.type, () => place.store(content.emit()));
      }).emit();
    const locate = () => {
      const prepare = keep();
      const store = write();
      return (locals: unknown[]) => {
        prepare(locals);
        const found = slots.map((slot) => locals[slot]);
        return (content: unknown) => {
          slots.forEach((slot, index) => {
            locals[slot] = found[index];
          });
          locals[contentSlot] = content;
          store(locals);
        };
      };
    };
    return {
      locate,
      store: (code) => {
        const open = locate();
        return (locals) => {
          const put = open(locals);
          const content = code(locals);
          put(content);
          return content;
        };
      },
      update: (compute, giveOld) => {
        const open = locate();
        const read = this.late(span, held.slice(0, -1), build).emit();
        return (locals) => {
          const put = open(locals);
          const old = read(locals);
          const content = compute(old, locals);
          put(content);
          return giveOld ? old : content;
        };
      },
    };
  }

  /** `++` and `--` on a `dynamic`: its value, one step on, in its own type. */
  protected override dynamicStep(operator: '++' | '--', target: Value, span: Span): Value {
    return this.late(span, [target], ([of]) => {
      const one = constant(span, known.int, 1);
      const kind = numericKind(of!.type);
      if (!kind) {
        const message = `Operator '${operator}' cannot be applied to operand of type '${of!.type.display}'`;
        throw complain('CS0023', message, span);
      }
      const sum = this.binary(
        operator === '++' ? '+' : '-',
        of!,
        this.cast(one, of!.type, span),
        span,
      );
      return this.cast(sum, of!.type, span);
    });
  }

  /** A call with an argument whose type shows at run time only: so does the method it means. */
  protected override callLate(
    group: MethodGroup,
    list: readonly BoundArgument[],
    span: Span,
  ): Value {
    const values = list.map(({ bound }) => this.asValue(bound));
    const operands = group.target ? [group.target, ...values] : values;
    return this.late(span, operands, (given) => {
      const [first, ...rest] = given;
      const own = group.target ? rest : given;
      const target = group.target && { target: first! };
      const again = own.map((bound, index) => ({ ...list[index]!, bound }));
      return this.callGroup({ ...group, ...target }, again, span);
    });
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

  protected override createLate(
    type: Type,
    members: readonly Member[],
    list: readonly BoundArgument[],
    span: Span,
  ): Value {
    const subject = { name: type.name, start: span.start, end: span.end };
    const values = list.map(({ bound }) => this.asValue(bound));
    const created = this.late(span, values, (given) => {
      const again = given.map((bound, index) => ({ ...list[index]!, bound }));
      const resolved = resolveOverload(members, again, subject, this.resolveGroup);
      return this.emitMember(resolved, undefined, span, span.start);
    });
    return this.cast(created, type, span);
  }

  protected override dynamicElement(
    target: Value,
    list: readonly BoundArgument[],
    span: Span,
  ): Value {
    const operands = [target, ...list.map(({ bound }) => this.asValue(bound))];
    const build: Build = ([of, ...indices]) =>
      this.elementOf(
        of!,
        indices.map((bound) => this.argumentOf(bound)),
        span,
      );
    const place = this.latePlace(span, operands, build);
    return { ...this.late(span, operands, build), place };
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
