// JConstructor: `new Date(1234)` in JSON text.
import { named } from '../../../types/registry.ts';
import { tokenTypes } from './kinds.ts';
import { ListToken } from './list-token.ts';
import type { Token } from './token.ts';

const words = { name: 'JConstructor', expected: 'Argument position index' };

export class ConstructorToken extends ListToken {
  name: string | null;

  constructor(name: string | null) {
    super(named('Newtonsoft.Json.Linq.JConstructor'));
    this.name = name;
  }

  get tokenType(): number {
    return tokenTypes.Constructor;
  }

  protected get words() {
    return words;
  }

  clone(): ConstructorToken {
    return this.copyInto(new ConstructorToken(this.name));
  }

  equals(other: Token): boolean {
    return other instanceof ConstructorToken && other.name === this.name && this.sameItems(other);
  }
}
