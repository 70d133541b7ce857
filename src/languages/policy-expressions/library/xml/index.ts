// System.Xml.Linq: the members of names, elements, attributes and documents.

import { evaluateXPath } from '../../../../dotnet/index.ts';
import { invalidOperation, required } from '../../running/exceptions.ts';
import { iterate, iterateBoxed } from '../../running/sequences.ts';
import { type ArrayValue, Instance } from '../../running/values.ts';
import { declareEnum, declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import {
  addBeside,
  addContent,
  addFirst,
  ancestors,
  casts,
  deepEquals,
  elementsNamed,
  filled,
  matches,
  namespaceOf,
  nodes,
  nodeTypes,
  prefixOf,
  replaceWith,
  setAttribute,
  setElement,
  space,
  typeNamed,
  xmlText,
} from './contents.ts';
import { nameTypes } from './names.ts';
import {
  AttributeValue,
  attributeText,
  type ContainerValue,
  DataValue,
  type Declaration,
  DocumentValue,
  ElementValue,
  type NamespaceValue,
  type NameValue,
  type NodeValue,
  neutral,
  nodeText,
  type ObjectValue,
  parseXml,
} from './nodes.ts';

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
