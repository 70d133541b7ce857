// An XmlReader: the place in a text, on a node, one of its attributes or an attribute's value.
import {
  type PulledAttribute,
  type PulledNode,
  qualified,
  XmlPull,
  xmlNamespace,
  xmlNodeTypes,
  xmlnsNamespace,
} from '../../../../dotnet/index.ts';
import { allocate, charge } from '../../running/run.ts';
import { Instance } from '../../running/values.ts';
import { named } from '../../types/registry.ts';
import { ReaderSettingsValue } from './xml-reader-settings.ts';

export const readStates = { Initial: 0, Interactive: 1, Error: 2, EndOfFile: 3, Closed: 4 };

export class ReaderValue extends Instance {
  readonly settings: ReaderSettingsValue;
  private readonly pull: XmlPull;
  /** Of ReadSubtree: the depth of the element it ends with. */
  private readonly bound: number | undefined;
  private hasStarted = false;
  private hasEnded = false;
  private isClosed = false;
  /** The attribute the reader stands on; -1 is the node itself. */
  private at = -1;
  private isInValue = false;

  constructor(source: string | XmlPull, settings = new ReaderSettingsValue(), bound?: number) {
    super(named('System.Xml.XmlReader'));
    this.settings = settings;
    this.bound = bound;
    if (typeof source === 'string') {
      charge(source.length);
      allocate(source.length);
      this.pull = new XmlPull(source, settings.pullOptions());
    } else this.pull = source;
  }

  /** A reader of the element this one stands on, and what is in it. */
  subtree(): ReaderValue {
    return new ReaderValue(this.pull, this.settings, this.pull.node.depth);
  }

  get state(): number {
    if (this.isClosed) return readStates.Closed;
    if (this.hasEnded || this.pull.state === 'end') return readStates.EndOfFile;
    if (this.pull.state === 'error') return readStates.Error;
    return this.hasStarted ? readStates.Interactive : readStates.Initial;
  }

  /** The node, or nothing before the first and after the last. */
  get node(): PulledNode | undefined {
    return this.state === readStates.Interactive ? this.pull.node : undefined;
  }

  get attributes(): readonly PulledAttribute[] {
    return this.node?.attributes ?? [];
  }

  get attribute(): PulledAttribute | undefined {
    return this.at < 0 ? undefined : this.attributes[this.at];
  }

  get nodeType(): number {
    if (this.isInValue) return xmlNodeTypes.Text;
    if (this.attribute) return xmlNodeTypes.Attribute;
    return this.node?.type ?? xmlNodeTypes.None;
  }

  private get subject() {
    return this.isInValue ? undefined : (this.attribute ?? this.node);
  }

  get name(): string {
    return this.subject ? qualified(this.subject) : '';
  }

  get localName(): string {
    return this.subject?.localName ?? '';
  }

  get prefix(): string {
    return this.subject?.prefix ?? '';
  }

  get namespace(): string {
    return this.subject?.namespace ?? '';
  }

  get value(): string {
    const text = (this.attribute ?? this.node)?.value ?? '';
    allocate(text.length);
    return text;
  }

  get depth(): number {
    const { node } = this;
    if (!node) return 0;
    const depth = node.depth - (this.bound ?? 0);
    return depth + (this.attribute ? 1 : 0) + (this.isInValue ? 1 : 0);
  }

  get line(): number {
    return (this.attribute ?? this.pull.node).line;
  }

  get position(): number {
    return (this.attribute ?? this.pull.node).position;
  }

  get place(): { readonly line: number; readonly position: number } {
    return { line: this.line, position: this.position };
  }

  read(): boolean {
    charge(1);
    this.toElement();
    if (this.isClosed || this.hasEnded) return false;
    const { bound, pull } = this;
    if (bound === undefined) {
      this.hasStarted = true;
      const before = pull.cursor.at;
      const found = pull.read();
      charge((pull.cursor.at - before) >> 3);
      return found;
    }
    const { node } = pull;
    if (!this.hasStarted) {
      this.hasStarted = true;
      return true;
    }
    const isLast = node.depth === bound && (node.isEmpty || node.type === xmlNodeTypes.EndElement);
    if (isLast) {
      this.hasEnded = true;
      return false;
    }
    return pull.read();
  }

  close(): void {
    if (this.bound === undefined) this.isClosed = true;
    else while (!this.hasEnded && this.read());
  }

  toElement(): boolean {
    const isElsewhere = this.at >= 0;
    this.at = -1;
    this.isInValue = false;
    return isElsewhere;
  }

  toAttribute(index: number): boolean {
    if (index < 0 || index >= this.attributes.length) return false;
    this.at = index;
    this.isInValue = false;
    return true;
  }

  toNextAttribute(): boolean {
    return this.toAttribute(this.at + 1);
  }

  /** Moves from an attribute into its text; false where the reader is there already. */
  toAttributeValue(): boolean {
    if (!this.attribute || this.isInValue) return false;
    this.isInValue = true;
    return true;
  }

  indexOf(name: string, namespace?: string): number {
    return this.attributes.findIndex((each) =>
      namespace === undefined
        ? qualified(each) === name
        : each.localName === name && each.namespace === namespace,
    );
  }

  lookup(prefix: string): string | null {
    if (prefix === 'xml') return xmlNamespace;
    if (prefix === 'xmlns') return xmlnsNamespace;
    return this.pull.lookup(prefix) ?? (prefix === '' ? '' : null);
  }
}
