// System.TimeSpan.

import {
  formatTimeSpan,
  parseTimeSpan,
  parseTimeSpanExact,
  roundDouble,
  type TimeSpanValue,
  ticksOfUnits,
  ticksPerDay,
} from '../../../dotnet/index.ts';
import { fault, required } from '../running/exceptions.ts';
import { ArrayValue, type Reference } from '../running/values.ts';
import { declareType } from '../types/registry.ts';
import { cultureOf } from './culture.ts';
import {
  compares,
  comparisons,
  order,
  spanOf,
  type Text,
  tryText,
  type Unit,
  units,
} from './instants.ts';

const tooLong = 'TimeSpan overflowed because the duration is too long.';
const notANumber = 'TimeSpan does not accept floating point Not-a-Number values.';

const perUnit: readonly (readonly [string, bigint, number])[] = [
  ['Days', ticksPerDay, 0],
  ['Hours', 36_000_000_000n, 24],
  ['Minutes', 600_000_000n, 60],
  ['Seconds', 10_000_000n, 60],
  ['Milliseconds', 10_000n, 1000],
];

function spanParts(
  days: number,
  hours: number,
  minutes: number,
  seconds: number,
  ms = 0,
): TimeSpanValue {
  const seconds_ =
    ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  const ticks = (seconds_ * 1000n + BigInt(ms)) * 10_000n;
  if (BigInt.asIntN(64, ticks) !== ticks) throw fault('ArgumentOutOfRangeException', tooLong);
  return { ticks };
}

function fromUnits(count: number, unit: Unit): TimeSpanValue {
  if (Number.isNaN(count)) {
    throw fault('ArgumentException', notANumber);
  }
  if (!Number.isFinite(count)) {
    throw fault('OverflowException', tooLong);
  }
  return spanOf(ticksOfUnits(count, unit));
}

/** A product or a quotient of ticks, rounded; the number it came from has the parameter's name. */
function scaled(ticks: number, by: number, parameter: string): TimeSpanValue {
  if (Number.isNaN(by)) throw fault('ArgumentException', notANumber, parameter);
  const rounded = roundDouble(ticks);
  if (!(Math.abs(rounded) <= 2 ** 63)) throw fault('OverflowException', tooLong);
  return rounded === 2 ** 63 ? longestSpan : { ticks: BigInt(rounded) };
}

const times = ({ ticks }: TimeSpanValue, factor: number) =>
  scaled(Number(ticks) * factor, factor, 'factor');
const through = ({ ticks }: TimeSpanValue, divisor: number) =>
  scaled(Number(ticks) / divisor, divisor, 'divisor');

/** Of TotalMilliseconds, which stays within what FromMilliseconds takes. */
const totalMsMax = 922_337_203_685_477;
const within = (count: number) => Math.max(-totalMsMax, Math.min(totalMsMax, count));

const absolute = (ticks: bigint) => (ticks < 0n ? -ticks : ticks);
/** The flag of TimeSpanStyles. */
const assumeNegative = 1;
const zeroSpan: TimeSpanValue = { ticks: 0n };
const longestSpan: TimeSpanValue = { ticks: (1n << 63n) - 1n };
const parseSpan = (text: Text, provider: unknown) =>
  parseTimeSpan(required(text, 's'), cultureOf(provider));

/** `ParseExact` and `TryParseExact` by one format or by several, with styles or without. */
function exactMembers(): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  const patterns = (given: ArrayValue | Text) =>
    given instanceof ArrayValue ? (given.items as Text[]).map((one) => one ?? '') : given;
  for (const parameter of ['string format', 'string[] formats']) {
    const name = parameter.split(' ')[1]!;
    const head = `(string input, ${parameter}, IFormatProvider formatProvider`;
    const exact = (text: Text, given: ArrayValue | Text, provider: unknown, styles = 0) => {
      const input = required(text, 'input');
      const formats = patterns(required(given, name))!;
      return parseTimeSpanExact(input, formats, cultureOf(provider), styles === assumeNegative);
    };
    const attempt = (
      text: Text,
      given: ArrayValue | Text,
      provider: unknown,
      styles: number,
      result: Reference,
    ) => tryText(text, result, zeroSpan, () => exact(text, given ?? '', provider, styles));
    members[`static TimeSpan ParseExact${head})`] = exact;
    members[`static TimeSpan ParseExact${head}, TimeSpanStyles styles)`] = exact;
    members[`static bool TryParseExact${head}, out TimeSpan result)`] = (
      text: Text,
      given: ArrayValue | Text,
      provider: unknown,
      result: Reference,
    ) => attempt(text, given, provider, 0, result);
    members[`static bool TryParseExact${head}, TimeSpanStyles styles, out TimeSpan result)`] =
      attempt;
  }
  return members;
}

const spanMembers = {
  'new(long ticks)': (_t: unknown, ticks: bigint) => ({ ticks }),
  'new(int hours, int minutes, int seconds)': (_t: unknown, h: number, m: number, s: number) =>
    spanParts(0, h, m, s),
  'new(int days, int hours, int minutes, int seconds)': (
    _t: unknown,
    ...p: [number, number, number, number]
  ) => spanParts(...p),
  'new(int days, int hours, int minutes, int seconds, int milliseconds)': (
    _t: unknown,
    ...p: [number, number, number, number, number]
  ) => spanParts(...p),
  'readonly TimeSpan Zero': zeroSpan,
  'readonly TimeSpan MinValue': { ticks: -(1n << 63n) },
  'readonly TimeSpan MaxValue': longestSpan,
  'const long TicksPerDay': ticksPerDay,
  'const long TicksPerHour': 36_000_000_000n,
  'const long TicksPerMinute': 600_000_000n,
  'const long TicksPerSecond': 10_000_000n,
  'const long TicksPerMillisecond': 10_000n,
  ...Object.fromEntries(
    units.map(([name, unit]) => [
      `static TimeSpan From${name}(double value)`,
      (count: number) => fromUnits(count, unit),
    ]),
  ),
  'static TimeSpan FromTicks(long value)': (ticks: bigint) => ({ ticks }),
  ...Object.fromEntries(
    perUnit.flatMap(([name, size, limit]) => [
      [
        `int ${name}`,
        ({ ticks }: TimeSpanValue) =>
          Number(limit === 0 ? ticks / size : (ticks / size) % BigInt(limit)),
      ],
      [`double Total${name}`, ({ ticks }: TimeSpanValue) => within(Number(ticks) / Number(size))],
    ]),
  ),
  'long Ticks': ({ ticks }: TimeSpanValue) => ticks,
  'TimeSpan Add(TimeSpan ts)': (a: TimeSpanValue, b: TimeSpanValue) => spanOf(a.ticks + b.ticks),
  'TimeSpan Subtract(TimeSpan ts)': (a: TimeSpanValue, b: TimeSpanValue) =>
    spanOf(a.ticks - b.ticks),
  'TimeSpan Multiply(double factor)': times,
  'TimeSpan Divide(double divisor)': through,
  'double Divide(TimeSpan ts)': (a: TimeSpanValue, b: TimeSpanValue) =>
    Number(a.ticks) / Number(b.ticks),
  'static bool Equals(TimeSpan t1, TimeSpan t2)': (a: TimeSpanValue, b: TimeSpanValue) =>
    a.ticks === b.ticks,
  'TimeSpan operator +(TimeSpan t)': (value: TimeSpanValue) => value,
  'TimeSpan Negate()': ({ ticks }: TimeSpanValue) => spanOf(-ticks),
  'TimeSpan Duration()': ({ ticks }: TimeSpanValue) => spanOf(absolute(ticks)),
  'TimeSpan operator +(TimeSpan a, TimeSpan b)': (a: TimeSpanValue, b: TimeSpanValue) =>
    spanOf(a.ticks + b.ticks),
  'TimeSpan operator -(TimeSpan a, TimeSpan b)': (a: TimeSpanValue, b: TimeSpanValue) =>
    spanOf(a.ticks - b.ticks),
  'TimeSpan operator -(TimeSpan t)': ({ ticks }: TimeSpanValue) => spanOf(-ticks),
  'TimeSpan operator *(TimeSpan t, double factor)': times,
  'TimeSpan operator *(double factor, TimeSpan t)': (factor: number, span: TimeSpanValue) =>
    times(span, factor),
  'TimeSpan operator /(TimeSpan t, double divisor)': through,
  'double operator /(TimeSpan a, TimeSpan b)': (a: TimeSpanValue, b: TimeSpanValue) =>
    Number(a.ticks) / Number(b.ticks),
  ...comparisons('TimeSpan', (value: TimeSpanValue) => value.ticks),
  'static int Compare(TimeSpan t1, TimeSpan t2)': order,
  'bool Equals(TimeSpan obj)': (a: TimeSpanValue, b: TimeSpanValue) => a.ticks === b.ticks,
  'int CompareTo(TimeSpan value)': order,
  'static TimeSpan Parse(string s)': (text: Text) => parseSpan(text, null),
  'static TimeSpan Parse(string input, IFormatProvider formatProvider)': parseSpan,
  ...exactMembers(),
  'static bool TryParse(string input, IFormatProvider formatProvider, out TimeSpan result)': (
    text: Text,
    provider: unknown,
    result: Reference,
  ) => tryText(text, result, zeroSpan, (given) => parseSpan(given, provider)),
  'static bool TryParse(string s, out TimeSpan result)': (text: Text, result: Reference) =>
    tryText(text, result, zeroSpan, (given) => parseSpan(given, null)),
  'string ToString(string format)': (value: TimeSpanValue, format: Text) =>
    formatTimeSpan(value, format ?? undefined),
  'string ToString(string format, IFormatProvider formatProvider)': (
    value: TimeSpanValue,
    format: Text,
    provider: unknown,
  ) => formatTimeSpan(value, format ?? undefined, cultureOf(provider)),
};

export const timeSpanType = declareType(
  `struct System.TimeSpan : ${compares('TimeSpan')}`,
  spanMembers,
  {
    text: (value: TimeSpanValue) => formatTimeSpan(value),
    format: (value: TimeSpanValue, format: Text, provider?: unknown) =>
      formatTimeSpan(value, format ?? undefined, cultureOf(provider)),
    key: (value: TimeSpanValue) => value.ticks,
    compare: order as never,
    initial: zeroSpan,
  },
);
