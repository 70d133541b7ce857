// Objects that JSON is read into by the names of their members: anonymous ones, tuples, pairs.
import type { JsonReader } from '../../../../dotnet/index.ts';
import { AnonymousValue } from '../../running/anonymous.ts';
import { clrName } from '../../running/text.ts';
import { initialOf } from '../../running/values.ts';
import type { Type } from '../../types/type.ts';
import { KeyValuePair } from '../collections/key-value-pair.ts';

export interface MemberReader {
  readonly name: string;
  readAs(type: Type): unknown;
  skip(): void;
}

interface Shape {
  readonly members: readonly { readonly name: string; readonly type: Type }[];
  make(values: readonly unknown[]): unknown;
}

function shapeOf(type: Type): Shape | undefined {
  const { arguments: list } = type;
  if (type.kind === 'anonymous') {
    return { members: type.shape, make: (values) => new AnonymousValue(type, values) };
  }
  const name = type.definition?.name;
  if (name === 'KeyValuePair') {
    const members = ['Key', 'Value'].map((each, index) => ({ name: each, type: list[index]! }));
    return { members, make: ([key, value]) => new KeyValuePair(type, key, value) };
  }
  if (name !== 'Tuple' && name !== 'ValueTuple') return undefined;
  const members = list.map((each, index) => ({ name: `Item${index + 1}`, type: each }));
  return { members, make: (values) => new AnonymousValue(type, values) };
}

/** Names are found without regard to case; members without a place are skipped. */
export function createObject(
  type: Type,
  given: Iterable<MemberReader>,
  reader: JsonReader,
): unknown {
  const shape = shapeOf(type);
  if (!shape) {
    const message = `Unable to find a constructor to use for type ${clrName(type)}. A class should either have a default constructor, one constructor with arguments or a constructor marked with the JsonConstructor attribute.`;
    throw reader.error(message, 'Newtonsoft.Json.JsonSerializationException');
  }
  const values = shape.members.map((member) => initialOf(member.type));
  for (const member of given) {
    const name = member.name.toLowerCase();
    const index = shape.members.findIndex((each) => each.name.toLowerCase() === name);
    if (index < 0) member.skip();
    else values[index] = member.readAs(shape.members[index]!.type);
  }
  return shape.make(values);
}
