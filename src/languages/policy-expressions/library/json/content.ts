// What constructors, Add and indexers take: .NET values as single tokens, sequences spread.
import { fault } from '../../running/exceptions.ts';
import { iterateBoxed } from '../../running/sequences.ts';
import { clrName } from '../../running/text.ts';
import { Instance, stringOf, typeOf } from '../../running/values.ts';
import { derives, known } from '../../types/hierarchy.ts';
import type { Type } from '../../types/type.ts';
import { type Container, nullToken, Token, tokenTypes, ValueToken } from './tokens/index.ts';

const kindsOfTypes: Readonly<Record<string, number>> = {
  'System.Boolean': tokenTypes.Boolean,
  'System.SByte': tokenTypes.Integer,
  'System.Byte': tokenTypes.Integer,
  'System.Int16': tokenTypes.Integer,
  'System.UInt16': tokenTypes.Integer,
  'System.Int32': tokenTypes.Integer,
  'System.UInt32': tokenTypes.Integer,
  'System.Int64': tokenTypes.Integer,
  'System.UInt64': tokenTypes.Integer,
  'System.Numerics.BigInteger': tokenTypes.Integer,
  'System.Single': tokenTypes.Float,
  'System.Double': tokenTypes.Float,
  'System.Decimal': tokenTypes.Float,
  'System.String': tokenTypes.String,
  'System.DateTime': tokenTypes.Date,
  'System.DateTimeOffset': tokenTypes.Date,
  'System.Guid': tokenTypes.Guid,
  'System.TimeSpan': tokenTypes.TimeSpan,
  'System.Uri': tokenTypes.Uri,
  'System.Byte[]': tokenTypes.Bytes,
};

/** JTokenType of a type's values; undefined where a JValue cannot hold them. */
export function kindOfType(type: Type): number | undefined {
  if (type.kind === 'enum') return tokenTypes.Integer;
  return Object.hasOwn(kindsOfTypes, type.fullName) ? kindsOfTypes[type.fullName] : undefined;
}

/** `new JValue(object)`. */
export function valueToken(content: unknown): ValueToken {
  if (content === null || content === undefined) return nullToken();
  const type = typeOf(content);
  const kind = kindOfType(type);
  if (kind !== undefined) return new ValueToken(content, kind);
  const message = `Could not determine JSON object type for type ${clrName(type)}.`;
  throw fault('ArgumentException', message);
}

/** A token stays; everything else becomes a value. */
export function tokenOf(content: unknown): Token {
  return content instanceof Token ? content : valueToken(content);
}

/** Whether content is a sequence of contents: anything enumerable but strings, bytes and tokens. */
export function isMulti(content: unknown): boolean {
  if (!(content instanceof Instance) || content instanceof Token) return false;
  if (stringOf(content) !== undefined || content.type === known.bytes) return false;
  return derives(content.type, known.enumerable);
}

/** Adds content at a place; of a sequence each element behind the other. */
export function addContent(container: Container, content: unknown, index = container.count): void {
  if (!isMulti(content)) {
    container.insertItem(index, tokenOf(content));
    return;
  }
  let place = index;
  for (const item of iterateBoxed(content)) {
    addContent(container, item, place);
    place += 1;
  }
}
