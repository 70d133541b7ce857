// Ways through a tree: descendants, ancestors, siblings, document order; lazy, each step counted.
import { invalidOperation } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import { Sequence, tick } from '../../running/sequences.ts';
import { named } from '../../types/registry.ts';
import type { NameValue } from './names.ts';
import {
  type ContainerValue,
  type DocumentValue,
  ElementValue,
  type NodeValue,
  sameName,
} from './nodes.ts';

export type TreeValue = NodeValue | DocumentValue;

const linq = (name: string) => named(`System.Xml.Linq.${name}`);

/** A lazy `IEnumerable<T>` of a type of LINQ to XML. */
export function sequenceOf(type: string, items: () => Iterable<unknown>): Sequence {
  return new Sequence(linq(type), () => items()[Symbol.iterator]());
}

export const elementsOf = (items: () => Iterable<unknown>) => sequenceOf('XElement', items);
export const nodesOf = (items: () => Iterable<unknown>) => sequenceOf('XNode', items);

/** The elements among nodes, of one name where one is given. */
export function* elementsAmong(
  nodes: Iterable<TreeValue>,
  name?: NameValue | null,
): Generator<ElementValue> {
  // Null as a name finds nothing.
  if (name === null) return;
  for (const node of nodes) {
    tick();
    if (node instanceof ElementValue && (!name || sameName(node.name, name))) yield node;
  }
}

/** The children as they stand when the walk begins. */
export function childrenOf(node: TreeValue): readonly NodeValue[] {
  return node.kind === 'element' || node.kind === 'document' ? [...node.children] : [];
}

export function* descendantsOf(node: TreeValue): Generator<NodeValue> {
  const pending = childrenOf(node).toReversed();
  for (let next = pending.pop(); next; next = pending.pop()) {
    yield next;
    const below = childrenOf(next);
    for (let index = below.length - 1; index >= 0; index -= 1) pending.push(below[index]!);
  }
}

export function* ancestorsOf(node: { readonly parent?: ContainerValue | undefined }) {
  for (let at = node.parent; at?.kind === 'element'; at = at.parent) yield at;
}

/** The node before or after, null at the end. */
export function neighbour(node: TreeValue, step: 1 | -1): NodeValue | null {
  if (node.kind === 'document' || !node.parent) return null;
  return node.parent.children[node.parent.indexOf(node) + step] ?? null;
}

/** The nodes after or before, in document order. */
export function siblingsOf(node: TreeValue, after: boolean): readonly NodeValue[] {
  if (node.kind === 'document' || !node.parent) return [];
  const { children } = node.parent;
  const index = node.parent.indexOf(node);
  charge(children.length >> 4);
  return after ? children.slice(index + 1) : children.slice(0, index);
}

/** From the root: the positions that lead to a node. */
function pathOf(node: TreeValue): { readonly root: TreeValue; readonly path: readonly number[] } {
  const path: number[] = [];
  let at: TreeValue = node;
  while (at.kind !== 'document' && at.parent) {
    path.push(at.parent.indexOf(at));
    at = at.parent;
  }
  return { root: at, path: path.reverse() };
}

/** XNode.CompareDocumentOrder. */
export function compareOrder(left: TreeValue | null, right: TreeValue | null): number {
  if (left === right) return 0;
  if (!left) return -1;
  if (!right) return 1;
  const [a, b] = [pathOf(left), pathOf(right)];
  if (a.root !== b.root) throw invalidOperation('A common ancestor is missing.');
  for (const [index, step] of a.path.entries()) {
    const other = b.path[index];
    if (other === undefined) return 1;
    if (step !== other) return step < other ? -1 : 1;
  }
  return a.path.length === b.path.length ? 0 : -1;
}
