// Newtonsoft.Json.Linq.Extensions: the same questions to each token of a sequence.
import { fault, required } from '../../running/exceptions.ts';
import { iterate, tick } from '../../running/sequences.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { tokenType, valueOfToken, valuesAs } from './conversions.ts';
import { EnumerableTokens, enumerableTokens } from './j-enumerable.ts';
import { ancestors, childrenOf, tokenAmong } from './navigation.ts';
import { type Container, type ObjectToken, Token, ValueToken } from './tokens/index.ts';

function* each(source: unknown, parts: (token: Token) => Iterable<Token>): Generator<Token> {
  for (const item of iterate(source)) {
    tick();
    yield* parts(tokenAmong(item));
  }
}

function all(parts: (token: Token) => Iterable<Token>): (source: unknown) => EnumerableTokens {
  return (source) => {
    required(source, 'source');
    return enumerableTokens(() => each(source, parts));
  };
}

/** Without a key the children, or the value itself; else what stands there. */
function* keyed(source: unknown, key: unknown): Generator<Token> {
  for (const item of iterate(required(source, 'source'))) {
    const token = tokenAmong(item);
    if (key === null) {
      if (token instanceof ValueToken) yield token;
      else yield* childrenOf(token);
    } else {
      const found = token.childAt(key);
      if (found) yield found;
    }
  }
}

function single(types: Type[], source: unknown): unknown {
  const token = required(source, 'value');
  if (token instanceof Token) return valueOfToken(token, types.at(-1)!);
  throw fault('ArgumentException', 'Source value must be a JToken.');
}

const asEnumerable = (element: Type, source: unknown) => {
  if (source === null || source instanceof EnumerableTokens || source instanceof Token) {
    return source;
  }
  return new EnumerableTokens(element, () => iterate(source));
};

const withSelf = (token: Token) => [token, ...ancestors(token)];
const beneath = (token: Token) => (token as Container).descendants();

export const extensionsType = declareType('static class Newtonsoft.Json.Linq.Extensions', {
  'static IJEnumerable<JToken> Ancestors(this IEnumerable<JToken> source)': all(ancestors),
  'static IJEnumerable<JToken> AncestorsAndSelf(this IEnumerable<JToken> source)': all(withSelf),
  'static IJEnumerable<JToken> Descendants(this IEnumerable<JContainer> source)': all(beneath),
  'static IJEnumerable<JToken> DescendantsAndSelf(this IEnumerable<JContainer> source)': all(
    function* (token) {
      yield token;
      yield* beneath(token);
    },
  ),
  'static IJEnumerable<JProperty> Properties(this IEnumerable<JObject> source)': (
    source: unknown,
  ) => {
    required(source, 'source');
    const properties = (token: Token) => (token as ObjectToken).items;
    return new EnumerableTokens(named('JProperty'), () => each(source, properties));
  },
  'static IJEnumerable<JToken> Values(this IEnumerable<JToken> source)': (source: unknown) =>
    enumerableTokens(() => keyed(source, null)),
  'static IJEnumerable<JToken> Values(this IEnumerable<JToken> source, object key)': (
    source: unknown,
    key: unknown,
  ) => enumerableTokens(() => keyed(source, key)),
  'static IEnumerable<U> Values<U>(this IEnumerable<JToken> source)': (
    [type]: Type[],
    source: unknown,
  ) => valuesAs(() => keyed(source, null), type!),
  'static IEnumerable<U> Values<U>(this IEnumerable<JToken> source, object key)': (
    [type]: Type[],
    source: unknown,
    key: unknown,
  ) => valuesAs(() => keyed(source, key), type!),
  'static U Value<U>(this IEnumerable<JToken> value)': single,
  'static U Value<T, U>(this IEnumerable<T> value)': single,
  'static IJEnumerable<JToken> Children(this IEnumerable<JToken> source)': all(childrenOf),
  'static IEnumerable<U> Children<T, U>(this IEnumerable<T> source)': (
    [, type]: Type[],
    source: unknown,
  ) => {
    required(source, 'source');
    return valuesAs(() => each(source, childrenOf), type!);
  },
  'static IJEnumerable<JToken> AsJEnumerable(this IEnumerable<JToken> source)': (source: unknown) =>
    asEnumerable(tokenType(), source),
  'static IJEnumerable<T> AsJEnumerable<T>(this IEnumerable<T> source)': (
    [type]: Type[],
    source: unknown,
  ) => asEnumerable(type!, source),
});
