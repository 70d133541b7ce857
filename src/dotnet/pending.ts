// Signatures whose bodies are still to come; each throws until it moves into its own file.
import type { Culture } from './culture.ts';
import type { JsonNode } from './json-node.ts';
import type { XmlAttribute, XmlDocument, XmlElement, XmlNode, XPathNode } from './xml-node.ts';

function pending(name: string): (...given: unknown[]) => never {
  return () => {
    throw new Error(`${name} is not written yet`);
  };
}

// Numbers

// Dates. "Local" is UTC.

// Composite formatting

// JSON

/** JsonConvert.DeserializeXNode / XmlNode. `rootName` wraps; errors as Newtonsoft words them. */
export const jsonToXml: (
  node: JsonNode,
  options?: { readonly rootName?: string; readonly writeArrayAttribute?: boolean },
) => XmlDocument = pending('jsonToXml');
/** JsonConvert.SerializeXNode / XmlNode. */
export const xmlToJson: (
  node: XmlDocument | XmlElement,
  options?: { readonly omitRoot?: boolean },
) => JsonNode = pending('xmlToJson');

// XML

export interface XmlReadOptions {
  /** `drop` (default) removes text that is only white space, as XElement.Parse and XmlDocument do. */
  readonly whitespace?: 'drop' | 'keep';
  /** `keep` holds the document type as text; nothing of it is ever expanded. Default `refuse`. */
  readonly doctype?: 'refuse' | 'keep';
}
/** Throws System.Xml.XmlException with line and position in .NET's words. */
export const readXml: (text: string, options?: XmlReadOptions) => XmlDocument = pending('readXml');
export interface XmlWriteOptions {
  readonly indented?: boolean;
  readonly newLine?: string;
  /** Whether a document's declaration is printed; XDocument.ToString() leaves it out. Default true. */
  readonly declaration?: boolean;
  /** `resolve` finds prefixes from the namespaces as LINQ to XML does; `keep` (default) prints as held. */
  readonly prefixes?: 'keep' | 'resolve';
}
export const writeXml: (node: XmlDocument | XmlNode, options?: XmlWriteOptions) => string =
  pending('writeXml');
/** `a="1"` as an attribute prints itself. */
export const writeXmlAttribute: (attribute: XmlAttribute) => string = pending('writeXmlAttribute');
/** Text of an element: all text and CDATA beneath it. */
export const xmlText: (node: XmlDocument | XmlNode) => string = pending('xmlText');
export const escapeXmlText: (text: string) => string = pending('escapeXmlText');
/** XmlConvert.EncodeLocalName / EncodeName / DecodeName. */
export const encodeXmlLocalName: (name: string) => string = pending('encodeXmlLocalName');
export const encodeXmlName: (name: string) => string = pending('encodeXmlName');
export const decodeXmlName: (name: string) => string = pending('decodeXmlName');

export type XPathResult =
  | { readonly kind: 'nodes'; readonly nodes: readonly XPathNode[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean };
/** XPath 1.0 within a bound of steps; throws System.Xml.XPath.XPathException. */
export const evaluateXPath: (
  context: XmlDocument | XmlNode,
  expression: string,
  options?: { readonly namespaces?: ReadonlyMap<string, string> },
) => XPathResult = pending('evaluateXPath');
/** string() of a node. */
export const xpathStringValue: (node: XPathNode) => string = pending('xpathStringValue');

// Regular expressions

// URIs, encodings, text

export interface UriValue {
  readonly isAbsolute: boolean;
  readonly originalString: string;
  readonly scheme: string;
  readonly userInfo: string;
  readonly host: string;
  /** -1 where the scheme has no default. */
  readonly port: number;
  readonly isDefaultPort: boolean;
  readonly authority: string;
  readonly absolutePath: string;
  readonly query: string;
  readonly fragment: string;
  readonly pathAndQuery: string;
  readonly absoluteUri: string;
  readonly segments: readonly string[];
  readonly localPath: string;
  readonly hostNameType: 'Unknown' | 'Basic' | 'Dns' | 'IPv4' | 'IPv6';
  readonly isLoopback: boolean;
  /** ToString(): the unescaped form. */
  readonly text: string;
}
export type UriKind = 'absolute' | 'relative' | 'relativeOrAbsolute';
/** new Uri(text, kind); throws System.UriFormatException. */
export const parseUri: (text: string, kind?: UriKind) => UriValue = pending('parseUri');
/** new Uri(base, relative). */
export const resolveUri: (base: UriValue, relative: string | UriValue) => UriValue =
  pending('resolveUri');
export const isWellFormedUri: (text: string, kind?: UriKind) => boolean =
  pending('isWellFormedUri');
export const escapeDataString: (text: string) => string = pending('escapeDataString');
export const unescapeDataString: (text: string) => string = pending('unescapeDataString');
/** Uri.EscapeUriString. */
export const escapeUriString: (text: string) => string = pending('escapeUriString');
/** WebUtility's four; `urlEncode` writes blanks as `+` and upper-case hex. */
export const urlEncode: (text: string) => string = pending('urlEncode');
export const urlDecode: (text: string) => string = pending('urlDecode');
export const htmlEncode: (text: string) => string = pending('htmlEncode');
export const htmlDecode: (text: string) => string = pending('htmlDecode');

/** Convert.FromBase64String: white space allowed; throws FormatException in .NET's words. */
export const fromBase64: (text: string) => Uint8Array = pending('fromBase64');
/** Convert.ToBase64String, optionally with a line break every 76 characters. */
export const toBase64: (bytes: Uint8Array, lineBreaks?: boolean) => string = pending('toBase64');
export const toHex: (bytes: Uint8Array) => string = pending('toHex');
export const fromHex: (text: string) => Uint8Array = pending('fromHex');

export interface TextEncodingValue {
  /** WebName, such as `utf-8`. */
  readonly name: string;
  readonly encodingName: string;
  readonly codePage: number;
  readonly preamble: Uint8Array;
  getBytes(text: string): Uint8Array;
  /** Never throws: wrong bytes become U+FFFD or `?`. */
  getString(bytes: Uint8Array): string;
}
/** Encoding.GetEncoding(name or code page); throws ArgumentException. */
export const textEncoding: (nameOrCodePage: string | number) => TextEncodingValue =
  pending('textEncoding');

export const toUpper: (text: string, culture?: Culture) => string = pending('toUpper');
export const toLower: (text: string, culture?: Culture) => string = pending('toLower');
/** string.Compare by StringComparison: negative, 0 or positive; null sorts first. */
export const compareText: (
  left: string | null,
  right: string | null,
  comparison?: number,
  culture?: Culture,
) => number = pending('compareText');
export const equalText: (
  left: string | null,
  right: string | null,
  comparison?: number,
) => boolean = pending('equalText');
/** IndexOf / LastIndexOf with a StringComparison; -1 when absent. */
export const indexOfText: (
  text: string,
  value: string,
  start?: number,
  comparison?: number,
) => number = pending('indexOfText');
export const lastIndexOfText: (text: string, value: string, comparison?: number) => number =
  pending('lastIndexOfText');
export const startsWithText: (text: string, value: string, comparison?: number) => boolean =
  pending('startsWithText');
export const endsWithText: (text: string, value: string, comparison?: number) => boolean =
  pending('endsWithText');
/** Replace with a StringComparison; ArgumentException for an empty `oldValue`. */
export const replaceText: (
  text: string,
  oldValue: string,
  newValue: string | null,
  comparison?: number,
) => string = pending('replaceText');
/** Trim of .NET's white space, or of a set of characters. */
export const trimText: (
  text: string,
  characters?: string,
  end?: 'both' | 'start' | 'end',
) => string = pending('trimText');
/** char.IsWhiteSpace. */
export const isWhiteSpace: (character: string) => boolean = pending('isWhiteSpace');

/** Guid.Parse in any of its formats to the D form in lower case; throws FormatException. */
export const parseGuid: (text: string) => string = pending('parseGuid');
/** Guid.ToString(format) of a GUID in D form: N D B P X. */
export const formatGuid: (guid: string, format?: string) => string = pending('formatGuid');
/** Guid.ToByteArray's mixed-endian order, and back. */
export const guidToBytes: (guid: string) => Uint8Array = pending('guidToBytes');
export const guidOfBytes: (bytes: Uint8Array) => string = pending('guidOfBytes');
