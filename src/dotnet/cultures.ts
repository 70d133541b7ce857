// CultureInfo.GetCultureInfo by name: conventions taken from the CLDR data of the runtime.
import { BoundedCache } from './bounded-cache.ts';
import {
  type Culture,
  type DateConventions,
  englishCulture,
  invariantCulture,
  type NumberConventions,
} from './culture.ts';
import { DotnetError } from './errors.ts';
import {
  currencyNegative,
  currencyPositive,
  percentNegative,
  percentPositive,
} from './number-standard-format.ts';

const cultures = new BoundedCache<Culture>(100);

/** Currencies of the regions people name; others print the international sign. */
const currencies: Readonly<Record<string, string>> = {
  ...{ AE: 'AED', AR: 'ARS', AT: 'EUR', AU: 'AUD', BE: 'EUR', BG: 'BGN', BR: 'BRL', CA: 'CAD' },
  ...{ CH: 'CHF', CL: 'CLP', CN: 'CNY', CO: 'COP', CZ: 'CZK', DE: 'EUR', DK: 'DKK', EE: 'EUR' },
  ...{ EG: 'EGP', ES: 'EUR', FI: 'EUR', FR: 'EUR', GB: 'GBP', GR: 'EUR', HK: 'HKD', HR: 'EUR' },
  ...{ HU: 'HUF', ID: 'IDR', IE: 'EUR', IL: 'ILS', IN: 'INR', IS: 'ISK', IT: 'EUR', JP: 'JPY' },
  ...{ KR: 'KRW', LT: 'EUR', LU: 'EUR', LV: 'EUR', MX: 'MXN', MY: 'MYR', NL: 'EUR', NO: 'NOK' },
  ...{ NZ: 'NZD', PE: 'PEN', PH: 'PHP', PL: 'PLN', PT: 'EUR', RO: 'RON', RS: 'RSD', RU: 'RUB' },
  ...{ SA: 'SAR', SE: 'SEK', SG: 'SGD', SI: 'EUR', SK: 'EUR', TH: 'THB', TR: 'TRY', TW: 'TWD' },
  ...{ UA: 'UAH', US: 'USD', VN: 'VND', ZA: 'ZAR' },
};

/**
 * By name, ignoring case; empty is the invariant culture. Throws
 * System.Globalization.CultureNotFoundException.
 */
export function findCulture(name: string): Culture {
  if (name === '') return invariantCulture;
  if (name.length > 85) throw notFound(name.slice(0, 85));
  return cultures.get(name.toLowerCase(), () => makeCulture(name));
}

function notFound(name: string): DotnetError {
  return new DotnetError(
    'System.Globalization.CultureNotFoundException',
    `Culture is not supported. (Parameter 'name')\n${name} is an invalid culture identifier.`,
  );
}

function makeCulture(name: string): Culture {
  if (/^en(?:-us)?$/i.test(name))
    return { ...englishCulture, name: name.length === 2 ? 'en' : 'en-US' };
  let locale: string | undefined;
  try {
    locale = Intl.DateTimeFormat.supportedLocalesOf(name, { localeMatcher: 'lookup' })[0];
  } catch {
    locale = undefined;
  }
  if (!locale || /-u-/.test(locale)) throw notFound(name);
  const region = new Intl.Locale(locale).maximize().region ?? '';
  const currency = Object.hasOwn(currencies, region) ? currencies[region]! : 'XXX';
  const tag = `${locale}-u-nu-latn-ca-gregory`;
  return { name: locale, numbers: numbersOf(tag, currency), dates: datesOf(tag) };
}

/** One kind of blank, and no marks of direction. */
function plain(text: string): string {
  return text.replace(/\u202f/g, '\u00a0').replace(/[\u200e\u200f\u061c]/g, '');
}

function numbersOf(tag: string, currency: string): NumberConventions {
  const decimal = new Intl.NumberFormat(tag, { minimumFractionDigits: 2, useGrouping: 'always' });
  const parts = decimal.formatToParts(-1234567890.25);
  const part = (type: string) => plain(parts.find((each) => each.type === type)?.value ?? '');
  const integers = parts.filter((each) => each.type === 'integer').map((each) => each.value.length);
  const sizes = integers.slice(1).toReversed();
  const money = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
  const currencyFormat = new Intl.NumberFormat(tag, { ...money, useGrouping: 'always' });
  const moneyParts = currencyFormat.formatToParts(1234.5);
  const moneyPart = (type: string) =>
    plain(moneyParts.find((each) => each.type === type)?.value ?? '');
  const percent = new Intl.NumberFormat(tag, { style: 'percent' });
  const index = (patterns: readonly string[], format: Intl.NumberFormat, sample: number) =>
    Math.max(0, patterns.indexOf(patternOf(format.formatToParts(sample))));
  return {
    ...invariantCulture.numbers,
    decimalSeparator: part('decimal') || '.',
    groupSeparator: part('group'),
    groupSizes: sizes.length > 1 && sizes[0] !== sizes[1] ? sizes.slice(0, 2) : [3],
    currencySymbol: currency === 'XXX' ? '¤' : moneyPart('currency'),
    currencyDecimalSeparator: moneyPart('decimal') || part('decimal') || '.',
    currencyGroupSeparator: moneyPart('group') || part('group'),
    currencyDigits: currencyFormat.resolvedOptions().maximumFractionDigits ?? 2,
    currencyPositivePattern: index(currencyPositive, currencyFormat, 1),
    currencyNegativePattern: index(currencyNegative, currencyFormat, -1),
    percentPositivePattern: index(percentPositive, percent, 0.01),
    percentNegativePattern: index(percentNegative, percent, -0.01),
    positiveInfinity: '∞',
    negativeInfinity: '-∞',
  };
}

/** Parts of a printed number as one of .NET's patterns: `-n $`, `% n`. */
function patternOf(parts: readonly Intl.NumberFormatPart[]): string {
  let pattern = '';
  for (const { type, value } of parts) {
    if (type === 'integer') pattern += 'n';
    else if (type === 'minusSign') pattern += '-';
    else if (type === 'currency') pattern += '$';
    else if (type === 'percentSign') pattern += '%';
    else if (type === 'literal' && plain(value) === '\u00a0') pattern += ' ';
  }
  return pattern;
}

/** Saturday, 1 February 2003, 05:06:07: each field shows whether it is padded. */
const sample = new Date(Date.UTC(2003, 1, 1, 5, 6, 7));

function datesOf(tag: string): DateConventions {
  const format = (options: Intl.DateTimeFormatOptions, at: Date = sample) =>
    new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' }).formatToParts(at);
  const pattern = (options: Intl.DateTimeFormatOptions) => datePattern(format(options));
  const names = (options: Intl.DateTimeFormatOptions, type: string, dates: readonly Date[]) =>
    dates.map((at) => format(options, at).find((part) => part.type === type)?.value ?? '');
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2003, month, 1)));
  const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2003, 1, 2 + day)));
  const shortDate = pattern({ dateStyle: 'short' }).replace(/y+/, 'yyyy');
  const longDate = pattern({ dateStyle: 'full' });
  const shortTime = pattern({ timeStyle: 'short' });
  const longTime = pattern({ timeStyle: 'medium' });
  const designator = (hour: number) =>
    format({ hour: 'numeric', hour12: true }, new Date(Date.UTC(2003, 1, 1, hour))).find(
      (part) => part.type === 'dayPeriod',
    )?.value ?? '';
  return {
    shortDate,
    longDate,
    shortTime,
    longTime,
    monthDay: pattern({ month: 'long', day: 'numeric' }),
    yearMonth: pattern({ year: 'numeric', month: 'long' }),
    fullDateTime: `${longDate} ${longTime}`,
    dateSeparator: /[^dMy]/.exec(shortDate)?.[0] ?? '/',
    timeSeparator: /[^Hhmst\s]/.exec(shortTime)?.[0] ?? ':',
    am: designator(5).replace(/[\u202f\u00a0]/g, ' '),
    pm: designator(17).replace(/[\u202f\u00a0]/g, ' '),
    dayNames: names({ weekday: 'long' }, 'weekday', days),
    abbreviatedDayNames: names({ weekday: 'short' }, 'weekday', days),
    monthNames: names({ month: 'long' }, 'month', months),
    abbreviatedMonthNames: names({ month: 'short' }, 'month', months),
    monthGenitiveNames: names({ month: 'long', day: 'numeric' }, 'month', months),
    abbreviatedMonthGenitiveNames: names({ month: 'short', day: 'numeric' }, 'month', months),
    firstDayOfWeek: 1,
  };
}

/** A printed sample as a .NET custom format. */
function datePattern(parts: readonly Intl.DateTimeFormatPart[]): string {
  const twelve = parts.some((part) => part.type === 'dayPeriod');
  let pattern = '';
  for (const { type, value } of parts) {
    if (type === 'year') pattern += value.length === 2 ? 'yy' : 'yyyy';
    else if (type === 'month') pattern += monthField(value);
    else if (type === 'day') pattern += value.length === 2 ? 'dd' : 'd';
    else if (type === 'weekday') pattern += 'dddd';
    else if (type === 'hour') pattern += (twelve ? 'h' : 'H').repeat(value.length);
    else if (type === 'minute') pattern += 'mm';
    else if (type === 'second') pattern += 'ss';
    else if (type === 'dayPeriod') pattern += 'tt';
    else if (type === 'literal') pattern += quoteLetters(value.replace(/[\u202f\u00a0]/g, ' '));
  }
  return plain(pattern);
}

function monthField(value: string): string {
  if (!/^\d+$/.test(value)) return 'MMMM';
  return value.length === 2 ? 'MM' : 'M';
}

function quoteLetters(literal: string): string {
  return literal.replace(/[\p{L}']+/gu, (word) => (word.includes("'") ? `"${word}"` : `'${word}'`));
}
