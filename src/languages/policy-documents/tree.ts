// The lossless tree of a policy document: every character of the text is in exactly one part.

export type Format = 'rawxml' | 'xml';

/** Text as written, and where it begins in the document. */
export interface Written {
  readonly raw: string;
  readonly start: number;
}

export interface AttributeNode {
  /** White space before the name. */
  readonly before: string;
  readonly name: string;
  /** `=` with the white space around it. */
  readonly equals: string;
  readonly quote: '"' | "'";
  /** Between the quotes. */
  readonly value: Written;
  readonly start: number;
}

export interface ElementNode {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: readonly AttributeNode[];
  /** White space before `>` or `/>`. */
  readonly beforeClose: string;
  readonly selfClosing: boolean;
  readonly children: readonly TreeNode[];
  /** The end tag as written; empty where the element closes itself. */
  readonly closing: string;
  readonly start: number;
  readonly end: number;
}

export interface TextNode extends Written {
  readonly kind: 'text';
}

/** Comments, CDATA sections and processing instructions, with their delimiters. */
export interface OpaqueNode extends Written {
  readonly kind: 'comment' | 'cdata' | 'instruction';
}

export type TreeNode = ElementNode | TextNode | OpaqueNode;

export interface PolicyDocument {
  readonly source: string;
  readonly format: Format;
  /** As the user named it; used in findings. */
  readonly file?: string;
  /** Prologue, the root element, epilogue. */
  readonly nodes: readonly TreeNode[];
  readonly root: ElementNode;
}

/** Child elements, in order. */
export function elementsOf(parent: ElementNode): ElementNode[] {
  return parent.children.filter((child): child is ElementNode => child.kind === 'element');
}
