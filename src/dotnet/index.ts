// The door of `dotnet`: what the languages owe to .NET.

export {
  fromBase64,
  fromHex,
  toBase64,
  toHex,
} from './base64.ts';
export {
  alignText,
  formatComposite,
} from './composite-format.ts';
export {
  type Culture,
  type DateConventions,
  englishCulture,
  invariantCulture,
  type NumberConventions,
} from './culture.ts';
export { findCulture } from './cultures.ts';
export {
  formatDateTime,
  formatDateTimeOffset,
} from './date-format.ts';
export type { Instant } from './date-parse.ts';
export {
  type DateParseOptions,
  parseDateTime,
  parseDateTimeExact,
  parseDateTimeOffset,
  parseDateTimeOffsetExact,
  parseInstant,
} from './date-parse.ts';
export { Decimal } from './decimal.ts';
export {
  firstInvalid,
  type TextEncodingValue,
  textEncoding,
  textEncodingOfPage,
} from './encodings.ts';
export {
  argumentError,
  argumentNull,
  argumentOutOfRange,
  DotnetError,
  formatError,
  outOfMemory,
  overflowError,
} from './errors.ts';
export {
  formatGuid,
  guidOfBytes,
  guidToBytes,
  parseGuid,
  parseGuidExact,
} from './guid.ts';
export type { DateTimeOffsetValue, DateTimeValue, TimeSpanValue } from './instants.ts';
export {
  addMonthsToTicks,
  addTicks,
  addYearsToTicks,
  type DateParts,
  dateParts,
  dateTime,
  dateTimeOfTicks,
  dateTimeOfUnixMs,
  daysInMonth,
  isLeapYear,
  maxDateTicks,
  span,
  ticksOfUnits,
  ticksPerDay,
  ticksPerMillisecond,
  ticksPerMinute,
  ticksPerSecond,
  unixEpochTicks,
  unixMsOfTicks,
} from './instants.ts';
export {
  checkInteger,
  doubleToInteger,
  integerOverflow,
  integerRange,
  roundDouble,
  wrapInteger,
} from './integers.ts';
export { jsonDate, readIsoDate } from './json-date.ts';
export { type JsonBuilder, type JsonNavigator, type JsonNode, jsonNodes } from './json-node.ts';
export {
  jsonNavigator,
  selectToken,
  selectTokens,
} from './json-path.ts';
export { jsonPathStep } from './json-path-step.ts';
export {
  type JsonReadOptions,
  type JsonRoot,
  readJson,
  readJsonInto,
  readJsonValue,
} from './json-read.ts';
export {
  type JsonContent,
  JsonError,
  JsonReader,
  type JsonReadType,
  JsonToken,
  jsonTokenName,
} from './json-reader.ts';
export { JsonTextReader } from './json-text-reader.ts';
export type { JsonTextOptions } from './json-text-scanner.ts';
export type { JsonToXmlOptions } from './json-to-xml.ts';
export { jsonToXml } from './json-to-xml.ts';
export {
  type JsonWriteOptions,
  jsonDecimal,
  jsonDouble,
  jsonSingle,
  jsonString,
  writeJson,
} from './json-write.ts';
export {
  doubleText,
  formatDecimal,
  formatDouble,
  formatInteger,
  formatSingle,
  singleText,
} from './number-format.ts';
export {
  parseDecimal,
  parseDouble,
  parseInteger,
  parseSingle,
  tryParse,
} from './number-parse.ts';
export {
  compileRegex,
  escapeRegex,
  type Regex,
  type RegexCapture,
  type RegexGroup,
  type RegexMatch,
} from './regex.ts';
export { unescapeRegex } from './regex-unescape.ts';
export {
  type DateTimeKind,
  DateTimeStyles,
  type IntegerKind,
  MidpointRounding,
  NumberStyles,
  RegexOptions,
  StringComparison,
} from './styles.ts';
export {
  compareText,
  endsWithText,
  equalText,
  indexOfText,
  isWhiteSpace,
  lastIndexOfText,
  replaceText,
  startsWithText,
  toLower,
  toUpper,
  trimText,
} from './text.ts';
export {
  formatTimeSpan,
  parseTimeSpan,
  parseTimeSpanExact,
  type TimeSpanParts,
  timeSpanParts,
} from './time-span.ts';
export {
  adjustmentRules,
  ambiguousOffsets,
  convertTime,
  convertTimeFromUtc,
  convertTimeToUtc,
  customTimeZone,
  findTimeZone,
  isAmbiguousTime,
  isDaylightSavingTime,
  isInvalidTime,
  localTimeZone,
  offsetMinutesAtLocal,
  type TimeZone,
  timeZoneIds,
  utcTimeZone,
} from './time-zones.ts';
export { parseUri, type UriKind, type UriValue } from './uri.ts';
export { ipv4, parseHost, shortestIpv6 } from './uri-host.ts';
export {
  isBaseOf,
  isWellFormedOriginal,
  isWellFormedUri,
  relativeUri,
  resolveUri,
  uriKey,
} from './uri-relative.ts';
export {
  escapeDataString,
  escapeUriString,
  htmlDecode,
  htmlEncode,
  unescapeDataString,
  urlDecode,
  urlEncode,
} from './web-text.ts';
export {
  continuesName,
  invalidXmlCharacter,
  isXmlBlank,
  isXmlCharacter,
  isXmlSpace,
  startsName,
} from './xml-characters.ts';
export {
  invalidCharacter,
  shownCharacter,
  wrongInName,
  wrongNameStart,
  xmlError,
} from './xml-cursor.ts';
export {
  withMode,
  xmlDateTime,
  xmlDateTimeModes,
  xmlDateTimeOffset,
  xmlDuration,
  xmlDurationText,
} from './xml-dates.ts';
export {
  decodeXmlName,
  encodeXmlLocalName,
  encodeXmlName,
} from './xml-names.ts';
export {
  qualified,
  type XmlAttribute,
  type XmlDeclaration,
  type XmlDocument,
  type XmlElement,
  type XmlNode,
  type XmlPlace,
  type XPathNode,
  xmlNamespace,
  xmlNodeTypes,
  xmlnsNamespace,
} from './xml-node.ts';
export {
  type PulledAttribute,
  type PulledNode,
  XmlPull,
  type XmlPullOptions,
} from './xml-pull.ts';
export {
  readXml,
  type XmlReadOptions,
} from './xml-read.ts';
export { jsonNamespace, xmlToJson } from './xml-to-json.ts';
export {
  xmlBoolean,
  xmlDateTimeOffsetText,
  xmlDateTimeText,
  xmlDecimal,
  xmlDouble,
  xmlDoubleText,
  xmlInteger,
  xmlSingle,
  xmlSingleText,
} from './xml-values.ts';
export {
  escapeXmlText,
  writeHeldNode,
  writeLinqNode,
  writeXml,
  writeXmlAttribute,
  type XmlWriteOptions,
  xmlText,
} from './xml-write.ts';
export { XmlTextWriter, type XmlWriterOptions } from './xml-writer.ts';
export type { XPathOptions } from './xpath.ts';
export {
  evaluateXPath,
  type XPathResult,
} from './xpath.ts';
export { textRun, xpathStringValue } from './xpath-nodes.ts';
export {
  type AdjustmentRule,
  adjustmentRule,
  equalRules,
  equalTransitions,
  fixedTransition,
  floatingTransition,
  noTransition,
  type TransitionTime,
} from './zone-rules.ts';
