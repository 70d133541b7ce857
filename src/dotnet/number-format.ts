// Numbers to text: ToString(format, culture) of every numeric type.
import { type Culture, invariantCulture, type NumberConventions } from './culture.ts';
import type { Decimal } from './decimal.ts';
import {
  type Digits,
  decimalDigits,
  fractionDigits,
  integerDigits,
  shortestDigits,
  shortestSingleDigits,
  significantDigits,
} from './digits.ts';
import { integerBits } from './integers.ts';
import { formatCustom } from './number-custom-format.ts';
import { badFormat, general, layOut, standardFormat } from './number-standard-format.ts';
import type { IntegerKind } from './styles.ts';

/** Shortest text that reads back as the same double, invariant culture: `1E+16`, `Infinity`, `-0`. */
export function doubleText(value: number): string {
  const size = Math.abs(value);
  // JavaScript and .NET agree on plain notation in this range.
  if (size >= 1e-4 && size < 1e15) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  return formatDouble(value);
}

/** The same for a value of single precision: `0.33333334`, `1E+07`. */
export function singleText(value: number): string {
  return formatSingle(value);
}

/**
 * ToString(format, culture) of a double; invariant culture when absent. Halves round away from zero.
 * Throws FormatException for an unknown letter.
 */
export function formatDouble(value: number, format?: string, culture?: Culture): string {
  return formatFloat(value, format, culture, false);
}

/** ToString(format, culture) of a float; `value` is taken to single precision first. */
export function formatSingle(value: number, format?: string, culture?: Culture): string {
  return formatFloat(Math.fround(value), format, culture, true);
}

function formatFloat(
  value: number,
  format: string | undefined,
  culture: Culture = invariantCulture,
  single: boolean,
): string {
  const { numbers } = culture;
  if (!Number.isFinite(value)) return specialText(value, numbers);
  const standard = format ? standardFormat(format) : { letter: 'G', precision: -1 };
  if (!standard) return formatCustom(significantDigits(value, single ? 7 : 15), format!, numbers);
  const { letter, precision } = standard;
  const upper = letter.toUpperCase();
  if (upper === 'R' || (upper === 'G' && precision <= 0)) {
    const shortest = single ? shortestSingleDigits(value) : shortestDigits(value);
    const most = Math.max(shortest.digits.length, single ? 7 : 15);
    return general(shortest, letter === 'r' ? 'g' : letter === 'R' ? 'G' : letter, most, numbers);
  }
  return layOut(floatDigits(value, upper, precision, numbers), letter, precision, numbers);
}

/** As many digits as the letter prints; more would only be rounded twice. */
function floatDigits(
  value: number,
  letter: string,
  precision: number,
  numbers: NumberConventions,
): Digits {
  switch (letter) {
    case 'E':
      return significantDigits(value, (precision < 0 ? 6 : precision) + 1);
    case 'G':
      return significantDigits(value, precision);
    case 'P':
      return fractionDigits(value, (precision < 0 ? numbers.percentDigits : precision) + 2);
    case 'C':
      return fractionDigits(value, precision < 0 ? numbers.currencyDigits : precision);
    default:
      return fractionDigits(value, precision < 0 ? numbers.decimalDigits : precision);
  }
}

/**
 * ToString(format, culture) of an integer; `kind` gives the width that X and B show for negative
 * values. Throws FormatException.
 */
export function formatInteger(
  value: number | bigint,
  kind: IntegerKind,
  format?: string,
  culture: Culture = invariantCulture,
): string {
  const { numbers } = culture;
  if (!format) return plainInteger(value, 0, numbers);
  const standard = standardFormat(format);
  if (!standard) return formatCustom(integerDigits(value), format, numbers);
  const { letter, precision } = standard;
  switch (letter.toUpperCase()) {
    case 'D':
      return plainInteger(value, precision, numbers);
    case 'X': {
      const hex = BigInt.asUintN(integerBits(kind), BigInt(value)).toString(16);
      return (letter === 'X' ? hex.toUpperCase() : hex).padStart(Math.max(1, precision), '0');
    }
    case 'G':
      if (precision <= 0) return plainInteger(value, 0, numbers);
      return general(integerDigits(value), letter, precision, numbers);
    default:
      return layOut(integerDigits(value), letter, precision, numbers);
  }
}

function plainInteger(value: number | bigint, width: number, numbers: NumberConventions): string {
  const text = value.toString();
  if (value >= 0) return text.padStart(Math.max(1, width), '0');
  return numbers.negativeSign + text.slice(1).padStart(Math.max(1, width), '0');
}

/** ToString(format, culture) of a decimal; without a format all digits of its scale. */
export function formatDecimal(
  value: Decimal,
  format?: string,
  culture: Culture = invariantCulture,
): string {
  const { numbers } = culture;
  const standard = format ? standardFormat(format) : { letter: 'G', precision: -1 };
  const digits = decimalDigits(value);
  if (!standard) return formatCustom(trimmed(digits), format!, numbers);
  const { letter, precision } = standard;
  const upper = letter.toUpperCase();
  if (upper === 'G' && precision < 0) {
    const text = value.toString().replace('.', numbers.decimalSeparator);
    return text.startsWith('-') ? numbers.negativeSign + text.slice(1) : text;
  }
  if (upper === 'R' || upper === 'D' || upper === 'X') throw badFormat();
  return layOut(digits, letter, precision === 0 && upper === 'G' ? -1 : precision, numbers);
}

function trimmed(number: Digits): Digits {
  return { ...number, digits: number.digits.replace(/0+$/, '') };
}

function specialText(value: number, numbers: NumberConventions): string {
  if (Number.isNaN(value)) return numbers.nan;
  return value > 0 ? numbers.positiveInfinity : numbers.negativeInfinity;
}
