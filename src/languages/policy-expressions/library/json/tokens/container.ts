// JContainer: what holds other tokens, and the rules by which they move between parents.
import { invalidOperation, outOfRange } from '../../../running/exceptions.ts';
import { allocate, charge } from '../../../running/run.ts';
import { tick } from '../../../running/sequences.ts';
import { tokenTypes } from './kinds.ts';
import { cannotAdd, Token } from './token.ts';
import { nullToken, ValueToken } from './value-token.ts';

export abstract class Container extends Token {
  /** Changes with every change of the children; enumerations under way notice. */
  protected version = 0;

  /** The children in order. */
  abstract readonly items: readonly Token[];

  /** Puts a token between the others; `token` is ready to belong to this one. */
  protected abstract place(index: number, token: Token): void;
  protected abstract exchange(index: number, token: Token): void;
  protected abstract drop(index: number): void;
  protected abstract dropAll(): void;

  get count(): number {
    return this.items.length;
  }

  override get hasValues(): boolean {
    return this.count > 0;
  }

  get isReadOnly(): boolean {
    return false;
  }

  override edge(position: number): Token | null {
    return this.items.at(position) ?? null;
  }

  /** By reference, as Newtonsoft looks for children. */
  indexOf(item: unknown): number {
    charge(this.count);
    return this.items.indexOf(item as Token);
  }

  contains(item: unknown): boolean {
    return this.indexOf(item) >= 0;
  }

  override *[Symbol.iterator](): Generator<Token> {
    const { version } = this;
    for (const child of this.items) {
      yield child;
      if (this.version !== version) {
        throw invalidOperation('Collection was modified; enumeration operation may not execute.');
      }
    }
  }

  /** All tokens beneath, depth first. */
  *descendants(): Generator<Token> {
    for (const child of this) {
      tick();
      yield child;
      if (child instanceof Container) yield* child.descendants();
    }
  }

  /** Refuses a token that may not stand here; `existing` is what it would replace. */
  protected check(token: Token, _existing: Token | null): void {
    if (token.tokenType === tokenTypes.Property) throw cannotAdd(token, this);
  }

  /** A token that already has a parent, or would become its own, is copied. */
  private adopted(token: Token): Token {
    const own = token.hasValues && this.root === token;
    return token.parent || token === this || own ? token.clone() : token;
  }

  insertItem(index: number, token: Token | null): boolean {
    if (index < 0 || index > this.count) {
      throw outOfRange('index', 'Index must be within the bounds of the List.');
    }
    const item = this.adopted(token ?? nullToken());
    this.check(item, null);
    item.parent = this;
    allocate(1);
    this.version += 1;
    this.place(index, item);
    return true;
  }

  setItem(index: number, token: Token | null): void {
    if (index < 0) throw outOfRange('index', 'Index is less than 0.');
    const existing = this.items[index];
    if (!existing) throw outOfRange('index', 'Index is equal to or greater than Count.');
    if (unchanged(existing, token)) return;
    const item = this.adopted(token ?? nullToken());
    this.check(item, existing);
    item.parent = this;
    existing.parent = null;
    allocate(1);
    this.version += 1;
    this.exchange(index, item);
  }

  removeItemAt(index: number): void {
    if (index < 0) throw outOfRange('index', 'Index is less than 0.');
    const item = this.items[index];
    if (!item) throw outOfRange('index', 'Index is equal to or greater than Count.');
    item.parent = null;
    this.version += 1;
    this.drop(index);
  }

  removeItem(item: Token | null): boolean {
    const index = item ? this.indexOf(item) : -1;
    if (index < 0) return false;
    this.removeItemAt(index);
    return true;
  }

  replaceItem(existing: Token, replacement: Token | null): void {
    if (existing.parent === this) this.setItem(this.indexOf(existing), replacement);
  }

  clearItems(): void {
    for (const item of this.items) item.parent = null;
    this.version += 1;
    this.dropAll();
  }

  // What the collection interfaces call.

  at(index: number): Token {
    const item = this.items[index];
    if (!item) {
      const message =
        'Index was out of range. Must be non-negative and less than the size of the collection.';
      throw outOfRange('index', message);
    }
    return item;
  }

  put(index: number, token: Token | null): void {
    this.setItem(index, token);
  }

  insert(index: number, token: Token | null): void {
    this.insertItem(index, token);
  }

  removeAt(index: number): void {
    this.removeItemAt(index);
  }

  add(item: unknown): void {
    this.insertItem(this.count, item as Token | null);
  }

  remove(item: unknown): boolean {
    return this.removeItem(item as Token | null);
  }

  clear(): void {
    this.clearItems();
  }

  protected sameItems(other: Container): boolean {
    const [own, theirs] = [this.items, other.items];
    charge(own.length);
    return own.length === theirs.length && own.every((item, index) => item.equals(theirs[index]!));
  }

  protected copyInto<T extends Container>(copy: T): T {
    for (const item of this.items) copy.insertItem(copy.count, item.clone());
    return copy;
  }
}

/** A value that is put in the place of an equal one leaves it there. */
function unchanged(existing: Token, token: Token | null): boolean {
  if (!(existing instanceof ValueToken)) return false;
  if (existing.tokenType === tokenTypes.Null && token === null) return true;
  return token !== null && existing.equals(token);
}
