// Locale arguments: .NET's cultures by name, their conventions read from ICU through Intl.
import {
  type Culture,
  type DateConventions,
  englishCulture,
  invariantCulture,
  type NumberConventions,
} from '../../../dotnet/index.ts';
import { failFunction } from '../errors.ts';
import type { Value } from '../values.ts';
import { stringArgument } from './definition.ts';

/** The culture argument `index` names; en-US where it is missing or null, invariant where empty. */
export function cultureOf(name: string, args: readonly Value[], index: number): Culture {
  const value = args[index];
  if (value === undefined || value === null) return englishCulture;
  const locale = stringArgument(name, args, index);
  const culture = cultureNamed(locale);
  if (culture) return culture;
  return failFunction(
    name,
    `was invoked with a locale that is not valid: '${locale.slice(0, 50)}' has no associated culture.`,
  );
}

/** Cultures made so far; ICU knows a few hundred, and a name is checked before it is kept. */
const made = new Map<string, Culture | undefined>();
const madeMax = 500;

function cultureNamed(locale: string): Culture | undefined {
  if (locale === '') return invariantCulture;
  if (/^en(-us)?$/i.test(locale)) return englishCulture;
  const key = locale.toLowerCase();
  if (made.has(key)) return made.get(key);
  const culture = makeCulture(locale);
  if (made.size < madeMax) made.set(key, culture);
  return culture;
}

function makeCulture(locale: string): Culture | undefined {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(locale)) return undefined;
  let [known] = [] as string[];
  try {
    [known] = Intl.DateTimeFormat.supportedLocalesOf(locale);
  } catch {
    return undefined;
  }
  if (known === undefined) return undefined;
  return { name: known, numbers: numbersOf(known), dates: datesOf(known) };
}

type Part = { readonly type: string; readonly value: string };

function partOf(parts: readonly Part[], type: string, otherwise: string): string {
  return parts.find((part) => part.type === type)?.value ?? otherwise;
}

function numbersOf(locale: string): NumberConventions {
  const plain = new Intl.NumberFormat(locale, { numberingSystem: 'latn' });
  const parts = plain.formatToParts(-123456789.5);
  const groups = parts.filter((part) => part.type === 'integer').map((part) => part.value.length);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', numberingSystem: 'latn' });
  const percentText = percent.format(1);
  const percentFirst = percentText.startsWith('%');
  const percentSpaced = /\s/.test(percentText);
  const currency = currencyOf(locale);
  return {
    ...englishCulture.numbers,
    decimalSeparator: partOf(parts, 'decimal', '.'),
    groupSeparator: partOf(parts, 'group', ','),
    groupSizes: groups.length > 3 && groups.at(-2) === 2 ? [3, 2] : [3],
    negativeSign: partOf(parts, 'minusSign', '-'),
    percentPositivePattern: percentFirst ? (percentSpaced ? 3 : 2) : percentSpaced ? 0 : 1,
    percentNegativePattern: percentFirst ? 2 : percentSpaced ? 0 : 1,
    ...currency,
    nan: 'NaN',
    positiveInfinity: '∞',
    negativeInfinity: '-∞',
  };
}

/** Currencies of the cultures that name a region; ICU has no public table of them. */
const currencies: Readonly<Record<string, string>> = {
  AU: 'AUD',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CN: 'CNY',
  CZ: 'CZK',
  DK: 'DKK',
  GB: 'GBP',
  HU: 'HUF',
  IL: 'ILS',
  IN: 'INR',
  JP: 'JPY',
  KR: 'KRW',
  MX: 'MXN',
  NO: 'NOK',
  NZ: 'NZD',
  PL: 'PLN',
  RU: 'RUB',
  SE: 'SEK',
  SG: 'SGD',
  TR: 'TRY',
  TW: 'TWD',
  UA: 'UAH',
  US: 'USD',
  ZA: 'ZAR',
};

function currencyOf(locale: string): Partial<NumberConventions> {
  const region = new Intl.Locale(locale).maximize().region ?? '';
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currencies[region] ?? 'EUR',
    currencyDisplay: 'narrowSymbol',
    numberingSystem: 'latn',
  });
  const parts = format.formatToParts(1234.5);
  const symbolFirst =
    parts.findIndex((part) => part.type === 'currency') <
    parts.findIndex((part) => part.type === 'integer');
  const spaced = parts.some((part) => part.type === 'literal' && /\s/.test(part.value));
  return {
    currencySymbol: partOf(parts, 'currency', '¤'),
    currencyDecimalSeparator: partOf(parts, 'decimal', '.'),
    currencyGroupSeparator: partOf(parts, 'group', ','),
    currencyDigits: format.resolvedOptions().maximumFractionDigits ?? 2,
    currencyPositivePattern: symbolFirst ? (spaced ? 2 : 0) : spaced ? 3 : 1,
    currencyNegativePattern: symbolFirst ? (spaced ? 9 : 1) : spaced ? 8 : 5,
  };
}

/** A Sunday, and a day and month of one digit, so that zero padding shows. */
const sample = Date.UTC(2023, 0, 1, 9, 5, 7);
const dayMs = 86_400_000;

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    ...options,
    timeZone: 'UTC',
    calendar: 'gregory',
    numberingSystem: 'latn',
  });
}

function weekdays(locale: string, weekday: 'long' | 'short'): string[] {
  const format = formatter(locale, { weekday });
  return Array.from({ length: 7 }, (_, index) => format.format(sample + index * dayMs));
}

function months(locale: string, month: 'long' | 'short', beside: boolean): string[] {
  const format = formatter(locale, beside ? { month, day: 'numeric' } : { month });
  return Array.from({ length: 12 }, (_, index) => {
    const parts = format.formatToParts(Date.UTC(2023, index, 15));
    return partOf(parts, 'month', '');
  });
}

/** A .NET pattern of what ICU would print. */
function pattern(locale: string, options: Intl.DateTimeFormatOptions): string {
  const format = formatter(locale, options);
  const twelve = format.resolvedOptions().hour12 === true;
  return format
    .formatToParts(sample)
    .map(({ type, value }) => {
      switch (type) {
        case 'weekday':
          return 'dddd';
        case 'day':
          return value.length > 1 ? 'dd' : 'd';
        case 'month':
          if (!/^\d/.test(value)) return options.month === 'short' ? 'MMM' : 'MMMM';
          return value.length > 1 ? 'MM' : 'M';
        case 'year':
          return 'yyyy';
        case 'hour':
          return (twelve ? 'h' : 'H').repeat(value.length > 1 ? 2 : 1);
        case 'minute':
          return 'mm';
        case 'second':
          return 'ss';
        case 'dayPeriod':
          return 'tt';
        default:
          return quoted(value.replace(/[\u202f\u00a0]/g, ' '));
      }
    })
    .join('');
}

function quoted(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => `'${word}'`);
}

function datesOf(locale: string): DateConventions {
  const shortDate = pattern(locale, { year: 'numeric', month: 'numeric', day: 'numeric' });
  const longDate = pattern(locale, { dateStyle: 'full' });
  const shortTime = pattern(locale, { timeStyle: 'short' });
  const longTime = pattern(locale, { timeStyle: 'medium' });
  const period = (hour: number) =>
    partOf(
      formatter(locale, { hour: 'numeric', hour12: true }).formatToParts(
        Date.UTC(2023, 0, 1, hour),
      ),
      'dayPeriod',
      hour < 12 ? 'AM' : 'PM',
    );
  return {
    ...englishCulture.dates,
    shortDate,
    longDate,
    shortTime,
    longTime,
    monthDay: pattern(locale, { month: 'long', day: 'numeric' }),
    yearMonth: pattern(locale, { year: 'numeric', month: 'long' }),
    fullDateTime: `${longDate} ${longTime}`,
    dateSeparator: /[^dMy\s']/.exec(shortDate)?.[0] ?? '/',
    timeSeparator: /[^Hhmst\s']/.exec(shortTime)?.[0] ?? ':',
    am: period(9),
    pm: period(21),
    dayNames: weekdays(locale, 'long'),
    abbreviatedDayNames: weekdays(locale, 'short'),
    monthNames: months(locale, 'long', false),
    abbreviatedMonthNames: months(locale, 'short', false),
    monthGenitiveNames: months(locale, 'long', true),
    abbreviatedMonthGenitiveNames: months(locale, 'short', true),
  };
}
