// SelectToken and SelectTokens: JSONPath over tokens.
import {
  type JsonNavigator,
  type JsonNode,
  selectToken,
  selectTokens,
} from '../../../../dotnet/index.ts';
import { required } from '../../running/exceptions.ts';
import { scalarNode } from './nodes.ts';
import { Container, ListToken, ObjectToken, type Token, ValueToken } from './tokens/index.ts';

const navigator: JsonNavigator<Token> = {
  kind(token) {
    if (token instanceof ObjectToken) return 'object';
    if (token instanceof ListToken) return 'array';
    return token instanceof ValueToken ? 'value' : 'other';
  },
  typeName: (token) => token.type.name,
  member: (token, name) => (token instanceof ObjectToken ? token.find(name) : undefined),
  *members(token) {
    if (!(token instanceof ObjectToken)) return;
    for (const { name, value } of token.properties.values()) yield [name, value] as const;
  },
  items: (token) => (token instanceof ListToken ? token.items : []),
  children: (token) => (token instanceof Container ? token.items : []),
  scalar: (token): JsonNode => scalarNode(token as ValueToken),
};

export function tokenAt(token: Token, path: string | null, strict = false): Token | null {
  return selectToken(token, required(path, 'path'), navigator, strict) ?? null;
}

export function tokensAt(token: Token, path: string | null, strict = false): readonly Token[] {
  return selectTokens(token, required(path, 'path'), navigator, strict);
}
