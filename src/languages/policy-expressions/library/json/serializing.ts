// JToken.FromObject and JsonConvert.SerializeObject: .NET objects as tokens.
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  jsonDate,
} from '../../../../dotnet/index.ts';
import { AnonymousValue } from '../../running/anonymous.ts';
import { ExceptionValue, fault, required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import { iterateBoxed } from '../../running/sequences.ts';
import { concatText } from '../../running/text.ts';
import { ArrayValue, Boxed, box, Instance, stringOf, typeOf } from '../../running/values.ts';
import { allBases, derives, known } from '../../types/hierarchy.ts';
import { named, ownMembers } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { DictionaryValue } from '../collections/dictionary.ts';
import { KeyValuePair } from '../collections/key-value-pair.ts';
import { isMulti, kindOfType, valueToken } from './content.ts';
import { xmlToken } from './json-xml.ts';
import {
  ArrayToken,
  nullToken,
  ObjectToken,
  PropertyToken,
  Token,
  tokenTypes,
  ValueToken,
} from './tokens/index.ts';

/** `JToken.FromObject`. */
export function serialized(content: unknown): Token {
  return new Serializer().token(required(content, 'o'));
}

/** What `SerializeObject` writes; null too. */
export function serializedOrNull(content: unknown, omitNulls = false): Token {
  // A token is written as it stands.
  return content instanceof Token ? content : new Serializer(omitNulls).token(content);
}

/** Some objects make their parts anew each time they are asked, so that a loop shows by its depth. */
const depthMax = 200;

type Members = Iterable<readonly [string, unknown]>;

class Serializer {
  /** The objects around the one at hand: meeting one again means a loop. */
  private readonly around: unknown[] = [];
  /** NullValueHandling.Ignore: members of objects, not entries of dictionaries. */
  private readonly omitNulls: boolean;

  constructor(omitNulls = false) {
    this.omitNulls = omitNulls;
  }

  token(content: unknown): Token {
    charge(1);
    if (content === null || content === undefined) return nullToken();
    if (content instanceof Token) return content.clone();
    if (stringOf(content) !== undefined) return valueToken(stringOf(content));
    const type = typeOf(content);
    if (type.kind === 'delegate') throw cannotWrite(type);
    if (type.kind === 'enum') return valueToken(box((content as Boxed).value, known.int));
    if (type === known.char) return valueToken(concatText(content));
    if (kindOfType(type) !== undefined) return valueToken(content);
    if (content instanceof Boxed || !(content instanceof Instance)) {
      return new ValueToken(concatText(content), tokenTypes.String);
    }
    return this.guarded(content, () => this.composite(content));
  }

  private guarded(content: Instance, make: () => Token): Token {
    if (this.around.includes(content) || this.around.length > depthMax) {
      const message = `Self referencing loop detected with type '${content.type.fullName}'. Path ''.`;
      throw fault('Newtonsoft.Json.JsonSerializationException', message);
    }
    this.around.push(content);
    const token = make();
    this.around.pop();
    return token;
  }

  private composite(content: Instance): Token {
    const xml = xmlToken(content);
    if (xml) return xml;
    if (content instanceof AnonymousValue) return this.object(membersOf(content));
    if (content instanceof KeyValuePair) return this.object(pairMembers(content));
    if (content instanceof DictionaryValue || isMap(content)) {
      return this.object(entries(content), false);
    }
    if (content instanceof ArrayValue && content.lengths.length > 1) return this.grid(content);
    if (isMulti(content)) return this.array(content);
    if (content instanceof ExceptionValue) return this.object(exceptionMembers(content));
    return this.object(properties(content));
  }

  private object(members: Members, omitNulls = this.omitNulls): ObjectToken {
    const token = new ObjectToken();
    for (const [name, value] of members) {
      if (value !== null || !omitNulls) token.set(name, this.member(value));
    }
    return token;
  }

  private member(value: unknown): Token {
    if (!(value instanceof PropertyToken)) return this.token(value);
    const message = 'Token PropertyName in state Property would result in an invalid JSON object.';
    throw fault('Newtonsoft.Json.JsonWriterException', message);
  }

  private array(content: unknown): ArrayToken {
    const token = new ArrayToken();
    for (const item of iterateBoxed(content)) token.add(this.member(item));
    return token;
  }

  /** An array of several dimensions is nested arrays. */
  private grid({ items, lengths, type }: ArrayValue, from = 0, dimension = 0): ArrayToken {
    const token = new ArrayToken();
    const size = lengths.slice(dimension + 1).reduce((product, length) => product * length, 1);
    for (let index = 0; index < lengths[dimension]!; index++) {
      const at = from + index * size;
      const inner = dimension + 1 < lengths.length;
      token.add(
        inner
          ? this.grid({ items, lengths, type } as ArrayValue, at, dimension + 1)
          : this.token(box(items[at], type.element!)),
      );
    }
    return token;
  }
}

function cannotWrite(type: Type): Error {
  const message = `Serializing the type '${type.fullName}' is not supported.`;
  return fault('Newtonsoft.Json.JsonSerializationException', message);
}

function isMap({ type }: Instance): boolean {
  return allBases(type).some(({ definition }) =>
    /^I(?:ReadOnly)?Dictionary$/.test(definition?.name ?? ''),
  );
}

function* entries(content: unknown): Members & Generator<readonly [string, unknown]> {
  for (const pair of iterateBoxed(content)) {
    const { key, value, type } = pair as KeyValuePair;
    yield [keyName(key, type.arguments[0]!), box(value, type.arguments[1]!)];
  }
}

/** A key as the name of a member: dates as JSON has them, everything else as text. */
function keyName(key: unknown, type: Type): string {
  const content = box(key, type);
  const { fullName } = typeOf(content);
  if (fullName !== 'System.DateTime' && fullName !== 'System.DateTimeOffset') {
    return concatText(content);
  }
  return jsonDate((content as Boxed).value as DateTimeValue | DateTimeOffsetValue);
}

function membersOf(content: AnonymousValue): Members {
  const { shape } = content.type;
  return content.values.map(
    (_, index) => [shape[index]?.name ?? `Item${index + 1}`, content.boxed(index)] as const,
  );
}

function pairMembers({ key, value, type }: KeyValuePair): Members {
  const [keyType, valueType] = type.arguments;
  return [
    ['Key', box(key, keyType!)],
    ['Value', box(value, valueType!)],
  ];
}

/** Public properties, those of the own class first. */
function* properties(content: Instance): Members & Generator<readonly [string, unknown]> {
  for (const [name, [member]] of ownMembers(content.type)) {
    if (member?.kind !== 'property' || member.isStatic) continue;
    yield [name, box(member.get(content as never), member.returns)];
  }
}

/** What Exception.GetObjectData gives. */
function exceptionMembers(content: ExceptionValue): Members {
  const { type, message, inner, source, parameter } = content;
  const members: [string, unknown][] = [
    ['ClassName', type.fullName],
    ['Message', parameter === null ? message : message.replace(/ \(Parameter '.*'\)$/, '')],
    ['Data', null],
    ['InnerException', inner],
    ['HelpURL', null],
    ['StackTraceString', null],
    ['RemoteStackTraceString', null],
    ['RemoteStackIndex', box(0, known.int)],
    ['ExceptionMethod', null],
    ['HResult', box(-2146233088, known.int)],
    ['Source', source],
    ['WatsonBuckets', null],
  ];
  if (derives(type, named('System.ArgumentException'))) members.push(['ParamName', parameter]);
  return members;
}
