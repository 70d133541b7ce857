// ParseExact: text against one custom or standard date format.
import { BoundedCache } from './bounded-cache.ts';
import type { DateConventions } from './culture.ts';
import { invariantCulture } from './culture.ts';
import {
  type DateToken,
  invariantDateLetters,
  standardDateFormat,
  tokenizeDateFormat,
} from './date-format.ts';
import { formatError } from './errors.ts';
import { DateTimeStyles } from './styles.ts';

/** What a text told; a part that it does not name is absent. */
export interface DateFields {
  year?: number;
  month?: number;
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  /** Ticks. */
  fraction?: number;
  afternoon?: boolean;
  dayOfWeek?: number;
  offsetMinutes?: number;
  /** The zone was written as `Z` or `GMT`. */
  utc?: boolean;
}

const compiled = new BoundedCache<readonly DateToken[]>();

/** Years of two digits fall between 1950 and 2049. */
export function fourDigitYear(year: number): number {
  return year + (year < 50 ? 2000 : 1900);
}

/** The fields of `text` under `format`; undefined where it does not match. */
export function matchExact(
  text: string,
  format: string,
  dates: DateConventions,
  styles: number,
): DateFields | undefined {
  if (format === '') throw formatError('Format specifier was invalid.');
  let custom = format;
  if (format.length === 1) {
    const standard = standardDateFormat(format, dates);
    if (standard === undefined) throw formatError('Input string was not in a correct format.');
    custom = standard;
    if (invariantDateLetters.includes(format)) dates = invariantCulture.dates;
  }
  const matcher = new ExactMatcher(text, dates, styles);
  const fields = matcher.match(compiled.get(custom, () => tokenizeDateFormat(custom)));
  if (fields && 'uU'.includes(format)) fields.utc = undefined;
  return fields;
}

class ExactMatcher {
  private at = 0;
  private readonly fields: DateFields = {};
  private readonly text: string;
  private readonly dates: DateConventions;
  private readonly styles: number;

  constructor(text: string, dates: DateConventions, styles: number) {
    this.text = text;
    this.dates = dates;
    this.styles = styles;
  }

  match(tokens: readonly DateToken[]): DateFields | undefined {
    if (this.styles & DateTimeStyles.AllowLeadingWhite) this.blanks();
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i]!;
      if (this.styles & DateTimeStyles.AllowInnerWhite) this.blanks();
      const ok =
        token.kind === 'literal' ? this.literal(token.text, tokens[i + 1]) : this.field(token);
      if (!ok) return undefined;
    }
    if (this.styles & DateTimeStyles.AllowTrailingWhite) this.blanks();
    return this.at === this.text.length ? this.fields : undefined;
  }

  private blanks(): void {
    while (this.at < this.text.length && /\s/.test(this.text[this.at]!)) this.at++;
  }

  private literal(text: string, next: DateToken | undefined): boolean {
    if (this.styles & DateTimeStyles.AllowInnerWhite && text.trim() === '') return true;
    if (this.text.startsWith(text, this.at)) {
      this.at += text.length;
      return true;
    }
    // `.F` matches a text that has neither point nor fraction.
    return text === '.' && next?.kind === 'field' && next.letter === 'F';
  }

  private field(token: { letter: string; count: number }): boolean {
    const { letter, count } = token;
    const { fields } = this;
    switch (letter) {
      case 'd':
        if (count <= 2) return this.put('day', this.digits(count, 2));
        return this.put(
          'dayOfWeek',
          this.name(count === 3 ? this.dates.abbreviatedDayNames : this.dates.dayNames),
        );
      case 'M':
        return this.month(count);
      case 'y':
        return this.year(count);
      case 'h':
      case 'H':
        return this.put('hour', this.digits(Math.min(2, count), 2));
      case 'm':
        return this.put('minute', this.digits(Math.min(2, count), 2));
      case 's':
        return this.put('second', this.digits(Math.min(2, count), 2));
      case 'f':
      case 'F':
        return this.fraction(letter, count);
      case 't':
        return this.designator(count);
      case 'z':
        return this.offset(count);
      case 'K':
        return this.zone();
      case 'g':
        return this.literal('A.D.', undefined);
      case ':':
        return this.literal(this.dates.timeSeparator, undefined);
      default:
        return fields !== undefined && this.literal(this.dates.dateSeparator, undefined);
    }
  }

  private put(
    field: 'day' | 'dayOfWeek' | 'month' | 'year' | 'hour' | 'minute' | 'second' | 'fraction',
    value: number | undefined,
  ): boolean {
    if (value === undefined) return false;
    const before = this.fields[field];
    this.fields[field] = value;
    return before === undefined || before === value;
  }

  /** `count` 1 takes one digit or more up to `most`; a greater count takes exactly so many. */
  private digits(count: number, most: number): number | undefined {
    const start = this.at;
    const limit = start + (count === 1 ? most : count);
    let end = start;
    while (end < limit && this.text[end]! >= '0' && this.text[end]! <= '9') end++;
    if (end === start || (count > 1 && end < limit)) return undefined;
    this.at = end;
    return Number(this.text.slice(start, end));
  }

  private name(names: readonly string[]): number | undefined {
    const rest = this.text.slice(this.at, this.at + 64).toLowerCase();
    let best: number | undefined;
    let length = 0;
    for (let i = 0; i < names.length; i++) {
      const name = names[i]!.toLowerCase();
      if (name.length > length && rest.startsWith(name)) {
        best = i;
        length = name.length;
      }
    }
    this.at += length;
    return best;
  }

  private month(count: number): boolean {
    if (count <= 2) return this.put('month', this.digits(count, 2));
    const { dates } = this;
    const short = count === 3;
    const start = this.at;
    let index = this.name(short ? dates.abbreviatedMonthNames : dates.monthNames);
    if (index === undefined) {
      this.at = start;
      index = this.name(short ? dates.abbreviatedMonthGenitiveNames : dates.monthGenitiveNames);
    }
    return this.put('month', index === undefined ? undefined : index + 1);
  }

  private year(count: number): boolean {
    const year = this.digits(count, 2);
    if (year === undefined) return false;
    return this.put('year', count <= 2 ? fourDigitYear(year) : year);
  }

  private fraction(letter: string, count: number): boolean {
    const start = this.at;
    while (this.at < start + count && /[0-9]/.test(this.text[this.at] ?? '')) this.at++;
    const digits = this.text.slice(start, this.at);
    if (letter === 'f' && digits.length < count) return false;
    return this.put('fraction', Number(digits.padEnd(7, '0')));
  }

  private designator(count: number): boolean {
    const { am, pm } = this.dates;
    const rest = this.text.slice(this.at).toLowerCase();
    for (const [word, afternoon] of [
      [am, false],
      [pm, true],
    ] as const) {
      const wanted = (count === 1 ? word.slice(0, 1) : word).toLowerCase();
      if (wanted !== '' && rest.startsWith(wanted)) {
        this.at += wanted.length;
        this.fields.afternoon = afternoon;
        return true;
      }
    }
    return false;
  }

  private offset(count: number): boolean {
    const shape =
      count === 1
        ? /^([+-])(\d{1,2})()/
        : count === 2
          ? /^([+-])(\d{2})()/
          : /^([+-])(\d{1,2}):?(\d{2})/;
    const match = shape.exec(this.text.slice(this.at, this.at + 8));
    if (!match) return false;
    this.at += match[0].length;
    const minutes = Number(match[2]) * 60 + Number(match[3] || 0);
    if (minutes > 14 * 60) return false;
    this.fields.offsetMinutes = match[1] === '-' ? -minutes : minutes;
    return true;
  }

  private zone(): boolean {
    if (this.text[this.at] === 'Z' || this.text[this.at] === 'z') {
      this.at++;
      this.fields.offsetMinutes = 0;
      this.fields.utc = true;
      return true;
    }
    this.offset(3);
    return true;
  }
}
