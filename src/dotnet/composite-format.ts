// string.Format: numbered places with alignment and format, doubled braces.
import { BoundedCache } from './bounded-cache.ts';
import { formatError, outOfMemory } from './errors.ts';
import { alignmentMax, textLengthMax } from './limits.ts';

type Piece =
  | string
  | { readonly index: number; readonly alignment: number; readonly format: string | undefined };

const wrongFormat = 'Input string was not in a correct format.';
const wrongIndex =
  'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.';
const compiled = new BoundedCache<readonly Piece[]>();

/**
 * string.Format: `formatOne(index, format)` gives the text of one argument. Throws FormatException
 * for braces out of place and for an index that is not below `count`.
 */
export function formatComposite(
  template: string,
  count: number,
  formatOne: (index: number, format: string | undefined) => string,
): string {
  let text = '';
  for (const piece of compiled.get(template, () => split(template))) {
    if (typeof piece === 'string') text += piece;
    else {
      if (piece.index >= count) throw formatError(wrongIndex);
      text += alignText(formatOne(piece.index, piece.format), piece.alignment);
    }
    if (text.length > textLengthMax) throw outOfMemory();
  }
  return text;
}

/** Pads with blanks to an alignment: positive aligns right, negative left. */
export function alignText(text: string, alignment: number): string {
  if (Math.abs(alignment) > alignmentMax) throw formatError(wrongFormat);
  return alignment >= 0 ? text.padStart(alignment) : text.padEnd(-alignment);
}

function split(template: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let literal = '';
  for (let i = 0; i < template.length; ) {
    const character = template[i]!;
    if (character !== '{' && character !== '}') {
      literal += character;
      i++;
    } else if (template[i + 1] === character) {
      literal += character;
      i += 2;
    } else {
      if (character === '}') throw formatError(wrongFormat);
      const place = /^\{(\d{1,7}) *(?:, *(-?\d{1,7}) *)?(?::([^{}]*))?\}/.exec(
        template.slice(i, i + 4096),
      );
      if (!place) throw formatError(wrongFormat);
      const alignment = Number(place[2] ?? 0);
      if (Number(place[1]) >= alignmentMax || Math.abs(alignment) >= alignmentMax) {
        throw formatError(wrongFormat);
      }
      if (literal !== '') pieces.push(literal);
      literal = '';
      pieces.push({ index: Number(place[1]), alignment, format: place[3] || undefined });
      i += place[0].length;
    }
  }
  if (literal !== '') pieces.push(literal);
  return pieces;
}
