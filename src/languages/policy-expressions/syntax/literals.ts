// Numbers and escapes of C# literals.
import { type NumberLiteral, SyntaxFault } from './tokens.ts';

const simpleEscapes = new Map([
  ["'", "'"],
  ['"', '"'],
  ['\\', '\\'],
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** The escape at the backslash at `at`; undefined where C# knows none such. */
export function charEscape(
  text: string,
  at: number,
  limit: number,
): { value: string; end: number } | undefined {
  const letter = text[at + 1];
  if (letter === undefined || at + 1 >= limit) return undefined;
  const simple = simpleEscapes.get(letter);
  if (simple !== undefined) return { value: simple, end: at + 2 };
  const shapes: Record<string, RegExp> = {
    x: /[0-9a-fA-F]{1,4}/y,
    u: /[0-9a-fA-F]{4}/y,
    U: /[0-9a-fA-F]{8}/y,
  };
  const shape = Object.hasOwn(shapes, letter) ? shapes[letter] : undefined;
  if (!shape) return undefined;
  shape.lastIndex = at + 2;
  const digits = shape.exec(text)?.[0];
  if (digits === undefined) return undefined;
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff) return undefined;
  const value = letter === 'U' ? String.fromCodePoint(code) : String.fromCharCode(code);
  return { value, end: at + 2 + digits.length };
}

const hexadecimal = /0[xX]([0-9a-fA-F_]+)([uU][lL]?|[lL][uU]?)?/y;
const binary = /0[bB]([01_]+)([uU][lL]?|[lL][uU]?)?/y;
const real =
  /(?:\d[\d_]*)?(?:\.\d[\d_]*(?:[eE][+-]?\d[\d_]*)?[fFdDmM]?|[eE][+-]?\d[\d_]*[fFdDmM]?|(?<=\d|_)[fFdDmM])/y;
const integer = /(\d[\d_]*)([uU][lL]?|[lL][uU]?)?/y;

/** The number that begins at `start`. */
export function scanNumber(
  text: string,
  start: number,
  limit: number,
): { literal: NumberLiteral; end: number } {
  const source = limit < text.length ? text.slice(0, limit) : text;
  for (const [shape, radix] of [
    [hexadecimal, 16],
    [binary, 2],
  ] as const) {
    const match = matchAt(shape, source, start);
    if (match) return integerOf(match, radix, start);
  }
  const match = matchAt(real, source, start);
  if (match?.[0]) {
    const written = match[0].replaceAll('_', '').toLowerCase();
    const suffix = /[fdm]$/.exec(written)?.[0] ?? '';
    const kind = suffix === 'f' ? 'float' : suffix === 'm' ? 'decimal' : 'double';
    const digits = written.slice(0, written.length - suffix.length);
    return { literal: { kind, digits, radix: 10, suffix }, end: start + match[0].length };
  }
  const whole = matchAt(integer, source, start);
  if (!whole) throw new SyntaxFault('CS1013', 'Invalid number', start, start + 1);
  return integerOf(whole, 10, start);
}

function matchAt(shape: RegExp, text: string, at: number): RegExpExecArray | null {
  shape.lastIndex = at;
  return shape.exec(text);
}

function integerOf(match: RegExpExecArray, radix: 2 | 10 | 16, start: number) {
  const letters = (match[2] ?? '').toLowerCase();
  const suffix = letters === 'lu' ? 'ul' : letters;
  const digits = match[1]!.replaceAll('_', '');
  const literal: NumberLiteral = { kind: 'integer', digits, radix, suffix };
  return { literal, end: start + match[0].length };
}
