// TimeSpan to text and back: c g G and custom formats.
import { type Culture, invariantCulture } from './culture.ts';
import { pad, readQuoted } from './date-format.ts';
import { formatError, overflowError } from './errors.ts';
import { span, type TimeSpanValue, ticksPerDay } from './instants.ts';

const wrongFormat = 'Input string was not in a correct format.';

export interface TimeSpanParts {
  readonly negative: boolean;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  /** Ticks within the second. */
  readonly fraction: number;
}

/** Days, hours, … of the size of a span; its sign apart. */
export function timeSpanParts(ticks: bigint): TimeSpanParts {
  const size = ticks < 0n ? -ticks : ticks;
  const ofDay = Number(size % ticksPerDay);
  const seconds = Math.floor(ofDay / 10_000_000);
  return {
    negative: ticks < 0n,
    days: Number(size / ticksPerDay),
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    fraction: ofDay % 10_000_000,
  };
}

/** ToString(format, culture); `c` when absent. Throws FormatException. */
export function formatTimeSpan(
  value: TimeSpanValue,
  format?: string,
  culture: Culture = invariantCulture,
): string {
  const parts = timeSpanParts(value.ticks);
  const { negative, days, hours, minutes, seconds, fraction } = parts;
  const sign = negative ? '-' : '';
  const point = culture.numbers.decimalSeparator;
  switch (format || 'c') {
    case 'c':
    case 't':
    case 'T': {
      const dayText = days > 0 ? `${days}.` : '';
      const fractionText = fraction > 0 ? `.${pad(fraction, 7)}` : '';
      return `${sign}${dayText}${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}${fractionText}`;
    }
    case 'g': {
      const dayText = days > 0 ? `${days}:` : '';
      const fractionText = fraction > 0 ? point + pad(fraction, 7).replace(/0+$/, '') : '';
      return `${sign}${dayText}${hours}:${pad(minutes, 2)}:${pad(seconds, 2)}${fractionText}`;
    }
    case 'G':
      return `${sign}${days}:${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}${point}${pad(fraction, 7)}`;
    default:
      if (format!.length === 1) throw formatError(wrongFormat);
      return custom(parts, format!);
  }
}

/** Custom formats print no sign. */
function custom(parts: TimeSpanParts, format: string): string {
  let text = '';
  for (let i = 0; i < format.length; ) {
    const character = format[i]!;
    if (character === "'" || character === '"') {
      const quoted = readQuoted(format, i);
      text += quoted.text;
      i = quoted.end;
    } else if (character === '\\') {
      if (i + 1 >= format.length) throw formatError(wrongFormat);
      text += format[i + 1];
      i += 2;
    } else if (character === '%') {
      if (i + 1 >= format.length || format[i + 1] === '%') throw formatError(wrongFormat);
      i++;
    } else {
      let count = 1;
      while (format[i + count] === character) count++;
      text += field(parts, character, count);
      i += count;
    }
  }
  return text;
}

function field(parts: TimeSpanParts, letter: string, count: number): string {
  const most = letter === 'd' ? 8 : letter === 'f' || letter === 'F' ? 7 : 2;
  if (count > most) throw formatError(wrongFormat);
  switch (letter) {
    case 'd':
      return pad(parts.days, count);
    case 'h':
      return pad(parts.hours, count);
    case 'm':
      return pad(parts.minutes, count);
    case 's':
      return pad(parts.seconds, count);
    case 'f':
      return pad(parts.fraction, 7).slice(0, count);
    case 'F':
      return pad(parts.fraction, 7).slice(0, count).replace(/0+$/, '');
    default:
      throw formatError(wrongFormat);
  }
}

/** TimeSpan.Parse of `[-][d.]hh:mm[:ss[.fffffff]]`, `d:hh:mm:ss` or days alone. */
export function parseTimeSpan(text: string, culture: Culture = invariantCulture): TimeSpanValue {
  const trimmed = text.trim();
  const negative = trimmed.startsWith('-');
  const body = negative ? trimmed.slice(1) : trimmed;
  const point = culture.numbers.decimalSeparator;
  const parts =
    splitSpan(body) ?? (point === '.' ? undefined : splitSpan(body.replace(point, '.')));
  if (!parts) throw formatError(`String '${text}' was not recognized as a valid TimeSpan.`);
  return { ticks: ticksOfSpan(parts, negative, text) };
}

interface SpanTexts {
  readonly days?: string;
  readonly hours?: string;
  readonly minutes?: string;
  readonly seconds?: string;
  readonly fraction?: string;
}

const dayOnly = /^(\d+)$/;
const clock = /^(?:(\d+)\.)?(\d+):(\d+)(?::(\d+)(?:\.(\d+))?)?$/;
const colons = /^(\d+):(\d+):(\d+):(\d+)(?:\.(\d+))?$/;
function splitSpan(text: string): SpanTexts | undefined {
  if (text.length > 128) return undefined;
  let match = dayOnly.exec(text);
  if (match) return { days: match[1] };
  match = clock.exec(text);
  if (match) {
    const [, days, hours, minutes, seconds, fraction] = match;
    return { days, hours, minutes, seconds, fraction };
  }
  match = colons.exec(text);
  if (!match) return undefined;
  const [, days, hours, minutes, seconds, fraction] = match;
  return { days, hours, minutes, seconds, fraction };
}

function ticksOfSpan(texts: SpanTexts, negative: boolean, text: string): bigint {
  const days = Number(texts.days ?? 0);
  const hours = Number(texts.hours ?? 0);
  const minutes = Number(texts.minutes ?? 0);
  const seconds = Number(texts.seconds ?? 0);
  const fraction = texts.fraction ?? '';
  if (days > 10_675_199 || hours > 23 || minutes > 59 || seconds > 59 || fraction.length > 7) {
    throw overflowError(
      `The TimeSpan string '${text}' could not be parsed because at least one of the numeric components is out of range or contains too many digits.`,
    );
  }
  const whole = BigInt(days) * 86_400n + BigInt(hours * 3600 + minutes * 60 + seconds);
  const ticks = whole * 10_000_000n + BigInt(fraction.padEnd(7, '0'));
  return span(negative ? -ticks : ticks);
}

/**
 * TimeSpan.ParseExact: c g G or custom formats, whose text has no sign and may be taken as negative.
 * Throws FormatException.
 */
export function parseTimeSpanExact(
  text: string,
  formats: string | readonly string[],
  culture: Culture = invariantCulture,
  assumeNegative = false,
): TimeSpanValue {
  for (const format of typeof formats === 'string' ? [formats] : formats) {
    if (/^[ctTgG]$/.test(format)) {
      try {
        return parseTimeSpan(text, culture);
      } catch {
        continue;
      }
    }
    const ticks = format === '' ? undefined : matchCustom(text, format);
    if (ticks !== undefined) return { ticks: assumeNegative ? -ticks : ticks };
  }
  throw formatError(`String '${text}' was not recognized as a valid TimeSpan.`);
}

function matchCustom(text: string, format: string): bigint | undefined {
  const found: Record<'d' | 'h' | 'm' | 's', number> = { d: 0, h: 0, m: 0, s: 0 };
  let fraction = 0;
  let at = 0;
  const literal = (wanted: string) => {
    if (!text.startsWith(wanted, at)) return false;
    at += wanted.length;
    return true;
  };
  for (let i = 0; i < format.length; ) {
    const character = format[i]!;
    if (character === "'" || character === '"') {
      const quoted = readQuoted(format, i);
      if (!literal(quoted.text)) return undefined;
      i = quoted.end;
      continue;
    }
    if (character === '\\') {
      if (!literal(format[i + 1] ?? '\0')) return undefined;
      i += 2;
      continue;
    }
    if (character === '%') {
      i++;
      continue;
    }
    let count = 1;
    while (format[i + count] === character) count++;
    i += count;
    if (!'dhmsfF'.includes(character)) throw formatError(wrongFormat);
    const most = character === 'd' ? 8 : character === 'f' || character === 'F' ? count : 2;
    const limit = count === 1 || character === 'F' ? most : count;
    const start = at;
    while (at < start + limit && /[0-9]/.test(text[at] ?? '')) at++;
    const digits = text.slice(start, at);
    if (digits.length < count && character !== 'F') return undefined;
    if (character === 'f' || character === 'F')
      fraction = Number(digits.padEnd(7, '0').slice(0, 7));
    else found[character as 'd'] = Number(digits);
  }
  if (at !== text.length || found.h > 23 || found.m > 59 || found.s > 59) return undefined;
  const seconds = found.d * 86_400 + found.h * 3600 + found.m * 60 + found.s;
  return BigInt(seconds) * 10_000_000n + BigInt(fraction);
}
