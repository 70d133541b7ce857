// System.Xml.Linq.XObject and XNode: what every part of a tree has.
import { invalidOperation, required } from '../../running/exceptions.ts';
import { isInstance } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { insertContent, requireParent, snapshotOf } from './content.ts';
import { deepEquals } from './equality.ts';
import type { NameValue } from './names.ts';
import type { AttributeValue, NodeValue, XmlObject } from './nodes.ts';
import {
  ancestorsOf,
  compareOrder,
  elementsAmong,
  elementsOf,
  neighbour,
  nodesOf,
  siblingsOf,
  type TreeValue,
} from './walking.ts';
import { nodeText, objectText, plainText } from './writing.ts';

/** System.Xml.XmlNodeType, as far as trees have them. */
export const nodeTypes = {
  None: 0,
  Element: 1,
  Attribute: 2,
  Text: 3,
  CDATA: 4,
  EntityReference: 5,
  Entity: 6,
  ProcessingInstruction: 7,
  Comment: 8,
  Document: 9,
  DocumentType: 10,
  DocumentFragment: 11,
  Notation: 12,
  Whitespace: 13,
  SignificantWhitespace: 14,
  EndElement: 15,
  EndEntity: 16,
  XmlDeclaration: 17,
};

const typeOfKind: Record<TreeValue['kind'], number> = {
  element: nodeTypes.Element,
  text: nodeTypes.Text,
  cdata: nodeTypes.CDATA,
  instruction: nodeTypes.ProcessingInstruction,
  comment: nodeTypes.Comment,
  document: nodeTypes.Document,
  doctype: nodeTypes.DocumentType,
};

/** XmlNodeType of a node or attribute. */
export function nodeTypeOf(value: TreeValue | AttributeValue): number {
  return 'kind' in value ? typeOfKind[value.kind] : nodeTypes.Attribute;
}

function documentOf(value: XmlObject): unknown {
  let top: XmlObject = value;
  while (top.parent) top = top.parent;
  return 'kind' in top && top.kind === 'document' ? top : null;
}

function annotationsOf(type: Type, value: XmlObject): unknown[] {
  return value.annotations.filter((annotation) => isInstance(annotation, type));
}

export const xObjectType = declareType(
  'abstract class System.Xml.Linq.XObject',
  {
    'XElement Parent': ({ parent }: XmlObject) => (parent?.kind === 'element' ? parent : null),
    'XDocument Document': documentOf,
    'XmlNodeType NodeType': nodeTypeOf,
    'string BaseUri': () => '',
    'void AddAnnotation(object annotation)': (value: XmlObject, annotation: unknown) => {
      value.annotations.push(required(annotation, 'annotation'));
    },
    'object Annotation(Type type)': (value: XmlObject, type: Type) =>
      annotationsOf(type, value)[0] ?? null,
    'T Annotation<T>() where T : class': ([type]: Type[], value: XmlObject) =>
      annotationsOf(type!, value)[0] ?? null,
    'void RemoveAnnotations<T>() where T : class': ([type]: Type[], value: XmlObject) => {
      value.annotations = value.annotations.filter((each) => !isInstance(each, type!));
    },
    'string ToString()': objectText,
  },
  { text: objectText, json: plainText },
);

function addBeside(node: NodeValue, content: unknown, after: boolean): void {
  const parent = requireParent(node);
  const items = snapshotOf(content);
  insertContent(parent, parent.indexOf(node) + (after ? 1 : 0), arrayLike(items));
}

/** Several contents as one walkable content. */
function arrayLike(items: readonly unknown[]): unknown {
  return items.length === 1 ? items[0] : nodesOf(() => items);
}

function replaceWith(node: NodeValue, content: unknown): void {
  const parent = requireParent(node);
  const items = snapshotOf(content);
  const index = parent.indexOf(node);
  parent.detach(node);
  insertContent(parent, index, arrayLike(items));
}

const isBefore = (left: TreeValue, right: TreeValue) => compareOrder(left, right) < 0;
const isAfter = (left: TreeValue, right: TreeValue) => compareOrder(left, right) > 0;

export const xNodeType = declareType('abstract class System.Xml.Linq.XNode : XObject', {
  'XNode NextNode': (node: TreeValue) => neighbour(node, 1),
  'XNode PreviousNode': (node: TreeValue) => neighbour(node, -1),
  'void AddAfterSelf(object content)': (node: NodeValue, content: unknown) =>
    addBeside(node, content, true),
  'void AddAfterSelf(params object[] content)': (node: NodeValue, content: unknown) =>
    addBeside(node, content, true),
  'void AddBeforeSelf(object content)': (node: NodeValue, content: unknown) =>
    addBeside(node, content, false),
  'void AddBeforeSelf(params object[] content)': (node: NodeValue, content: unknown) =>
    addBeside(node, content, false),
  'void ReplaceWith(object content)': replaceWith,
  'void ReplaceWith(params object[] content)': replaceWith,
  'void Remove()': (node: TreeValue) => {
    if (node.kind === 'document') throw invalidOperation('The parent is missing.');
    requireParent(node).detach(node);
  },
  'IEnumerable<XElement> Ancestors()': (node: TreeValue) => elementsOf(() => ancestorsOf(node)),
  'IEnumerable<XElement> Ancestors(XName name)': (node: TreeValue, name: NameValue | null) =>
    elementsOf(() => elementsAmong(ancestorsOf(node), name)),
  'IEnumerable<XElement> ElementsAfterSelf()': (node: TreeValue) =>
    elementsOf(() => elementsAmong(siblingsOf(node, true))),
  'IEnumerable<XElement> ElementsAfterSelf(XName name)': (
    node: TreeValue,
    name: NameValue | null,
  ) => elementsOf(() => elementsAmong(siblingsOf(node, true), name)),
  'IEnumerable<XElement> ElementsBeforeSelf()': (node: TreeValue) =>
    elementsOf(() => elementsAmong(siblingsOf(node, false))),
  'IEnumerable<XElement> ElementsBeforeSelf(XName name)': (
    node: TreeValue,
    name: NameValue | null,
  ) => elementsOf(() => elementsAmong(siblingsOf(node, false), name)),
  'IEnumerable<XNode> NodesAfterSelf()': (node: TreeValue) => nodesOf(() => siblingsOf(node, true)),
  'IEnumerable<XNode> NodesBeforeSelf()': (node: TreeValue) =>
    nodesOf(() => siblingsOf(node, false)),
  'bool IsBefore(XNode node)': isBefore,
  'bool IsAfter(XNode node)': isAfter,
  'static int CompareDocumentOrder(XNode n1, XNode n2)': compareOrder,
  'static bool DeepEquals(XNode n1, XNode n2)': (left: TreeValue | null, right: TreeValue | null) =>
    deepEquals(left, right),
  'string ToString(SaveOptions options)': nodeText,
});
