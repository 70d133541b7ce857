// Strings of JSON text with escapes; a surrogate escaped without its partner becomes U+FFFD.

export interface JsonStringRead {
  readonly value: string;
  /** Behind the closing quote, or where the problem is. */
  readonly end: number;
  readonly problem?: string;
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '\\': '\\',
  '"': '"',
  "'": "'",
  '/': '/',
};

const isHigh = (unit: string) => unit >= '\ud800' && unit <= '\udbff';
const isLow = (unit: string) => unit >= '\udc00' && unit <= '\udfff';

/** Reads the string whose opening quote is at `start`. */
export function readJsonString(text: string, start: number): JsonStringRead {
  const quote = text[start]!;
  const unterminated = `Unterminated string. Expected delimiter: ${quote}.`;
  let value = '';
  let at = start + 1;
  for (;;) {
    const character = text[at];
    if (character === undefined) return { value, end: at, problem: unterminated };
    at++;
    if (character === quote) return { value, end: at };
    if (character !== '\\') {
      value += character;
      continue;
    }
    const kind = text[at];
    if (kind === undefined) return { value, end: at, problem: unterminated };
    at++;
    const plain = Object.hasOwn(escapes, kind) ? escapes[kind] : undefined;
    if (plain !== undefined) value += plain;
    else if (kind === 'u') {
      const read = readUnit(text, at);
      if (read.problem !== undefined) return { ...read, value };
      value += read.value;
      at = read.end;
    } else return { value, end: at, problem: `Bad JSON escape sequence: \\${kind}.` };
  }
}

/** One `\u` escape, or the two of a pair. */
function readUnit(text: string, start: number): JsonStringRead {
  const first = readHex(text, start);
  if (first.problem !== undefined) return first;
  if (isLow(first.value)) return { value: '\ufffd', end: first.end };
  if (!isHigh(first.value)) return first;
  if (text[first.end] !== '\\' || text[first.end + 1] !== 'u') {
    return { value: '\ufffd', end: first.end };
  }
  const second = readHex(text, first.end + 2);
  if (second.problem !== undefined) return second;
  // Not a pair: the first is lost, the second stands for itself and may begin a pair.
  if (!isLow(second.value)) return { value: '\ufffd', end: first.end };
  return { value: first.value + second.value, end: second.end };
}

function readHex(text: string, start: number): JsonStringRead {
  const digits = text.slice(start, start + 4);
  if (digits.length < 4) {
    const problem = 'Unexpected end while parsing Unicode escape sequence.';
    return { value: '', end: start, problem };
  }
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
    return { value: '', end: start, problem: `Invalid Unicode escape sequence: \\u${digits}.` };
  }
  return { value: String.fromCharCode(Number.parseInt(digits, 16)), end: start + 4 };
}
