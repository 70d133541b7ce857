// A neutral XML tree with namespaces and positions; mutable, so that languages can build on it.

export interface XmlDocument {
  readonly kind: 'document';
  declaration?: XmlDeclaration;
  children: XmlNode[];
}

export interface XmlDeclaration {
  version?: string;
  encoding?: string;
  standalone?: string;
}

export type XmlElement = {
  readonly kind: 'element';
  /** Empty where the element has no prefix. */
  prefix: string;
  localName: string;
  /** Empty where the element has no namespace. */
  namespace: string;
  /** In order as written; declarations are `xmlns` or `xmlns:p` in the xmlns namespace. */
  attributes: XmlAttribute[];
  children: XmlNode[];
  /** Written as `<a/>`; `<a></a>` has no children either, but is false. */
  selfClosing: boolean;
  parent?: XmlElement | XmlDocument;
} & XmlPlace;

/** Where .NET says a node stands, 1-based: the name of a tag, the text of others; absent on built ones. */
export interface XmlPlace {
  readonly line?: number;
  readonly position?: number;
}

export interface XmlAttribute extends XmlPlace {
  prefix: string;
  localName: string;
  namespace: string;
  value: string;
}

export type XmlNode =
  | XmlElement
  | ((
      | { readonly kind: 'text' | 'cdata' | 'comment'; value: string }
      | { readonly kind: 'instruction'; target: string; data: string }
      | {
          readonly kind: 'doctype';
          name: string;
          publicId?: string;
          systemId?: string;
          internalSubset?: string;
        }
    ) & { parent?: XmlElement | XmlDocument } & XmlPlace);

/** What an XPath node-set holds. */
export type XPathNode =
  | XmlDocument
  | XmlNode
  | {
      readonly kind: 'attribute';
      readonly owner: XmlElement;
      readonly attribute: XmlAttribute;
    }
  | {
      readonly kind: 'namespace';
      readonly owner: XmlElement;
      readonly prefix: string;
      readonly uri: string;
    };

export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
export const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

/** System.Xml.XmlNodeType. */
export const xmlNodeTypes = {
  None: 0,
  Element: 1,
  Attribute: 2,
  Text: 3,
  CDATA: 4,
  EntityReference: 5,
  Entity: 6,
  ProcessingInstruction: 7,
  Comment: 8,
  Document: 9,
  DocumentType: 10,
  DocumentFragment: 11,
  Notation: 12,
  Whitespace: 13,
  SignificantWhitespace: 14,
  EndElement: 15,
  EndEntity: 16,
  XmlDeclaration: 17,
};

/** `prefix:name`, or the name alone. */
export function qualified(named: { readonly prefix: string; readonly localName: string }): string {
  return named.prefix === '' ? named.localName : `${named.prefix}:${named.localName}`;
}
