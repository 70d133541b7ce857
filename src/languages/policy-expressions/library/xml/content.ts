// The rules of content: what may stand where, how values become nodes, when nodes are copied.
import { fault, invalidOperation } from '../../running/exceptions.ts';
import { allocate, charge } from '../../running/run.ts';
import { iterateBoxed } from '../../running/sequences.ts';
import { Instance, stringOf } from '../../running/values.ts';
import { derives, known } from '../../types/hierarchy.ts';
import {
  AttributeValue,
  type ContainerValue,
  cloneNode,
  DocumentValue,
  ElementValue,
  type NodeValue,
  TextValue,
  XmlObject,
} from './tree/index.ts';
import { contentText } from './writing.ts';
import { StreamingValue } from './x-streaming-element.ts';

/** Adds at the end (XContainer.Add); an element takes attributes too. */
export function addContent(container: ContainerValue, content: unknown): void {
  const takesAttributes = container.kind === 'element';
  new Inserter(container, container.children.length, takesAttributes).add(content);
}

/** Adds before the node at `index`, after what was added so far. */
export function insertContent(container: ContainerValue, index: number, content: unknown): void {
  new Inserter(container, index, false).add(content);
}

const incorrectDocument = 'This operation would create an incorrectly structured document.';

class Inserter {
  private readonly container: ContainerValue;
  private index: number;
  private readonly takesAttributes: boolean;

  constructor(container: ContainerValue, index: number, takesAttributes: boolean) {
    this.container = container;
    this.index = index;
    this.takesAttributes = takesAttributes;
  }

  add(content: unknown): void {
    charge(1);
    if (content === null || content === undefined) return;
    const text = stringOf(content);
    if (text !== undefined) this.addText(text);
    else if (content instanceof AttributeValue) this.addAttribute(content);
    else if (content instanceof DocumentValue) throw refusedNode('Document');
    else if (content instanceof XmlObject) this.addNode(content as NodeValue);
    else if (content instanceof StreamingValue) this.addNode(elementOf(content));
    else if (content instanceof Instance && derives(content.type, known.enumerable)) {
      for (const item of iterateBoxed(content)) this.add(item);
    } else this.addText(contentText(content));
  }

  private addAttribute(attribute: AttributeValue): void {
    if (this.container.kind === 'document' || !this.takesAttributes) {
      throw fault('ArgumentException', 'An attribute cannot be added to content.');
    }
    this.container.append(attribute);
  }

  /** Text joins the text before it. */
  private addText(text: string): void {
    const { container, index } = this;
    requireWhiteSpace(container, text);
    if (text === '') {
      if (container.kind === 'element') container.selfClosing = false;
      return;
    }
    const previous = container.children[index - 1];
    if (previous?.kind === 'text') previous.value += text;
    else this.place(new TextValue(text));
  }

  private addNode(node: NodeValue): void {
    const { container } = this;
    if (container.kind === 'document') checkDocument(container, node, this.index);
    else if (node.kind === 'doctype') throw refusedNode('DocumentType');
    this.place(node.parent || isRootOf(node, container) ? cloneNode(node) : node);
  }

  private place(node: NodeValue): void {
    const { container, index } = this;
    allocate(1);
    node.parent = container;
    if (index === container.children.length) container.children.push(node);
    else {
      charge(1 + (container.children.length >> 4));
      container.children.splice(index, 0, node);
    }
    if (container.kind === 'element') container.selfClosing = false;
    this.index += 1;
  }
}

function elementOf({ name, content }: StreamingValue): ElementValue {
  const element = new ElementValue(name);
  for (const item of content) addContent(element, item);
  return element;
}

function refusedNode(type: string) {
  return fault('ArgumentException', `A node of type ${type} cannot be added to content.`);
}

/** Whether the node is the top of the tree the container stands in. */
function isRootOf(node: NodeValue, container: ContainerValue): boolean {
  if (node.kind !== 'element') return false;
  let top: ContainerValue = container;
  while (top.parent) {
    charge(1);
    top = top.parent;
  }
  return top === node;
}

export function requireWhiteSpace(container: ContainerValue, text: string): void {
  if (container.kind === 'document' && !/^[ \t\r\n]*$/.test(text)) {
    const message = 'Non-whitespace characters cannot be added to content.';
    throw fault('ArgumentException', message);
  }
}

/** A document has one element, one document type before it, and no text. */
function checkDocument(document: DocumentValue, node: NodeValue, index: number): void {
  const { children } = document;
  if (node.kind === 'text') requireWhiteSpace(document, node.value);
  if (node.kind === 'cdata') throw refusedNode('CDATA');
  const wrong =
    node.kind === 'element'
      ? children.some(({ kind }, at) => kind === 'element' || (kind === 'doctype' && at >= index))
      : node.kind === 'doctype' &&
        children.some(({ kind }, at) => kind === 'doctype' || (kind === 'element' && at < index));
  if (wrong) throw invalidOperation(incorrectDocument);
}

/** Replaces all nodes (ReplaceNodes); content that comes from the element itself is copied first. */
export function replaceNodes(container: ContainerValue, content: unknown): void {
  const snapshot = snapshotOf(content);
  container.detachAll();
  for (const item of snapshot) addContent(container, item);
}

/** Contents of sequences, read before the tree changes under them. */
export function snapshotOf(content: unknown): unknown[] {
  if (content === null || content === undefined || stringOf(content) !== undefined)
    return [content];
  if (content instanceof XmlObject || !(content instanceof Instance)) return [content];
  if (!derives(content.type, known.enumerable)) return [content];
  const items: unknown[] = [];
  for (const item of iterateBoxed(content)) items.push(...snapshotOf(item));
  return items;
}

/** `Value = text`: the nodes make way for one text. */
export function setElementText(element: ElementValue, text: string): void {
  element.detachAll();
  addContent(element, text);
}

/** The container of a node that is about to be changed beside itself. */
export function requireParent(node: NodeValue): ContainerValue {
  if (!node.parent) throw invalidOperation('The parent is missing.');
  return node.parent;
}
