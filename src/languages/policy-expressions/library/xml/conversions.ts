// The explicit conversions of XElement and XAttribute, by the rules of XmlConvert.
import {
  DateTimeStyles,
  parseDateTime,
  parseGuid,
  xmlBoolean,
  xmlDateTimeOffset,
  xmlDecimal,
  xmlDouble,
  xmlDuration,
  xmlInteger,
  xmlSingle,
} from '../../../../dotnet/index.ts';
import { argumentNull } from '../../running/exceptions.ts';
import { today } from '../instants.ts';

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  bool: (text) => xmlBoolean(text.toLowerCase()),
  int: (text) => Number(xmlInteger(text, 'int')),
  uint: (text) => Number(xmlInteger(text, 'uint')),
  long: (text) => xmlInteger(text, 'long'),
  ulong: (text) => xmlInteger(text, 'ulong'),
  float: xmlSingle,
  double: xmlDouble,
  decimal: xmlDecimal,
  DateTime: (text) => parseDateTime(text, { styles: DateTimeStyles.RoundtripKind, today: today() }),
  DateTimeOffset: (text) => xmlDateTimeOffset(text, today()),
  TimeSpan: xmlDuration,
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
