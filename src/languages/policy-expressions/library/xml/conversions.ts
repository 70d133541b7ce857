// The explicit conversions of XElement and XAttribute, by the rules of XmlConvert.
import {
  DateTimeStyles,
  NumberStyles,
  parseDateTime,
  parseDateTimeOffset,
  parseDecimal,
  parseDouble,
  parseGuid,
  parseInteger,
  parseSingle,
  type TimeSpanValue,
} from '../../../../dotnet/index.ts';
import { argumentNull, fault } from '../../running/exceptions.ts';

const integerStyles =
  NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
const realStyles = integerStyles | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
const decimalStyles = integerStyles | NumberStyles.AllowDecimalPoint;

function booleanOf(text: string): boolean {
  const plain = text.trim().toLowerCase();
  if (plain === '1' || plain === 'true') return true;
  if (plain === '0' || plain === 'false') return false;
  const message = `The string '${text.toLowerCase()}' is not a valid Boolean value.`;
  throw fault('FormatException', message);
}

function realOf(text: string, parse: (text: string, styles: number) => number): number {
  const plain = text.trim();
  if (plain === 'INF') return Number.POSITIVE_INFINITY;
  if (plain === '-INF') return Number.NEGATIVE_INFINITY;
  return parse(plain, realStyles);
}

const durationPattern =
  /^(-?)P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/;

/** An XML duration; a year counts 365 days and a month 30. */
function durationOf(text: string): TimeSpanValue {
  const match = durationPattern.exec(text.trim());
  if (!match) {
    throw fault('FormatException', `The string '${text}' is not a valid TimeSpan value.`);
  }
  const part = (index: number) => BigInt(match[index] ?? 0);
  const days = part(2) * 365n + part(3) * 30n + part(4);
  const seconds = ((days * 24n + part(5)) * 60n + part(6)) * 60n + part(7);
  const fraction = BigInt((match[8] ?? '').padEnd(7, '0').slice(0, 7));
  const ticks = (seconds * 10_000_000n + fraction) * (match[1] === '-' ? -1n : 1n);
  if (BigInt.asIntN(64, ticks) !== ticks) {
    const message = `The string '${text}' was either too large or too small for TimeSpan.`;
    throw fault('OverflowException', message);
  }
  return { ticks };
}

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  bool: booleanOf,
  int: (text) => Number(parseInteger(text, 'int', integerStyles)),
  uint: (text) => Number(parseInteger(text, 'uint', integerStyles)),
  long: (text) => parseInteger(text, 'long', integerStyles),
  ulong: (text) => parseInteger(text, 'ulong', integerStyles),
  float: (text) => realOf(text, parseSingle),
  double: (text) => realOf(text, parseDouble),
  decimal: (text) => parseDecimal(text, decimalStyles),
  DateTime: (text) => parseDateTime(text, { styles: DateTimeStyles.RoundtripKind }),
  DateTimeOffset: (text) => parseDateTimeOffset(text.trim()),
  TimeSpan: durationOf,
  Guid: parseGuid,
};

/** The conversions of `type` (XElement or XAttribute), as members of its declaration. */
export function conversionsOf<T>(
  type: string,
  parameter: string,
  text: (value: T) => string,
): Record<string, unknown> {
  const members: Record<string, unknown> = {
    [`explicit string(${type} ${parameter})`]: (value: T | null) =>
      value === null ? null : text(value),
  };
  for (const [name, read] of Object.entries(readers)) {
    members[`explicit ${name}(${type} ${parameter})`] = (value: T | null) => {
      if (value === null) throw argumentNull(parameter);
      return read(text(value));
    };
    members[`explicit ${name}?(${type} ${parameter})`] = (value: T | null) =>
      value === null ? null : read(text(value));
  }
  return members;
}
