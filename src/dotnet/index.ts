// The door of `dotnet`: what the languages owe to .NET.
export {
  type Culture,
  type DateConventions,
  englishCulture,
  invariantCulture,
  type NumberConventions,
} from './culture.ts';
export { Decimal } from './decimal.ts';
export {
  argumentError,
  argumentNull,
  argumentOutOfRange,
  DotnetError,
  formatError,
  overflowError,
} from './errors.ts';
export type { DateTimeOffsetValue, DateTimeValue, TimeSpanValue } from './instants.ts';
export type { JsonBuilder, JsonNavigator, JsonNode } from './json-node.ts';
export * from './pending.ts';
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
  type XmlAttribute,
  type XmlDeclaration,
  type XmlDocument,
  type XmlElement,
  type XmlNode,
  type XPathNode,
  xmlNamespace,
  xmlnsNamespace,
} from './xml-node.ts';
