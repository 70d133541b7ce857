// System.Xml.XmlConvert: values as XML writes them, and names.
import {
  continuesName,
  type DateTimeOffsetValue,
  DateTimeStyles,
  type DateTimeValue,
  type Decimal,
  DotnetError,
  decodeXmlName,
  encodeXmlLocalName,
  encodeXmlName,
  formatDateTime,
  formatDateTimeOffset,
  invalidCharacter,
  invalidXmlCharacter,
  isXmlBlank,
  isXmlCharacter,
  isXmlSpace,
  parseDateTimeExact,
  parseDateTimeOffsetExact,
  parseGuid,
  startsName,
  type TimeSpanValue,
  withMode,
  wrongInName,
  wrongNameStart,
  xmlBoolean,
  xmlDateTime,
  xmlDateTimeModes,
  xmlDateTimeOffset,
  xmlDateTimeOffsetText,
  xmlDateTimeText,
  xmlDecimal,
  xmlDouble,
  xmlDoubleText,
  xmlDuration,
  xmlDurationText,
  xmlError,
  xmlInteger,
  xmlSingle,
  xmlSingleText,
} from '../../../../dotnet/index.ts';
import { argumentNull, fault, nullReference, required } from '../../running/exceptions.ts';
import { declareEnum, declareType } from '../../types/registry.ts';
import { today } from '../instants.ts';

type Text = string | null;

const reading = (parse: (text: string) => unknown) => (text: Text) => parse(required(text, 's'));

/** Readers that trim before they look. */
const trimming = (parse: (text: string) => unknown) => (text: Text) => {
  if (text === null) throw nullReference();
  return parse(text);
};
const whole = (kind: Parameters<typeof xmlInteger>[1]) =>
  reading((text) => Number(xmlInteger(text, kind)));
const spaced = DateTimeStyles.AllowLeadingWhite | DateTimeStyles.AllowTrailingWhite;

const readers = {
  'static bool ToBoolean(string s)': trimming(xmlBoolean),
  'static char ToChar(string s)': reading((text) => {
    if (text.length === 1) return text.charCodeAt(0);
    throw fault('FormatException', 'String must be exactly one character long.');
  }),
  'static decimal ToDecimal(string s)': reading(xmlDecimal),
  'static double ToDouble(string s)': trimming(xmlDouble),
  'static float ToSingle(string s)': trimming(xmlSingle),
  'static sbyte ToSByte(string s)': whole('sbyte'),
  'static byte ToByte(string s)': whole('byte'),
  'static short ToInt16(string s)': whole('short'),
  'static ushort ToUInt16(string s)': whole('ushort'),
  'static int ToInt32(string s)': whole('int'),
  'static uint ToUInt32(string s)': whole('uint'),
  'static long ToInt64(string s)': reading((text) => xmlInteger(text, 'long')),
  'static ulong ToUInt64(string s)': reading((text) => xmlInteger(text, 'ulong')),
  'static Guid ToGuid(string s)': reading(parseGuid),
  'static TimeSpan ToTimeSpan(string s)': (text: Text) => xmlDuration(text ?? ''),
  'static DateTime ToDateTime(string s)': reading((text) =>
    xmlDateTime(text, xmlDateTimeModes.RoundtripKind, today()),
  ),
  'static DateTime ToDateTime(string s, XmlDateTimeSerializationMode dateTimeOption)': (
    text: Text,
    mode: number,
  ) => xmlDateTime(required(text, 's'), mode, today()),
  'static DateTime ToDateTime(string s, string format)': (text: Text, format: Text) =>
    parseDateTimeExact(required(text, 's'), required(format, 'format'), { styles: spaced }),
  'static DateTimeOffset ToDateTimeOffset(string s)': reading((text) =>
    xmlDateTimeOffset(text, today()),
  ),
  'static DateTimeOffset ToDateTimeOffset(string s, string format)': (text: Text, format: Text) =>
    parseDateTimeOffsetExact(required(text, 's'), required(format, 'format'), { styles: spaced }),
};

const integers = ['sbyte', 'byte', 'short', 'ushort', 'int', 'uint', 'long', 'ulong'].map(
  (type): [string, unknown] => [
    `static string ToString(${type} value)`,
    (value: number | bigint) => value.toString(),
  ],
);

const writers = {
  ...Object.fromEntries(integers),
  'static string ToString(bool value)': (value: boolean) => (value ? 'true' : 'false'),
  'static string ToString(char value)': (unit: number) => String.fromCharCode(unit),
  'static string ToString(decimal value)': (value: Decimal) => value.toString(),
  'static string ToString(double value)': doubleText,
  'static string ToString(float value)': (value: number) =>
    Object.is(value, -0) ? '-0' : xmlSingleText(value),
  'static string ToString(Guid value)': (value: string) => value,
  'static string ToString(TimeSpan value)': (value: TimeSpanValue) => xmlDurationText(value),
  'static string ToString(DateTime value)': (value: DateTimeValue) =>
    formatDateTime(value, 'yyyy-MM-ddTHH:mm:ss.fffffffzzzzzz'),
  'static string ToString(DateTime value, string format)': (value: DateTimeValue, format: Text) =>
    formatDateTime(value, format ?? undefined),
  'static string ToString(DateTime value, XmlDateTimeSerializationMode dateTimeOption)': (
    value: DateTimeValue,
    mode: number,
  ) => xmlDateTimeText(withMode(value, mode)),
  'static string ToString(DateTimeOffset value)': (value: DateTimeOffsetValue) =>
    xmlDateTimeOffsetText(value),
  'static string ToString(DateTimeOffset value, string format)': (
    value: DateTimeOffsetValue,
    format: Text,
  ) => formatDateTimeOffset(value, format ?? undefined),
};

function doubleText(value: number): string {
  return Object.is(value, -0) ? '-0' : xmlDoubleText(value);
}

const encoding = (encode: (name: string) => string) => (name: Text) =>
  name === null ? null : encode(name);

const colon = 0x3a;

/** A name, in which a colon counts as a letter. */
function verifyName(name: Text): string {
  const given = required(name, 'name');
  if (given === '') throw argumentNull('name');
  for (let at = 0; at < given.length; at += 1) {
    const unit = given.charCodeAt(at);
    if (unit === colon || (at === 0 ? startsName(unit) : continuesName(unit))) continue;
    throw xmlError(at === 0 ? wrongNameStart(given) : wrongInName(given, at));
  }
  return given;
}

function verifyLocalName(name: Text): string {
  const given = required(name, 'name');
  if (given === '') throw argumentNull('name');
  if (given.includes(':') && !given.startsWith(':')) {
    throw xmlError(wrongInName(given, given.indexOf(':')));
  }
  if (given.startsWith(':')) throw xmlError(wrongNameStart(given));
  return verifyName(given);
}

function verifyToken(text: Text): string {
  const name = required(text, 'name');
  if (name === '') throw xmlError("Invalid NmToken value ''.");
  for (let at = 0; at < name.length; at += 1) {
    const unit = name.charCodeAt(at);
    if (!continuesName(unit) && unit !== colon) throw xmlError(wrongInName(name, at));
  }
  return name;
}

function verifyCharacters(content: Text): string {
  const given = required(content, 'content');
  const at = invalidXmlCharacter(given);
  if (at >= 0) throw xmlError(invalidCharacter(given, at));
  return given;
}

const isPublicId = (unit: number) =>
  /^[ \r\na-zA-Z0-9\-'()+,./:=?;!*#@$_%]$/.test(String.fromCharCode(unit));

const names = {
  'static string EncodeName(string name)': encoding(encodeXmlName),
  'static string EncodeLocalName(string name)': encoding(encodeXmlLocalName),
  'static string EncodeNmToken(string name)': encoding((name) =>
    encodeXmlName(`a${name}`).slice(1),
  ),
  'static string DecodeName(string name)': encoding(decodeXmlName),
  'static string VerifyName(string name)': verifyName,
  'static string VerifyNCName(string name)': verifyLocalName,
  'static string VerifyNMTOKEN(string name)': verifyToken,
  'static string VerifyXmlChars(string content)': verifyCharacters,
  'static string VerifyWhitespace(string content)': (content: Text) => {
    const given = required(content, 'content');
    if (isXmlBlank(given)) return given;
    const at = given.search(/[^ \t\r\n]/);
    throw new DotnetError(
      'System.Xml.XmlException',
      `The Whitespace or SignificantWhitespace node can contain only XML whitespace characters. '${given.charAt(at)}' is not an XML white space character.`,
    );
  },
  'static string VerifyPublicId(string publicId)': (id: Text) => {
    const given = required(id, 'publicId');
    const at = [...given].findIndex((character) => !isPublicId(character.charCodeAt(0)));
    if (at >= 0) throw xmlError(invalidCharacter(given, at));
    return given;
  },
  'static bool IsStartNCNameChar(char ch)': startsName,
  'static bool IsNCNameChar(char ch)': continuesName,
  'static bool IsXmlChar(char ch)': isXmlCharacter,
  'static bool IsXmlSurrogatePair(char lowChar, char highChar)': (low: number, high: number) =>
    low >= 0xdc00 && low <= 0xdfff && high >= 0xd800 && high <= 0xdbff,
  'static bool IsPublicIdChar(char ch)': isPublicId,
  'static bool IsWhitespaceChar(char ch)': isXmlSpace,
};

export const xmlConvertTypes = [
  declareEnum('System.Xml.XmlDateTimeSerializationMode', xmlDateTimeModes),
  declareType('class System.Xml.XmlConvert', { ...readers, ...writers, ...names }),
];
