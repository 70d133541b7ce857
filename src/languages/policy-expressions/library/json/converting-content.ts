// The serializer's EnsureType: one value as another type.
import {
  type JsonReader,
  parseGuid,
  parseTimeSpan,
  parseUri,
  readIsoDate,
} from '../../../../dotnet/index.ts';
import { exceptionOf, fault } from '../../running/exceptions.ts';
import { clrName } from '../../running/text.ts';
import { Boxed, box, stringOf, typeOf, unbox } from '../../running/values.ts';
import { named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { changeType } from '../converting.ts';
import { parseEnum } from '../enum.ts';
import { parse } from '../instants.ts';
import { UriInstance } from '../uri.ts';
import { bigIntegerTo } from './big-integer.ts';
import type { Contract } from './contracts.ts';
import { keyText } from './tokens/list-token.ts';

/** A content as an object of the type; what does not convert names the reader's place. */
export function convertContent(
  reader: JsonReader,
  content: unknown,
  to: Type,
  contract: Contract,
): unknown {
  if (contract.kind === 'any') return content;
  if (content === null && contract.nullable) return null;
  try {
    if (content === null) throw fault('InvalidCastException', 'Null is no value.');
    if (typeOf(content) === contract.type) return content;
    return converted(content, contract);
  } catch (error) {
    if (!exceptionOf(error)) throw error;
    const shown = content === null ? '{null}' : keyText(content);
    const message = `Error converting value ${shown} to type '${clrName(to)}'.`;
    throw reader.error(message, 'Newtonsoft.Json.JsonSerializationException');
  }
}

/** ConvertUtils.Convert: an object of the contract's type; its own exceptions otherwise. */
export function converted(content: unknown, contract: Contract): unknown {
  return contract.convertible ? changed(content, contract.type) : cast(content, contract);
}

function changed(content: unknown, type: Type): unknown {
  const text = stringOf(content);
  if (type.kind === 'enum') {
    const value = text === undefined ? integerOf(content) : parseEnum(type, text, true);
    if (value !== undefined) return new Boxed(type, value);
    throw fault('ArgumentException', `Requested value '${text}' was not found.`);
  }
  if (text !== undefined && type.fullName === 'System.DateTime') {
    return box(readIsoDate(text, 'dateTime') ?? parse(text, null), type);
  }
  if (typeOf(content).fullName === 'System.Numerics.BigInteger') {
    return box(bigIntegerTo(unbox(content) as bigint, type), type);
  }
  return changeType(content, type);
}

function integerOf(content: unknown): number | undefined {
  const value = unbox(content);
  return typeof value === 'bigint' || typeof value === 'number' ? Number(value) | 0 : undefined;
}

/** What Newtonsoft converts beyond Convert.ChangeType. */
function cast(content: unknown, { kind, type }: Contract): unknown {
  const text = stringOf(content);
  if (text !== undefined) {
    switch (type.fullName) {
      case 'System.Guid':
        return box(parseGuid(text), type);
      case 'System.TimeSpan':
        return box(parseTimeSpan(text), type);
      case 'System.Uri':
        return new UriInstance(parseUri(text, 'relativeOrAbsolute'));
      default:
    }
  }
  if (type.fullName === 'System.DateTimeOffset') return changeType(content, type);
  const { fullName } = typeOf(content);
  const isInterface = kind === 'array' && type === named('IEnumerable');
  if (isInterface && text !== undefined) return content;
  const message = `Could not cast or convert from ${fullName} to ${type.fullName}.`;
  throw fault('ArgumentException', message);
}
