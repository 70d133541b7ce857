// XNode.DeepEquals: names, attributes in their order, content; comments and instructions count.
import { xmlText } from '../../../../dotnet/index.ts';
import { charge } from '../../running/run.ts';
import { treeDepthMax } from './limits.ts';
import {
  type ContainerValue,
  type DocumentValue,
  type ElementValue,
  type NodeValue,
  sameName,
  tooDeep,
} from './tree/index.ts';

type Tree = NodeValue | DocumentValue;

export function deepEquals(left: Tree | null, right: Tree | null, depth = 0): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (depth > treeDepthMax) throw tooDeep();
  charge(1);
  switch (left.kind) {
    case 'element':
      return right.kind === 'element' && equalElements(left, right, depth);
    case 'document':
      return right.kind === 'document' && equalContents(left, right, depth);
    case 'instruction':
      return (
        right.kind === 'instruction' && left.target === right.target && left.data === right.data
      );
    case 'doctype':
      return (
        right.kind === 'doctype' &&
        left.name === right.name &&
        left.publicId === right.publicId &&
        left.systemId === right.systemId &&
        left.internalSubset === right.internalSubset
      );
    default:
      return left.kind === right.kind && left.value === right.value;
  }
}

function equalElements(left: ElementValue, right: ElementValue, depth: number): boolean {
  if (!sameName(left.name, right.name)) return false;
  if (!equalContents(left, right, depth)) return false;
  // LINQ to XML compares attributes in order.
  return (
    left.attributes.length === right.attributes.length &&
    left.attributes.every((attribute, index) => {
      const other = right.attributes[index]!;
      return sameName(attribute.name, other.name) && attribute.value === other.value;
    })
  );
}

/** The text of a container that holds nothing but text; null where it holds no content at all. */
function onlyText(container: ContainerValue): string | null | undefined {
  if (container.children.some(({ kind }) => kind !== 'text')) return undefined;
  if (container.children.length > 0) return xmlText(container);
  return container.kind === 'element' && !container.selfClosing ? '' : null;
}

function equalContents(left: ContainerValue, right: ContainerValue, depth: number): boolean {
  const text = onlyText(left);
  if (text !== undefined) return text === onlyText(right);
  if (onlyText(right) !== undefined) return false;
  const [a, b] = [joined(left), joined(right)];
  return (
    a.length === b.length &&
    a.every((node, index) => {
      const other = b[index]!;
      if (typeof node === 'string' || typeof other === 'string') return node === other;
      return deepEquals(node, other, depth + 1);
    })
  );
}

/** Nodes with neighbouring texts as one. */
function joined(container: ContainerValue): (NodeValue | string)[] {
  const list: (NodeValue | string)[] = [];
  for (const node of container.children) {
    const last = list.at(-1);
    if (node.kind === 'text' && typeof last === 'string') list[list.length - 1] = last + node.value;
    else list.push(node.kind === 'text' ? node.value : node);
  }
  return list;
}
