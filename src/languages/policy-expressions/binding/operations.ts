// The closures of binary operations.
import { run } from '../running/run.ts';
import { made, textFunction } from '../running/text.ts';
import type { NumericKind } from '../types/numeric.ts';
import { nullType } from '../types/type.ts';
import type { Binary } from './arithmetic.ts';
import type { Code, Value } from './bound.ts';

/** Operators that give a bool. */
export const comparisons = new Set(['==', '!=', '<', '>', '<=', '>=']);

export function concatCode(parts: readonly Value[]): Code {
  const codes = parts.map((part) => {
    const from = part.emit();
    if (part.constant) {
      const text = part.type === nullType ? '' : textFunction(part.type)(part.constant.value);
      return () => text;
    }
    if (part.type === nullType) return () => '';
    const toText = textFunction(part.type);
    return (locals: unknown[]) => toText(from(locals));
  });
  const [one, two] = codes;
  if (codes.length === 2) return (locals) => made(one!(locals) + two!(locals));
  return (locals) => {
    let text = '';
    for (const code of codes) text += code(locals);
    return made(text);
  };
}

export function plainOperation(left: Value, right: Value, compute: Binary): Code {
  const one = left.emit();
  const two = right.emit();
  return (locals) => compute(one(locals) as never, two(locals) as never);
}

type NumberCode = (locals: unknown[]) => number;

/** The operations of loops and indices, without a call in between. */
export function operationCode(
  operator: string,
  kind: NumericKind,
  left: Value,
  right: Value,
  compute: Binary,
  at: number,
  checked: boolean,
): Code {
  const one = left.emit() as NumberCode;
  const two = right.emit() as NumberCode;
  const simple = kind === 'int' || kind === 'double' || kind === 'uint';
  if (simple && comparisons.has(operator)) {
    switch (operator) {
      case '==':
        return (locals) => one(locals) === two(locals);
      case '!=':
        return (locals) => one(locals) !== two(locals);
      case '<':
        return (locals) => one(locals) < two(locals);
      case '>':
        return (locals) => one(locals) > two(locals);
      case '<=':
        return (locals) => one(locals) <= two(locals);
      default:
        return (locals) => one(locals) >= two(locals);
    }
  }
  const exact = kind === 'double' || (kind === 'int' && !checked);
  if (exact && (operator === '+' || operator === '-' || operator === '*')) {
    return kind === 'int' ? intCode(operator, one, two) : realCode(operator, one, two);
  }
  if (operator !== '/' && operator !== '%' && kind !== 'decimal') {
    return (locals) => compute(one(locals) as never, two(locals) as never);
  }
  return (locals) => {
    const a = one(locals);
    const b = two(locals);
    run.at = at;
    return compute(a as never, b as never);
  };
}

function intCode(operator: string, one: NumberCode, two: NumberCode): Code {
  if (operator === '+') return (locals) => (one(locals) + two(locals)) | 0;
  if (operator === '-') return (locals) => (one(locals) - two(locals)) | 0;
  return (locals) => Math.imul(one(locals), two(locals));
}

function realCode(operator: string, one: NumberCode, two: NumberCode): Code {
  if (operator === '+') return (locals) => one(locals) + two(locals);
  if (operator === '-') return (locals) => one(locals) - two(locals);
  return (locals) => one(locals) * two(locals);
}
