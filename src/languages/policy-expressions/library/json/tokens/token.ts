// What every token of Newtonsoft's tree has: a parent, a place among its siblings, a path.
import { jsonPathStep } from '../../../../../dotnet/index.ts';
import { fault, invalidOperation } from '../../../running/exceptions.ts';
import { Instance } from '../../../running/values.ts';

/** The token around others; `Container` is the only class that is one. */
export interface Parent extends Token {
  readonly items: readonly Token[];
  indexOf(item: unknown): number;
  removeItem(item: Token): boolean;
  replaceItem(item: Token, other: Token | null): void;
}

const none: readonly unknown[] = [];

export abstract class Token extends Instance {
  parent: Parent | null = null;
  annotations: readonly unknown[] = none;
  abstract readonly tokenType: number;

  /** A copy without parent. */
  abstract clone(): Token;

  /** `DeepEquals`. */
  abstract equals(other: Token): boolean;

  /** The token's own step in a path; only properties and items have one. */
  step(): string | number | undefined {
    return this.parent?.stepTo(this);
  }

  /** The step to a child that does not know it itself. */
  stepTo(_child: Token): string | number | undefined {
    return undefined;
  }

  get hasValues(): boolean {
    return false;
  }

  /** The children; a value has none. */
  *[Symbol.iterator](): Generator<Token> {}

  get root(): Token {
    let token: Token = this;
    while (token.parent) token = token.parent;
    return token;
  }

  get path(): string {
    if (!this.parent) return '';
    const steps: (string | number)[] = [];
    for (let token: Token | null = this; token; token = token.parent) {
      const step = token.step();
      if (step !== undefined) steps.push(step);
    }
    return steps.reduceRight<string>((path, step) => path + jsonPathStep(step, path === ''), '');
  }

  /** The token `offset` places on; null where there is none. */
  sibling(offset: number): Token | null {
    const { parent } = this;
    return parent ? (parent.items[parent.indexOf(this) + offset] ?? null) : null;
  }

  /** Takes the token out of its parent. */
  detach(): void {
    this.inParent().removeItem(this);
  }

  replace(other: Token | null): void {
    this.inParent().replaceItem(this, other);
  }

  inParent(): Parent {
    if (!this.parent) throw invalidOperation('The parent is missing.');
    return this.parent;
  }

  /** `token[key]` where the token has no children to ask for. */
  childAt(_key: unknown): Token | null {
    throw invalidOperation(`Cannot access child value on ${this.type.fullName}.`);
  }

  setChildAt(_key: unknown, _value: Token | null): void {
    throw invalidOperation(`Cannot set child value on ${this.type.fullName}.`);
  }

  /** The child at a position counted from either end. */
  edge(_position: number): Token | null {
    throw invalidOperation(`Cannot access child value on ${this.type.fullName}.`);
  }
}

export function cannotAdd(child: Token, parent: Token): Error {
  return fault(
    'ArgumentException',
    `Can not add ${child.type.fullName} to ${parent.type.fullName}.`,
  );
}
