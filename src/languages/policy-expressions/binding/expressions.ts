// Expressions: literals, assignment, conditions, casts, tests, element access, interpolation.
import { alignText, parseDecimal } from '../../../dotnet/index.ts';
import { indexOutside, nullReference } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { formatOf, made, textFunction } from '../running/text.ts';
import { type ArrayValue, bare, box, isInstance, typeOf } from '../running/values.ts';
import type { Expression, InterpolationHole, Pattern, Span } from '../syntax/tree.ts';
import { explicitConversion, storeInto, testable } from '../types/conversions.ts';
import { derives, findMembers, known } from '../types/hierarchy.ts';
import { fits, numericConversion, numericKind, promoted } from '../types/numeric.ts';
import type { Member } from '../types/registry.ts';
import {
  dynamicType,
  nullableOf,
  nullType,
  type Type,
  underlying,
  voidType,
} from '../types/type.ts';
import { oneOf } from './arithmetic.ts';
import { everything } from './base.ts';
import {
  type Bound,
  type BoundArgument,
  type Code,
  complain,
  constant,
  isNullLiteral,
  type Place,
  type Value,
  value,
} from './bound.ts';
import { applied, converts } from './convert.ts';
import { OperatorBinder } from './operators.ts';
import { resolveOverload } from './overloads.ts';

type Function = (...given: unknown[]) => unknown;

export interface Condition {
  readonly value: Value;
  readonly whenTrue: bigint;
  readonly whenFalse: bigint;
}

export abstract class ExpressionBinder extends OperatorBinder {
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
    const left = this.bindCondition(expression.left);
    this.flow = and ? left.whenTrue : left.whenFalse;
    const right = this.bindCondition(expression.right);
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

  /** A condition of `if`, `?:` and loops, as bool. */
  protected bindTest(expression: Expression): Condition {
    const condition = this.bindCondition(expression);
    return { ...condition, value: this.convert(condition.value, known.bool) };
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
    const one = left.kind === 'value' ? left.type : undefined;
    const two = right.kind === 'value' ? right.type : undefined;
    if (one && one === two) return one;
    const forth = two && two !== nullType && this.canConvert(left, two);
    const back = one && one !== nullType && this.canConvert(right, one);
    if (forth && back) {
      // Both ways, as between 1 and a byte: the type of the one that is no constant.
      return left.kind === 'value' && left.constant ? two : one;
    }
    if (forth) return two;
    if (back) return one;
    const shown = (bound: Bound) => (bound.kind === 'value' ? bound.type.display : bound.kind);
    const message = `Type of conditional expression cannot be determined because there is no implicit conversion between '${shown(left)}' and '${shown(right)}'`;
    throw complain('CS0173', message, span);
  }

  // Assignment

  protected bindAssignment(expression: Expression & { kind: 'assign' }): Value {
    const { operator } = expression;
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
    const right = this.bindValue(expression.value);
    return this.compound(target, operator.slice(0, -1), right, expression);
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
    const left = value(target, type, () => () => held.current);
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
    const emit = () =>
      target.place!.update((old, locals) => {
        if (old === null) return null;
        held.current = old;
        const content = sum(locals);
        return narrow ? narrow(content) : content;
      }, giveOld);
    return value(span, target.type, emit, { effect: true });
  }

  private typeOfWide(kind: string): Type {
    return known[kind as 'int'];
  }

  // Casts and tests

  protected bindCast(expression: Expression & { kind: 'cast' }): Value {
    const to = this.type(expression.type);
    const bound = this.bind(expression.operand, to);
    if (bound.kind !== 'value') return { ...this.convert(bound, to), start: expression.start };
    return this.cast(bound, to, expression);
  }

  protected cast(from: Value, to: Type, span: Span): Value {
    if (this.canConvert(from, to)) {
      const converted = this.convert(from, to);
      return { ...converted, place: undefined, start: span.start, end: span.end };
    }
    const conversion = explicitConversion(from.type, to, this.checked);
    if (!conversion) {
      if (from.type === nullType) return this.convert(from, to);
      const message = `Cannot convert type '${from.type.display}' to '${to.display}'`;
      throw complain('CS0030', message, span);
    }
    if (from.constant && numericKind(to) && numericKind(from.type) && !this.explicitlyUnchecked) {
      this.requireConstantFits(from, to, span);
    }
    const result = applied({ ...from, start: span.start, end: span.end }, to, conversion);
    if (result.constant) return result;
    const emit = (): Code => {
      const code = result.emit();
      return (locals) => {
        const content = code(locals);
        return content;
      };
    };
    return conversion.kind === 'cast' || conversion.kind === 'user'
      ? value(span, to, () => positioned(from, conversion.apply, span.start))
      : { ...result, emit };
  }

  private requireConstantFits(from: Value, to: Type, span: Span): void {
    const kind = numericKind(to)!;
    const content = from.constant!.value;
    const integer = typeof content === 'number' ? Math.trunc(content) : content;
    if (typeof integer !== 'number' && typeof integer !== 'bigint') return;
    if (Number.isNaN(Number(integer)) || !fits(integer, kind)) {
      const message = `Constant value '${String(content)}' cannot be converted to a '${to.display}' (use 'unchecked' syntax to override)`;
      throw complain('CS0221', message, span);
    }
  }

  protected bindAs(expression: Expression & { kind: 'as' }): Value {
    const from = this.bindValue(expression.operand);
    const to = this.type(expression.type);
    if (to.isValueType && to.kind !== 'nullable') {
      const message = `The as operator must be used with a reference type or nullable type ('${to.display}' is a non-nullable value type)`;
      throw complain('CS0077', message, expression);
    }
    this.requireTestable(from, to, expression, 'CS0039');
    return value(expression, to, () => {
      const code = this.boxedCode(from);
      return (locals) => {
        const content = code(locals);
        return isInstance(content, to) ? bare(content, underlying(to)) : null;
      };
    });
  }

  private requireTestable(from: Value, to: Type, span: Span, code: string): void {
    if (from.type === dynamicType || testable(from.type, to)) return;
    const how =
      code === 'CS0039'
        ? `Cannot convert type '${from.type.display}' to '${to.display}' via a reference conversion, boxing conversion, unboxing conversion, wrapping conversion, or null type conversion`
        : `An expression of type '${from.type.display}' cannot be handled by a pattern of type '${to.display}'.`;
    throw complain(code, how, span);
  }

  protected bindIs(expression: Expression & { kind: 'is' }): Value {
    const from = this.bindValue(expression.operand);
    const test = this.bindPattern(expression.pattern, from);
    return value(expression, known.bool, () => {
      const read = this.boxedCode(from);
      const matches = test();
      return (locals) => matches(read(locals), locals);
    });
  }

  /** A pattern as a test of an `object`; a variable it declares is stored on a match. */
  protected bindPattern(
    pattern: Pattern,
    from: Value,
  ): () => (content: unknown, locals: unknown[]) => boolean {
    if (pattern.kind === 'constantPattern') {
      const named = this.patternType(pattern.value);
      if (named) return this.typeTest(named, undefined, from, pattern);
      return this.constantTest(pattern.value, from);
    }
    if (pattern.kind === 'typePattern') {
      const constantValue = pattern.name === undefined && this.tryType(pattern.type) === undefined;
      const type = constantValue ? undefined : this.type(pattern.type);
      if (type) return this.typeTest(type, pattern.name, from, pattern);
      return this.constantTest(typeAsExpression(pattern.type), from);
    }
    if (pattern.name === undefined) return () => () => true;
    const local = this.introduce(pattern.name, from.type, pattern);
    this.flow |= local.bit;
    const target = this.readLocal(local, pattern).place!;
    return () => (content, locals) => {
      target.store(() => bare(content, from.type))(locals);
      return true;
    };
  }

  private patternType(expression: Expression): Type | undefined {
    return expression.kind === 'typeName' ? this.type(expression.type) : undefined;
  }

  private typeTest(type: Type, name: string | undefined, from: Value, span: Span) {
    if (type.kind === 'nullable' && name !== undefined) {
      const message = `It is not legal to use nullable type '${type.display}' in a pattern; use the underlying type '${type.element!.display}' instead.`;
      throw complain('CS8116', message, span);
    }
    this.requireTestable(from, type, span, 'CS8121');
    if (name === undefined) return () => (content: unknown) => isInstance(content, type);
    const local = this.introduce(name, type, span);
    this.flow |= local.bit;
    const target = this.readLocal(local, span).place!;
    return () => {
      let current: unknown;
      const store = target.store(() => current);
      return (content: unknown, locals: unknown[]) => {
        if (!isInstance(content, type)) return false;
        current = bare(content, type);
        store(locals);
        return true;
      };
    };
  }

  private constantTest(expression: Expression, from: Value) {
    const bound = this.bind(expression);
    const content =
      bound.kind === 'value' &&
      !isNullLiteral(bound) &&
      from.type !== known.object &&
      underlying(from.type).isValueType
        ? this.convert(bound, underlying(from.type))
        : this.asValue(bound);
    if (!content.constant) throw complain('CS0150', 'A constant value is expected', expression);
    if (
      content.type !== nullType &&
      from.type !== dynamicType &&
      !testable(from.type, content.type)
    ) {
      throw complain(
        'CS0029',
        `Cannot implicitly convert type '${content.type.display}' to '${from.type.display}'`,
        expression,
      );
    }
    const { value: wanted } = content.constant;
    const { type } = content;
    return () => {
      if (wanted === null) return (found: unknown) => found === null;
      return (found: unknown) =>
        found !== null && typeOf(found) === type && bareEquals(bare(found, type), wanted);
    };
  }

  // Element access

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

function bareEquals(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  const decimal = left as { equals?: (other: unknown) => boolean };
  return typeof left === 'object' && left !== null && decimal.equals?.(right) === true;
}

function typeAsExpression(type: import('../syntax/tree.ts').TypeSyntax): Expression {
  if (type.kind !== 'named') throw complain('CS0150', 'A constant value is expected', type);
  const [first, ...rest] = type.parts;
  const span = { start: type.start, end: type.end };
  let node: Expression = { kind: 'name', name: first!.name, ...span };
  for (const { name } of rest) {
    node = { kind: 'member', target: node, name, nameStart: span.start, ...span };
  }
  return node;
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

/** Runs a conversion that may throw with its place noted. */
function positioned(
  from: Value,
  apply: ((content: unknown) => unknown) | undefined,
  at: number,
): Code {
  const code = from.emit();
  if (!apply) return code;
  return (locals) => {
    const content = code(locals);
    run.at = at;
    return apply(content);
  };
}
