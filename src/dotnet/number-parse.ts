// Text to numbers by NumberStyles and culture.
import { type Culture, invariantCulture, type NumberConventions } from './culture.ts';
import { Decimal } from './decimal.ts';
import { argumentError, DotnetError, formatError, overflowError } from './errors.ts';
import { integerBits, integerOverflow, wrapInteger } from './integers.ts';
import { type IntegerKind, NumberStyles } from './styles.ts';

const wrongFormat = 'Input string was not in a correct format.';

/** What was read: digits without the point, how many of them follow it, and the exponent. */
interface Scanned {
  readonly negative: boolean;
  readonly digits: string;
  readonly fraction: number;
  readonly exponent: number;
}

/**
 * Parse of an integer type; styles default to Integer. Throws FormatException, OverflowException
 * (also for a fraction that is not zero), ArgumentException for styles that do not go together.
 */
export function parseInteger(
  text: string,
  kind: IntegerKind,
  styles: number = NumberStyles.Integer,
  culture: Culture = invariantCulture,
): bigint {
  if (styles & (NumberStyles.AllowHexSpecifier | NumberStyles.AllowBinarySpecifier)) {
    return parseBits(text, kind, styles);
  }
  const number = scan(text, styles, culture.numbers);
  if (!number) throw formatError(wrongFormat);
  const digits = number.digits.replace(/^0+/, '');
  const drop = number.fraction - number.exponent;
  if (digits === '') return 0n;
  if (drop < -40 || digits.length - drop > 40) throw integerOverflow(kind);
  let value: bigint;
  if (drop <= 0) value = BigInt(digits) * 10n ** BigInt(-drop);
  else {
    if (/[^0]/.test(digits.slice(-drop))) throw integerOverflow(kind);
    value = BigInt(digits.slice(0, -drop) || '0');
  }
  if (number.negative) value = -value;
  if (wrapInteger(value, kind) !== value) throw integerOverflow(kind);
  return value;
}

function parseBits(text: string, kind: IntegerKind, styles: number): bigint {
  const hex = (styles & NumberStyles.AllowHexSpecifier) !== 0;
  const allowed = (hex ? NumberStyles.HexNumber : NumberStyles.BinaryNumber) as number;
  if (styles & ~allowed) {
    throw argumentError(
      'With the AllowHexSpecifier or AllowBinarySpecifier bit set in the enum bit field, the only other valid bits that can be combined into the enum value must be a subset of those in HexNumber.',
      'style',
    );
  }
  let body = text.replace(/\0+$/, '');
  if (styles & NumberStyles.AllowLeadingWhite) body = body.replace(/^[\t-\r ]+/, '');
  if (styles & NumberStyles.AllowTrailingWhite) body = body.replace(/[\t-\r ]+$/, '');
  if (!(hex ? /^[0-9a-fA-F]+$/ : /^[01]+$/).test(body)) throw formatError(wrongFormat);
  const digits = body.replace(/^0+/, '') || '0';
  if (digits.length * (hex ? 4 : 1) > integerBits(kind)) throw integerOverflow(kind);
  return wrapInteger(BigInt((hex ? '0x' : '0b') + digits), kind);
}

/**
 * Parse of a double; styles default to Float | AllowThousands. Too large a value gives an infinity,
 * as .NET Core 3.0 and later do. Throws FormatException.
 */
export function parseDouble(
  text: string,
  styles: number = NumberStyles.Float | NumberStyles.AllowThousands,
  culture: Culture = invariantCulture,
): number {
  const number = scan(text, styles, culture.numbers);
  if (!number) return parseSpecial(text.trim(), culture.numbers);
  const { negative, digits, fraction, exponent } = number;
  const size = Number(`${digits}e${exponent - fraction}`);
  return negative ? -size : size;
}

/** Parse of a float: the nearest value of single precision. */
export function parseSingle(text: string, styles?: number, culture?: Culture): number {
  return Math.fround(parseDouble(text, styles, culture));
}

function parseSpecial(text: string, numbers: NumberConventions): number {
  const word = text.toLowerCase();
  const is = (symbol: string) => word === symbol.toLowerCase();
  const { nan, positiveInfinity, negativeInfinity, positiveSign, negativeSign } = numbers;
  if (is(positiveInfinity) || is(positiveSign + positiveInfinity)) return Number.POSITIVE_INFINITY;
  if (is(negativeInfinity)) return Number.NEGATIVE_INFINITY;
  if (is(nan) || is(positiveSign + nan) || is(negativeSign + nan)) return Number.NaN;
  throw formatError(wrongFormat);
}

/**
 * Parse of a decimal; styles default to Number. Digits beyond 28 are rounded half to even, zeros at
 * the end are kept. Throws FormatException, OverflowException.
 */
export function parseDecimal(
  text: string,
  styles: number = NumberStyles.Number,
  culture: Culture = invariantCulture,
): Decimal {
  const number = scan(text, styles, culture.numbers);
  if (!number) throw formatError(wrongFormat);
  const digits = number.digits.replace(/^0+/, '') || '0';
  const scale = number.fraction - number.exponent;
  if (digits === '0') return new Decimal(0n, Math.min(28, Math.max(0, scale)), number.negative);
  if (digits.length - scale > 29) {
    throw overflowError('Value was either too large or too small for a Decimal.');
  }
  if (digits.length - scale < -28) return new Decimal(0n, 28, number.negative);
  // What lies beyond 60 digits only breaks ties.
  const kept = digits.slice(0, 60);
  const tail = /[1-9]/.test(digits.slice(60)) ? '1' : '';
  const lost = digits.length - kept.length;
  if (scale < 0) return Decimal.fit(BigInt(digits) * 10n ** BigInt(-scale), 0, number.negative);
  return Decimal.fit(BigInt(kept + tail), scale - lost + tail.length, number.negative);
}

/** Gives undefined where `parse` throws FormatException or OverflowException; rethrows the rest. */
export function tryParse<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof DotnetError && parseFailures.has(error.type)) return undefined;
    throw error;
  }
}

const parseFailures: ReadonlySet<string> = new Set([
  'System.FormatException',
  'System.OverflowException',
]);

function isBlank(character: string | undefined): boolean {
  return character === ' ' || (character !== undefined && character >= '\t' && character <= '\r');
}

/** The state of one scan; each method moves past what it accepts. */
class Scan {
  at = 0;
  negative = false;
  signed = false;
  parentheses = false;
  currency = false;
  readonly text: string;
  readonly styles: number;
  readonly numbers: NumberConventions;

  constructor(text: string, styles: number, numbers: NumberConventions) {
    this.text = text;
    this.styles = styles;
    this.numbers = numbers;
  }

  allows(style: number): boolean {
    return (this.styles & style) !== 0;
  }

  accept(symbol: string): boolean {
    if (symbol === '' || this.at >= this.text.length) return false;
    for (let i = 0; i < symbol.length; i++) {
      const wanted = symbol[i];
      const found = this.text[this.at + i];
      // A plain blank stands for the no-break spaces of cultures, and they for each other.
      const blank = wanted === '\u00a0' || wanted === '\u202f';
      const same =
        wanted === found || (blank && (found === ' ' || found === '\u00a0' || found === '\u202f'));
      if (!same) return false;
    }
    this.at += symbol.length;
    return true;
  }

  sign(): boolean {
    if (this.signed) return false;
    if (this.accept(this.numbers.positiveSign)) this.signed = true;
    else if (this.accept(this.numbers.negativeSign) || this.accept('-') || this.accept('\u2212')) {
      this.signed = true;
      this.negative = true;
    }
    return this.signed;
  }

  symbol(): boolean {
    if (this.currency || !this.allows(NumberStyles.AllowCurrencySymbol)) return false;
    this.currency = this.accept(this.numbers.currencySymbol) || this.accept('¤');
    return this.currency;
  }
}

function scan(text: string, styles: number, numbers: NumberConventions): Scanned | undefined {
  const scan = new Scan(text, styles, numbers);
  scanLead(scan);
  const body = scanDigits(scan);
  if (!body) return undefined;
  const exponent = scan.allows(NumberStyles.AllowExponent) ? scanExponent(scan) : 0;
  scanTail(scan);
  if (scan.parentheses) return undefined;
  while (scan.at < text.length && text[scan.at] === '\0') scan.at++;
  if (scan.at < text.length) return undefined;
  return { negative: scan.negative, ...body, exponent };
}

function scanLead(scan: Scan): void {
  for (;;) {
    const character = scan.text[scan.at];
    const blankAllowed =
      scan.allows(NumberStyles.AllowLeadingWhite) && (!scan.signed || scan.currency);
    if (isBlank(character) && blankAllowed) scan.at++;
    else if (scan.allows(NumberStyles.AllowLeadingSign) && scan.sign()) continue;
    else if (character === '(' && scan.allows(NumberStyles.AllowParentheses) && !scan.signed) {
      scan.at++;
      scan.signed = true;
      scan.negative = true;
      scan.parentheses = true;
    } else if (!scan.symbol()) return;
  }
}

function scanDigits(scan: Scan): { digits: string; fraction: number } | undefined {
  const { numbers, text } = scan;
  let digits = '';
  let fraction = 0;
  let point = false;
  for (;;) {
    const start = scan.at;
    while (scan.at < text.length && text[scan.at]! >= '0' && text[scan.at]! <= '9') scan.at++;
    digits += text.slice(start, scan.at);
    if (point) fraction += scan.at - start;
    if (!point && scan.allows(NumberStyles.AllowDecimalPoint) && acceptPoint(scan)) point = true;
    else if (!point && digits !== '' && scan.allows(NumberStyles.AllowThousands)) {
      const currency = scan.allows(NumberStyles.AllowCurrencySymbol);
      if (scan.accept(numbers.groupSeparator)) continue;
      if (!currency || !scan.accept(numbers.currencyGroupSeparator)) break;
    } else break;
  }
  return digits === '' ? undefined : { digits, fraction };
}

function acceptPoint(scan: Scan): boolean {
  if (scan.accept(scan.numbers.decimalSeparator)) return true;
  const currency = scan.allows(NumberStyles.AllowCurrencySymbol);
  return currency && scan.accept(scan.numbers.currencyDecimalSeparator);
}

/** An `e` without digits behind it is left for what follows (and so refused). */
function scanExponent(scan: Scan): number {
  const match = /^[eE]([+\-\u2212]?)([0-9]+)/.exec(scan.text.slice(scan.at, scan.at + 4096));
  if (!match) return 0;
  scan.at += match[0].length;
  // Beyond any range either way; keeps the arithmetic small.
  const size = Math.min(99_999, Number(match[2]));
  return match[1] === '' || match[1] === '+' ? size : -size;
}

function scanTail(scan: Scan): void {
  for (;;) {
    const character = scan.text[scan.at];
    if (isBlank(character) && scan.allows(NumberStyles.AllowTrailingWhite)) scan.at++;
    else if (scan.allows(NumberStyles.AllowTrailingSign) && scan.sign()) continue;
    else if (character === ')' && scan.parentheses) {
      scan.at++;
      scan.parentheses = false;
    } else if (!scan.symbol()) return;
  }
}
