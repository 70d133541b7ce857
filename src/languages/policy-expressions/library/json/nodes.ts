// Tokens as the neutral tree that JSON paths and XML conversions read.
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  Decimal,
  type JsonNode,
  type TimeSpanValue,
} from '../../../../dotnet/index.ts';
import { concatText } from '../../running/text.ts';
import { ArrayValue, bytesOf, stringOf, typeOf, unbox } from '../../running/values.ts';
import {
  ListToken,
  ObjectToken,
  PropertyToken,
  type Token,
  tokenTypes,
  type ValueToken,
} from './tokens/index.ts';

export function nodeOf(token: Token): JsonNode {
  if (token instanceof ObjectToken) {
    const members = new Map<string, JsonNode>();
    for (const { name, value } of token.properties.values()) members.set(name, nodeOf(value));
    return { kind: 'object', members };
  }
  if (token instanceof ListToken) return { kind: 'array', items: token.items.map(nodeOf) };
  if (token instanceof PropertyToken) return nodeOf(token.value);
  return scalarNode(token as ValueToken);
}

const realTypes = /^System\.(?:Single|Double)$/;

export function scalarNode({ content, tokenType }: ValueToken): JsonNode {
  if (content === null) {
    return tokenType === tokenTypes.Undefined ? { kind: 'undefined' } : { kind: 'null' };
  }
  const text = stringOf(content);
  if (text !== undefined) {
    return { kind: tokenType === tokenTypes.Raw ? 'raw' : 'string', value: text };
  }
  if (content instanceof ArrayValue) return { kind: 'bytes', value: bytesOf(content) };
  const value = unbox(content);
  switch (typeof value) {
    case 'bigint':
      return { kind: 'integer', value };
    case 'boolean':
      return { kind: 'boolean', value };
    case 'number':
      return realTypes.test(typeOf(content).fullName)
        ? { kind: 'float', value }
        : { kind: 'integer', value: BigInt(value) };
    default:
  }
  if (value instanceof Decimal) return { kind: 'decimal', value };
  if (tokenType === tokenTypes.Date) {
    return { kind: 'date', value: value as DateTimeValue | DateTimeOffsetValue };
  }
  if (tokenType === tokenTypes.TimeSpan) return { kind: 'timeSpan', value: value as TimeSpanValue };
  return { kind: 'string', value: concatText(content) };
}
