import { expect, test } from 'vitest';
import { findCulture } from './cultures.ts';
import { formatDateTime } from './date-format.ts';
import { parseDateTime, parseDateTimeExact } from './date-parse.ts';
import { DotnetError } from './errors.ts';
import { dateTime } from './instants.ts';
import { formatDouble } from './number-format.ts';
import { parseDouble } from './number-parse.ts';

const plainBlanks = (text: string) => text.replace(/\u00a0/g, ' ');

test.each([
  ['de-DE', '1.234.567,89', '1.234,50 €', '12,50 %'],
  ['fr-FR', '1 234 567,89', '1 234,50 €', '12,50 %'],
  ['en-GB', '1,234,567.89', '£1,234.50', '12.50%'],
  ['en-IN', '12,34,567.89', '₹1,234.50', '12.50%'],
  ['ja-JP', '1,234,567.89', '￥1,235', '12.50%'],
  ['es-ES', '1.234.567,89', '1.234,50 €', '12,50 %'],
])('%s writes numbers, money and percents', (name, number, money, percent) => {
  const culture = findCulture(name);
  expect(plainBlanks(formatDouble(1234567.89, 'N2', culture))).toBe(number);
  expect(plainBlanks(formatDouble(1234.5, 'C', culture)).replace('¥', '￥')).toBe(money);
  expect(plainBlanks(formatDouble(0.125, 'P', culture))).toBe(percent);
});

test.each([
  ['de-DE', '06.05.2024', 'Montag, 6. Mai 2024', '07:08'],
  ['fr-FR', '06/05/2024', 'lundi 6 mai 2024', '07:08'],
  ['en-GB', '06/05/2024', 'Monday 6 May 2024', '07:08'],
  ['es-ES', '6/5/2024', 'lunes, 6 de mayo de 2024', '7:08'],
  ['sv-SE', '2024-05-06', 'måndag 6 maj 2024', '07:08'],
])('%s writes dates', (name, short, long, time) => {
  const culture = findCulture(name);
  const value = dateTime(2024, 5, 6, 7, 8, 9);
  expect(formatDateTime(value, 'd', culture)).toBe(short);
  // CLDR editions differ in the comma after the weekday.
  expect(formatDateTime(value, 'D', culture).replace(',', '')).toBe(long.replace(',', ''));
  expect(formatDateTime(value, 't', culture)).toBe(time);
});

test('names of a culture print and parse', () => {
  const spanish = findCulture('es-es');
  expect(formatDateTime(dateTime(2016, 1, 31), 'dddd MMMM d', spanish)).toBe('domingo enero 31');
  expect(parseDateTimeExact('31 enero 2016', 'd MMMM yyyy', { culture: spanish })).toEqual(
    dateTime(2016, 1, 31),
  );
  const german = findCulture('de-DE');
  expect(parseDateTime('6.5.2024', { culture: german })).toEqual(dateTime(2024, 5, 6));
  expect(parseDouble('10.000,333', undefined, german)).toBe(10000.333);
  expect(parseDouble('1 234,5', undefined, findCulture('fr-FR'))).toBe(1234.5);
});

test('the empty name is the invariant culture; names ignore case', () => {
  expect(findCulture('').name).toBe('');
  expect(findCulture('EN-us').name).toBe('en-US');
  expect(findCulture('DE-de').name).toBe('de-DE');
});

test.each(['xx-YY-zz-!', '__proto__', 'not a culture', 'x'.repeat(500)])(
  'an unknown culture is refused: %s',
  (name) => {
    expect(() => findCulture(name)).toThrow(DotnetError);
  },
);
