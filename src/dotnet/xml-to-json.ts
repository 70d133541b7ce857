// XML to JSON by Newtonsoft's XmlNodeConverter.
import type { JsonNode } from './json-node.ts';
import { decodeXmlName } from './xml-names.ts';
import {
  type XmlAttribute,
  type XmlDocument,
  type XmlElement,
  type XmlNode,
  xmlnsNamespace,
} from './xml-node.ts';

/** Attributes of this namespace steer the conversion. */
export const jsonNamespace = 'http://james.newtonking.com/projects/json';

/**
 * JsonConvert.SerializeXmlNode / SerializeXNode as a tree: `@attribute`, `#text`, `#cdata-section`,
 * `?xml`, `!DOCTYPE`; siblings of one name become an array. Comments vanish, several of them leave
 * an empty `#comment`.
 */
export function xmlToJson(
  node: XmlDocument | XmlElement,
  options: { readonly omitRoot?: boolean } = {},
): JsonNode {
  if (options.omitRoot) {
    const root =
      node.kind === 'element' ? node : node.children.find((child) => child.kind === 'element');
    return root?.kind === 'element' ? elementValue(root) : { kind: 'null' };
  }
  const members = new Map<string, JsonNode>();
  if (node.kind === 'element') {
    members.set(
      elementName(node),
      isArray(node) ? array([elementValue(node)]) : elementValue(node),
    );
    return { kind: 'object', members };
  }
  if (node.declaration) {
    const { version, encoding, standalone } = node.declaration;
    members.set('?xml', attributes({ version, encoding, standalone }));
  }
  group(node.children, members);
  return { kind: 'object', members };
}

function attributes(values: Readonly<Record<string, string | undefined>>): JsonNode {
  const members = new Map<string, JsonNode>();
  for (const [name, value] of Object.entries(values)) {
    if (value) members.set(`@${name}`, { kind: 'string', value });
  }
  return { kind: 'object', members };
}

function array(items: JsonNode[]): JsonNode {
  return { kind: 'array', items };
}

/** Children of one property name become one member, in order of first appearance. */
function group(children: readonly XmlNode[], members: Map<string, JsonNode>): void {
  const groups = new Map<string, XmlNode[]>();
  for (const child of children) {
    const name = propertyName(child);
    const found = groups.get(name);
    if (found) found.push(child);
    else groups.set(name, [child]);
  }
  for (const [name, nodes] of groups) {
    const only = nodes[0]!;
    if (nodes.length > 1 || (only.kind === 'element' && isArray(only))) {
      const values = nodes.map(value).filter((item) => item !== undefined);
      members.set(name, array(values));
    } else {
      const single = value(only);
      if (single) members.set(name, single);
    }
  }
}

function propertyName(node: XmlNode): string {
  switch (node.kind) {
    case 'element':
      return elementName(node);
    case 'text':
      return '#text';
    case 'cdata':
      return '#cdata-section';
    case 'comment':
      return '#comment';
    case 'instruction':
      return `?${decodeXmlName(node.target)}`;
    default:
      return '!DOCTYPE';
  }
}

/** A comment has no value. */
function value(node: XmlNode): JsonNode | undefined {
  switch (node.kind) {
    case 'element':
      return elementValue(node);
    case 'text':
    case 'cdata':
      return { kind: 'string', value: node.value };
    case 'instruction':
      return { kind: 'string', value: node.data };
    case 'comment':
      return undefined;
    default: {
      const { name, publicId, systemId, internalSubset } = node;
      return attributes({ name, public: publicId, system: systemId, internalSubset });
    }
  }
}

function elementName(element: XmlElement): string {
  const local = decodeXmlName(element.localName);
  if (element.namespace === jsonNamespace) return `$${local}`;
  return element.prefix === '' ? local : `${decodeXmlName(element.prefix)}:${local}`;
}

function isArray(element: XmlElement): boolean {
  return element.attributes.some(
    (attribute) =>
      attribute.namespace === jsonNamespace &&
      attribute.localName === 'Array' &&
      /^(?:true|1)$/i.test(attribute.value),
  );
}

function elementValue(element: XmlElement): JsonNode {
  const kept = element.attributes.filter(printsAttribute);
  const { children } = element;
  const only = children[0];
  if (kept.length === 0 && children.length === 1 && only?.kind === 'text') {
    return { kind: 'string', value: only.value };
  }
  if (children.length === 0 && element.attributes.length === 0) {
    return element.selfClosing ? { kind: 'null' } : { kind: 'string', value: '' };
  }
  const members = new Map<string, JsonNode>();
  for (const attribute of kept) {
    members.set(attributeName(attribute), { kind: 'string', value: attribute.value });
  }
  group(children, members);
  return { kind: 'object', members };
}

function printsAttribute(attribute: XmlAttribute): boolean {
  if (attribute.namespace === xmlnsNamespace && attribute.value === jsonNamespace) return false;
  return attribute.namespace !== jsonNamespace || attribute.localName !== 'Array';
}

function attributeName(attribute: XmlAttribute): string {
  const local = decodeXmlName(attribute.localName);
  if (attribute.namespace === jsonNamespace) return `$${local}`;
  const prefix = decodeXmlName(attribute.prefix);
  return prefix === '' ? `@${local}` : `@${prefix}:${local}`;
}
