// Operators on a `dynamic` that holds a JValue: Newtonsoft looks into it and makes a JValue again.
import type { Decimal } from '../../../../dotnet/index.ts';
import { divideByZero, overflow } from '../../running/exceptions.ts';
import { concatText } from '../../running/text.ts';
import { bare, box, isInstance, stringOf, typeOf } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import type { Type } from '../../types/type.ts';
import { convertTo } from '../converting.ts';
import { valueToken } from './content.ts';
import { contractOf } from './contracts.ts';
import { converted } from './converting-content.ts';
import { compareContents, ValueToken } from './tokens/index.ts';

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** `int number = token` of a `dynamic`: the content is converted, whatever casts there are. */
export function becomeOther(token: ValueToken, to: Type): { readonly result: unknown } | undefined {
  if (isInstance(token, to)) return { result: token };
  const { content } = token;
  if (content === null) return to.isNullable ? { result: null } : undefined;
  const contract = contractOf(to);
  const same = typeOf(content) === contract.type;
  return { result: bare(same ? content : converted(content, contract), to) };
}

/** The result as an object; undefined where the compiler's own rules apply. */
export function operateOnValue(
  operator: string,
  left: ValueToken,
  right: unknown,
): { readonly result: unknown } | undefined {
  const other = right instanceof ValueToken ? right.content : right;
  const compare = Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (compare) {
    const order = compareContents(left.tokenType, left.content, other);
    return { result: box(compare(order), known.bool) };
  }
  const content = calculate(operator, left.content, other);
  return content === undefined ? undefined : { result: valueToken(content) };
}

function isText(content: unknown): boolean {
  return content !== null && stringOf(content) !== undefined;
}

const exactKinds = /^System\.(?:UInt64|Decimal)$/;
const realKinds = /^System\.(?:Double|Single)$/;
const integerKinds = /^System\.(?:S?Byte|U?Int(?:16|32)|Int64)$/;

function calculate(operator: string, left: unknown, right: unknown): unknown {
  if (operator === '+' && (isText(left) || isText(right))) {
    return concatText(left) + concatText(right);
  }
  if (!/^[-+*/]$/.test(operator)) return undefined;
  const names = [left, right].map((content) => (content === null ? '' : typeOf(content).fullName));
  for (const [pattern, type, apply] of [
    [exactKinds, known.decimal, exact],
    [realKinds, known.double, real],
    [integerKinds, known.long, integer],
  ] as const) {
    if (!names.some((name) => pattern.test(name))) continue;
    if (left === null || right === null) return null;
    const [a, b] = [convertTo(left, type), convertTo(right, type)];
    return box((apply as Apply)(operator, a, b), type as Type);
  }
  return undefined;
}

type Apply = (operator: string, left: unknown, right: unknown) => unknown;

function exact(operator: string, left: Decimal, right: Decimal): Decimal {
  if (operator === '+') return left.add(right);
  if (operator === '-') return left.subtract(right);
  return operator === '*' ? left.multiply(right) : left.divide(right);
}

function real(operator: string, left: number, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  return operator === '*' ? left * right : left / right;
}

function integer(operator: string, left: bigint, right: bigint): bigint {
  if (operator === '+') return BigInt.asIntN(64, left + right);
  if (operator === '-') return BigInt.asIntN(64, left - right);
  if (operator === '*') return BigInt.asIntN(64, left * right);
  if (right === 0n) throw divideByZero();
  const quotient = left / right;
  if (BigInt.asIntN(64, quotient) !== quotient) throw overflow();
  return quotient;
}
