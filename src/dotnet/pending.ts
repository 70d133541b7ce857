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
