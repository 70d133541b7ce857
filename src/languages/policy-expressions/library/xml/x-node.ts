// System.Xml.Linq.XNode: what every node of a tree has.
import { invalidOperation, required } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import { insertContent, requireParent, snapshotOf } from './content.ts';
import { deepEquals } from './equality.ts';
import { readNode } from './reading.ts';
import type { NodeValue } from './tree/index.ts';
import type { NameValue } from './tree/names.ts';
import {
  ancestorsOf,
  compareOrder,
  elementsAmong,
  elementsOf,
  followersOf,
  forerunnersOf,
  neighbour,
  nodesOf,
  type TreeValue,
} from './walking.ts';
import { nodeText, saveOptions, writeNode } from './writing.ts';
import { equalityComparer, orderComparer } from './x-node-comparers.ts';
import { ReaderValue } from './xml-reader-value.ts';
import type { WriterValue } from './xml-writer.ts';

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
    elementsOf(() => elementsAmong(followersOf(node))),
  'IEnumerable<XElement> ElementsAfterSelf(XName name)': (
    node: TreeValue,
    name: NameValue | null,
  ) => elementsOf(() => elementsAmong(followersOf(node), name)),
  'IEnumerable<XElement> ElementsBeforeSelf()': (node: TreeValue) =>
    elementsOf(() => elementsAmong(forerunnersOf(node))),
  'IEnumerable<XElement> ElementsBeforeSelf(XName name)': (
    node: TreeValue,
    name: NameValue | null,
  ) => elementsOf(() => elementsAmong(forerunnersOf(node), name)),
  'IEnumerable<XNode> NodesAfterSelf()': (node: TreeValue) => nodesOf(() => followersOf(node)),
  'IEnumerable<XNode> NodesBeforeSelf()': (node: TreeValue) => nodesOf(() => forerunnersOf(node)),
  'bool IsBefore(XNode node)': isBefore,
  'bool IsAfter(XNode node)': isAfter,
  'static int CompareDocumentOrder(XNode n1, XNode n2)': compareOrder,
  'static bool DeepEquals(XNode n1, XNode n2)': (left: TreeValue | null, right: TreeValue | null) =>
    deepEquals(left, right),
  'static XNodeDocumentOrderComparer DocumentOrderComparer': () => orderComparer(),
  'static XNodeEqualityComparer EqualityComparer': () => equalityComparer(),
  'static XNode ReadFrom(XmlReader reader)': (reader: ReaderValue | null) =>
    readNode(required(reader, 'reader')),
  'XmlReader CreateReader()': (node: TreeValue) =>
    new ReaderValue(nodeText(node, saveOptions.DisableFormatting)),
  'XmlReader CreateReader(ReaderOptions readerOptions)': (node: TreeValue) =>
    new ReaderValue(nodeText(node, saveOptions.DisableFormatting)),
  'void WriteTo(XmlWriter writer)': (node: TreeValue, target: WriterValue | null) =>
    writeNode(required(target, 'writer').writer, node),
  'string ToString(SaveOptions options)': nodeText,
});
