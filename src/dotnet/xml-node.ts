// A neutral XML tree with namespaces and positions; mutable, so that languages can build on it.

export interface XmlDocument {
  readonly kind: 'document';
  declaration?: XmlDeclaration;
  children: XmlNode[];
}

export interface XmlDeclaration {
  version: string;
  encoding?: string;
  standalone?: string;
}

export interface XmlElement {
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
  /** 1-based place of `<`; absent on built elements. */
  line?: number;
  column?: number;
}

export interface XmlAttribute {
  prefix: string;
  localName: string;
  namespace: string;
  value: string;
}

export type XmlNode =
  | XmlElement
  | { readonly kind: 'text'; value: string; parent?: XmlElement | XmlDocument }
  | { readonly kind: 'cdata'; value: string; parent?: XmlElement | XmlDocument }
  | { readonly kind: 'comment'; value: string; parent?: XmlElement | XmlDocument }
  | {
      readonly kind: 'instruction';
      target: string;
      data: string;
      parent?: XmlElement | XmlDocument;
    }
  | {
      readonly kind: 'doctype';
      name: string;
      publicId?: string;
      systemId?: string;
      internalSubset?: string;
      parent?: XmlElement | XmlDocument;
    };

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
