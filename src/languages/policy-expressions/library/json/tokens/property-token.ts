// JProperty: a name and the one token it holds.
import { fault } from '../../../running/exceptions.ts';
import { named } from '../../../types/registry.ts';
import { Container } from './container.ts';
import { tokenTypes } from './kinds.ts';
import type { Token } from './token.ts';

export class PropertyToken extends Container {
  readonly name: string;
  private held: Token | null = null;

  constructor(name: string, value: Token | null) {
    super(named('Newtonsoft.Json.Linq.JProperty'));
    this.name = name;
    super.insertItem(0, value);
  }

  get tokenType(): number {
    return tokenTypes.Property;
  }

  get items(): readonly Token[] {
    return this.held ? [this.held] : [];
  }

  override get count(): number {
    return this.held ? 1 : 0;
  }

  get value(): Token {
    return this.held!;
  }

  set value(token: Token | null) {
    this.setItem(0, token);
  }

  override step(): string {
    return this.name;
  }

  protected place(_index: number, token: Token): void {
    this.held = token;
  }

  protected exchange(_index: number, token: Token): void {
    this.held = token;
  }

  protected drop(): void {
    throw fixed();
  }

  protected dropAll(): void {
    throw fixed();
  }

  override insertItem(): boolean {
    const message = 'Newtonsoft.Json.Linq.JProperty cannot have multiple values.';
    throw fault('Newtonsoft.Json.JsonException', message);
  }

  override removeItemAt(): void {
    throw fixed();
  }

  override removeItem(): boolean {
    throw fixed();
  }

  override clearItems(): void {
    throw fixed();
  }

  clone(): PropertyToken {
    return new PropertyToken(this.name, this.value.clone());
  }

  equals(other: Token): boolean {
    return other instanceof PropertyToken && other.name === this.name && this.sameItems(other);
  }
}

function fixed(): Error {
  const message = 'Cannot add or remove items from Newtonsoft.Json.Linq.JProperty.';
  return fault('Newtonsoft.Json.JsonException', message);
}
