// Newtonsoft's token tree: objects, properties, arrays and values, each with its parent.
import { jsonPathStep } from '../../../../dotnet/index.ts';
import { fault, invalidOperation, keyNotFound, outOfRange } from '../../running/exceptions.ts';
import { allocate } from '../../running/run.ts';
import { tick } from '../../running/sequences.ts';
import { type Boxed, Instance, type Reference } from '../../running/values.ts';
import { named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { KeyValuePair, pairType } from '../nullable.ts';

/** JTokenType. */
export const tokenTypes = {
  None: 0,
  Object: 1,
  Array: 2,
  Constructor: 3,
  Property: 4,
  Comment: 5,
  Integer: 6,
  Float: 7,
  String: 8,
  Boolean: 9,
  Null: 10,
  Undefined: 11,
  Date: 12,
  Raw: 13,
  Bytes: 14,
  Guid: 15,
  Uri: 16,
  TimeSpan: 17,
} as const;

export abstract class Token extends Instance {
  parent: Container | null = null;
  abstract readonly tokenType: number;
  abstract clone(): Token;

  get root(): Token {
    let token: Token = this;
    while (token.parent) token = token.parent;
    return token;
  }

  get path(): string {
    const steps: (string | number)[] = [];
    for (let token: Token = this; token.parent; token = token.parent) {
      const { parent } = token;
      if (token instanceof PropertyToken) steps.unshift(token.name);
      else if (parent instanceof ArrayToken) steps.unshift(parent.items.indexOf(token));
    }
    return steps.map((step, index) => jsonPathStep(step, index === 0)).join('');
  }

  siblings(): readonly Token[] {
    return this.parent?.children ?? [];
  }

  sibling(offset: number): Token | null {
    const all = this.siblings();
    return all[all.indexOf(this) + offset] ?? null;
  }

  /** Takes the token out of its parent; a property's value takes the property along. */
  remove(): void {
    if (!this.parent) throw invalidOperation('The parent is missing.');
    this.parent.removeChild(this);
  }

  replace(other: Token): void {
    if (!this.parent) throw invalidOperation('The parent is missing.');
    this.parent.replaceChild(this, other);
  }
}

/** A null, string, number, bool, date …; `content` is an `object`. */
export class ValueToken extends Token {
  content: unknown;
  tokenType: number;

  constructor(content: unknown, tokenType: number) {
    super(named('Newtonsoft.Json.Linq.JValue'));
    this.content = content;
    this.tokenType = tokenType;
  }

  clone(): Token {
    return new ValueToken(this.content, this.tokenType);
  }
}

export abstract class Container extends Token {
  abstract readonly children: readonly Token[];
  abstract removeChild(child: Token): void;
  abstract replaceChild(child: Token, other: Token): void;
  abstract append(content: Token, first?: boolean): void;

  get count(): number {
    return this.children.length;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.walk(this.children);
  }

  protected *walk(children: readonly Token[]): Generator<Token> {
    const before = children.length;
    for (const child of [...children]) {
      yield child;
      if (this.children.length !== before) {
        throw invalidOperation('Collection was modified; enumeration operation may not execute.');
      }
    }
  }

  contains(item: unknown): boolean {
    return this.children.includes(item as Token);
  }

  get isReadOnly(): boolean {
    return false;
  }

  /** All tokens beneath, depth first. */
  *descendants(): Generator<Token> {
    for (const child of this.children) {
      tick();
      yield child;
      if (child instanceof Container) yield* child.descendants();
    }
  }
}

/** A token that already has a parent is copied, as Newtonsoft does. */
export function adopt(child: Token, parent: Container): Token {
  const own = child.parent || child === parent.root ? child.clone() : child;
  own.parent = parent;
  allocate(1);
  return own;
}

export class PropertyToken extends Container {
  readonly name: string;
  private held: Token;

  constructor(name: string, value: Token) {
    super(named('Newtonsoft.Json.Linq.JProperty'));
    this.name = name;
    this.held = adopt(value, this);
  }

  get tokenType(): number {
    return tokenTypes.Property;
  }

  get value(): Token {
    return this.held;
  }

  set value(token: Token) {
    if (token === this.held) return;
    const own = adopt(token, this);
    this.held.parent = null;
    this.held = own;
  }

  get children(): readonly Token[] {
    return [this.held];
  }

  removeChild(): void {
    this.remove();
  }

  replaceChild(_child: Token, other: Token): void {
    this.value = other;
  }

  append(): void {
    const message = 'Newtonsoft.Json.Linq.JProperty cannot have multiple values.';
    throw fault('Newtonsoft.Json.JsonException', message);
  }

  clone(): Token {
    return new PropertyToken(this.name, this.held.clone());
  }
}

export class ObjectToken extends Container {
  readonly properties = new Map<string, PropertyToken>();

  constructor() {
    super(named('Newtonsoft.Json.Linq.JObject'));
  }

  get tokenType(): number {
    return tokenTypes.Object;
  }

  get children(): readonly PropertyToken[] {
    return [...this.properties.values()];
  }

  override get count(): number {
    return this.properties.size;
  }

  find(name: string): Token | undefined {
    return this.properties.get(name)?.value;
  }

  has(name: string): boolean {
    return this.properties.has(name);
  }

  at(name: string): Token {
    const token = this.find(name);
    if (!token) throw keyNotFound(name);
    return token;
  }

  tryGet(name: string, result: Reference): boolean {
    result.value = this.find(name) ?? null;
    return result.value !== null;
  }

  insert(name: string, value: Token): void {
    this.attach(new PropertyToken(name, value));
  }

  keys(): unknown[] {
    return [...this.properties.keys()];
  }

  values(): unknown[] {
    return this.children.map(({ value }) => value);
  }

  put(name: string, value: Token): void {
    const property = this.properties.get(name);
    if (property) property.value = value;
    else this.attach(new PropertyToken(name, value));
  }

  /** Adds a property; a second one of the name is refused. */
  attach(property: PropertyToken, first = false): void {
    if (this.properties.has(property.name)) {
      const message = `Can not add property ${property.name} to Newtonsoft.Json.Linq.JObject. Property with the same name already exists on object.`;
      throw fault('ArgumentException', message);
    }
    const own = adopt(property, this) as PropertyToken;
    if (!first) this.properties.set(own.name, own);
    else {
      const rest = [...this.properties];
      this.properties.clear();
      this.properties.set(own.name, own);
      for (const [name, other] of rest) this.properties.set(name, other);
    }
  }

  append(content: Token, first = false): void {
    if (!(content instanceof PropertyToken)) {
      const message = `Can not add ${content.type.fullName} to Newtonsoft.Json.Linq.JObject.`;
      throw fault('ArgumentException', message);
    }
    this.attach(content, first);
  }

  delete(name: string): boolean {
    const property = this.properties.get(name);
    if (!property) return false;
    property.parent = null;
    return this.properties.delete(name);
  }

  removeChild(child: Token): void {
    this.delete((child as PropertyToken).name);
  }

  replaceChild(child: Token, other: Token): void {
    if (!(other instanceof PropertyToken)) this.append(other);
    const list = [...this.properties.values()];
    this.properties.clear();
    for (const property of list) {
      this.attachRaw(property === child ? (adopt(other, this) as PropertyToken) : property);
    }
  }

  private attachRaw(property: PropertyToken): void {
    this.properties.set(property.name, property);
  }

  clear(): void {
    for (const property of this.properties.values()) property.parent = null;
    this.properties.clear();
  }

  /** As pairs of name and token, or as its properties. */
  iterateFor(element: Type): Iterator<unknown> {
    return element.definition?.name === 'KeyValuePair' ? this.pairs() : this[Symbol.iterator]();
  }

  private *pairs(): Generator<unknown> {
    const type = pairType(named('System.String'), named('Newtonsoft.Json.Linq.JToken'));
    for (const property of this.walk(this.children)) {
      const { name, value } = property as PropertyToken;
      yield new KeyValuePair(type, name, value);
    }
  }

  clone(): Token {
    const copy = new ObjectToken();
    for (const property of this.properties.values()) copy.attach(property.clone() as PropertyToken);
    return copy;
  }
}

export class ArrayToken extends Container {
  readonly items: Token[] = [];

  constructor() {
    super(named('Newtonsoft.Json.Linq.JArray'));
  }

  get tokenType(): number {
    return tokenTypes.Array;
  }

  get children(): readonly Token[] {
    return this.items;
  }

  at(index: number): Token {
    const item = this.items[index];
    if (!item) throw indexOutside();
    return item;
  }

  put(index: number, value: Token): void {
    const old = this.at(index);
    this.items[index] = adopt(value, this);
    old.parent = null;
  }

  insert(index: number, value: Token): void {
    if (index < 0 || index > this.items.length) {
      throw outOfRange('index', 'Index must be within the bounds of the List.');
    }
    this.items.splice(index, 0, adopt(value, this));
  }

  add(item: unknown): void {
    this.append(item as Token);
  }

  append(content: Token, first = false): void {
    if (content instanceof PropertyToken) {
      const message = 'Can not add Newtonsoft.Json.Linq.JProperty to Newtonsoft.Json.Linq.JArray.';
      throw fault('ArgumentException', message);
    }
    this.insert(first ? 0 : this.items.length, content);
  }

  indexOf(item: unknown): number {
    return this.items.indexOf(item as Token);
  }

  removeAt(index: number): void {
    this.at(index).parent = null;
    this.items.splice(index, 1);
  }

  removeChild(child: Token): void {
    this.removeAt(this.items.indexOf(child));
  }

  replaceChild(child: Token, other: Token): void {
    this.put(this.items.indexOf(child), other);
  }

  clear(): void {
    for (const item of this.items) item.parent = null;
    this.items.length = 0;
  }

  clone(): Token {
    const copy = new ArrayToken();
    for (const item of this.items) copy.append(item.clone());
    return copy;
  }
}

function indexOutside() {
  const message =
    'Index was out of range. Must be non-negative and less than the size of the collection.';
  return outOfRange('index', message);
}

export type Content = Boxed | string | null;
