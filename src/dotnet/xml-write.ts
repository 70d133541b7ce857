// The neutral tree to XML text, in the style of .NET's writers.
import { argumentError } from './errors.ts';
import { builtDepthMax } from './limits.ts';
import {
  qualified,
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
  type XmlNode,
  xmlNamespace,
  xmlnsNamespace,
} from './xml-node.ts';
import { XmlOutput } from './xml-output.ts';
import { XmlTextWriter } from './xml-writer.ts';

export interface XmlWriteOptions {
  readonly indented?: boolean;
  /** Line break of the indented form; `\n` when absent. */
  readonly newLine?: string;
  /** Whether a document's declaration is printed; XDocument.ToString() leaves it out. Default true. */
  readonly declaration?: boolean;
  /**
   * `resolve` finds prefixes from the namespaces as LINQ to XML does; `keep` (default) prints as held;
   * `declare` too, and declares what nothing around declares, as XmlDocument does.
   */
  readonly prefixes?: 'keep' | 'resolve' | 'declare';
  /** `collapse` prints every element without content as `<a />`; `keep` (default) only those written so. */
  readonly empty?: 'keep' | 'collapse';
  /** Leaves out declarations that repeat what holds already (`resolve` only). */
  readonly omitsDuplicateNamespaces?: boolean;
}

/** Text of a document or of any node. */
export function writeXml(node: XmlDocument | XmlNode, options: XmlWriteOptions = {}): string {
  const pieces: string[] = [];
  const receive = (text: string) => {
    pieces.push(text);
  };
  if (options.prefixes === 'resolve') {
    const conformance = node.kind === 'text' || node.kind === 'cdata' ? 'fragment' : 'document';
    writeLinqNode(new XmlTextWriter(receive, { ...options, conformance }), node);
  } else {
    const output = new XmlOutput({ ...options, isLegacy: true }, receive);
    new HeldPrinter(output, options).print(node);
  }
  return pieces.join('');
}

/** `a="1"`, as an attribute prints itself. */
export function writeXmlAttribute(attribute: XmlAttribute): string {
  const { prefix, localName, namespace, value } = attribute;
  const pieces: string[] = [];
  const writer = new XmlTextWriter((text) => pieces.push(text), { conformance: 'fragment' });
  const isPlain = namespace === xmlnsNamespace && prefix === '';
  writer.startAttribute(prefix === '' ? null : prefix, localName, isPlain ? '' : namespace);
  writer.text(value);
  writer.endAttribute();
  return pieces.join('').trim();
}

export function escapeXmlText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => textEscapes[character]!);
}

const textEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#xD;',
};

/** Text of an element or document: all text and CDATA beneath it. */
export function xmlText(node: XmlDocument | XmlNode): string {
  let text = '';
  const pending: (XmlDocument | XmlNode)[] = [node];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.kind === 'text' || next.kind === 'cdata') text += next.value;
    else if (next.kind === 'element' || next.kind === 'document') {
      for (let i = next.children.length - 1; i >= 0; i--) pending.push(next.children[i]!);
    }
  }
  return text;
}

/** What is still to be written: a node, or the end of an element. */
type Pending<T> = (T & { readonly depth: number }) | { readonly end: string };

function refuseDepth(depth: number): void {
  if (depth > builtDepthMax) throw argumentError('The XML is nested too deeply to be written.');
}

/** Prints names as the tree holds them. */
class HeldPrinter {
  private readonly output: XmlOutput;
  private readonly options: XmlWriteOptions;
  private readonly pending: Pending<{ readonly node: XmlNode; readonly scope: Declarations }>[] =
    [];

  constructor(output: XmlOutput, options: XmlWriteOptions) {
    this.output = output;
    this.options = options;
  }

  print(root: XmlDocument | XmlNode): void {
    if (root.kind === 'document') {
      this.declaration(root);
      this.children(root.children, [], 0);
    } else this.pending.push({ node: root, scope: [], depth: 0 });
    for (let next = this.pending.pop(); next; next = this.pending.pop()) {
      if ('end' in next) this.output.endElement(next.end);
      else if (next.node.kind === 'element') this.element(next.node, next.scope, next.depth);
      else this.leaf(next.node);
    }
  }

  private children(nodes: readonly XmlNode[], scope: Declarations, depth: number): void {
    for (let i = nodes.length - 1; i >= 0; i--)
      this.pending.push({ node: nodes[i]!, scope, depth });
  }

  private declaration({ declaration }: XmlDocument): void {
    if (!declaration || this.options.declaration === false) return;
    const { version = '1.0', encoding, standalone } = declaration;
    const rest = encoding ? ` encoding="${encoding}"` : '';
    const alone = standalone ? ` standalone="${standalone}"` : '';
    this.output.declaration(`version="${version}"${rest}${alone}`);
  }

  private leaf(node: Exclude<XmlNode, XmlElement>): void {
    const { output } = this;
    switch (node.kind) {
      case 'text':
        output.text(node.value);
        break;
      case 'cdata':
        // XmlTextWriter, which XmlDocument prints with, does not split it in two.
        if (node.value.includes(']]>')) {
          throw argumentError("Cannot have ']]>' inside an XML CDATA block.");
        }
        output.cdata(node.value);
        break;
      case 'comment':
        if (/--|-$/.test(node.value)) {
          throw argumentError(
            "An XML comment cannot contain '--', and '-' cannot be the last character.",
          );
        }
        output.comment(node.value);
        break;
      case 'instruction':
        if (node.data.includes('?>')) {
          throw argumentError("Cannot have '?>' inside an XML processing instruction.");
        }
        output.instruction(node.target, node.data);
        break;
      default:
        output.doctype(node.name, node.publicId, node.systemId, node.internalSubset);
    }
  }

  private element(element: XmlElement, outer: Declarations, depth: number): void {
    refuseDepth(depth);
    const { output } = this;
    const isFixed = this.options.prefixes === 'declare';
    const { name, attributes, scope } = isFixed
      ? declared(element, outer, depth)
      : { name: qualified(element), attributes: element.attributes, scope: outer };
    output.startElement(name);
    for (const each of attributes) output.attribute(qualified(each), each.value);
    const collapse = this.options.empty === 'collapse' && element.children.every(isEmptyText);
    if (collapse || (element.children.length === 0 && element.selfClosing)) {
      output.endElement();
      return;
    }
    output.startContent();
    this.pending.push({ end: name });
    this.children(element.children, scope, depth + 1);
  }
}

/** Name and attributes as XmlDocument's writer gives them: what is not declared is, at the end. */
function declared(element: XmlElement, outer: Declarations, depth: number) {
  const scope = [...outer, ...declarationsOf(element)];
  const added: XmlAttribute[] = [];
  const bind = (prefix: string, uri: string) => {
    const bound = scope.findLast((each) => each.prefix === prefix)?.uri ?? '';
    if (bound === uri || prefix === 'xml' || prefix === 'xmlns') return;
    scope.push({ prefix, uri });
    const isDefault = prefix === '';
    added.push({
      prefix: isDefault ? '' : 'xmlns',
      localName: isDefault ? 'xmlns' : prefix,
      namespace: xmlnsNamespace,
      value: uri,
    });
  };
  const { localName, namespace } = element;
  // Without a namespace there is no prefix.
  const prefix = namespace === '' ? '' : element.prefix;
  bind(prefix, namespace);
  let generated = 0;
  const attributes = element.attributes.map((attribute) => {
    const { localName: name, namespace: uri, value } = attribute;
    if (uri === '' || uri === xmlnsNamespace) {
      return uri === '' ? { prefix: '', localName: name, namespace: uri, value } : attribute;
    }
    const own = attribute.prefix || prefixFor(uri, scope, false);
    const used = own ?? `d${depth + 1}p${++generated}`;
    bind(used, uri);
    return { prefix: used, localName: name, namespace: uri, value };
  });
  return { name: qualified({ prefix, localName }), attributes: [...attributes, ...added], scope };
}

function isEmptyText(node: XmlNode): boolean {
  return node.kind === 'text' && node.value === '';
}

/** Declarations of a tree in scope, innermost last (LINQ to XML's NamespaceResolver). */
type Declarations = readonly { readonly prefix: string; readonly uri: string }[];

function declarationsOf(element: XmlElement): Declarations {
  return element.attributes.flatMap((attribute) => {
    if (attribute.namespace !== xmlnsNamespace) return [];
    return [{ prefix: attribute.prefix === '' ? '' : attribute.localName, uri: attribute.value }];
  });
}

/** Those of the ancestors; among the declarations of one ancestor the first is the nearest. */
function inherited(node: XmlDocument | XmlNode): Declarations {
  const list: Declarations[] = [];
  if (node.kind === 'document') return [];
  for (let at = node.parent; at?.kind === 'element'; at = at.parent) {
    list.push(declarationsOf(at).toReversed());
  }
  return list.reverse().flat();
}

/** Writes a node as LINQ to XML does; a document's declaration is the caller's. */
export function writeLinqNode(writer: XmlTextWriter, node: XmlDocument | XmlNode): void {
  new LinqPrinter(writer, false).print(node);
}

/** Writes a node with the prefixes that the tree holds, as XmlNode.WriteTo does. */
export function writeHeldNode(writer: XmlTextWriter, node: XmlDocument | XmlNode): void {
  new LinqPrinter(writer, true).print(node);
}

class LinqPrinter {
  private readonly writer: XmlTextWriter;
  private readonly isHeld: boolean;
  private readonly pending: Pending<{ readonly node: XmlNode; readonly scope: Declarations }>[] =
    [];

  constructor(writer: XmlTextWriter, isHeld: boolean) {
    this.writer = writer;
    this.isHeld = isHeld;
  }

  private prefix(named: XmlElement | XmlAttribute, uri: string, scope: Declarations) {
    if (!this.isHeld) return prefixFor(uri, scope, 'children' in named);
    return uri === '' ? '' : named.prefix;
  }

  print(root: XmlDocument | XmlNode): void {
    if (root.kind === 'document') this.children(root.children, [], 0);
    else this.pending.push({ node: root, scope: inherited(root), depth: 0 });
    for (let next = this.pending.pop(); next; next = this.pending.pop()) {
      if ('end' in next) this.writer.endElement(true);
      else if (next.node.kind === 'element') this.element(next.node, next.scope, next.depth);
      else this.leaf(next.node);
    }
  }

  private children(nodes: readonly XmlNode[], scope: Declarations, depth: number): void {
    for (let i = nodes.length - 1; i >= 0; i--)
      this.pending.push({ node: nodes[i]!, scope, depth });
  }

  private leaf(node: Exclude<XmlNode, XmlElement>): void {
    const { writer } = this;
    switch (node.kind) {
      case 'text':
        if (node.parent?.kind === 'document') writer.space(node.value);
        else writer.text(node.value);
        break;
      case 'cdata':
        writer.cdata(node.value);
        break;
      case 'comment':
        writer.comment(node.value);
        break;
      case 'instruction':
        writer.instruction(node.target, node.data);
        break;
      default: {
        const { name, publicId = null, systemId = null, internalSubset = null } = node;
        writer.doctype(name, publicId, systemId, internalSubset);
      }
    }
  }

  private element(element: XmlElement, outer: Declarations, depth: number): void {
    refuseDepth(depth);
    const { writer } = this;
    const declared = declarationsOf(element);
    const scope = declared.length > 0 ? [...outer, ...declared] : outer;
    const { namespace, localName } = element;
    writer.startElement(this.prefix(element, namespace, scope), localName, namespace);
    for (const each of element.attributes) {
      // Read one by one: the attributes of a language's own tree have getters.
      const { localName: name, value } = each;
      const isDefault = each.namespace === xmlnsNamespace && each.prefix === '';
      const uri = isDefault ? '' : each.namespace;
      writer.startAttribute(this.prefix(each, uri, scope), name, uri);
      writer.text(value);
      writer.endAttribute();
    }
    if (element.children.length === 0 && element.selfClosing) {
      writer.endElement();
      return;
    }
    if (element.children.length === 0) writer.text('');
    this.pending.push({ end: '' });
    this.children(element.children, scope, depth + 1);
  }
}

/** The prefix LINQ to XML asks the writer for; null lets the writer find one. */
function prefixFor(uri: string, scope: Declarations, allowDefault: boolean): string | null {
  if (uri === '') return '';
  for (let i = scope.length - 1; i >= 0; i--) {
    const { prefix, uri: bound } = scope[i]!;
    if (bound !== uri || (prefix === '' && !allowDefault)) continue;
    if (scope.findLast((each) => each.prefix === prefix) === scope[i]) return prefix;
  }
  if (uri === xmlNamespace) return 'xml';
  return uri === xmlnsNamespace ? 'xmlns' : null;
}
