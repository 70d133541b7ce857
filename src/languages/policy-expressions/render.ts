// Values as JSON: the form the command line prints and test vectors hold.
import { Decimal } from '../../dotnet/index.ts';
import { KeyValuePair } from './library/collections/key-value-pair.ts';
import { AnonymousValue } from './running/anonymous.ts';
import { iterateBoxed } from './running/sequences.ts';
import { textOf, trait } from './running/text.ts';
import { ArrayValue, Boxed, box, Instance, stringOf, typeOf, unbox } from './running/values.ts';
import { constructionsOf, derives, known } from './types/hierarchy.ts';
import type { Type } from './types/type.ts';

export type RenderedJson =
  | null
  | boolean
  | number
  | string
  | RenderedJson[]
  | { [name: string]: RenderedJson };

export interface RenderedValue {
  readonly value: RenderedJson;
  /** The run-time type; null for null. Lazy sequences are named as IEnumerable. */
  readonly type: string | null;
}

/** What an expression gave, as JSON with its type. */
export function renderValue(content: unknown): RenderedValue {
  if (content === null || content === undefined) return { value: null, type: null };
  return { value: json(content, 0), type: shownType(typeOf(content)) };
}

/** The classes behind LINQ's sequences are not public: what they give is an `IEnumerable`. */
function shownType(type: Type): string {
  const isSequence = type.kind === 'interface' && type.definition?.namespace === 'System.Linq';
  return (isSequence ? constructionsOf(type, 'IEnumerable')[0]! : type).fullName;
}

function json(content: unknown, depth: number): RenderedJson {
  if (content === null || content === undefined || depth > 64) return null;
  const text = stringOf(content);
  if (text !== undefined) return text;
  const type = typeOf(content);
  if (content instanceof Boxed) return scalar(content, type);
  if (content instanceof KeyValuePair) {
    return {
      Key: json(box(content.key, type.arguments[0]!), depth + 1),
      Value: json(box(content.value, type.arguments[1]!), depth + 1),
    };
  }
  if (content instanceof AnonymousValue) return members(content, depth);
  if (content instanceof ArrayValue && type === known.bytes) {
    return Buffer.from(content.items as Uint8Array).toString('base64');
  }
  const special = trait(type, 'json') as ((value: unknown) => RenderedJson) | undefined;
  if (special) return special(content);
  if (content instanceof Instance && derives(type, known.enumerable)) {
    const items: RenderedJson[] = [];
    for (const item of iterateBoxed(content)) {
      items.push(json(item, depth + 1));
    }
    return items;
  }
  return textOf(content);
}

function members(content: AnonymousValue, depth: number): RenderedJson {
  const { shape } = content.type;
  return Object.fromEntries(
    content.values.map((_, index) => [
      shape[index]?.name ?? `Item${index + 1}`,
      json(content.boxed(index), depth + 1),
    ]),
  );
}

function scalar(content: Boxed, type: Type): RenderedJson {
  const { value } = content;
  if (typeof value === 'boolean') return value;
  if (type === known.char || type.kind === 'enum') return textOf(content);
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : textOf(content);
  if (value instanceof Decimal) return value.toString();
  const special = trait(type, 'json') as ((value: unknown) => RenderedJson) | undefined;
  return special ? special(unbox(content)) : textOf(content);
}
