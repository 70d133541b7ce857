// Copies of trees.
import { fault } from '../../../running/exceptions.ts';
import { charge } from '../../../running/run.ts';
import { treeDepthMax } from '../limits.ts';
import { AttributeValue } from './attribute.ts';
import { DeclarationValue, DocumentValue } from './document.ts';
import { ElementValue } from './element.ts';
import { CdataValue, CommentValue, DoctypeValue, InstructionValue, TextValue } from './leaves.ts';
import type { ContainerValue, NodeValue } from './object.ts';

/** A copy without parent. */
export function cloneNode<T extends NodeValue | DocumentValue>(node: T, depth = 0): T {
  return copy(node, depth) as T;
}

function copy(node: NodeValue | DocumentValue, depth: number): NodeValue | DocumentValue {
  charge(1);
  if (depth > treeDepthMax) throw tooDeep();
  switch (node.kind) {
    case 'element': {
      const element = new ElementValue(node.name);
      for (const { name, value } of node.attributes) {
        const attribute = new AttributeValue(name, value);
        attribute.parent = element;
        element.attributes.push(attribute);
      }
      element.selfClosing = node.selfClosing;
      fill(element, node.children, depth);
      return element;
    }
    case 'document': {
      const document = new DocumentValue();
      const { declaration } = node;
      if (declaration) {
        const { version, encoding, standalone } = declaration;
        document.declaration = new DeclarationValue(version, encoding, standalone);
      }
      fill(document, node.children, depth);
      return document;
    }
    case 'text':
      return new TextValue(node.value);
    case 'cdata':
      return new CdataValue(node.value);
    case 'comment':
      return new CommentValue(node.value);
    case 'instruction':
      return new InstructionValue(node.target, node.data);
    default:
      return new DoctypeValue(node.name, node.publicId, node.systemId, node.internalSubset);
  }
}

function fill(container: ContainerValue, children: readonly NodeValue[], depth: number): void {
  for (const child of children) {
    const own = copy(child, depth + 1) as NodeValue;
    own.parent = container;
    container.children.push(own);
  }
}

export function tooDeep() {
  const message = 'The XML is nested too deeply.';
  return fault('InsufficientExecutionStackException', message);
}
