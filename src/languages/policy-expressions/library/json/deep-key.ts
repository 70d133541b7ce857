// Texts that are equal for tokens that are deeply equal: what sets of tokens and JTokenEqualityComparer use.
import { Decimal } from '../../../../dotnet/index.ts';
import { charge } from '../../running/run.ts';
import { keyText } from '../../running/text.ts';
import { unbox } from '../../running/values.ts';
import {
  ConstructorToken,
  Container,
  ObjectToken,
  PropertyToken,
  type Token,
  type ValueToken,
} from './tokens/index.ts';

/** Numbers of one kind are equal by value, whatever their types. */
export function valueKey({ content, tokenType }: ValueToken): string {
  if (content === null) return `${tokenType}`;
  const plain = unbox(content);
  const number = plain instanceof Decimal ? plain.toDouble() : plain;
  const isNumber = typeof number === 'number' || typeof number === 'bigint';
  return `${tokenType}:${isNumber ? String(number) : keyText(content)}`;
}

export function deepKey(token: Token): string {
  if (!(token instanceof Container)) return JSON.stringify(valueKey(token as ValueToken));
  const { items } = token;
  charge(items.length);
  const parts = items.map(deepKey);
  if (token instanceof ObjectToken) parts.sort();
  const named = token instanceof PropertyToken || token instanceof ConstructorToken;
  const name = named ? JSON.stringify(token.name) : '';
  return `${token.tokenType}${name}[${parts.join(',')}]`;
}
