// XPath's view of the neutral tree: parents, axes, document order, string values.
import { builtDepthMax } from './limits.ts';
import {
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
  type XmlNode,
  type XPathNode,
  xmlNamespace,
  xmlnsNamespace,
} from './xml-node.ts';
import { xmlText } from './xml-write.ts';
import { type Axis, xpathError } from './xpath-parse.ts';

/** string() of a node. */
export function xpathStringValue(node: XPathNode): string {
  switch (node.kind) {
    case 'attribute':
      return node.attribute.value;
    case 'namespace':
      return node.uri;
    case 'comment':
      return node.value;
    case 'instruction':
      return node.data;
    case 'text':
    case 'cdata':
      return textRun(node)
        .map(({ value }) => value)
        .join('');
    default:
      return xmlText(node);
  }
}

type TextNode = Extract<XmlNode, { kind: 'text' | 'cdata' | 'comment' }>;

const isText = (node: XmlNode | undefined): node is TextNode =>
  node?.kind === 'text' || node?.kind === 'cdata';

/** Runs of more than one text, by their first, as the latest evaluation over the tree found them. */
const runs = new WeakMap<XmlNode, TextNode[]>();

/** Neighbouring texts are one node of XPath, the first of them. */
export function textRun(first: TextNode): readonly TextNode[] {
  return runs.get(first) ?? [first];
}

function findRuns(children: readonly XmlNode[]): void {
  let run: TextNode[] = [];
  for (const child of children) {
    if (!isText(child)) run = [];
    else {
      run.push(child);
      if (run.length === 1) runs.delete(child);
      else runs.set(run[0]!, run);
    }
  }
}

function isParent(node: XPathNode): node is XmlElement | XmlDocument {
  return node.kind === 'element' || node.kind === 'document';
}

/** One document for the time of one evaluation; attribute nodes keep their identity in it. */
export class XPathTree {
  readonly root: XmlDocument | XmlNode;
  private readonly attributes = new Map<XmlAttribute, XPathNode>();
  private readonly namespaces = new Map<XmlElement, readonly XPathNode[]>();
  private readonly parents = new Map<XPathNode, XmlElement | XmlDocument>();
  private order: Map<XPathNode, number> | undefined;
  private readonly spend: (steps: number) => void;

  constructor(context: XmlDocument | XmlNode, spend: (steps: number) => void) {
    let root: XmlDocument | XmlNode = context;
    while (root.kind !== 'document' && root.parent) root = root.parent;
    this.root = root;
    this.spend = spend;
    this.adopt(root, 0);
  }

  /** Parents are read from the tree as it stands, whatever the nodes say. */
  private adopt(node: XmlDocument | XmlNode, depth: number): void {
    if (depth > builtDepthMax) throw xpathError('The document is nested too deeply.');
    if (!isParent(node)) return;
    this.spend(node.children.length);
    findRuns(node.children);
    for (const child of node.children) {
      this.parents.set(child, node);
      this.adopt(child, depth + 1);
    }
  }

  parent(node: XPathNode): XmlElement | XmlDocument | undefined {
    if (node.kind === 'attribute' || node.kind === 'namespace') return node.owner;
    return this.parents.get(node);
  }

  children(node: XPathNode): readonly XmlNode[] {
    if (!isParent(node)) return [];
    return node.children.filter(
      (child, at) => child.kind !== 'doctype' && !(isText(child) && isText(node.children[at - 1])),
    );
  }

  attributesOf(node: XPathNode): XPathNode[] {
    if (node.kind !== 'element') return [];
    const found: XPathNode[] = [];
    for (const attribute of node.attributes) {
      if (attribute.namespace === xmlnsNamespace) continue;
      let made = this.attributes.get(attribute);
      if (!made) {
        made = { kind: 'attribute', owner: node, attribute };
        this.attributes.set(attribute, made);
      }
      found.push(made);
    }
    return found;
  }

  private namespacesOf(node: XPathNode): readonly XPathNode[] {
    if (node.kind !== 'element') return [];
    const known = this.namespaces.get(node);
    if (known) return known;
    const uris = new Map<string, string>();
    for (let at: XPathNode | undefined = node; at?.kind === 'element'; at = this.parent(at)) {
      for (const { prefix, localName, namespace, value } of at.attributes) {
        const name = prefix === '' ? '' : localName;
        if (namespace === xmlnsNamespace && !uris.has(name)) uris.set(name, value);
      }
    }
    uris.set('xml', xmlNamespace);
    const made = [...uris]
      .filter(([, uri]) => uri !== '')
      .map(([prefix, uri]): XPathNode => ({ kind: 'namespace', owner: node, prefix, uri }));
    this.namespaces.set(node, made);
    return made;
  }

  /** Nodes of an axis, nearest first. */
  *axis(node: XPathNode, axis: Axis): Iterable<XPathNode> {
    switch (axis) {
      case 'self':
        yield node;
        return;
      case 'child':
        yield* this.children(node);
        return;
      case 'attribute':
        yield* this.attributesOf(node);
        return;
      case 'namespace':
        yield* this.namespacesOf(node);
        return;
      case 'parent': {
        const parent = this.parent(node);
        if (parent) yield parent;
        return;
      }
      case 'descendant':
        yield* this.descendants(node);
        return;
      case 'descendant-or-self':
        yield node;
        yield* this.descendants(node);
        return;
      case 'ancestor-or-self':
        yield node;
        yield* this.ancestors(node);
        return;
      case 'ancestor':
        yield* this.ancestors(node);
        return;
      case 'following-sibling':
        yield* this.siblings(node, true);
        return;
      case 'preceding-sibling':
        yield* this.siblings(node, false);
        return;
      default:
        yield* this.outside(node, axis === 'following');
    }
  }

  private *descendants(node: XPathNode): Iterable<XPathNode> {
    for (const child of this.children(node)) {
      yield child;
      if (child.kind === 'element') yield* this.descendants(child);
    }
  }

  private *ancestors(node: XPathNode): Iterable<XPathNode> {
    for (let at = this.parent(node); at; at = this.parent(at)) yield at;
  }

  private siblings(node: XPathNode, after: boolean): readonly XPathNode[] {
    if (node.kind === 'attribute' || node.kind === 'namespace') return [];
    const parent = this.parent(node);
    if (!parent) return [];
    const all = this.children(parent);
    this.spend(all.length >> 3);
    const at = all.indexOf(node as XmlNode);
    return after ? all.slice(at + 1) : all.slice(0, at).toReversed();
  }

  /** `following` and `preceding`: neither ancestors nor descendants. */
  private *outside(node: XPathNode, after: boolean): Iterable<XPathNode> {
    let at: XPathNode | undefined = node;
    if (node.kind === 'attribute' || node.kind === 'namespace') {
      if (after) yield* this.descendants(node.owner);
      at = node.owner;
    }
    for (; at; at = this.parent(at)) {
      for (const sibling of this.siblings(at, after)) {
        if (after) {
          yield sibling;
          yield* this.descendants(sibling);
        } else {
          yield* [...this.descendants(sibling)].reverse();
          yield sibling;
        }
      }
    }
  }

  /** Sorts into document order and drops what occurs twice. */
  inOrder(nodes: Iterable<XPathNode>): XPathNode[] {
    const unique = [...new Set(nodes)];
    if (unique.length < 2) return unique;
    this.order ??= this.numbered();
    const order = this.order;
    this.spend(unique.length);
    return unique.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  }

  private numbered(): Map<XPathNode, number> {
    const order = new Map<XPathNode, number>();
    const visit = (node: XPathNode) => {
      this.spend(1);
      order.set(node, order.size);
      for (const each of this.namespacesOf(node)) order.set(each, order.size);
      for (const each of this.attributesOf(node)) order.set(each, order.size);
      for (const child of this.children(node)) visit(child);
    };
    visit(this.root);
    return order;
  }
}
