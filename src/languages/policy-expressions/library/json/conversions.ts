// `Value<T>()`, `Values<T>()` and the like: tokens as values by Convert.ChangeType.
import { fault } from '../../running/exceptions.ts';
import { Sequence, tick } from '../../running/sequences.ts';
import { bare, initialOf, isInstance, typeOf } from '../../running/values.ts';
import { named } from '../../types/registry.ts';
import { type Type, underlying } from '../../types/type.ts';
import { changeType } from '../converting.ts';
import { type Token, ValueToken } from './tokens/index.ts';

/** A token stays where it is a `to`; a value becomes one. */
export function valueOfToken(token: Token | null, to: Type): unknown {
  if (token === null) return initialOf(to);
  const formats = to.fullName === 'System.IComparable' || to.fullName === 'System.IFormattable';
  if (isInstance(token, to) && !formats) return token;
  if (!(token instanceof ValueToken)) {
    const message = `Cannot cast ${token.type.fullName} to Newtonsoft.Json.Linq.JToken.`;
    throw fault('InvalidCastException', message);
  }
  const { content } = token;
  const target = underlying(to);
  if (content !== null && isInstance(content, target)) return bare(content, target);
  if (content === null && to.isNullable) return null;
  if (target.kind === 'enum' || unconvertible.test(target.fullName)) {
    const from = content === null ? 'null' : typeOf(content).fullName;
    throw fault('InvalidCastException', `Invalid cast from '${from}' to '${target.fullName}'.`);
  }
  if (content !== null && unconvertible.test(typeOf(content).fullName)) {
    throw fault('InvalidCastException', 'Object must implement IConvertible.');
  }
  return bare(changeType(content, target), target);
}

/** Types that Convert.ChangeType neither begins nor ends with. */
const unconvertible =
  /^System\.(?:Guid|TimeSpan|DateTimeOffset|Uri|Byte\[\]|Numerics\.BigInteger)$/;

export const tokenType = (): Type => named('Newtonsoft.Json.Linq.JToken');

/** A lazy sequence of tokens. */
export function tokens(items: () => Iterable<Token>): Sequence {
  return new Sequence(tokenType(), () => items()[Symbol.iterator]());
}

/** A lazy sequence of tokens as values. */
export function valuesAs(items: () => Iterable<Token | null>, type: Type): Sequence {
  return new Sequence(type, () => converted(items(), type));
}

function* converted(items: Iterable<Token | null>, type: Type): Generator<unknown> {
  for (const item of items) {
    tick();
    yield valueOfToken(item, type);
  }
}
