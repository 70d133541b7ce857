// The typed tree: elements with decoded values, expressions told from literals, names filled in.
import type { Position } from '../../base/index.ts';
import { decodeEntities } from './entities.ts';
import { isExpression } from './expression-extent.ts';
import { type NamedValues, substituteNamedValues } from './named-values.ts';
import { positionsOf } from './positions.ts';
import { printNode } from './print.ts';
import type { ElementNode, OpaqueNode, PolicyDocument, TextNode, TreeNode } from './tree.ts';

/** From broad to narrow. */
export const scopes = ['global', 'workspace', 'product', 'api', 'operation'] as const;
export type Scope = (typeof scopes)[number];

export const sectionNames = ['inbound', 'backend', 'outbound', 'on-error'] as const;
export type SectionName = (typeof sectionNames)[number];

/** Where a policy was written. */
export interface Origin extends Position {
  readonly scope?: Scope;
  /** Of the API, product, operation or fragment. */
  readonly name?: string;
  readonly file?: string;
  readonly fragment?: string;
}

/** An attribute's value or an element's text. */
export interface PolicyValue {
  readonly kind: 'literal' | 'expression';
  /** A literal decoded and filled in; an expression as `@(…)` or `@{…}`, without space around. */
  readonly text: string;
  /** Place in the document of an offset in `text`; near it where a named value was filled in. */
  positionOf(offset: number): Position;
}

export interface PolicyNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, PolicyValue>;
  readonly children: readonly PolicyNode[];
  /** Absent where there is only white space. A `set-body` with elements has them as its text. */
  readonly text?: PolicyValue;
  readonly origin: Origin;
}

export interface UnknownNamedValue {
  readonly name: string;
  readonly position: Position;
}

export interface PoliciesOptions {
  /** Nobody knows any name when absent. */
  readonly namedValues?: NamedValues;
  readonly scope?: Scope;
  readonly name?: string;
  readonly fragment?: string;
}

export interface Policies {
  readonly root: PolicyNode;
  readonly unknownNamedValues: readonly UnknownNamedValue[];
}

/** Makes the typed tree of a document. */
export function policiesOf(document: PolicyDocument, options: PoliciesOptions = {}): Policies {
  const reader = new Reader(document, options);
  return { root: reader.element(document.root), unknownNamedValues: reader.unknown };
}

class Reader {
  readonly unknown: UnknownNamedValue[] = [];
  private readonly position: (offset: number) => Position;
  private readonly document: PolicyDocument;
  private readonly options: PoliciesOptions;

  constructor(document: PolicyDocument, options: PoliciesOptions) {
    this.document = document;
    this.options = options;
    this.position = positionsOf(document.source);
  }

  element(node: ElementNode): PolicyNode {
    const attributes = new Map<string, PolicyValue>();
    for (const { name, value } of node.attributes) {
      attributes.set(name, this.value(value.raw, value.start, false, true));
    }
    const { scope, name, fragment } = this.options;
    const origin = {
      ...this.position(node.start),
      scope,
      name,
      fragment,
      file: this.document.file,
    };
    const liquid = attributes.get('template')?.text.toLowerCase() === 'liquid';
    const elements = node.children.filter((child) => child.kind === 'element');
    if (node.name === 'set-body' && elements.length > 0) {
      const text = this.bodyText(node, liquid);
      return { name: node.name, attributes, children: [], text, origin };
    }
    const children = elements.map((child) => this.element(child));
    return { name: node.name, attributes, children, text: this.text(node, liquid), origin };
  }

  /** Elements written as a body: their text, as it stands. */
  private bodyText(node: ElementNode, liquid: boolean): PolicyValue {
    const raw = node.children.map(printNode).join('');
    const start = node.end - node.closing.length - raw.length;
    return this.value(raw, start, liquid, false);
  }

  private text(node: ElementNode, liquid: boolean): PolicyValue | undefined {
    const parts = node.children.filter((child) => isText(child));
    const first = parts.find((part) => part.raw.trim() !== '');
    if (!first) return undefined;
    if (parts.length === 1 || isOnlyText(parts, first)) {
      if (first.kind === 'cdata') {
        return this.value(first.raw.slice(9, -3), first.start + 9, liquid, false);
      }
      return this.value(first.raw, first.start, liquid, true);
    }
    // Text broken by comments or CDATA: joined; positions are those of its first part.
    const joined = parts
      .map((part) =>
        part.kind === 'cdata' ? part.raw.slice(9, -3) : decodeEntities(part.raw).text,
      )
      .join('');
    return this.value(joined, first.start, liquid, false);
  }

  private value(raw: string, start: number, liquid: boolean, decode: boolean): PolicyValue {
    const decoded = decode
      ? decodeEntities(raw, start)
      : { text: raw, sourceOffset: (offset: number) => start + offset };
    const filled = substituteNamedValues(
      decoded.text,
      this.options.namedValues ?? (() => undefined),
      liquid,
    );
    const place = (offset: number) =>
      this.position(decoded.sourceOffset(filled.sourceOffset(offset)));
    for (const { name, offset } of filled.unknown) {
      this.unknown.push({ name, position: place(offset) });
    }
    if (!isExpression(filled.text))
      return { kind: 'literal', text: filled.text, positionOf: place };
    const lead = filled.text.length - filled.text.trimStart().length;
    return {
      kind: 'expression',
      text: filled.text.trim(),
      positionOf: (offset) => place(offset + lead),
    };
  }
}

function isText(node: TreeNode): node is TextNode | OpaqueNode {
  return node.kind === 'text' || node.kind === 'cdata';
}

function isOnlyText(parts: readonly { raw: string }[], only: { raw: string }): boolean {
  return parts.every((part) => part === only || part.raw.trim() === '');
}
