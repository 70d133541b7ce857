// Objects of the gateway's model as values of the language: members read it when they are asked for.
import { dateTimeOfUnixMs } from '../../../../dotnet/index.ts';
import { arrayValue, Instance } from '../../running/values.ts';
import { declareType, named, type TypeDeclaration } from '../../types/registry.ts';

/** An object of the model, seen as a type of the language. */
export class ContextValue<T> extends Instance {
  readonly content: T;

  constructor(type: string, content: T) {
    super(named(type));
    this.content = content;
  }
}

export type Of<T> = ContextValue<T>;

const wrappers = new Map<string, WeakMap<object, ContextValue<unknown>>>();

/** One object of the model is one reference to the language; what is absent is null. */
export function wrap<T>(type: string, content: T | undefined): Of<T> | null {
  if (content === undefined || content === null) return null;
  const key = content as unknown as object;
  let byObject = wrappers.get(type);
  if (!byObject) {
    byObject = new WeakMap();
    wrappers.set(type, byObject);
  }
  let value = byObject.get(key);
  if (!value) {
    value = new ContextValue(type, content);
    byObject.set(key, value);
  }
  return value as Of<T>;
}

/** `IEnumerable<T>` of objects of the model. */
export function list<T>(type: string, contents: readonly T[]): unknown {
  return arrayValue(
    named(type),
    contents.map((content) => wrap(type, content)),
  );
}

export const date = (ms: number) => dateTimeOfUnixMs(ms);
export const optionalDate = (ms: number | undefined) => (ms === undefined ? null : date(ms));
export const text = (value: string | undefined) => value ?? null;

const absents: Readonly<Record<string, unknown>> = { int: 0, bool: false };

/** A type whose members are plain strings, numbers and bools of the model, by its names. */
export function plainType(
  name: string,
  members: Readonly<Record<string, string>>,
): TypeDeclaration {
  return declareType(
    `interface ${name}`,
    Object.fromEntries(
      Object.entries(members).map(([member, type]) => {
        const field = member.charAt(0).toLowerCase() + member.slice(1);
        const absent = Object.hasOwn(absents, type) ? absents[type] : null;
        const read = ({ content }: Of<Record<string, unknown>>) => content[field] ?? absent;
        return [`${type} ${member}`, read];
      }),
    ),
  );
}
