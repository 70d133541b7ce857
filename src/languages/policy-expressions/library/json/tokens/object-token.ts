// JObject: properties in order, found by name.
import { fault, keyNotFound, required } from '../../../running/exceptions.ts';
import { charge } from '../../../running/run.ts';
import { type Reference, stringOf } from '../../../running/values.ts';
import { named } from '../../../types/registry.ts';
import type { Type } from '../../../types/type.ts';
import { KeyValuePair, pairType } from '../../collections/key-value-pair.ts';
import { Container } from './container.ts';
import { tokenTypes } from './kinds.ts';
import { keyText } from './list-token.ts';
import { PropertyToken } from './property-token.ts';
import { cannotAdd, type Token } from './token.ts';

export class ObjectToken extends Container {
  readonly properties = new Map<string, PropertyToken>();

  constructor() {
    super(named('Newtonsoft.Json.Linq.JObject'));
  }

  get tokenType(): number {
    return tokenTypes.Object;
  }

  get items(): readonly PropertyToken[] {
    return [...this.properties.values()];
  }

  override get count(): number {
    return this.properties.size;
  }

  protected override check(token: Token, existing: Token | null): void {
    if (!(token instanceof PropertyToken)) throw cannotAdd(token, this);
    const { name } = token;
    if ((existing as PropertyToken | null)?.name === name || !this.properties.has(name)) return;
    const message = `Can not add property ${name} to ${this.type.fullName}. Property with the same name already exists on object.`;
    throw fault('ArgumentException', message);
  }

  override insertItem(index: number, token: Token | null): boolean {
    // Objects hold no comments.
    if (token?.tokenType === tokenTypes.Comment) return false;
    return super.insertItem(index, token);
  }

  protected place(index: number, token: PropertyToken): void {
    if (index === this.properties.size) this.properties.set(token.name, token);
    else this.reorder((list) => list.splice(index, 0, token));
  }

  protected exchange(index: number, token: PropertyToken): void {
    const name = this.items[index]!.name;
    if (name === token.name) this.properties.set(name, token);
    else this.reorder((list) => list.splice(index, 1, token));
  }

  protected drop(index: number): void {
    this.properties.delete(this.items[index]!.name);
  }

  protected dropAll(): void {
    this.properties.clear();
  }

  private reorder(change: (list: PropertyToken[]) => void): void {
    const list = [...this.properties.values()];
    charge(list.length);
    change(list);
    this.properties.clear();
    for (const property of list) this.properties.set(property.name, property);
  }

  find(name: string): Token | undefined {
    return this.properties.get(name)?.value;
  }

  /** `token["name"] = value`. */
  set(name: string, value: Token | null): void {
    const property = this.properties.get(name);
    if (property) property.value = value;
    else this.insertItem(this.properties.size, new PropertyToken(name, value));
  }

  private nameOfKey(key: unknown, verb: string): string {
    const name = stringOf(required(key, 'key'));
    if (name !== undefined) return name;
    const message = `${verb} JObject values with invalid key value: ${keyText(key)}. Object property name expected.`;
    throw fault('ArgumentException', message);
  }

  override childAt(key: unknown): Token | null {
    return this.find(this.nameOfKey(key, 'Accessed')) ?? null;
  }

  override setChildAt(key: unknown, value: Token | null): void {
    this.set(this.nameOfKey(key, 'Set'), value);
  }

  /** `Remove(name)`. */
  delete(name: string): boolean {
    const property = this.properties.get(name);
    if (!property) return false;
    property.parent = null;
    this.version += 1;
    return this.properties.delete(name);
  }

  // What IDictionary<string, JToken> and its entries call; a number is an index of IList<JToken>.

  override at(key: number | string): Token {
    if (typeof key === 'number') return super.at(key);
    const token = this.find(required(key, 'propertyName'));
    if (!token) throw keyNotFound(key);
    return token;
  }

  override put(key: number | string, value: Token | null): void {
    if (typeof key === 'number') this.setItem(key, value);
    else this.set(required(key, 'propertyName'), value);
  }

  override insert(key: number | string, value: Token | null): void {
    if (typeof key === 'number') this.insertItem(key, value);
    else this.insertItem(this.count, new PropertyToken(required(key, 'name'), value));
  }

  has(name: string): boolean {
    return this.properties.has(required(name, 'propertyName'));
  }

  tryGet(name: string | null, result: Reference): boolean {
    result.value = name === null ? null : (this.find(name) ?? null);
    return result.value !== null;
  }

  keys(): unknown[] {
    return [...this.properties.keys()];
  }

  values(): unknown[] {
    return this.items.map(({ value }) => value);
  }

  override add(item: unknown): void {
    if (item instanceof KeyValuePair) this.insert(item.key as string, item.value as Token);
    else super.add(item);
  }

  override contains(item: unknown): boolean {
    if (!(item instanceof KeyValuePair)) return super.contains(item);
    return this.find(item.key as string) === item.value;
  }

  override remove(item: unknown): boolean {
    if (!(item instanceof KeyValuePair)) return super.remove(item);
    return this.contains(item) && this.delete(item.key as string);
  }

  /** As pairs of name and token, or as its properties. */
  iterateFor(element: Type): Iterator<unknown> {
    return element.definition?.name === 'KeyValuePair' ? this.pairs() : this[Symbol.iterator]();
  }

  private *pairs(): Generator<unknown> {
    const type = pairType(named('System.String'), named('Newtonsoft.Json.Linq.JToken'));
    for (const property of this) {
      const { name, value } = property as PropertyToken;
      yield new KeyValuePair(type, name, value);
    }
  }

  clone(): ObjectToken {
    return this.copyInto(new ObjectToken());
  }

  /** The order of the properties does not matter. */
  equals(other: Token): boolean {
    if (!(other instanceof ObjectToken) || other.count !== this.count) return false;
    charge(this.count);
    for (const [name, { value }] of this.properties) {
      const theirs = other.find(name);
      if (!theirs || !value.equals(theirs)) return false;
    }
    return true;
  }
}
