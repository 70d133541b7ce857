// .NET's standard numeric format letters over digits: C E F G N P R.
import type { NumberConventions } from './culture.ts';
import { type Digits, roundDigits } from './digits.ts';
import { formatError } from './errors.ts';

export const currencyPositive = ['$n', 'n$', '$ n', 'n $'];
export const currencyNegative = [
  ...['($n)', '-$n', '$-n', '$n-', '(n$)', '-n$', 'n-$', 'n$-', '-n $'],
  ...['-$ n', 'n $-', '$ n-', '$ -n', 'n- $', '($ n)', '(n $)', '$- n'],
];
export const percentPositive = ['n %', 'n%', '%n', '% n'];
export const percentNegative = [
  ...['-n %', '-n%', '-%n', '%-n', '%n-', 'n-%', 'n%-', '-% n', 'n %-', '% n-', '% -n', 'n- %'],
];
const numberNegative = ['(n)', '-n', '- n', 'n-', 'n -'];

/** A format of one letter and a precision up to 99; undefined where it is a custom format. */
export function standardFormat(
  format: string,
): { readonly letter: string; readonly precision: number } | undefined {
  const match = /^([A-Za-z])(0*\d{0,2})$/.exec(format);
  if (!match) return undefined;
  const precision = match[2] === '' ? -1 : Number(match[2]);
  return { letter: match[1]!, precision };
}

export function badFormat() {
  return formatError('Format specifier was invalid.');
}

/** Lays digits out by a standard letter; `precision` -1 is the culture's or the letter's default. */
export function layOut(
  number: Digits,
  letter: string,
  precision: number,
  numbers: NumberConventions,
): string {
  switch (letter.toUpperCase()) {
    case 'C':
      return currency(number, precision, numbers);
    case 'F': {
      const places = precision < 0 ? numbers.decimalDigits : precision;
      const rounded = roundDigits(number, number.point + places);
      const text = fixed(rounded, places, numbers.decimalSeparator);
      return rounded.negative ? numbers.negativeSign + text : text;
    }
    case 'N': {
      const places = precision < 0 ? numbers.decimalDigits : precision;
      const rounded = roundDigits(number, number.point + places);
      const text = grouped(
        rounded,
        places,
        numbers.decimalSeparator,
        numbers.groupSeparator,
        numbers,
      );
      return rounded.negative
        ? fill(numberNegative[numbers.negativePattern]!, text, '', numbers)
        : text;
    }
    case 'P':
      return percent(number, precision, numbers);
    case 'E': {
      const places = precision < 0 ? 6 : precision;
      const rounded = roundDigits(number, places + 1);
      const text = scientific(rounded, places, letter, 3, numbers);
      return rounded.negative ? numbers.negativeSign + text : text;
    }
    case 'G':
      return general(number, letter, precision, numbers);
    default:
      throw badFormat();
  }
}

/** G: `digitsMax` significant digits; -1 prints a decimal in full and never an exponent. */
export function general(
  number: Digits,
  letter: string,
  digitsMax: number,
  numbers: NumberConventions,
): string {
  const full = digitsMax < 0;
  const rounded = full ? number : roundDigits(number, digitsMax);
  const { digits, point } = rounded;
  const exponential = !full && (point > digitsMax || point < -3);
  let text: string;
  if (exponential && digits !== '') {
    const exponent = letter === 'g' ? 'e' : 'E';
    text = scientific(rounded, Math.max(0, digits.length - 1), exponent, 2, numbers);
  } else if (point <= 0) {
    const fraction = '0'.repeat(-point) + digits;
    text = fraction === '' ? '0' : `0${numbers.decimalSeparator}${fraction}`;
  } else {
    const whole = digits.slice(0, point).padEnd(point, '0');
    text = digits.length > point ? whole + numbers.decimalSeparator + digits.slice(point) : whole;
  }
  return rounded.negative ? numbers.negativeSign + text : text;
}

function fixed(number: Digits, places: number, separator: string): string {
  const { digits, point } = number;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  return places > 0 ? whole + separator + fraction(number, places) : whole;
}

function fraction({ digits, point }: Digits, places: number): string {
  const leading = point < 0 ? '0'.repeat(Math.min(places, -point)) : '';
  return (leading + digits.slice(Math.max(0, point))).slice(0, places).padEnd(places, '0');
}

function grouped(
  number: Digits,
  places: number,
  separator: string,
  groupSeparator: string,
  numbers: NumberConventions,
): string {
  const { digits, point } = number;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  const text = groupWhole(whole, groupSeparator, numbers.groupSizes);
  return places > 0 ? text + separator + fraction(number, places) : text;
}

/** Inserts separators from the right; the last size repeats, a size of 0 stops the grouping. */
export function groupWhole(whole: string, separator: string, sizes: readonly number[]): string {
  let text = '';
  let rest = whole;
  for (let i = 0; ; ) {
    const size = sizes[i] ?? 0;
    if (size <= 0 || rest.length <= size) return rest + text;
    text = separator + rest.slice(-size) + text;
    rest = rest.slice(0, -size);
    if (i < sizes.length - 1) i++;
  }
}

function scientific(
  number: Digits,
  places: number,
  letter: string,
  exponentDigits: number,
  numbers: NumberConventions,
): string {
  const { digits, point } = number;
  const first = digits === '' ? '0' : digits[0]!;
  const rest = digits.slice(1).padEnd(places, '0');
  const mantissa = places > 0 ? first + numbers.decimalSeparator + rest : first;
  const exponent = digits === '' ? 0 : point - 1;
  return mantissa + exponentText(exponent, letter, exponentDigits, true, numbers);
}

export function exponentText(
  exponent: number,
  letter: string,
  digitsMin: number,
  plus: boolean,
  numbers: NumberConventions,
): string {
  const sign = exponent < 0 ? numbers.negativeSign : plus ? numbers.positiveSign : '';
  return letter + sign + Math.abs(exponent).toString().padStart(digitsMin, '0');
}

function currency(number: Digits, precision: number, numbers: NumberConventions): string {
  const places = precision < 0 ? numbers.currencyDigits : precision;
  const rounded = roundDigits(number, number.point + places);
  const { currencyDecimalSeparator, currencyGroupSeparator, currencySymbol } = numbers;
  const text = grouped(rounded, places, currencyDecimalSeparator, currencyGroupSeparator, numbers);
  const pattern = rounded.negative
    ? currencyNegative[numbers.currencyNegativePattern]
    : currencyPositive[numbers.currencyPositivePattern];
  return fill(pattern!, text, currencySymbol, numbers);
}

function percent(number: Digits, precision: number, numbers: NumberConventions): string {
  const places = precision < 0 ? numbers.percentDigits : precision;
  const scaled = number.digits === '' ? number : { ...number, point: number.point + 2 };
  const rounded = roundDigits(scaled, scaled.point + places);
  const { decimalSeparator, groupSeparator, percentSymbol } = numbers;
  const text = grouped(rounded, places, decimalSeparator, groupSeparator, numbers);
  const pattern = rounded.negative
    ? percentNegative[numbers.percentNegativePattern]
    : percentPositive[numbers.percentPositivePattern];
  return fill(pattern!, text, percentSymbol, numbers);
}

/** Puts the number at `n`, the symbol at `$` or `%` and the culture's sign at `-`. */
function fill(pattern: string, text: string, symbol: string, numbers: NumberConventions): string {
  let result = '';
  for (const character of pattern) {
    if (character === 'n') result += text;
    else if (character === '$' || character === '%') result += symbol;
    else result += character === '-' ? numbers.negativeSign : character;
  }
  return result;
}
