// Tokens as .NET values: casts, Value<T>, ToObject<T> and DeserializeObject<T>.
import { Decimal, DotnetError } from '../../../../dotnet/index.ts';
import { exceptionOf, fault } from '../../running/exceptions.ts';
import { concatText } from '../../running/text.ts';
import { ArrayValue, Boxed, bare, packed, stringOf, unbox } from '../../running/values.ts';
import { derives, known } from '../../types/hierarchy.ts';
import { numericKind } from '../../types/numeric.ts';
import { named } from '../../types/registry.ts';
import { type Type, underlying } from '../../types/type.ts';
import { DictionaryValue, ListValue, SetValue } from '../collections.ts';
import { changeType, convertTo } from '../converting.ts';
import { tokenText } from './contents.ts';
import {
  ArrayToken,
  ObjectToken,
  PropertyToken,
  type Token,
  tokenTypes,
  ValueToken,
} from './tokens.ts';

const namesOfTypes = new Map<number, string>(
  Object.entries(tokenTypes).map(([name, value]) => [value, name]),
);

/** `(int)token` and its kin; `null` tokens become null only for nullable targets. */
export function castToken(token: Token | null, to: Type): unknown {
  const target = underlying(to);
  if (token === null) {
    if (to.isNullable) return null;
    throw fault('ArgumentNullException', 'Value cannot be null.', 'value');
  }
  const value = token instanceof PropertyToken ? token.value : token;
  if (!(value instanceof ValueToken)) throw cannotCast(value, target);
  const { content } = value;
  if (content === null) {
    if (to.isNullable) return null;
    throw cannotCast(value, target);
  }
  if (target === known.string) return castToString(value);
  if (!castable(value.tokenType, target)) throw cannotCast(value, target);
  return convertTo(content, target);
}

function castToString(value: ValueToken): string {
  const { content } = value;
  if (content instanceof ArrayValue)
    return Buffer.from(content.items as Uint8Array).toString('base64');
  return concatText(content);
}

/** Which kinds of token a cast accepts (JToken's lists of allowed types). */
function castable(tokenType: number, to: Type): boolean {
  const {
    Integer,
    Float,
    String: Text,
    Boolean: Bool,
    Date: Day,
    Guid,
    TimeSpan,
    Uri,
    Bytes,
    Raw,
  } = tokenTypes;
  switch (to.fullName) {
    case 'System.DateTime':
    case 'System.DateTimeOffset':
      return ([Day, Text, Raw] as number[]).includes(tokenType);
    case 'System.Guid':
      return ([Text, Guid, Bytes] as number[]).includes(tokenType);
    case 'System.TimeSpan':
      return ([Text, TimeSpan] as number[]).includes(tokenType);
    case 'System.Uri':
      return ([Text, Uri] as number[]).includes(tokenType);
    case 'System.Byte[]':
      return ([Bytes, Text, Integer] as number[]).includes(tokenType);
    default:
      return ([Integer, Float, Text, Bool, Raw] as number[]).includes(tokenType);
  }
}

function cannotCast(token: Token, to: Type) {
  const from = namesOfTypes.get(token.tokenType) ?? 'None';
  return fault('ArgumentException', `Can not convert ${from} to ${to.name}.`);
}

/** `Value<T>()`: a token stays a token; values go through Convert.ChangeType. */
export function valueOfToken(token: Token | null, to: Type): unknown {
  if (token === null) return to.isValueType && to.kind !== 'nullable' ? convertTo(null, to) : null;
  if (derives(to, named('Newtonsoft.Json.Linq.JToken'))) {
    if (!derives(token.type, to)) {
      throw fault('InvalidCastException', `Cannot cast ${token.type.fullName} to ${to.fullName}.`);
    }
    return token;
  }
  if (!(token instanceof ValueToken)) {
    throw fault('InvalidCastException', `Cannot cast ${token.type.fullName} to ${to.fullName}.`);
  }
  const { content } = token;
  if (content === null) return to.isNullable ? null : convertTo(null, to);
  const target = underlying(to);
  if (target === known.object) return content;
  if (target === known.string) return castToString(token);
  return bare(changeType(content, target), target);
}

/** `ToObject<T>()` and `DeserializeObject<T>()`: the serializer's reading. */
export function readToken(token: Token, to: Type): unknown {
  const target = underlying(to);
  const jToken = named('Newtonsoft.Json.Linq.JToken');
  if (derives(target, jToken)) {
    if (!derives(token.type, target)) throw cannotRead(token, target);
    return token;
  }
  if (token instanceof ValueToken && token.content === null) {
    if (to.isNullable) return null;
    throw cannotRead(token, target);
  }
  if (target === known.object || target.kind === 'dynamic') {
    return token instanceof ValueToken ? token.content : token;
  }
  if (target.kind === 'array' && target !== known.bytes) {
    return packed(target.element!, itemsOf(token, target, target.element!));
  }
  const collection = readCollection(token, target);
  if (collection) return collection;
  if (!(token instanceof ValueToken)) throw cannotRead(token, target);
  return readScalar(token, target);
}

function readCollection(token: Token, target: Type): unknown {
  const name = target.definition?.name ?? '';
  const [first, second] = target.arguments;
  if (second && /^(Dictionary|IDictionary|IReadOnlyDictionary)$/.test(name)) {
    if (!(token instanceof ObjectToken)) throw cannotRead(token, target);
    const map = new DictionaryValue(named('Dictionary', first!, second));
    for (const [key, property] of token.properties) {
      map.put(bare(changeType(key, first!), first!), readToken(property.value, second));
    }
    return map;
  }
  if (!first || second) return undefined;
  if (/^(List|IList|ICollection|IEnumerable|IReadOnlyList|IReadOnlyCollection)$/.test(name)) {
    return new ListValue(named('List', first), itemsOf(token, target, first));
  }
  if (!/^(HashSet|ISet)$/.test(name)) return undefined;
  const set = new SetValue(named('HashSet', first));
  for (const item of itemsOf(token, target, first)) set.insert(item);
  return set;
}

function itemsOf(token: Token, target: Type, element: Type): unknown[] {
  if (!(token instanceof ArrayToken)) throw cannotRead(token, target);
  return token.items.map((item) => readToken(item, element));
}

function readScalar(token: ValueToken, target: Type): unknown {
  const { content } = token;
  if (target === known.string) {
    const text = stringOf(content);
    if (text !== undefined) return text;
    const { value } = content as Boxed;
    return typeof value === 'boolean' ? (value ? 'true' : 'false') : concatText(content);
  }
  try {
    if (numericKind(target) && content instanceof Boxed && unbox(content) instanceof Decimal) {
      return convertTo(content, target);
    }
    return bare(changeType(content, target), target);
  } catch (error) {
    if (!exceptionOf(error) && !(error instanceof DotnetError)) throw error;
    const shown = concatText(content);
    const name = target.fullName;
    const kind = namesOfTypes.get(token.tokenType)!;
    if (token.tokenType === tokenTypes.String) {
      const message = `Could not convert string to ${kindName(target)}: ${shown}. Path '${token.path}'.`;
      throw fault('Newtonsoft.Json.JsonReaderException', message);
    }
    const message = `Error converting value ${shown} to type '${name}'. Path '${token.path}'. ${kind}`;
    throw fault('Newtonsoft.Json.JsonSerializationException', message);
  }
}

function kindName(type: Type): string {
  const kind = numericKind(type);
  if (kind === 'double' || kind === 'float') return 'double';
  return kind === 'decimal' ? 'decimal' : kind ? 'integer' : type.name;
}

function cannotRead(token: Token, target: Type) {
  const names: Record<number, string> = { 1: 'JSON object', 2: 'JSON array' };
  const shown = names[token.tokenType] ?? 'value';
  const message = `Cannot deserialize the current ${shown} (e.g. ${tokenText(token, false).slice(0, 40)}) into type '${target.fullName}'. Path '${token.path}'.`;
  return fault('Newtonsoft.Json.JsonSerializationException', message);
}
