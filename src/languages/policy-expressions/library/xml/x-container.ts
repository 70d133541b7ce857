// System.Xml.Linq.XContainer: what elements and documents share.
import { declareType } from '../../types/registry.ts';
import { addContent, insertContent, replaceNodes, snapshotOf } from './content.ts';
import type { ContainerValue } from './tree/index.ts';
import type { NameValue } from './tree/names.ts';
import { descendantsOf, elementsAmong, elementsOf, liveChildrenOf, nodesOf } from './walking.ts';

type Name = NameValue | null;

function add(container: ContainerValue, content: unknown): void {
  for (const item of snapshotOf(content)) addContent(container, item);
}

function addFirst(container: ContainerValue, content: unknown): void {
  const items = snapshotOf(content);
  insertContent(container, 0, items.length === 1 ? items[0] : nodesOf(() => items));
}

export const containerType = declareType('abstract class System.Xml.Linq.XContainer : XNode', {
  'XNode FirstNode': ({ children }: ContainerValue) => children[0] ?? null,
  'XNode LastNode': ({ children }: ContainerValue) => children.at(-1) ?? null,
  'void Add(object content)': add,
  'void Add(params object[] content)': add,
  'void AddFirst(object content)': addFirst,
  'void AddFirst(params object[] content)': addFirst,
  'void ReplaceNodes(object content)': replaceNodes,
  'void ReplaceNodes(params object[] content)': replaceNodes,
  'void RemoveNodes()': (container: ContainerValue) => container.detachAll(),
  'XElement Element(XName name)': (container: ContainerValue, name: Name) =>
    elementsAmong(container.children, name).next().value ?? null,
  'IEnumerable<XElement> Elements()': (container: ContainerValue) =>
    elementsOf(() => elementsAmong(liveChildrenOf(container))),
  'IEnumerable<XElement> Elements(XName name)': (container: ContainerValue, name: Name) =>
    elementsOf(() => elementsAmong(liveChildrenOf(container), name)),
  'IEnumerable<XElement> Descendants()': (container: ContainerValue) =>
    elementsOf(() => elementsAmong(descendantsOf(container))),
  'IEnumerable<XElement> Descendants(XName name)': (container: ContainerValue, name: Name) =>
    elementsOf(() => elementsAmong(descendantsOf(container), name)),
  'IEnumerable<XNode> DescendantNodes()': (container: ContainerValue) =>
    nodesOf(() => descendantsOf(container)),
  'IEnumerable<XNode> Nodes()': (container: ContainerValue) =>
    nodesOf(() => liveChildrenOf(container)),
});
