// The numbers of JSON text: decimal, hexadecimal and octal, as the type they are read as.
import { Decimal } from './decimal.ts';
import { wrapInteger } from './integers.ts';
import { type JsonContent, type JsonReadType, JsonToken } from './json-reader.ts';
import { parseDecimal, tryParse } from './number-parse.ts';
import { NumberStyles } from './styles.ts';

/** Digits of the longest integer that Newtonsoft takes. */
const integerLengthMax = 380;

type Read =
  | { readonly token: number; readonly content: JsonContent }
  | { readonly problem: string };

/** A number token's text as `type`; `anyDecimal` reads reals as Decimal. */
export function jsonNumber(text: string, type: JsonReadType | 'anyDecimal'): Read {
  const otherBase = text.length > 1 && text[0] === '0' && !/[.eE]/.test(text[1]!);
  switch (type) {
    case 'int32':
      return otherBase ? otherBaseInt32(text) : int32(text);
    case 'decimal':
      return read(text, 'decimal', JsonToken.Float, () =>
        otherBase ? integerDecimal(inOtherBase(text)) : decimalOf(text),
      );
    case 'double':
      return read(text, 'double', JsonToken.Float, () =>
        otherBase ? real(inOtherBase(text)) : doubleOf(text),
      );
    case 'string':
      return read(text, 'number', JsonToken.String, () =>
        (otherBase ? inOtherBase(text) : doubleOf(text)) === undefined ? undefined : text,
      );
    case 'any':
    case 'anyDecimal':
    case 'int64':
      if (otherBase) return read(text, 'number', JsonToken.Integer, () => inOtherBase(text));
      return integral.test(text) ? integer(text) : fraction(text, type === 'anyDecimal');
    default:
      return { problem: 'Cannot read number value as type.' };
  }
}

const integral = /^-?\d+$/;

function read(
  text: string,
  name: string,
  token: number,
  parse: () => JsonContent | undefined,
): Read {
  const content = parse();
  if (content === undefined) return { problem: `Input string '${text}' is not a valid ${name}.` };
  return { token, content };
}

function integer(text: string): Read {
  if (text.length > integerLengthMax)
    return { problem: `JSON integer ${text} is too large to parse.` };
  return { token: JsonToken.Integer, content: BigInt(text) };
}

function fraction(text: string, asDecimal: boolean): Read {
  if (!asDecimal) return read(text, 'number', JsonToken.Float, () => doubleOf(text));
  return read(text, 'decimal', JsonToken.Float, () => decimalOf(text));
}

function int32(text: string): Read {
  if (!integral.test(text)) return { problem: `Input string '${text}' is not a valid integer.` };
  const content = BigInt(text);
  if (wrapInteger(content, 'int') !== content) {
    return { problem: `JSON integer ${text} is too large or small for an Int32.` };
  }
  return { token: JsonToken.Integer, content };
}

function otherBaseInt32(text: string): Read {
  return read(text, 'integer', JsonToken.Integer, () => {
    const value = inOtherBase(text);
    return value === undefined || value < 0n || value >= 1n << 32n
      ? undefined
      : wrapInteger(value, 'int');
  });
}

/** Convert.ToInt64(text, 16 or 8). */
function inOtherBase(text: string): bigint | undefined {
  const hexadecimal = /^0[xX]([0-9a-fA-F]+)$/.exec(text);
  const digits = hexadecimal ? `0x${hexadecimal[1]}` : `0o${text}`;
  if (!hexadecimal && !/^[0-7]+$/.test(text)) return undefined;
  const value = BigInt(digits);
  return value >= 1n << 64n ? undefined : wrapInteger(value, 'long');
}

function real(value: bigint | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function integerDecimal(value: bigint | undefined): Decimal | undefined {
  return value === undefined ? undefined : Decimal.fit(value < 0n ? -value : value, 0, value < 0n);
}

function doubleOf(text: string): number | undefined {
  return /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : undefined;
}

function decimalOf(text: string): Decimal | undefined {
  return tryParse(() => parseDecimal(text, NumberStyles.Float));
}
