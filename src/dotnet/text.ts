// string functions of .NET where they differ from JavaScript's.
import { BoundedCache } from './bounded-cache.ts';
import { type Culture, invariantCulture } from './culture.ts';
import { argumentError, argumentNull, outOfMemory } from './errors.ts';
import { textLengthMax } from './limits.ts';
import { isSpaceUnit } from './regex-set.ts';
import { StringComparison } from './styles.ts';

/**
 * ToUpper / ToUpperInvariant: character by character, so `ß` stays; only Turkish and Azeri differ
 * by culture.
 */
export function toUpper(text: string, culture: Culture = invariantCulture): string {
  const turkic = isTurkic(culture);
  const whole = turkic ? text.toLocaleUpperCase('tr') : text.toUpperCase();
  return whole.length === text.length
    ? keep(text, whole, 'ı', turkic)
    : mapUnits(text, true, turkic);
}

/** ToLower / ToLowerInvariant, likewise. */
export function toLower(text: string, culture: Culture = invariantCulture): string {
  const turkic = isTurkic(culture);
  const whole = turkic ? text.toLocaleLowerCase('tr') : text.toLowerCase();
  const special = whole.length !== text.length || text.includes('Σ');
  return special ? mapUnits(text, false, turkic) : keep(text, whole, 'İ', turkic);
}

/** The dotted and dotless i keep their form outside Turkic cultures. */
function keep(text: string, whole: string, unit: string, turkic: boolean): string {
  if (turkic || !text.includes(unit)) return whole;
  return Array.from({ length: text.length }, (_, i) => (text[i] === unit ? unit : whole[i])).join(
    '',
  );
}

function mapUnits(text: string, upper: boolean, turkic: boolean): string {
  let result = '';
  for (const character of text) {
    const locale = turkic ? 'tr' : 'en';
    const mapped = upper
      ? character.toLocaleUpperCase(locale)
      : character.toLocaleLowerCase(locale);
    const kept =
      mapped.length !== character.length || (!turkic && (character === 'ı' || character === 'İ'));
    result += kept ? character : mapped;
  }
  return result;
}

function isTurkic(culture: Culture): boolean {
  return /^(?:tr|az)\b/i.test(culture.name);
}

const collators = new BoundedCache<Intl.Collator>(50);

function collator(culture: Culture, ignoreCase: boolean): Intl.Collator {
  const locale = culture.name === '' ? 'en-US' : culture.name;
  return collators.get(
    `${locale}/${ignoreCase}`,
    () =>
      new Intl.Collator(locale, {
        sensitivity: ignoreCase ? 'accent' : 'variant',
        caseFirst: 'false',
        ignorePunctuation: false,
      }),
  );
}

function foldsCase(comparison: number): boolean {
  return comparison % 2 === 1;
}

function isOrdinal(comparison: number): boolean {
  if (comparison < 0 || comparison > 5 || !Number.isInteger(comparison)) {
    throw argumentError(
      'The string comparison type passed in is currently not supported.',
      'comparisonType',
    );
  }
  return comparison >= StringComparison.Ordinal;
}

/** string.Compare by StringComparison: -1, 0 or 1; null sorts first. Culture order by default. */
export function compareText(
  left: string | null,
  right: string | null,
  comparison: number = StringComparison.CurrentCulture,
  culture: Culture = invariantCulture,
): number {
  const ordinal = isOrdinal(comparison);
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  if (!ordinal) return Math.sign(collator(culture, foldsCase(comparison)).compare(left, right));
  const folds = foldsCase(comparison);
  const [a, b] = folds ? [toUpper(left), toUpper(right)] : [left, right];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** string.Equals by StringComparison; ordinal by default. */
export function equalText(
  left: string | null,
  right: string | null,
  comparison: number = StringComparison.Ordinal,
): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  return compareText(left, right, comparison) === 0;
}

/** What a comparison makes of text before plain searching; culture order folds composed forms. */
function folded(text: string, comparison: number): string {
  isOrdinal(comparison);
  return foldsCase(comparison) ? toUpper(text) : text;
}

/** IndexOf with a StringComparison; -1 where absent. Ordinal by default. */
export function indexOfText(
  text: string,
  value: string,
  start = 0,
  comparison: number = StringComparison.Ordinal,
): number {
  return folded(text, comparison).indexOf(folded(value, comparison), start);
}

/** LastIndexOf; an empty value is found at the end. */
export function lastIndexOfText(
  text: string,
  value: string,
  comparison: number = StringComparison.Ordinal,
): number {
  return folded(text, comparison).lastIndexOf(folded(value, comparison));
}

export function startsWithText(
  text: string,
  value: string,
  comparison: number = StringComparison.Ordinal,
): boolean {
  return folded(text, comparison).startsWith(folded(value, comparison));
}

export function endsWithText(
  text: string,
  value: string,
  comparison: number = StringComparison.Ordinal,
): boolean {
  return folded(text, comparison).endsWith(folded(value, comparison));
}

/** Replace with a StringComparison; throws ArgumentException for an empty `oldValue`. */
export function replaceText(
  text: string,
  oldValue: string | null,
  newValue: string | null,
  comparison: number = StringComparison.Ordinal,
): string {
  if (oldValue === null) throw argumentNull('oldValue');
  if (oldValue === '') throw argumentError('String cannot be of zero length.', 'oldValue');
  const target = newValue ?? '';
  const haystack = folded(text, comparison);
  const needle = folded(oldValue, comparison);
  let result = '';
  let from = 0;
  for (;;) {
    const at = haystack.indexOf(needle, from);
    if (at < 0) return result + text.slice(from);
    result += text.slice(from, at) + target;
    if (result.length > textLengthMax) throw outOfMemory();
    from = at + needle.length;
  }
}

/** char.IsWhiteSpace. */
export function isWhiteSpace(character: string): boolean {
  return character !== '' && isSpaceUnit(character.charCodeAt(0));
}

/** Trim of .NET's white space, or of a set of characters. */
export function trimText(
  text: string,
  characters?: string,
  end: 'both' | 'start' | 'end' = 'both',
): string {
  const drops = (unit: string) =>
    characters === undefined || characters === '' ? isWhiteSpace(unit) : characters.includes(unit);
  let from = 0;
  let to = text.length;
  if (end !== 'end') while (from < to && drops(text[from]!)) from++;
  if (end !== 'start') while (to > from && drops(text[to - 1]!)) to--;
  return text.slice(from, to);
}
