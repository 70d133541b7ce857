// JArray.
import { named } from '../../../types/registry.ts';
import { tokenTypes } from './kinds.ts';
import { ListToken } from './list-token.ts';
import type { Token } from './token.ts';

const words = { name: 'JArray', expected: 'Int32 array index' };

export class ArrayToken extends ListToken {
  constructor() {
    super(named('Newtonsoft.Json.Linq.JArray'));
  }

  get tokenType(): number {
    return tokenTypes.Array;
  }

  protected get words() {
    return words;
  }

  clone(): ArrayToken {
    return this.copyInto(new ArrayToken());
  }

  equals(other: Token): boolean {
    return other instanceof ArrayToken && this.sameItems(other);
  }
}
