// What elements and documents share: nodes in an order.
import { charge } from '../../../running/run.ts';
import { type NodeValue, XmlNodeObject } from './object.ts';

/** Elements and documents: what holds nodes. */
export abstract class Container extends XmlNodeObject {
  children: NodeValue[] = [];

  constructor(name: string) {
    super(name, 0);
  }

  /** Takes a node out; an element that loses its last node is empty, as if written `<a />`. */
  detach(node: NodeValue): void {
    const index = this.indexOf(node);
    this.children.splice(index, 1);
    node.parent = undefined;
    this.emptied();
  }

  indexOf(node: NodeValue): number {
    charge(1 + (this.children.length >> 4));
    return this.children.indexOf(node);
  }

  detachAll(): void {
    for (const child of this.children) child.parent = undefined;
    this.children = [];
    this.emptied();
  }

  protected emptied(): void {}
}
