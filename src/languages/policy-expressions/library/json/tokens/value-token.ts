// JValue: a null, string, number, bool, date and so on; `content` is an `object`.

import { named } from '../../../types/registry.ts';
import type { Type } from '../../../types/type.ts';
import { compareContents } from './compare.ts';
import { tokenTypes } from './kinds.ts';
import { Token } from './token.ts';

export class ValueToken extends Token {
  content: unknown;
  tokenType: number;

  constructor(
    content: unknown,
    tokenType: number,
    type: Type = named('Newtonsoft.Json.Linq.JValue'),
  ) {
    super(type);
    this.content = content;
    this.tokenType = tokenType;
  }

  clone(): Token {
    return new ValueToken(this.content, this.tokenType, this.type);
  }

  equals(other: Token): boolean {
    if (other === this) return true;
    if (!(other instanceof ValueToken) || other.tokenType !== this.tokenType) return false;
    return compareContents(this.tokenType, this.content, other.content) === 0;
  }
}

/** A null that a container or a property holds. */
export function nullToken(): ValueToken {
  return new ValueToken(null, tokenTypes.Null);
}
