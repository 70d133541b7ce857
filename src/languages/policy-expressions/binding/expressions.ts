// Element access, interpolated strings, and what `?.` gives.
import { alignText } from '../../../dotnet/index.ts';
import { indexOutside, nullReference } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { formatOf, made, textFunction } from '../running/text.ts';
import { type ArrayValue, box } from '../running/values.ts';
import type { Expression, InterpolationHole, Span } from '../syntax/tree.ts';
import { storeInto } from '../types/conversions.ts';
import { derives, findMembers, known } from '../types/hierarchy.ts';
import type { Member } from '../types/registry.ts';
import { dynamicType, nullableOf, nullType, type Type, voidType } from '../types/type.ts';
import {
  type Bound,
  type BoundArgument,
  type Code,
  complain,
  type Place,
  type Value,
  value,
} from './bound.ts';
import { resolveOverload } from './overloads.ts';
import { PatternBinder } from './patterns.ts';

type Function = (...given: unknown[]) => unknown;

export abstract class ExpressionBinder extends PatternBinder {
  protected bindElement(expression: Expression & { kind: 'element' }): Value {
    const target = this.bindValue(expression.target);
    return this.elementAccess(target, this.bindArguments(expression.arguments), expression);
  }

  protected elementAccess(target: Value, list: readonly BoundArgument[], expression: Span): Value {
    if (target.type.kind === 'array')
      return this.arrayElement(
        target,
        list.map(({ bound }) => bound),
        expression,
      );
    if (target.type.kind === 'error') return this.unknownValue(expression);
    if (target.type === dynamicType) return this.dynamicElement(target, list, expression);
    const members = findMembers(this.lookupType(target.type), 'this');
    if (members.length === 0) {
      const message = `Cannot apply indexing with [] to an expression of type '${target.type.display}'`;
      throw complain('CS0021', message, expression);
    }
    const subject = { name: 'this', start: expression.start, end: expression.end };
    const resolved = resolveOverload(members, list, subject, this.resolveGroup);
    const codes = this.argumentCodes(resolved);
    return this.indexed(target, resolved.member, codes, expression);
  }

  protected abstract dynamicElement(
    target: Value,
    list: readonly BoundArgument[],
    span: Span,
  ): Value;

  private indexed(target: Value, member: Member, codes: () => Code[], span: Span): Value {
    const get = member.get as Function;
    const set = member.set as Function | undefined;
    const at = span.start;
    const prepared = () => {
      const from = this.receiverCode(target, member, at);
      const [one, two] = codes();
      return { from, one: one!, two };
    };
    const place: Place = {
      locate: () => {
        const { from, one } = prepared();
        return (locals) => {
          const object = from(locals);
          const index = one(locals);
          return (content) => {
            run.at = at;
            set!(object, index, content);
          };
        };
      },
      store: (code) => {
        const { from, one } = prepared();
        return (locals) => {
          const object = from(locals);
          const index = one(locals);
          const content = code(locals);
          run.at = at;
          set!(object, index, content);
          return content;
        };
      },
      update: (compute, giveOld) => {
        const { from, one } = prepared();
        return (locals) => {
          const object = from(locals);
          const index = one(locals);
          run.at = at;
          const old = get(object, index);
          const content = compute(old, locals);
          run.at = at;
          set!(object, index, content);
          return giveOld ? old : content;
        };
      },
      ...(!set && {
        refusal: {
          code: 'CS0200',
          message: `Property or indexer '${member.owner.display}.this[${member.parameters.map(({ type }) => type.display).join(', ')}]' cannot be assigned to -- it is read only`,
        },
      }),
    };
    const emit = (): Code => {
      const { from, one, two } = prepared();
      return (locals) => {
        const object = from(locals);
        const index = one(locals);
        const second = two?.(locals);
        run.at = at;
        return get(object, index, second);
      };
    };
    return value(span, member.returns, emit, { place });
  }

  private arrayElement(target: Value, indices: readonly Bound[], span: Span): Value {
    const { type } = target;
    if (indices.length !== type.rank) {
      const message = `Wrong number of indices inside []; expected ${type.rank}`;
      throw complain('CS0022', message, span);
    }
    const converted = indices.map((index) => this.indexValue(index));
    const at = span.start;
    const locate = (): ((locals: unknown[]) => { array: ArrayValue; index: number }) => {
      const from = target.emit();
      const codes = converted.map((index) => index.emit());
      return (locals) => {
        const array = from(locals) as ArrayValue | null;
        const list = codes.map((code) => code(locals) as number);
        run.at = at;
        if (array === null) throw nullReference();
        return { array, index: offsetOf(array, list) };
      };
    };
    const checkStore = type.element!.isReference;
    const write = (array: ArrayValue, index: number, content: unknown) => {
      if (index < 0) throw indexOutside();
      if (checkStore) storeInto(array, index, content);
      else array.items[index] = content as never;
    };
    const place: Place = {
      locate: () => {
        const found = locate();
        return (locals) => {
          const { array, index } = found(locals);
          return (content) => write(array, index, content);
        };
      },
      store: (code) => {
        const found = locate();
        return (locals) => {
          const { array, index } = found(locals);
          const content = code(locals);
          write(array, index, content);
          return content;
        };
      },
      update: (compute, giveOld) => {
        const found = locate();
        return (locals) => {
          const { array, index } = found(locals);
          if (index < 0) throw indexOutside();
          const old = array.items[index];
          const content = compute(old, locals);
          write(array, index, content);
          return giveOld ? old : content;
        };
      },
      reference: () => {
        const found = locate();
        return (locals) => {
          const { array, index } = found(locals);
          return {
            get value() {
              return array.items[index];
            },
            set value(content: unknown) {
              write(array, index, content);
            },
          };
        };
      },
    };
    return value(span, type.element!, () => elementCode(target, converted, at), { place });
  }

  private indexValue(index: Bound): Value {
    if (this.canConvert(index, known.int)) return this.convert(index, known.int);
    if (!this.canConvert(index, known.long)) return this.convert(index, known.int);
    const wide = this.convert(index, known.long);
    return this.mapped(wide, (content) => Number(content), known.int, index);
  }

  // Interpolation

  protected bindInterpolated(expression: Expression & { kind: 'interpolated' }): Value {
    const parts = expression.parts.map((part) =>
      typeof part === 'string' ? part : this.bindHole(part),
    );
    return value(expression, known.string, () => {
      const codes = parts.map((part) => (typeof part === 'string' ? () => part : part()));
      return (locals) => {
        let text = '';
        for (const code of codes) text += code(locals);
        return made(text);
      };
    });
  }

  private bindHole(hole: InterpolationHole): () => (locals: unknown[]) => string {
    const content = this.bindValue(hole.value);
    const alignment = hole.alignment && this.bindTo(hole.alignment, known.int);
    if (alignment && !alignment.constant) {
      throw complain('CS0150', 'A constant value is expected', hole.alignment!);
    }
    const width = alignment?.constant?.value as number | undefined;
    const { format } = hole;
    const { type } = content;
    return () => {
      const read = content.emit();
      const toText =
        type === nullType
          ? () => ''
          : format === undefined
            ? textFunction(type)
            : (bareValue: unknown) => formatOf(box(bareValue, type), format);
      if (width === undefined) return (locals) => toText(read(locals));
      return (locals) => alignText(toText(read(locals)), width);
    };
  }

  protected override conditionalType(access: Value, span: Span): Type {
    const { type } = access;
    if (type === voidType || type.isReference || type.kind === 'nullable' || type === nullType) {
      return type;
    }
    if (type.isValueType) return nullableOf(type);
    const message = `Operator '?' cannot be applied to operand of type '${type.display}'`;
    throw complain('CS0023', message, span);
  }

  protected isDisposable(type: Type): boolean {
    return type === nullType || derives(type, known.disposable);
  }
}

/** Position of an element; -1 where it is outside. */
function offsetOf(array: ArrayValue, indices: readonly number[]): number {
  let offset = 0;
  for (const [dimension, index] of indices.entries()) {
    const length = array.lengths[dimension]!;
    if (index < 0 || index >= length) throw indexOutside();
    offset = offset * length + index;
  }
  return offset;
}

function elementCode(target: Value, indices: readonly Value[], at: number): Code {
  const from = target.emit();
  const codes = indices.map((index) => index.emit());
  const [first] = codes;
  if (codes.length === 1) {
    return (locals) => {
      const array = from(locals) as ArrayValue | null;
      const index = first!(locals) as number;
      if (array === null) {
        run.at = at;
        throw nullReference();
      }
      const { items } = array;
      if (index < 0 || index >= items.length) {
        run.at = at;
        throw indexOutside();
      }
      return items[index];
    };
  }
  return (locals) => {
    const array = from(locals) as ArrayValue | null;
    const list = codes.map((code) => code(locals) as number);
    run.at = at;
    if (array === null) throw nullReference();
    return array.items[offsetOf(array, list)];
  };
}
