// Binary operators: promotion, lifting, user-defined operators, equality, concatenation.
import { Decimal } from '../../../dotnet/index.ts';
import { combineDelegates, removeDelegate } from '../running/delegates.ts';
import { run } from '../running/run.ts';
import type { Span } from '../syntax/tree.ts';
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
import { type Binary, numericOperator, shiftOperator } from './arithmetic.ts';
import { type Code, complain, constant, isNullLiteral, type Value, value } from './bound.ts';
import { CallBinder } from './calls.ts';
import { applied, valueConversion } from './convert.ts';
import { comparisons, concatCode, operationCode, plainOperation } from './operations.ts';
import { applicableMembers, resolveOverload } from './overloads.ts';

/** Operands of a concatenation, so that chains become one join. */
const concatenations = new WeakMap<Value, readonly Value[]>();

export abstract class BinaryBinder extends CallBinder {
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
      this.delegateBinary(operator, left, right, span) ??
      this.equality(operator, left, right, span);
    if (found) return found;
    throw this.noOperator(operator, left, right, span);
  }

  protected abstract dynamicBinary(operator: string, left: Value, right: Value, span: Span): Value;

  private noOperator(operator: string, left: Value, right: Value, span: Span): Error {
    const types = `operands of type '${left.type.display}' and '${right.type.display}'`;
    const [one, two] = [left, right].map(({ type }) => numericKind(underlying(type)));
    const isAmbiguous =
      (isNullLiteral(left) && isNullLiteral(right)) ||
      (one && two && !promoted(one, two) && (one === 'ulong' || two === 'ulong'));
    return isAmbiguous
      ? complain('CS0034', `Operator '${operator}' is ambiguous on ${types}`, span)
      : complain('CS0019', `Operator '${operator}' cannot be applied to ${types}`, span);
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
    const { checked } = this;
    return value(span, returns, () =>
      operationCode(operator, kind, a, b, compute, span.start, checked),
    );
  }

  protected promote(operand: Value, type: Type): Value {
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
    if ((operator === '/' || operator === '%') && isExactZero(right, kind)) {
      throw complain('CS0020', 'Division by constant zero', span);
    }
    const compute = numericOperator(operator, kind, !this.explicitlyUnchecked)!;
    if (kind === 'decimal')
      return this.foldedDecimal(() => compute(left as never, right as never), returns, span);
    return this.folding(span, () =>
      constant(span, returns, compute(left as never, right as never)),
    );
  }

  private foldedDecimal(compute: () => unknown, returns: Type, span: Span): Value {
    try {
      return constant(span, returns, compute());
    } catch {
      const message = 'Evaluation of the decimal constant expression failed';
      throw complain('CS0463', message, span);
    }
  }

  protected folding(span: Span, work: () => Value): Value {
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

  private delegateBinary(
    operator: string,
    left: Value,
    right: Value,
    span: Span,
  ): Value | undefined {
    const type = left.type.kind === 'delegate' ? left.type : right.type;
    if ((operator !== '+' && operator !== '-') || type.kind !== 'delegate') return undefined;
    if (![left, right].every((operand) => operand.type === type || isNullLiteral(operand))) {
      return undefined;
    }
    const compute = operator === '+' ? combineDelegates : removeDelegate;
    return value(span, type, () => plainOperation(left, right, compute as Binary));
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
    const open = [one, two].some(
      (type, index) =>
        (type.kind === 'variable' || (this.isInstance && type.isValueType)) &&
        isNullLiteral([right, left][index]!),
    );
    if (!lifts && !open) {
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
}

/** Zero of a kind whose division by it throws; that of a double is infinite. */
function isExactZero(content: unknown, kind: NumericKind): boolean {
  if (content instanceof Decimal) return content.sign === 0;
  return isIntegral(kind) && Number(content) === 0;
}
