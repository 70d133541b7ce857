// Where nodes of XmlDocument may go: insertion and removal by the rules of XmlNode.
import { fault, invalidOperation, required } from '../../../running/exceptions.ts';
import { allocate, charge } from '../../../running/run.ts';
import {
  DomAttribute,
  type DomChild,
  DomDeclaration,
  DomDocument,
  DomElement,
  type DomNode,
  type DomParent,
  DomText,
} from './tree.ts';

const argument = (message: string) => fault('ArgumentException', message);

function requireParent(node: DomNode, message: string): DomParent {
  if (node instanceof DomElement || node instanceof DomDocument) return node;
  throw invalidOperation(message);
}

/** Inserts before a child, at the end without one; a fragment gives all it holds. */
export function insert(parent: DomNode, node: DomNode, before: DomNode | null): DomNode {
  const container = requireParent(parent, 'The current node cannot contain other nodes.');
  if (contains(node, container)) {
    throw argument('Cannot insert a node or any ancestor of that node as a child of itself.');
  }
  if (before && before.parent !== container) {
    throw argument('The reference node is not a child of this node.');
  }
  if (node === before) return node;
  const maker = container instanceof DomDocument ? container.maker : container.owner;
  if (node.owner !== maker) {
    throw argument('The node to be inserted is from a different document context.');
  }
  if (node instanceof DomDocument) {
    for (const child of [...node.nodes]) insert(parent, child, before);
    return node;
  }
  if (node.parent) remove(node.parent, node);
  checkPlace(container, node, before);
  allocate(1);
  node.parent = container;
  if (node instanceof DomDeclaration) (container as DomDocument).declaration = node;
  else place(container, node as DomChild, before);
  return node;
}

function place(container: DomParent, node: DomChild, before: DomNode | null): void {
  const { children } = container;
  const index =
    before === null || before instanceof DomDeclaration
      ? before
        ? 0
        : children.length
      : children.indexOf(before as DomChild);
  charge(1 + ((children.length - index) >> 4));
  children.splice(index, 0, node);
}

function contains(node: DomNode, place: DomNode): boolean {
  for (let at: DomNode | undefined = place; at; at = at.parent) if (at === node) return true;
  return false;
}

const wrongKind = () =>
  invalidOperation(
    'The specified node cannot be inserted as the valid child of this node, because the specified node is the wrong type.',
  );

const wrongPlace = () => invalidOperation('Cannot insert the node in the specified location.');

function checkPlace(container: DomParent, node: DomNode, before: DomNode | null): void {
  if (node instanceof DomAttribute) throw wrongKind();
  if (container instanceof DomElement || container.isFragment) {
    if (node instanceof DomDeclaration) throw wrongKind();
    if ('kind' in node && node.kind === 'doctype') throw wrongKind();
    return;
  }
  if (node instanceof DomElement && container.root) {
    throw invalidOperation("This document already has a 'DocumentElement' node.");
  }
  if (node instanceof DomText && node.variety === 'Text') throw wrongKind();
  if ('kind' in node && node.kind === 'cdata') throw wrongKind();
  if (node instanceof DomDeclaration) {
    if (container.declaration) {
      throw invalidOperation('Cannot insert the node in the specified location.');
    }
    if (before !== (container.nodes[0] ?? null)) throw wrongPlace();
  } else if (before instanceof DomDeclaration) throw wrongPlace();
  if ('kind' in node && node.kind === 'doctype' && container.root) {
    if (
      !before ||
      container.children.indexOf(before as DomChild) > container.children.indexOf(container.root)
    ) {
      throw wrongPlace();
    }
  }
}

/** Takes a child out. */
export function remove(parent: DomNode, node: DomNode | null): DomNode {
  const container = requireParent(
    parent,
    'The current node cannot contain other nodes, so the node to be removed is not its child.',
  );
  const given = required(node, 'node');
  if (given.parent !== container) {
    throw argument('The node to be removed is not a child of this node.');
  }
  given.parent = undefined;
  if (given instanceof DomDeclaration) (container as DomDocument).declaration = undefined;
  else {
    const { children } = container;
    charge(1 + (children.length >> 4));
    children.splice(children.indexOf(given as DomChild), 1);
  }
  return given;
}

export function removeChildren(node: DomNode): void {
  if (!(node instanceof DomElement || node instanceof DomDocument)) return;
  for (const child of node.nodes) child.parent = undefined;
  node.children = [];
  if (node instanceof DomDocument) node.declaration = undefined;
}

/** Adds an attribute; one of the same name makes way and is given back. */
export function setAttribute(element: DomElement, attribute: DomAttribute): DomAttribute | null {
  if (attribute.element === element) return attribute;
  if (attribute.element) {
    throw fault(
      'ArgumentException',
      "The 'Attribute' node cannot be inserted because it is already an attribute of another element.",
    );
  }
  if (attribute.owner !== element.owner) {
    throw argument('The named node is from a different document context.');
  }
  const found = element.find(attribute.localName, attribute.namespace);
  attribute.element = element;
  if (!found) element.attributes.push(attribute);
  else {
    found.element = undefined;
    element.attributes[element.attributes.indexOf(found)] = attribute;
  }
  return found ?? null;
}

export function removeAttribute(element: DomElement, attribute: DomAttribute | undefined) {
  if (!attribute || attribute.element !== element) return null;
  element.attributes = element.attributes.filter((each) => each !== attribute);
  attribute.element = undefined;
  return attribute;
}
