// IGraphQL: what the field under resolution was given, and the object it belongs to.
import type { PolicyGraphQL } from '../../context/model.ts';
import { declareType } from '../../types/registry.ts';
import { parseToken } from '../json/loading.ts';
import type { Of } from './context-value.ts';

const tokens = new WeakMap<PolicyGraphQL, { arguments: unknown; parent: unknown }>();

/** The same tokens at each reading. */
function tokensOf(graphQL: PolicyGraphQL) {
  let found = tokens.get(graphQL);
  if (!found) {
    const { arguments: given, parent } = graphQL;
    found = {
      arguments: parseToken(JSON.stringify(given), 'object'),
      parent: parent === undefined ? null : parseToken(JSON.stringify(parent)),
    };
    tokens.set(graphQL, found);
  }
  return found;
}

const argumentsOf = ({ content }: Of<PolicyGraphQL>) => tokensOf(content).arguments;

export const graphQLType = declareType('interface IGraphQL', {
  'JObject Arguments': argumentsOf,
  'JObject GraphQLArguments': argumentsOf,
  'JToken Parent': ({ content }: Of<PolicyGraphQL>) => tokensOf(content).parent,
});
