import fc from 'fast-check';
import { expect, test } from 'vitest';
import { englishCulture } from './culture.ts';
import { formatDateTime, formatDateTimeOffset } from './date-format.ts';
import {
  parseDateTime,
  parseDateTimeExact,
  parseDateTimeOffset,
  parseDateTimeOffsetExact,
  parseInstant,
} from './date-parse.ts';
import { DotnetError } from './errors.ts';
import {
  addMonthsToTicks,
  addYearsToTicks,
  dateParts,
  dateTime,
  dateTimeOfUnixMs,
  daysInMonth,
  maxDateTicks,
  ticksOfUnits,
  unixMsOfTicks,
} from './instants.ts';
import { DateTimeStyles } from './styles.ts';
import { formatTimeSpan, parseTimeSpan, parseTimeSpanExact } from './time-span.ts';

const moment = dateTime(2024, 5, 6, 7, 8, 9, 45);

test.each([
  ['', '05/06/2024 07:08:09', '5/6/2024 7:08:09 AM'],
  ['d', '05/06/2024', '5/6/2024'],
  ['D', 'Monday, 06 May 2024', 'Monday, May 6, 2024'],
  ['f', 'Monday, 06 May 2024 07:08', 'Monday, May 6, 2024 7:08 AM'],
  ['F', 'Monday, 06 May 2024 07:08:09', 'Monday, May 6, 2024 7:08:09 AM'],
  ['g', '05/06/2024 07:08', '5/6/2024 7:08 AM'],
  ['M', 'May 06', 'May 6'],
  ['Y', '2024 May', 'May 2024'],
  ['o', '2024-05-06T07:08:09.0450000', '2024-05-06T07:08:09.0450000'],
  ['R', 'Mon, 06 May 2024 07:08:09 GMT', 'Mon, 06 May 2024 07:08:09 GMT'],
  ['s', '2024-05-06T07:08:09', '2024-05-06T07:08:09'],
  ['u', '2024-05-06 07:08:09Z', '2024-05-06 07:08:09Z'],
  ['U', 'Monday, 06 May 2024 07:08:09', 'Monday, May 6, 2024 7:08:09 AM'],
  ['T', '07:08:09', '7:08:09 AM'],
  ['ss.fff|FFF|ff', '09.045|045|04', '09.045|045|04'],
  ['HH:mm:ss.F', '07:08:09', '07:08:09'],
  ["dd MMM yyyy 'at' HH'h'", '06 May 2024 at 07h', '06 May 2024 at 07h'],
  ['M/d/yyyy \\a\\t H:m', '5/6/2024 at 7:8', '5/6/2024 at 7:8'],
  ['%d', '6', '6'],
  ['h tt t', '7 AM A', '7 AM A'],
  ['y yy yyy yyyyy', '24 24 2024 02024', '24 24 2024 02024'],
  ["yyyy''''MM", '202405', '202405'],
  ['yyyy-MM-ddTHH:mm:ssZ', '2024-05-06T07:08:09Z', '2024-05-06T07:08:09Z'],
  ['gg', 'A.D.', 'A.D.'],
])('a DateTime prints under "%s"', (format, invariant, english) => {
  expect(formatDateTime(moment, format)).toBe(invariant);
  expect(formatDateTime(moment, format, englishCulture)).toBe(english);
});

test.each(['%', "'open", '\\', 'x', 'ffffffff', '%%'])('a DateTime refuses "%s"', (format) => {
  expect(() => formatDateTime(moment, format)).toThrow(DotnetError);
});

test('K and z print by kind and offset', () => {
  const utc = { ...moment, kind: 'utc' as const };
  const local = { ...moment, kind: 'local' as const };
  expect(formatDateTime(utc, 'o')).toBe('2024-05-06T07:08:09.0450000Z');
  expect(formatDateTime(local, 'o')).toBe('2024-05-06T07:08:09.0450000+00:00');
  expect(formatDateTime(utc, 'HH:mm z zz zzz K')).toBe('07:08 +0 +00 +00:00 Z');
  const offset = { ticks: moment.ticks, offsetMinutes: -330 };
  expect(formatDateTimeOffset(offset)).toBe('05/06/2024 07:08:09 -05:30');
  expect(formatDateTimeOffset(offset, 'o')).toBe('2024-05-06T07:08:09.0450000-05:30');
  expect(formatDateTimeOffset(offset, 'R')).toBe('Mon, 06 May 2024 12:38:09 GMT');
  expect(formatDateTimeOffset(offset, 'zz z')).toBe('-05 -5');
});

test.each([
  ['2024-05-06T07:08:09', '2024-05-06T07:08:09.0000000'],
  ['2024-05-06T07:08:09Z', '2024-05-06T07:08:09.0000000+00:00'],
  ['2024-05-06T07:08:09.1234567+02:00', '2024-05-06T05:08:09.1234567+00:00'],
  ['2024-05-06T07:08:09+0200', '2024-05-06T05:08:09.0000000+00:00'],
  ['2024-05-06 07:08', '2024-05-06T07:08:00.0000000'],
  ['2024-05-06', '2024-05-06T00:00:00.0000000'],
  ['2024-05', '2024-05-01T00:00:00.0000000'],
  ['2024/5/6', '2024-05-06T00:00:00.0000000'],
  ['03/15/2018', '2018-03-15T00:00:00.0000000'],
  ['01/02/2018 3:04:05 PM', '2018-01-02T15:04:05.0000000'],
  ['1/2/49', '2049-01-02T00:00:00.0000000'],
  ['1/2/50', '1950-01-02T00:00:00.0000000'],
  ['Mon, 06 May 2024 07:08:09 GMT', '2024-05-06T07:08:09.0000000+00:00'],
  ['May 6, 2024', '2024-05-06T00:00:00.0000000'],
  ['6 May 2024 12:30 AM', '2024-05-06T00:30:00.0000000'],
  ['Monday, May 6, 2024 7:08:09 AM', '2024-05-06T07:08:09.0000000'],
  ['May 2024', '2024-05-01T00:00:00.0000000'],
  ['06-May-2024', '2024-05-06T00:00:00.0000000'],
  [' 2024-05-06T24:00:00 ', '2024-05-07T00:00:00.0000000'],
  ['7 PM', '0001-01-01T19:00:00.0000000'],
  ['12:30', '0001-01-01T12:30:00.0000000'],
])('DateTime.Parse reads %s', (text, printed) => {
  expect(formatDateTime(parseDateTime(text), 'o')).toBe(printed);
});

test.each(['', 'x', '2024-13-45', '2024-02-30', '2024-05-06T25:00:00', '13/13/2024', '5'])(
  'DateTime.Parse refuses "%s"',
  (text) => {
    expect(() => parseDateTime(text)).toThrow(
      `String '${text}' was not recognized as a valid DateTime.`,
    );
  },
);

test('a wrong day of the week is refused', () => {
  expect(() => parseDateTime('Tue, 06 May 2024 07:08:09 GMT')).toThrow(/day of week was incorrect/);
});

test('styles decide the kind', () => {
  const kind = (text: string, styles: number) =>
    formatDateTime(parseDateTime(text, { styles }), 'o');
  const { AdjustToUniversal, AssumeUniversal, RoundtripKind } = DateTimeStyles;
  expect(kind('2024-05-06T07:00:00+02:00', AdjustToUniversal)).toBe('2024-05-06T05:00:00.0000000Z');
  expect(kind('2024-05-06T07:00:00Z', RoundtripKind)).toBe('2024-05-06T07:00:00.0000000Z');
  expect(kind('2024-05-06', AssumeUniversal | AdjustToUniversal)).toBe(
    '2024-05-06T00:00:00.0000000Z',
  );
  expect(kind('2024-05-06', RoundtripKind)).toBe('2024-05-06T00:00:00.0000000');
  expect(() => kind('2024-05-06', 96)).toThrow(/AssumeLocal and AssumeUniversal/);
});

test('DateTimeOffset.Parse keeps the offset', () => {
  expect(formatDateTimeOffset(parseDateTimeOffset('2024-05-06T07:08:09+02:00'), 'o')).toBe(
    '2024-05-06T07:08:09.0000000+02:00',
  );
  expect(parseDateTimeOffset('2024-05-06').offsetMinutes).toBe(0);
  expect(parseInstant('2024-05-06').offsetMinutes).toBeUndefined();
  expect(() => parseDateTimeOffset('2024-05-06T07:08:09+15:00')).toThrow(DotnetError);
});

test.each([
  ['20240506', 'yyyyMMdd', '2024-05-06T00:00:00.0000000'],
  ['21052019', 'ddMMyyyy', '2019-05-21T00:00:00.0000000'],
  ['2024-05-06T07:08:09.0450000', 'o', '2024-05-06T07:08:09.0450000'],
  ['6-May-24', 'd-MMM-yy', '2024-05-06T00:00:00.0000000'],
  ['07:08 PM', 'hh:mm tt', '0001-01-01T19:08:00.0000000'],
  ['2024-05-06T07:08:09.1Z', 'yyyy-MM-ddTHH:mm:ss.FFFK', '2024-05-06T07:08:09.1000000+00:00'],
  ['2024-05-06T07:08:09Z', 'yyyy-MM-ddTHH:mm:ss.FFFK', '2024-05-06T07:08:09.0000000+00:00'],
  ['Monday 06 May 2024', 'dddd dd MMMM yyyy', '2024-05-06T00:00:00.0000000'],
  ['2024-05-06 +02:00', 'yyyy-MM-dd zzz', '2024-05-05T22:00:00.0000000+00:00'],
])('ParseExact reads %s as %s', (text, format, printed) => {
  expect(formatDateTime(parseDateTimeExact(text, format), 'o')).toBe(printed);
});

test.each([
  ['2024/05', 'yyyyMMdd'],
  ['2024056', 'yyyyMMdd'],
  ['20240506 ', 'yyyyMMdd'],
  ['20241306', 'yyyyMMdd'],
  ['1/2/2024', 'MM/dd/yyyy'],
])('ParseExact refuses %s as %s', (text, format) => {
  expect(() => parseDateTimeExact(text, format)).toThrow(/was not recognized as a valid DateTime/);
});

test('ParseExact takes the first format that matches', () => {
  const value = parseDateTimeOffsetExact('06.05.2024', ['yyyy', 'dd.MM.yyyy']);
  expect(formatDateTimeOffset(value, 's')).toBe('2024-05-06T00:00:00');
});

test('calendar arithmetic clamps the day', () => {
  const at = (y: number, m: number, d: number) => dateTime(y, m, d).ticks;
  expect(addMonthsToTicks(at(2018, 1, 31), 1)).toBe(at(2018, 2, 28));
  expect(addMonthsToTicks(at(2024, 1, 31), -2)).toBe(at(2023, 11, 30));
  expect(addYearsToTicks(at(2020, 2, 29), 1)).toBe(at(2021, 2, 28));
  expect(() => addYearsToTicks(at(9999, 1, 1), 1)).toThrow(DotnetError);
  expect(daysInMonth(2023, 2)).toBe(28);
  expect(() => daysInMonth(2023, 13)).toThrow(/Month must be between one and twelve/);
  expect(() => dateTime(2023, 2, 29)).toThrow(/un-representable DateTime/);
});

test('parts and ticks agree on every day of the calendar', () => {
  expect(dateParts(maxDateTicks)).toMatchObject({
    year: 9999,
    month: 12,
    day: 31,
    fraction: 9999999,
  });
  expect(dateTime(2024, 5, 6).ticks).toBe(638505504000000000n);
  fc.assert(
    fc.property(fc.bigInt(0n, maxDateTicks), (ticks) => {
      const p = dateParts(ticks);
      const back = dateTime(p.year, p.month, p.day, p.hour, p.minute, p.second).ticks;
      expect(back + BigInt(p.fraction)).toBe(ticks);
    }),
    { numRuns: 300 },
  );
});

test('Unix time converts both ways', () => {
  expect(formatDateTime(dateTimeOfUnixMs(1715000000000), 's')).toBe('2024-05-06T12:53:20');
  expect(unixMsOfTicks(dateTimeOfUnixMs(-1).ticks)).toBe(-1);
});

test.each([
  ['c', '1.02:03:04.0050000'],
  ['g', '1:2:03:04.005'],
  ['G', '1:02:03:04.0050000'],
  ["d'd 'hh\\:mm\\:ss\\.fff", '1d 02:03:04.005'],
  ['%h', '2'],
])('a TimeSpan prints under %s', (format, text) => {
  expect(formatTimeSpan(parseTimeSpan('1.02:03:04.005'), format)).toBe(text);
});

test.each([
  ['5', '5.00:00:00'],
  ['02:03', '02:03:00'],
  ['-00:00:05', '-00:00:05'],
  ['1:2:3:4.5', '1.02:03:04.5000000'],
  ['10675199.02:48:05.4775807', '10675199.02:48:05.4775807'],
])('TimeSpan.Parse reads %s', (text, printed) => {
  expect(formatTimeSpan(parseTimeSpan(text))).toBe(printed);
});

test('TimeSpan.Parse refuses what is out of range or no span', () => {
  expect(() => parseTimeSpan('25:00')).toThrow(
    /at least one of the numeric components is out of range/,
  );
  expect(() => parseTimeSpan('x')).toThrow(/was not recognized as a valid TimeSpan/);
  expect(() => formatTimeSpan({ ticks: 0n }, 'x')).toThrow(DotnetError);
  expect(() => formatTimeSpan({ ticks: 0n }, 'hh:mm')).toThrow(DotnetError);
});

test('TimeSpan.ParseExact reads by format', () => {
  expect(parseTimeSpanExact('02:30', 'hh\\:mm').ticks).toBe(90_000_000_000n);
  expect(() => parseTimeSpanExact('2:30', 'hh\\:mm')).toThrow(DotnetError);
});

test('units become ticks; NaN and too long spans are refused', () => {
  expect(ticksOfUnits(1.5, 'day')).toBe(1_296_000_000_000n);
  expect(ticksOfUnits(0.25, 'second')).toBe(2_500_000n);
  expect(() => ticksOfUnits(1e300, 'day')).toThrow(DotnetError);
  expect(() => ticksOfUnits(Number.NaN, 'day')).toThrow(DotnetError);
});

test('no text or format makes dates fail otherwise than by DotnetError', () => {
  const unit = fc.constantFrom(...'0123456789:-/TZ.+ dMyHhmsfFtKz\'"\\%PAMay,');
  const text = fc.string({ unit, maxLength: 24 });
  fc.assert(
    fc.property(text, text, (value, format) => {
      for (const run of [
        () => parseDateTime(value),
        () => parseDateTimeExact(value, format),
        () => formatDateTime(moment, format),
        () => formatTimeSpan({ ticks: 5n }, format),
        () => parseTimeSpanExact(value, format),
      ]) {
        try {
          run();
        } catch (error) {
          expect(error).toBeInstanceOf(DotnetError);
        }
      }
    }),
    { numRuns: 1000 },
  );
});
