// Character references of XML: decoded once, encoded where a reader would else misread.

/** Decoded text, with the way back to where each character stands in the source. */
export interface Decoded {
  readonly text: string;
  /** Offset in the source text of an offset in `text`. */
  sourceOffset(offset: number): number;
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

const reference = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g;

/** Where a `&` stands that begins no character reference of XML; -1 where none does. */
export function strayAmpersand(raw: string): number {
  const begins = new Set<number>();
  for (const match of raw.matchAll(reference)) {
    if (characterOf(match) !== undefined) begins.add(match.index);
  }
  let at = raw.indexOf('&');
  while (begins.has(at)) at = raw.indexOf('&', at + 1);
  return at;
}

/** Replaces character references once. What is not a reference stays as it is. */
export function decodeEntities(raw: string, start = 0): Decoded {
  if (!raw.includes('&')) return { text: raw, sourceOffset: (offset) => start + offset };
  let text = '';
  let from = 0;
  /** Pairs: offset in text behind a reference, and by how much the source is ahead there. */
  const shifts: { readonly at: number; readonly by: number }[] = [];
  let shift = 0;
  for (const match of raw.matchAll(reference)) {
    const character = characterOf(match);
    if (character === undefined) continue;
    text += raw.slice(from, match.index) + character;
    from = match.index + match[0].length;
    shift += match[0].length - character.length;
    shifts.push({ at: text.length, by: shift });
  }
  text += raw.slice(from);
  return {
    text,
    sourceOffset(offset) {
      let by = 0;
      for (const each of shifts) {
        if (each.at > offset) break;
        by = each.by;
      }
      return start + offset + by;
    },
  };
}

function characterOf(match: RegExpExecArray): string | undefined {
  if (match[1]) return named[match[1]];
  const code = match[2] ? Number(match[2]) : Number.parseInt(match[3]!, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  if (code < 0x20 && code !== 9 && code !== 10 && code !== 13) return undefined;
  return String.fromCodePoint(code);
}

/** Text content in strict XML. */
export function encodeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An attribute's value in strict XML; line breaks survive a conforming parser. */
export function encodeAttribute(text: string, quote: '"' | "'"): string {
  return encodeText(text)
    .replaceAll('&gt;', '>')
    .replaceAll(quote, quote === '"' ? '&quot;' : '&apos;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');
}

/** An expression as `rawxml` shows it: only what would be decoded again is encoded. */
export function encodeRawExpression(code: string): string {
  return code.replace(/&(?=(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/g, '&amp;');
}
