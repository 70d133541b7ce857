// Ways through a tree: descendants, ancestors, siblings, document order; lazy, each step counted.
import { invalidOperation, nullReference } from '../../running/exceptions.ts';
import { Sequence, tick } from '../../running/sequences.ts';
import { named } from '../../types/registry.ts';
import {
  type ContainerValue,
  type DocumentValue,
  ElementValue,
  type NodeValue,
  sameName,
} from './tree/index.ts';
import type { NameValue } from './tree/names.ts';

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

/** The children as they stand. */
export function childrenOf(node: TreeValue): readonly NodeValue[] {
  return node.kind === 'element' || node.kind === 'document' ? node.children : [];
}

/** Where a node stands among its siblings; near `guess` where nothing has moved. */
function indexIn(parent: ContainerValue, node: NodeValue, guess: number): number {
  return parent.children[guess] === node ? guess : parent.indexOf(node);
}

/** The children, each found from the one before: the walk ends where that was taken out. */
export function* liveChildrenOf(parent: TreeValue): Generator<NodeValue> {
  if (parent.kind !== 'element' && parent.kind !== 'document') return;
  let index = 0;
  for (let node = parent.children[0]; node; node = parent.children[index]) {
    yield node;
    if (node.parent !== parent) return;
    index = indexIn(parent, node, index) + 1;
  }
}

/** What is beneath, in document order; .NET fails where the node it stands on was taken out. */
export function* descendantsOf(top: TreeValue): Generator<NodeValue> {
  let node: TreeValue = top;
  const places: number[] = [];
  for (;;) {
    const first = childrenOf(node)[0];
    if (first) {
      places.push(0);
      node = first;
    } else {
      let next: NodeValue | undefined;
      while (!next) {
        if (node === top) return;
        const below = node as NodeValue;
        const { parent }: NodeValue = below;
        if (!parent) throw nullReference();
        const place = indexIn(parent, below, places.pop() ?? 0) + 1;
        next = parent.children[place];
        if (next) places.push(place);
        else node = parent;
      }
      node = next;
    }
    yield node as NodeValue;
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

/** The nodes after, each found from the one before. */
export function* followersOf(start: TreeValue): Generator<NodeValue> {
  if (start.kind === 'document') return;
  let node: NodeValue = start;
  let index = -1;
  while (node.parent) {
    index = indexIn(node.parent, node, index) + 1;
    const next: NodeValue | undefined = node.parent.children[index];
    if (!next) return;
    node = next;
    yield node;
  }
}

/** The nodes before, in document order. */
export function* forerunnersOf(node: TreeValue): Generator<NodeValue> {
  if (node.kind === 'document' || !node.parent) return;
  const { parent } = node;
  let index = 0;
  for (let at = parent.children[0]; at && at !== node; at = parent.children[index]) {
    yield at;
    if (at.parent !== parent) return;
    index = indexIn(parent, at, index) + 1;
  }
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
