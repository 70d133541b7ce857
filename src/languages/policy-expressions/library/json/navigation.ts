// Ways through the tree from a token.
import { nullReference } from '../../running/exceptions.ts';
import { tick } from '../../running/sequences.ts';
import { Token } from './tokens/index.ts';

/** The children; a value has none. */
export function childrenOf(token: Token): Iterable<Token> {
  return token;
}

/** An element of a sequence of tokens; a null among them fails as .NET does. */
export function tokenAmong(item: unknown): Token {
  if (item instanceof Token) return item;
  throw nullReference();
}

export function* ancestors(token: Token): Generator<Token> {
  for (let { parent } = token; parent; { parent } = parent) {
    tick();
    yield parent;
  }
}

/** The siblings before a token, first to last, or those behind it. */
export function* siblings(token: Token, behind: boolean): Generator<Token> {
  const { parent } = token;
  if (!parent) return;
  const { items } = parent;
  const index = parent.indexOf(token);
  yield* behind ? items.slice(index + 1) : items.slice(0, Math.max(0, index));
}
