// What JArray and JConstructor share: children by index.
import { fault, required } from '../../../running/exceptions.ts';
import { concatText } from '../../../running/text.ts';
import { stringOf, typeOf, unbox } from '../../../running/values.ts';
import { Container } from './container.ts';
import type { Token } from './token.ts';

/** A key as complaints show it: strings in quotes. */
export function keyText(key: unknown): string {
  const text = stringOf(key);
  return text === undefined ? concatText(key) : `"${text}"`;
}

export abstract class ListToken extends Container {
  readonly items: Token[] = [];
  /** `JArray` and what its keys are called. */
  protected abstract readonly words: { readonly name: string; readonly expected: string };

  protected place(index: number, token: Token): void {
    if (index === this.items.length) this.items.push(token);
    else this.items.splice(index, 0, token);
  }

  protected exchange(index: number, token: Token): void {
    this.items[index] = token;
  }

  protected drop(index: number): void {
    this.items.splice(index, 1);
  }

  protected dropAll(): void {
    this.items.length = 0;
  }

  override stepTo(child: Token): number {
    return this.items.indexOf(child);
  }

  private indexOfKey(key: unknown, verb: string): number {
    required(key, 'key');
    if (typeOf(key).fullName === 'System.Int32') return unbox(key) as number;
    const { name, expected } = this.words;
    const message = `${verb} ${name} values with invalid key value: ${keyText(key)}. ${expected} expected.`;
    throw fault('ArgumentException', message);
  }

  override childAt(key: unknown): Token {
    return this.at(this.indexOfKey(key, 'Accessed'));
  }

  override setChildAt(key: unknown, value: Token | null): void {
    this.setItem(this.indexOfKey(key, 'Set'), value);
  }
}
