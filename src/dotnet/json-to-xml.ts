// JSON to XML by Newtonsoft's XmlNodeConverter.
import { DotnetError } from './errors.ts';
import { jsonDate } from './json-date.ts';
import type { JsonNode } from './json-node.ts';
import { xmlDepthMax } from './limits.ts';
import { doubleText } from './number-format.ts';
import { formatTimeSpan } from './time-span.ts';
import { encodeXmlName } from './xml-names.ts';
import {
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
  type XmlNode,
  xmlNamespace,
  xmlnsNamespace,
} from './xml-node.ts';
import { jsonNamespace } from './xml-to-json.ts';

export interface JsonToXmlOptions {
  /** Wraps the whole in an element of this name. */
  readonly rootName?: string;
  /** Marks arrays of one item with `json:Array`. */
  readonly writeArrayAttribute?: boolean;
}

type Scope = ReadonlyMap<string, string>;

function failure(message: string): DotnetError {
  return new DotnetError('Newtonsoft.Json.JsonSerializationException', message);
}

/** Several items of an array at the root: the document itself refuses the second. */
function wrongDocument(): DotnetError {
  const message = 'This operation would create an incorrectly structured document.';
  return new DotnetError('System.InvalidOperationException', message);
}

const manyRoots =
  'JSON root object has multiple properties. The root object must have a single property in order to create a valid XML document. Consider specifying a DeserializeRootElementName.';

/**
 * JsonConvert.DeserializeXmlNode / DeserializeXNode. An empty object gives a document without root.
 * Throws Newtonsoft.Json.JsonSerializationException.
 */
export function jsonToXml(node: JsonNode, options: JsonToXmlOptions = {}): XmlDocument {
  const document: XmlDocument = { kind: 'document', children: [] };
  const converter = new Converter(options.writeArrayAttribute ?? false);
  const scope: Scope = new Map([['xml', xmlNamespace]]);
  if (options.rootName !== undefined) {
    converter.element(document, options.rootName, node, scope, 0);
    return document;
  }
  if (node.kind === 'null') return document;
  if (node.kind !== 'object') {
    throw failure('XmlNodeConverter can only convert JSON that begins with an object.');
  }
  converter.members(document, node.members, scope, 0);
  return document;
}

class Converter {
  private readonly marksArrays: boolean;

  constructor(marksArrays: boolean) {
    this.marksArrays = marksArrays;
  }

  members(
    parent: XmlDocument | XmlElement,
    members: ReadonlyMap<string, JsonNode>,
    scope: Scope,
    depth: number,
  ): void {
    if (depth > xmlDepthMax) throw failure('The JSON is nested too deeply.');
    for (const [name, value] of members) {
      if (parent.kind === 'document' && hasRoot(parent) && !/^[?!]/.test(name)) {
        throw failure(manyRoots);
      }
      if (value.kind !== 'array') {
        this.member(parent, name, value, scope, depth);
        continue;
      }
      const before = parent.children.length;
      for (const item of value.items) {
        if (parent.kind === 'document' && hasRoot(parent)) throw wrongDocument();
        this.member(parent, name, item, scope, depth);
      }
      const only = parent.children[before];
      if (value.items.length === 1 && this.marksArrays && only?.kind === 'element') markArray(only);
    }
  }

  private member(
    parent: XmlDocument | XmlElement,
    name: string,
    value: JsonNode,
    scope: Scope,
    depth: number,
  ): void {
    switch (name) {
      case '#text':
        append(parent, { kind: 'text', value: scalarText(value) ?? '' });
        return;
      case '#cdata-section':
        append(parent, { kind: 'cdata', value: scalarText(value) ?? '' });
        return;
      case '#whitespace':
      case '#significant-whitespace':
        append(parent, { kind: 'text', value: scalarText(value) ?? '' });
        return;
      default:
    }
    if (name === '?xml' && parent.kind === 'document') declaration(parent, value);
    else if (name.startsWith('?')) {
      append(parent, { kind: 'instruction', target: name.slice(1), data: scalarText(value) ?? '' });
    } else if (/^!DOCTYPE$/i.test(name)) doctype(parent, value);
    else if (value.kind === 'array') this.nestedArray(parent, name, value.items, scope, depth);
    else if (name.startsWith('@') && name.length > 1 && parent.kind === 'element') {
      attribute(parent, name.slice(1), value, scope);
    } else this.element(parent, name, value, scope, depth);
  }

  /** An array in an array is an element of the same name around the inner one. */
  private nestedArray(
    parent: XmlDocument | XmlElement,
    name: string,
    items: readonly JsonNode[],
    scope: Scope,
    depth: number,
  ): void {
    if (depth > xmlDepthMax) throw failure('The JSON is nested too deeply.');
    const around = newElement(name, scope);
    append(parent, around);
    for (const item of items) this.member(around, name, item, scope, depth + 1);
    if (this.marksArrays) markArray(around);
  }

  element(
    parent: XmlDocument | XmlElement,
    name: string,
    value: JsonNode,
    outer: Scope,
    depth: number,
  ): void {
    if (name === '') {
      throw failure('XmlNodeConverter cannot convert JSON with an empty property name to XML.');
    }
    const scope = value.kind === 'object' ? declareNamespaces(value.members, outer) : outer;
    const element = newElement(name, scope);
    append(parent, element);
    if (value.kind === 'object') this.members(element, value.members, scope, depth + 1);
    else if (value.kind === 'array') {
      for (const item of value.items) this.member(element, name, item, scope, depth + 1);
    } else {
      const text = scalarText(value);
      if (text !== undefined) append(element, { kind: 'text', value: text });
    }
    element.selfClosing = element.children.length === 0;
  }
}

function hasRoot(document: XmlDocument): boolean {
  return document.children.some((child) => child.kind === 'element');
}

function append(parent: XmlDocument | XmlElement, node: XmlNode): void {
  node.parent = parent;
  parent.children.push(node);
}

/** The namespaces that `@xmlns` members add to a scope. */
function declareNamespaces(members: ReadonlyMap<string, JsonNode>, outer: Scope): Scope {
  let scope: Map<string, string> | undefined;
  for (const [name, value] of members) {
    const match = /^@xmlns(?::(.+))?$/s.exec(name);
    if (!match || value.kind === 'object' || value.kind === 'array') continue;
    scope ??= new Map(outer);
    scope.set(match[1] ?? '', scalarText(value) ?? '');
  }
  return scope ?? outer;
}

/** A prefix without declaration is lost. */
function named(name: string, scope: Scope, defaultNamespace: boolean) {
  const colon = name.indexOf(':');
  if (colon <= 0 || colon === name.length - 1) {
    const namespace = defaultNamespace ? (scope.get('') ?? '') : '';
    return { prefix: '', localName: encodeXmlName(name.replace(/^:|:$/g, '')), namespace };
  }
  const namespace = scope.get(name.slice(0, colon)) ?? '';
  const localName = encodeXmlName(name.slice(colon + 1));
  return {
    prefix: namespace === '' ? '' : encodeXmlName(name.slice(0, colon)),
    localName,
    namespace,
  };
}

function newElement(name: string, scope: Scope): XmlElement {
  const names = named(name, scope, true);
  return { kind: 'element', ...names, attributes: [], children: [], selfClosing: true };
}

function attribute(element: XmlElement, name: string, value: JsonNode, scope: Scope): void {
  if (value.kind === 'object' || value.kind === 'array') {
    throw failure(`Unexpected JSON token when reading an attribute: ${name}.`);
  }
  const text = scalarText(value) ?? '';
  let made: XmlAttribute;
  if (name === 'xmlns') {
    made = { prefix: '', localName: 'xmlns', namespace: xmlnsNamespace, value: text };
  } else if (name.startsWith('xmlns:')) {
    const localName = encodeXmlName(name.slice(6));
    made = { prefix: 'xmlns', localName, namespace: xmlnsNamespace, value: text };
  } else made = { ...named(name, scope, false), value: text };
  element.attributes.push(made);
}

function markArray(element: XmlElement): void {
  const mark = { prefix: 'json', localName: 'Array', namespace: jsonNamespace, value: 'true' };
  element.attributes.push(
    { prefix: 'xmlns', localName: 'json', namespace: xmlnsNamespace, value: jsonNamespace },
    mark,
  );
}

function textOf(value: JsonNode, name: string): string | undefined {
  const member = value.kind === 'object' ? value.members.get(name) : undefined;
  return member && scalarText(member);
}

function declaration(document: XmlDocument, value: JsonNode): void {
  document.declaration = {
    version: textOf(value, '@version') ?? '1.0',
    encoding: textOf(value, '@encoding'),
    standalone: textOf(value, '@standalone'),
  };
}

function doctype(parent: XmlDocument | XmlElement, value: JsonNode): void {
  append(parent, {
    kind: 'doctype',
    name: textOf(value, '@name') ?? '',
    publicId: textOf(value, '@public'),
    systemId: textOf(value, '@system'),
    internalSubset: textOf(value, '@internalSubset'),
  });
}

/** A scalar as XmlConvert prints it; undefined for null. */
function scalarText(node: JsonNode): string | undefined {
  switch (node.kind) {
    case 'string':
    case 'raw':
      return node.value;
    case 'integer':
    case 'decimal':
      return node.value.toString();
    case 'float':
      return Number.isFinite(node.value)
        ? doubleText(node.value)
        : doubleText(node.value).replace('Infinity', 'INF');
    case 'boolean':
      return node.value ? 'true' : 'false';
    case 'date':
      return jsonDate(node.value);
    case 'timeSpan':
      return formatTimeSpan(node.value);
    case 'bytes':
      return Buffer.from(node.value).toString('base64');
    default:
      return undefined;
  }
}
