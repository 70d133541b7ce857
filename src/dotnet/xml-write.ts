// The neutral tree to XML text, in the style of .NET's writers.
import { argumentError } from './errors.ts';
import { builtDepthMax } from './limits.ts';
import {
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
  type XmlNode,
  xmlNamespace,
  xmlnsNamespace,
} from './xml-node.ts';
import { qualified } from './xml-read.ts';

export interface XmlWriteOptions {
  readonly indented?: boolean;
  /** Line break of the indented form; `\n` when absent. */
  readonly newLine?: string;
  /** Whether a document's declaration is printed; XDocument.ToString() leaves it out. Default true. */
  readonly declaration?: boolean;
  /** `resolve` finds prefixes from the namespaces as LINQ to XML does; `keep` (default) prints as held. */
  readonly prefixes?: 'keep' | 'resolve';
  /** `collapse` prints every element without content as `<a />`; `keep` (default) only those written so. */
  readonly empty?: 'keep' | 'collapse';
}

/** Text of a document or of any node. */
export function writeXml(node: XmlDocument | XmlNode, options: XmlWriteOptions = {}): string {
  return new XmlPrinter(options).print(node);
}

/** `a="1"`, as an attribute prints itself. */
export function writeXmlAttribute(attribute: XmlAttribute): string {
  return `${qualified(attribute)}="${escapeAttribute(attribute.value)}"`;
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

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\t\r\n]/g, (character) => {
    if (character === '"') return '&quot;';
    if (character === '\t') return '&#x9;';
    return character === '\n' ? '&#xA;' : textEscapes[character]!;
  });
}

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

/** Prefixes in scope, innermost last. */
type Scope = readonly { readonly prefix: string; readonly uri: string }[];

class XmlPrinter {
  private readonly options: XmlWriteOptions;
  private readonly newLine: string;

  constructor(options: XmlWriteOptions) {
    this.options = options;
    this.newLine = options.newLine ?? '\n';
  }

  print(node: XmlDocument | XmlNode): string {
    if (node.kind !== 'document') return this.node(node, 0, true, []);
    const pieces: string[] = [];
    if (node.declaration && this.options.declaration !== false) {
      const { version, encoding, standalone } = node.declaration;
      const rest = encoding ? ` encoding="${encoding}"` : '';
      const alone = standalone ? ` standalone="${standalone}"` : '';
      pieces.push(`<?xml version="${version}"${rest}${alone}?>`);
    }
    for (const child of node.children) pieces.push(this.node(child, 0, false, []));
    return pieces.join(this.options.indented ? this.newLine : '');
  }

  private node(node: XmlNode, depth: number, mixed: boolean, scope: Scope): string {
    switch (node.kind) {
      case 'element':
        return this.element(node, depth, mixed && depth > 0, scope);
      case 'text':
        return escapeXmlText(node.value);
      case 'cdata':
        if (node.value.includes(']]>')) {
          throw argumentError("Cannot have ']]>' inside an XML CDATA block.");
        }
        return `<![CDATA[${node.value}]]>`;
      case 'comment':
        return `<!--${node.value}-->`;
      case 'instruction':
        return node.data === '' ? `<?${node.target}?>` : `<?${node.target} ${node.data}?>`;
      default:
        return doctypeText(node);
    }
  }

  private element(element: XmlElement, depth: number, mixed: boolean, outer: Scope): string {
    if (depth > builtDepthMax) throw argumentError('The XML is nested too deeply to be written.');
    const { scope, name, attributes } = this.named(element, outer);
    let text = `<${name}`;
    for (const attribute of attributes) text += ` ${writeXmlAttribute(attribute)}`;
    const collapse = this.options.empty === 'collapse' && element.children.every(isEmptyText);
    if (collapse || (element.children.length === 0 && element.selfClosing)) return `${text} />`;
    text += '>';
    let inText = mixed;
    let broken = false;
    for (const child of element.children) {
      if (child.kind === 'text' || child.kind === 'cdata') inText = true;
      else if (this.options.indented && !inText) {
        text += this.newLine + '  '.repeat(depth + 1);
        broken = true;
      }
      text += this.node(child, depth + 1, inText, scope);
    }
    if (broken && !inText) text += this.newLine + '  '.repeat(depth);
    return `${text}</${name}>`;
  }

  /** Name and attributes as printed; `resolve` may add declarations. */
  private named(element: XmlElement, outer: Scope) {
    if (this.options.prefixes !== 'resolve') {
      return { scope: outer, name: qualified(element), attributes: element.attributes };
    }
    const declared = element.attributes.flatMap((attribute) => {
      if (attribute.namespace !== xmlnsNamespace) return [];
      const prefix = attribute.prefix === '' ? '' : attribute.localName;
      return [{ prefix, uri: attribute.value }];
    });
    const scope = [...outer, ...declared.toReversed()];
    const added: XmlAttribute[] = [];
    const name = this.elementName(element, scope, added);
    // As XmlWriter does: an element takes a place among the namespaces, declared there or not.
    const prefix = /^(?:([^:]*):)?/.exec(name)![1] ?? '';
    const isOwn = (bound: string) =>
      scope.slice(outer.length).some((each) => each.prefix === bound);
    if (!isOwn(prefix)) scope.push({ prefix, uri: element.namespace });
    const attributes = element.attributes.map((attribute) => {
      const named = this.attribute(attribute, scope, added);
      const { namespace } = named;
      if (namespace !== '' && namespace !== xmlnsNamespace && !isOwn(named.prefix)) {
        scope.push({ prefix: named.prefix, uri: namespace });
      }
      return named;
    });
    // Declarations that nobody wrote come last, the latest first.
    return { scope, name, attributes: [...attributes, ...added.reverse()] };
  }

  private elementName(
    element: XmlElement,
    scope: { prefix: string; uri: string }[],
    added: XmlAttribute[],
  ): string {
    const { namespace, localName } = element;
    const current = scope.findLast((each) => each.prefix === '')?.uri ?? '';
    if (namespace === xmlNamespace) return `xml:${localName}`;
    const prefix =
      namespace === '' ? (current === '' ? '' : undefined) : findPrefix(namespace, scope, true);
    if (prefix !== undefined) return prefix === '' ? localName : `${prefix}:${localName}`;
    scope.push({ prefix: '', uri: namespace });
    added.push({ prefix: '', localName: 'xmlns', namespace: xmlnsNamespace, value: namespace });
    return localName;
  }

  private attribute(
    attribute: XmlAttribute,
    scope: { prefix: string; uri: string }[],
    added: XmlAttribute[],
  ): XmlAttribute {
    // Read one by one: the attributes of a language's own tree have getters.
    const { localName, namespace, value } = attribute;
    if (namespace === '' || namespace === xmlnsNamespace) return attribute;
    if (namespace === xmlNamespace) return { prefix: 'xml', localName, namespace, value };
    let prefix = findPrefix(namespace, scope, false);
    if (prefix === undefined) {
      prefix = generatedPrefix(scope);
      scope.push({ prefix, uri: namespace });
      added.push({
        prefix: 'xmlns',
        localName: prefix,
        namespace: xmlnsNamespace,
        value: namespace,
      });
    }
    return { prefix, localName, namespace, value };
  }
}

/** The prefix XmlWriter makes up: it counts the namespaces in scope. */
function generatedPrefix(scope: Scope): string {
  const first = `p${scope.length}`;
  const isTaken = (name: string) => scope.some(({ prefix }) => prefix === name);
  let prefix = first;
  for (let count = 1; isTaken(prefix); count++) prefix = first + count;
  return prefix;
}

function isEmptyText(node: XmlNode): boolean {
  return node.kind === 'text' && node.value === '';
}

/** The innermost prefix of a namespace that nothing nearer redeclares. */
function findPrefix(uri: string, scope: Scope, allowDefault: boolean): string | undefined {
  for (let i = scope.length - 1; i >= 0; i--) {
    const { prefix, uri: bound } = scope[i]!;
    if (bound !== uri || (prefix === '' && !allowDefault)) continue;
    if (scope.findLast((each) => each.prefix === prefix)!.uri === uri) return prefix;
  }
  return undefined;
}

function doctypeText(node: Extract<XmlNode, { kind: 'doctype' }>): string {
  const { name, publicId, systemId, internalSubset } = node;
  let text = `<!DOCTYPE ${name}`;
  if (publicId !== undefined) text += ` PUBLIC "${publicId}" "${systemId ?? ''}"`;
  else if (systemId !== undefined) text += ` SYSTEM "${systemId}"`;
  if (internalSubset) text += `[${internalSubset}]`;
  return `${text}>`;
}
