// System.Xml.Linq: the members of names, elements, attributes and documents.

import { durationMs, parseDuration } from '../../../../base/index.ts';
import {
  type DateTimeValue,
  evaluateXPath,
  formatDateTime,
  jsonDate,
  jsonDouble,
  xmlNamespace,
  xmlnsNamespace,
} from '../../../../dotnet/index.ts';
import { fault, invalidOperation, required } from '../../running/exceptions.ts';
import { iterate, iterateBoxed, Sequence } from '../../running/sequences.ts';
import { concatText } from '../../running/text.ts';
import { type ArrayValue, Boxed, Instance, stringOf, unbox } from '../../running/values.ts';
import { derives, known } from '../../types/hierarchy.ts';
import { declareEnum, declareType, named } from '../../types/registry.ts';
import { nullableOf, type Type, underlying } from '../../types/type.ts';
import { convertTo } from '../converting.ts';
import {
  AttributeValue,
  attributeText,
  type ContainerValue,
  DataValue,
  type Declaration,
  DocumentValue,
  ElementValue,
  NamespaceValue,
  NameValue,
  NodeValue,
  neutral,
  nodeText,
  type ObjectValue,
  parseName,
  parseXml,
} from './nodes.ts';

const space = 'System.Xml.Linq';
const typeNamed = (name: string) => named(`${space}.${name}`);

function nodes<T>(type: string, items: () => Iterable<T>): Sequence {
  return new Sequence(typeNamed(type), () => items()[Symbol.iterator]());
}

/** XML's own text of a value: `true`, ISO dates, round-trip numbers. */
export function xmlText(content: unknown): string {
  if (content === null || content === undefined) return '';
  const plain = unbox(content);
  if (typeof plain === 'boolean') return plain ? 'true' : 'false';
  if (content instanceof Boxed) {
    const { fullName } = content.type;
    if (fullName === 'System.DateTime') return xmlDate(plain as DateTimeValue);
    if (fullName === 'System.DateTimeOffset') return jsonDate(plain as never);
    if (fullName === 'System.Double' || fullName === 'System.Single')
      return xmlReal(plain as number);
  }
  return concatText(content);
}

function xmlDate(value: DateTimeValue): string {
  return value.kind === 'unspecified'
    ? formatDateTime(value, 'yyyy-MM-ddTHH:mm:ss.FFFFFFF')
    : jsonDate(value);
}

function xmlReal(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'INF' : '-INF';
  return jsonDouble(value).replace(/\.0$/, '');
}

/** Content of a constructor or Add: nodes, attributes, sequences and values. */
function addContent(target: ContainerValue, content: unknown): void {
  if (content === null || content === undefined) return;
  if (content instanceof AttributeValue) {
    if (!(target instanceof ElementValue)) {
      throw fault('ArgumentException', 'An attribute cannot be added to content.');
    }
    target.addAttribute(content);
  } else if (content instanceof NodeValue) target.append(content);
  else if (stringOf(content) === undefined && content instanceof Instance && isSequence(content)) {
    for (const item of iterateBoxed(content)) addContent(target, item);
  } else target.appendText(xmlText(content));
}

function isSequence(content: Instance): boolean {
  return derives(content.type, known.enumerable);
}

function filled<T extends ContainerValue>(target: T, content: unknown): T {
  addContent(target, content);
  return target;
}

const matches = (name: NameValue) => (element: ElementValue) =>
  element.name.local === name.local && element.name.uri === name.uri;

function elementsNamed(items: () => Iterable<NodeValue>, name?: NameValue | null): Sequence {
  return nodes('XElement', function* () {
    for (const node of items()) {
      if (node instanceof ElementValue && (!name || matches(name)(node))) yield node;
    }
  });
}

function ancestors(node: ObjectValue): ElementValue[] {
  const list: ElementValue[] = [];
  for (let { parent } = node; parent; { parent } = parent) {
    if (parent instanceof ElementValue) list.push(parent);
  }
  return list;
}

/** Casts of elements and attributes: lexical forms of XML Schema. */
function castText(text: string | null, to: Type): unknown {
  const target = underlying(to);
  if (text === null) {
    if (to.isNullable) return null;
    throw fault('ArgumentNullException', 'Value cannot be null.', 'element');
  }
  if (target === known.string) return text;
  const plain = text.trim();
  if (target === known.bool) {
    if (/^(true|1)$/i.test(plain)) return true;
    if (/^(false|0)$/i.test(plain)) return false;
    throw fault('FormatException', `The string '${plain}' is not a valid Boolean value.`);
  }
  if (target.fullName === 'System.TimeSpan') {
    const duration = parseDuration(plain);
    if (!duration)
      throw fault('FormatException', `The string '${plain}' is not a valid TimeSpan value.`);
    return { ticks: BigInt(Math.round(durationMs(duration) * 10_000)) };
  }
  if (/^-?INF$/.test(plain)) return plain === 'INF' ? Infinity : -Infinity;
  return convertTo(plain, target);
}

const castKeywords: Record<string, string> = {
  bool: 'Boolean',
  int: 'Int32',
  uint: 'UInt32',
  long: 'Int64',
  ulong: 'UInt64',
  float: 'Single',
  double: 'Double',
  decimal: 'Decimal',
};

function casts(owner: string, read: (value: never) => string): Record<string, unknown> {
  const members: Record<string, unknown> = {
    [`explicit string(${owner} value)`]: (value: unknown) =>
      value === null ? null : read(value as never),
  };
  for (const name of [
    ...Object.keys(castKeywords),
    'DateTime',
    'DateTimeOffset',
    'TimeSpan',
    'Guid',
  ]) {
    for (const mark of ['', '?']) {
      const type = () => {
        const plain = named(`System.${castKeywords[name] ?? name}`);
        return mark ? nullableOf(plain) : plain;
      };
      members[`explicit ${name}${mark}(${owner} value)`] = (value: unknown) =>
        castText(value === null ? null : read(value as never), type());
    }
  }
  return members;
}

function setAttribute(element: ElementValue, name: NameValue, value: unknown): void {
  const own = element.find(name);
  if (value === null) own?.remove();
  else if (own) own.value = xmlText(value);
  else element.addAttribute(new AttributeValue(name, xmlText(value)));
}

function setElement(element: ElementValue, name: NameValue, value: unknown): void {
  const own = element.elements.find(matches(name));
  if (value === null) own?.remove();
  else if (own) own.setText(xmlText(value));
  else element.append(filled(new ElementValue(name), value));
}

function replaceWith(node: NodeValue, content: unknown): void {
  const { parent } = node;
  if (!parent) throw invalidOperation('The parent is missing.');
  const index = parent.children.indexOf(node);
  const holder = filled(new ElementValue(new NameValue('x')), content);
  node.remove();
  for (const [offset, child] of [...holder.children].entries())
    parent.insert(index + offset, child);
}

function addBeside(node: NodeValue, content: unknown, after: boolean): void {
  const { parent } = node;
  if (!parent) throw invalidOperation('The parent is missing.');
  const holder = filled(new ElementValue(new NameValue('x')), content);
  const index = parent.children.indexOf(node) + (after ? 1 : 0);
  for (const [offset, child] of [...holder.children].entries())
    parent.insert(index + offset, child);
}

function addFirst(target: ContainerValue, content: unknown): void {
  const holder = filled(new ElementValue(new NameValue('x')), content);
  for (const [offset, child] of [...holder.children].entries()) target.insert(offset, child);
}

function prefixOf(element: ElementValue, uri: string): string | null {
  for (const owner of [element, ...ancestors(element)]) {
    for (const attribute of owner.attributes) {
      if (attribute.isDeclaration && attribute.name.uri !== '' && attribute.value === uri)
        return attribute.name.local;
    }
  }
  return uri === xmlNamespace ? 'xml' : null;
}

function namespaceOf(element: ElementValue, prefix: string): NamespaceValue | null {
  for (const owner of [element, ...ancestors(element)]) {
    for (const { name, value, isDeclaration } of owner.attributes) {
      const own = name.uri === '' ? '' : name.local;
      if (isDeclaration && own === prefix) return new NamespaceValue(value);
    }
  }
  return prefix === '' ? new NamespaceValue('') : null;
}

function deepEquals(left: NodeValue | null, right: NodeValue | null): boolean {
  if (left === null || right === null) return left === right;
  if (left.type !== right.type) return false;
  if (left instanceof DataValue) return left.value === (right as DataValue).value;
  if (left instanceof ElementValue && right instanceof ElementValue) {
    if (!matches(left.name)(right) || left.isEmpty !== right.isEmpty) return false;
    if (left.attributes.length !== right.attributes.length) return false;
    const same = left.attributes.every(
      ({ name, value }, index) =>
        right.attributes[index]!.name.text === name.text &&
        right.attributes[index]!.value === value,
    );
    if (!same) return false;
  }
  const a = (left as ContainerValue).children;
  const b = (right as ContainerValue).children;
  return a.length === b.length && a.every((child, index) => deepEquals(child, b[index]!));
}

const nameKey = (name: NameValue | null) => name?.text ?? null;
const nodeTypes: Record<string, number> = { text: 3, cdata: 4, instruction: 7, comment: 8 };

const nodeMembers = {
  'void Remove()': (node: NodeValue) => node.remove(),
  'void ReplaceWith(object content)': replaceWith,
  'void ReplaceWith(params object[] content)': replaceWith,
  'void AddAfterSelf(object content)': (node: NodeValue, content: unknown) =>
    addBeside(node, content, true),
  'void AddBeforeSelf(object content)': (node: NodeValue, content: unknown) =>
    addBeside(node, content, false),
  'XNode NextNode': (node: NodeValue) => node.sibling(1),
  'XNode PreviousNode': (node: NodeValue) => node.sibling(-1),
  'IEnumerable<XElement> Ancestors()': (node: NodeValue) =>
    nodes('XElement', () => ancestors(node)),
  'IEnumerable<XElement> Ancestors(XName name)': (node: NodeValue, name: NameValue) =>
    nodes('XElement', () => ancestors(node).filter(matches(name))),
  'IEnumerable<XElement> ElementsAfterSelf()': (node: NodeValue) =>
    elementsNamed(() => beside(node, true)),
  'IEnumerable<XElement> ElementsBeforeSelf()': (node: NodeValue) =>
    elementsNamed(() => beside(node, false)),
  'static bool DeepEquals(XNode n1, XNode n2)': deepEquals,
  'string ToString(SaveOptions options)': (node: NodeValue, options: number) =>
    nodeText(node, (options & 1) !== 0),
};

function beside(node: NodeValue, after: boolean): NodeValue[] {
  const children = node.parent?.children ?? [];
  const index = children.indexOf(node);
  return after ? children.slice(index + 1) : children.slice(0, index);
}

const containerMembers = {
  'void Add(object content)': addContent,
  'void Add(params object[] content)': addContent,
  'void AddFirst(object content)': addFirst,
  'IEnumerable<XNode> Nodes()': (node: ContainerValue) => nodes('XNode', () => [...node.children]),
  'IEnumerable<XNode> DescendantNodes()': (node: ContainerValue) =>
    nodes('XNode', () => node.descendants()),
  'XNode FirstNode': (node: ContainerValue) => node.children[0] ?? null,
  'XNode LastNode': (node: ContainerValue) => node.children.at(-1) ?? null,
  'XElement Element(XName name)': (node: ContainerValue, name: NameValue) =>
    node.elements.find(matches(required(name, 'name'))) ?? null,
  'IEnumerable<XElement> Elements()': (node: ContainerValue) =>
    elementsNamed(() => [...node.children]),
  'IEnumerable<XElement> Elements(XName name)': (node: ContainerValue, name: NameValue) =>
    elementsNamed(() => [...node.children], name),
  'IEnumerable<XElement> Descendants()': (node: ContainerValue) =>
    elementsNamed(() => node.descendants()),
  'IEnumerable<XElement> Descendants(XName name)': (node: ContainerValue, name: NameValue) =>
    elementsNamed(() => node.descendants(), name),
  'void RemoveNodes()': (node: ContainerValue) => node.clear(),
  'void ReplaceNodes(object content)': (node: ContainerValue, content: unknown) => {
    node.clear();
    addContent(node, content);
  },
};

const elementMembers = {
  'new(XName name)': (_type: Type, name: NameValue | null) =>
    new ElementValue(required(name, 'name')),
  'new(XElement other)': (_type: Type, other: ElementValue) => other.clone(),
  'new(XName name, object content)': (_type: Type, name: NameValue | null, content: unknown) =>
    filled(new ElementValue(required(name, 'name')), content),
  'new(XName name, params object[] content)': (
    _type: Type,
    name: NameValue | null,
    content: ArrayValue,
  ) => filled(new ElementValue(required(name, 'name')), content),
  'static XElement Parse(string text)': (text: string | null) => parseXml(text).root,
  'static XElement Parse(string text, LoadOptions options)': (
    text: string | null,
    options: number,
  ) => parseXml(text, (options & 1) !== 0).root,
  'XName Name': {
    get: (element: ElementValue) => element.name,
    set: (element: ElementValue, name: NameValue | null) => {
      element.name = required(name, 'value');
    },
  },
  'string Value': {
    get: (element: ElementValue) => element.text,
    set: (element: ElementValue, text: string | null) => element.setText(required(text, 'value')),
  },
  'bool IsEmpty': (element: ElementValue) => element.isEmpty,
  'bool HasElements': (element: ElementValue) => element.elements.length > 0,
  'bool HasAttributes': (element: ElementValue) => element.attributes.length > 0,
  'XAttribute FirstAttribute': (element: ElementValue) => element.attributes[0] ?? null,
  'XAttribute LastAttribute': (element: ElementValue) => element.attributes.at(-1) ?? null,
  'XAttribute Attribute(XName name)': (element: ElementValue, name: NameValue) =>
    element.find(name) ?? null,
  'IEnumerable<XAttribute> Attributes()': (element: ElementValue) =>
    nodes('XAttribute', () => [...element.attributes]),
  'IEnumerable<XAttribute> Attributes(XName name)': (element: ElementValue, name: NameValue) =>
    nodes('XAttribute', () => [element.find(name)].filter((found) => found !== undefined)),
  'IEnumerable<XElement> AncestorsAndSelf()': (element: ElementValue) =>
    nodes('XElement', () => [element, ...ancestors(element)]),
  'IEnumerable<XElement> DescendantsAndSelf()': (element: ElementValue) =>
    elementsNamed(() => [element, ...element.descendants()]),
  'IEnumerable<XElement> DescendantsAndSelf(XName name)': (
    element: ElementValue,
    name: NameValue,
  ) => elementsNamed(() => [element, ...element.descendants()], name),
  'void SetAttributeValue(XName name, object value)': setAttribute,
  'void SetElementValue(XName name, object value)': setElement,
  'void SetValue(object value)': (element: ElementValue, value: unknown) =>
    element.setText(xmlText(value)),
  'void RemoveAttributes()': (element: ElementValue) => {
    element.attributes.length = 0;
  },
  'void RemoveAll()': (element: ElementValue) => {
    element.attributes.length = 0;
    element.clear();
  },
  'void ReplaceAll(object content)': (element: ElementValue, content: unknown) => {
    element.attributes.length = 0;
    element.clear();
    addContent(element, content);
  },
  'string GetPrefixOfNamespace(XNamespace ns)': (element: ElementValue, { uri }: NamespaceValue) =>
    prefixOf(element, uri),
  'XNamespace GetNamespaceOfPrefix(string prefix)': (element: ElementValue, prefix: string) =>
    namespaceOf(element, prefix),
  'XNamespace GetDefaultNamespace()': (element: ElementValue) => namespaceOf(element, ''),
  ...casts('XElement', (element: ElementValue) => element.text),
};

const nameTypes = [
  declareType(
    `sealed class ${space}.XName`,
    {
      'static XName Get(string expandedName)': (text: string | null) =>
        parseName(required(text, 'expandedName')),
      'static XName Get(string localName, string namespaceName)': (local: string, uri: string) =>
        new NameValue(local, uri),
      'implicit XName(string expandedName)': (text: string | null) =>
        text === null ? null : parseName(text),
      'string LocalName': (name: NameValue) => name.local,
      'string NamespaceName': (name: NameValue) => name.uri,
      'XNamespace Namespace': (name: NameValue) => new NamespaceValue(name.uri),
      'bool operator ==(XName left, XName right)': (a: NameValue | null, b: NameValue | null) =>
        nameKey(a) === nameKey(b),
      'bool operator !=(XName left, XName right)': (a: NameValue | null, b: NameValue | null) =>
        nameKey(a) !== nameKey(b),
    },
    { text: (name: NameValue) => name.text, key: nameKey },
  ),
  declareType(
    `sealed class ${space}.XNamespace`,
    {
      'static XNamespace Get(string namespaceName)': (uri: string) => new NamespaceValue(uri),
      'static XNamespace None': () => new NamespaceValue(''),
      'static XNamespace Xml': () => new NamespaceValue(xmlNamespace),
      'static XNamespace Xmlns': () => new NamespaceValue(xmlnsNamespace),
      'implicit XNamespace(string namespaceName)': (uri: string | null) =>
        uri === null ? null : new NamespaceValue(uri),
      'XName operator +(XNamespace ns, string localName)': (
        ns: NamespaceValue | null,
        local: string,
      ) => new NameValue(local, required(ns, 'ns').uri),
      'string NamespaceName': (ns: NamespaceValue) => ns.uri,
      'XName GetName(string localName)': (ns: NamespaceValue, local: string) =>
        new NameValue(local, ns.uri),
      'bool operator ==(XNamespace left, XNamespace right)': (
        a: NamespaceValue | null,
        b: NamespaceValue | null,
      ) => a?.uri === b?.uri,
      'bool operator !=(XNamespace left, XNamespace right)': (
        a: NamespaceValue | null,
        b: NamespaceValue | null,
      ) => a?.uri !== b?.uri,
    },
    { text: (ns: NamespaceValue) => ns.uri, key: (ns: NamespaceValue) => ns.uri },
  ),
];

function dataType(name: string, base: string, kind: DataValue['kind']) {
  return declareType(`class ${space}.${name} : ${base}`, {
    'new(string value)': (_type: Type, value: string | null) =>
      new DataValue(kind, required(value, 'value')),
    'string Value': {
      get: (node: DataValue) => node.value,
      set: (node: DataValue, value: string | null) => {
        node.value = required(value, 'value');
      },
    },
  });
}

class DeclarationValue extends Instance {
  readonly declaration: Declaration;

  constructor(declaration: Declaration) {
    super(typeNamed('XDeclaration'));
    this.declaration = declaration;
  }
}

function documentOf(content: unknown): DocumentValue {
  const document = new DocumentValue();
  for (const item of iterateBoxed(content)) {
    if (item instanceof DeclarationValue) document.declaration = item.declaration;
    else addContent(document, item);
  }
  return document;
}

/** Removes all nodes of a sequence, walked first. */
function removeAll(source: unknown): void {
  for (const node of [...iterate(source)]) (node as NodeValue | AttributeValue).remove();
}

function xpathNodes(node: NodeValue, path: string | null): ObjectValue[] {
  const links = new Map<object, ObjectValue>();
  const result = evaluateXPath(neutral(node, links), required(path, 'expression'));
  if (result.kind !== 'nodes') {
    throw invalidOperation('The XPath expression evaluated to an unexpected type.');
  }
  return result.nodes
    .map((found) => links.get(found.kind === 'attribute' ? found.attribute : found))
    .filter((found) => found !== undefined);
}

const extensions = declareType(`static class ${space}.Extensions`, {
  'static void Remove<T>(this IEnumerable<T> source) where T : class': (
    _types: Type[],
    source: unknown,
  ) => removeAll(source),
  'static IEnumerable<XElement> Elements<T>(this IEnumerable<T> source)': (
    _t: Type[],
    source: unknown,
  ) =>
    elementsNamed(() => [...iterate(source)].flatMap((node) => (node as ContainerValue).children)),
  'static IEnumerable<XElement> Elements<T>(this IEnumerable<T> source, XName name)': (
    _t: Type[],
    source: unknown,
    name: NameValue,
  ) =>
    elementsNamed(
      () => [...iterate(source)].flatMap((node) => (node as ContainerValue).children),
      name,
    ),
  'static IEnumerable<XElement> Descendants<T>(this IEnumerable<T> source, XName name)': (
    _t: Type[],
    source: unknown,
    name: NameValue,
  ) =>
    elementsNamed(
      () => [...iterate(source)].flatMap((node) => [...(node as ContainerValue).descendants()]),
      name,
    ),
  'static IEnumerable<XAttribute> Attributes(this IEnumerable<XElement> source)': (
    source: unknown,
  ) =>
    nodes('XAttribute', () =>
      [...iterate(source)].flatMap((node) => (node as ElementValue).attributes),
    ),
  'static IEnumerable<XAttribute> Attributes(this IEnumerable<XElement> source, XName name)': (
    source: unknown,
    name: NameValue,
  ) =>
    nodes('XAttribute', () =>
      [...iterate(source)]
        .map((node) => (node as ElementValue).find(name))
        .filter((found) => found !== undefined),
    ),
  'static XElement XPathSelectElement(this XNode node, string expression)': (
    node: NodeValue,
    path: string | null,
  ) => xpathNodes(node, path)[0] ?? null,
  'static IEnumerable<XElement> XPathSelectElements(this XNode node, string expression)': (
    node: NodeValue,
    path: string | null,
  ) => nodes('XElement', () => xpathNodes(node, path)),
});

export const xmlTypes = [
  ...nameTypes,
  declareType(`abstract class ${space}.XObject`, {
    'XElement Parent': (node: ObjectValue) =>
      node.parent instanceof ElementValue ? node.parent : null,
    'XDocument Document': (node: ObjectValue) => node.document,
    'XmlNodeType NodeType': (node: ObjectValue) =>
      node instanceof DocumentValue
        ? 9
        : node instanceof ElementValue
          ? 1
          : node instanceof DataValue
            ? nodeTypes[node.kind]
            : 2,
  }),
  declareType(`abstract class ${space}.XNode : XObject`, nodeMembers, {
    text: (node: NodeValue) => nodeText(node, false),
    json: (node: NodeValue) => nodeText(node, true),
  }),
  declareType(`abstract class ${space}.XContainer : XNode`, containerMembers),
  declareType(`class ${space}.XElement : XContainer`, elementMembers),
  declareType(`class ${space}.XDocument : XContainer`, {
    'new()': () => new DocumentValue(),
    'new(params object[] content)': (_type: Type, content: ArrayValue) => documentOf(content),
    'static XDocument Parse(string text)': (text: string | null) => parseXml(text),
    'XElement Root': (document: DocumentValue) => document.root,
    'XDeclaration Declaration': {
      get: (document: DocumentValue) =>
        document.declaration && new DeclarationValue(document.declaration),
      set: (document: DocumentValue, value: DeclarationValue | null) => {
        document.declaration = value?.declaration;
      },
    },
  }),
  declareType(`class ${space}.XDeclaration`, {
    'new(string version, string encoding, string standalone)': (
      _type: Type,
      version: string,
      encoding: string | null,
      standalone: string | null,
    ) =>
      new DeclarationValue({
        version,
        ...(encoding && { encoding }),
        ...(standalone && { standalone }),
      }),
    'string Version': (value: DeclarationValue) => value.declaration.version,
    'string Encoding': (value: DeclarationValue) => value.declaration.encoding ?? null,
  }),
  declareType(
    `class ${space}.XAttribute : XObject`,
    {
      'new(XName name, object value)': (_type: Type, name: NameValue | null, value: unknown) =>
        new AttributeValue(required(name, 'name'), xmlText(required(value, 'value'))),
      'XName Name': (attribute: AttributeValue) => attribute.name,
      'string Value': {
        get: (attribute: AttributeValue) => attribute.value,
        set: (attribute: AttributeValue, value: string | null) => {
          attribute.value = required(value, 'value');
        },
      },
      'bool IsNamespaceDeclaration': (attribute: AttributeValue) => attribute.isDeclaration,
      'void Remove()': (attribute: AttributeValue) => attribute.remove(),
      'void SetValue(object value)': (attribute: AttributeValue, value: unknown) => {
        attribute.value = xmlText(value);
      },
      ...casts('XAttribute', (attribute: AttributeValue) => attribute.value),
    },
    { text: attributeText, json: attributeText },
  ),
  dataType('XText', 'XNode', 'text'),
  dataType('XCData', 'XText', 'cdata'),
  dataType('XComment', 'XNode', 'comment'),
  declareType(`class ${space}.XProcessingInstruction : XNode`, {
    'string Target': (node: DataValue) => node.target,
    'string Data': (node: DataValue) => node.value,
  }),
  declareEnum(
    `${space}.SaveOptions`,
    { None: 0, DisableFormatting: 1, OmitDuplicateNamespaces: 2 },
    true,
  ),
  declareEnum(
    `${space}.LoadOptions`,
    { None: 0, PreserveWhitespace: 1, SetBaseUri: 2, SetLineInfo: 4 },
    true,
  ),
  declareEnum('System.Xml.XmlNodeType', {
    None: 0,
    Element: 1,
    Attribute: 2,
    Text: 3,
    CDATA: 4,
    ProcessingInstruction: 7,
    Comment: 8,
    Document: 9,
  }),
  extensions,
];
