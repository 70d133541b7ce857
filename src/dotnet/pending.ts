import type { XmlDocument, XmlNode, XPathNode } from './xml-node.ts';

function pending(name: string): (...given: unknown[]) => never {
  return () => {
    throw new Error(`${name} is not written yet`);
  };
}

// Numbers

// Dates. "Local" is UTC.

// Composite formatting

// JSON

// XML

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
