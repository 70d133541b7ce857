// .NET's custom numeric formats: 0 # . , % ‰ E0 ; quotes and escapes.
import { BoundedCache } from './bounded-cache.ts';
import type { NumberConventions } from './culture.ts';
import { type Digits, roundDigits } from './digits.ts';
import { exponentText } from './number-standard-format.ts';

type Token =
  | { readonly kind: 'digit' }
  | { readonly kind: 'point' }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'percent' }
  | { readonly kind: 'perMille' }
  | {
      readonly kind: 'exponent';
      readonly letter: string;
      readonly digits: number;
      readonly plus: boolean;
      /** As written; a second exponent is printed so. */
      readonly text: string;
    };

interface Section {
  readonly tokens: readonly Token[];
  readonly digitCount: number;
  readonly decimalPosition: number;
  /** Counted from the point: digits printed at least before it, and (negative) after it. */
  readonly firstDigit: number;
  readonly lastDigit: number;
  readonly scientific: boolean;
  readonly groups: boolean;
  /** Powers of ten that `%`, `‰` and trailing commas apply. */
  readonly scale: number;
}

const compiled = new BoundedCache<readonly Section[]>();

/** Formats digits by a custom format; the sections are positive, negative and zero. */
export function formatCustom(number: Digits, format: string, numbers: NumberConventions): string {
  const sections = compiled.get(format, () => splitSections(format).map(parseSection));
  let index = sectionFor(sections, number.digits === '' ? 2 : number.negative ? 1 : 0);
  let current = number;
  for (;;) {
    const section = sections[index]!;
    current = scaleAndRound(current, section);
    if (current.digits !== '' || number.digits === '') break;
    const zero = sectionFor(sections, 2);
    if (zero === index) break;
    index = zero;
    break;
  }
  const text = print(current, sections[index]!, numbers);
  return current.negative && index === 0 && (text !== '' || current.digits !== '')
    ? numbers.negativeSign + text
    : text;
}

function sectionFor(sections: readonly Section[], wanted: number): number {
  const section = sections[wanted];
  return section && section.tokens.length > 0 ? wanted : 0;
}

function scaleAndRound(number: Digits, section: Section): Digits {
  if (number.digits === '') {
    return number.kind === 'double' ? number : { ...number, negative: false };
  }
  const point = number.point + section.scale;
  const { digitCount, decimalPosition } = section;
  const count = section.scientific ? digitCount : point + digitCount - decimalPosition;
  return roundDigits({ ...number, point }, count);
}

function print(number: Digits, section: Section, numbers: NumberConventions): string {
  const { digits } = number;
  const point = number.point;
  const { decimalPosition, scientific, firstDigit, lastDigit } = section;
  // Position of the digit to come, counted down to the point; and digits still owed before it.
  let position = scientific ? decimalPosition : Math.max(point, decimalPosition);
  let adjust = scientific ? 0 : point - decimalPosition;
  const separators = section.groups
    ? separatorPositions(position, adjust, firstDigit, numbers)
    : [];
  let at = 0;
  let pointWritten = false;
  let exponentWritten = false;
  let text = '';
  const put = (digit: string) => {
    text += digit;
    if (position > 1 && separators.at(-1) === position - 1) {
      text += numbers.groupSeparator;
      separators.pop();
    }
  };
  for (const token of section.tokens) {
    if (adjust > 0 && (token.kind === 'digit' || token.kind === 'point')) {
      for (; adjust > 0; adjust--) {
        put(digits[at++] ?? '0');
        position--;
      }
    }
    if (token.kind === 'literal') text += token.text;
    else if (token.kind === 'percent') text += numbers.percentSymbol;
    else if (token.kind === 'perMille') text += numbers.perMilleSymbol;
    else if (token.kind === 'exponent') {
      const exponent = digits === '' ? 0 : point - decimalPosition;
      text += exponentWritten
        ? token.text
        : exponentText(exponent, token.letter, token.digits, token.plus, numbers);
      exponentWritten = true;
    } else if (token.kind === 'point') {
      if (position !== 0 || pointWritten) continue;
      if (lastDigit < 0 || (decimalPosition < section.digitCount && at < digits.length)) {
        text += numbers.decimalSeparator;
      }
      pointWritten = true;
    } else {
      let digit: string | undefined;
      if (adjust < 0) {
        adjust++;
        if (position <= firstDigit) digit = '0';
      } else digit = digits[at++] ?? (position > lastDigit ? '0' : undefined);
      if (digit !== undefined) put(digit);
      position--;
    }
  }
  return text;
}

/** Positions (digits before the point still to come) where a separator follows; last one first due. */
function separatorPositions(
  position: number,
  adjust: number,
  firstDigit: number,
  numbers: NumberConventions,
): number[] {
  const sizes = numbers.groupSizes;
  const total = Math.max(firstDigit, position + Math.min(0, adjust));
  const positions: number[] = [];
  let index = 0;
  let size = sizes[0] ?? 0;
  let sum = size;
  while (size > 0 && total > sum) {
    positions.push(sum);
    if (index < sizes.length - 1) size = sizes[++index]!;
    sum += size;
  }
  return positions;
}

/** Splits at `;` outside quotes and escapes; only the first three sections matter. */
function splitSections(format: string): string[] {
  const sections: string[] = [];
  let start = 0;
  for (let i = 0; i < format.length; i++) {
    const character = format[i];
    if (character === '\\') i++;
    else if (character === "'" || character === '"') {
      const end = format.indexOf(character, i + 1);
      i = end < 0 ? format.length : end;
    } else if (character === ';') {
      sections.push(format.slice(start, i));
      start = i + 1;
    }
  }
  sections.push(format.slice(start));
  return sections.slice(0, 3);
}

function parseSection(text: string): Section {
  const tokens: Token[] = [];
  let digitCount = 0;
  let decimalPosition = -1;
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  let scientific = false;
  let groupPosition = -1;
  let groupCount = 0;
  let groups = false;
  let scale = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '#' || character === '0') {
      if (character === '0') {
        first = Math.min(first, digitCount);
        last = digitCount + 1;
      }
      digitCount++;
      tokens.push({ kind: 'digit' });
    } else if (character === '.') {
      if (decimalPosition < 0) decimalPosition = digitCount;
      tokens.push({ kind: 'point' });
    } else if (character === ',') {
      if (digitCount === 0 || decimalPosition >= 0) continue;
      if (groupPosition === digitCount) groupCount++;
      else {
        if (groupPosition >= 0) groups = true;
        groupPosition = digitCount;
        groupCount = 1;
      }
    } else if (character === '%' || character === '‰') {
      scale += character === '%' ? 2 : 3;
      tokens.push({ kind: character === '%' ? 'percent' : 'perMille' });
    } else if (character === "'" || character === '"') {
      const end = text.indexOf(character, i + 1);
      tokens.push({ kind: 'literal', text: text.slice(i + 1, end < 0 ? undefined : end) });
      i = end < 0 ? text.length : end;
    } else if (character === '\\') {
      i++;
      if (i < text.length) tokens.push({ kind: 'literal', text: text[i]! });
    } else {
      const exponent = /^[eE]([+-]?)(0+)/.exec(text.slice(i, i + 64));
      if (exponent) {
        scientific = true;
        tokens.push({
          kind: 'exponent',
          letter: character,
          digits: Math.min(10, exponent[2]!.length),
          plus: exponent[1] === '+',
          text: exponent[0],
        });
        i += exponent[0].length - 1;
      } else tokens.push({ kind: 'literal', text: character });
    }
  }
  if (decimalPosition < 0) decimalPosition = digitCount;
  if (groupPosition >= 0) {
    if (groupPosition === decimalPosition) scale -= groupCount * 3;
    else groups = true;
  }
  return {
    tokens,
    digitCount,
    decimalPosition,
    firstDigit: first < decimalPosition ? decimalPosition - first : 0,
    lastDigit: last > decimalPosition ? decimalPosition - last : 0,
    scientific,
    groups,
    scale,
  };
}
