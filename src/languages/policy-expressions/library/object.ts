// System.Object and the bases of value types, enumerations and delegates.
import { fault, nullReference } from '../running/exceptions.ts';
import {
  clrName,
  enumNames,
  enumText,
  equalsOf,
  formatEnum,
  hashOf,
  textOf,
} from '../running/text.ts';
import type { Reference } from '../running/values.ts';
import { arrayValue, Boxed, box, Instance, stringArray, typeOf, unbox } from '../running/values.ts';
import { known } from '../types/hierarchy.ts';
import { declareType } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

export const objectType = declareType('class System.Object', {
  'new()': (type: Type) => new Instance(type),
  // Only a `T?` without value gets here as null.
  'string ToString()': (value: unknown) => (value === null ? '' : textOf(value)),
  'bool Equals(object obj)': equalsOf,
  'static bool Equals(object objA, object objB)': equalsOf,
  'static bool ReferenceEquals(object objA, object objB)': (a: unknown, b: unknown) => a === b,
  'int GetHashCode()': hashOf,
  'Type GetType()': (value: unknown) => {
    if (value === null) throw nullReference();
    return typeOf(value);
  },
});

export const valueType = declareType('abstract class System.ValueType', {});
export const delegateType = declareType('abstract class System.Delegate', {});

/** The value of a name, of several joined by commas, or of a number. */
export function parseEnum(type: Type, text: string, ignoreCase: boolean): number | undefined {
  const names = [...enumNames(type)];
  let result = 0;
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (/^[-+]?\d+$/.test(part)) {
      result |= Number(part);
      continue;
    }
    const found = names.find(([name]) =>
      ignoreCase ? name.toLowerCase() === part.toLowerCase() : name === part,
    );
    if (!found) return undefined;
    result |= found[1];
  }
  return result;
}

function requireEnum(type: Type, text: string | null, ignoreCase: boolean): unknown {
  if (text === null) {
    throw fault('ArgumentNullException', 'Value cannot be null.', 'value');
  }
  if (text.trim() === '') {
    const message = 'Must specify valid information for parsing in the string.';
    throw fault('ArgumentException', message, 'value');
  }
  const value = parseEnum(type, text, ignoreCase);
  if (value === undefined) {
    throw fault('ArgumentException', `Requested value '${text}' was not found.`);
  }
  return new Boxed(type, value);
}

function tryEnum(type: Type, text: string | null, ignoreCase: boolean, result: Reference): boolean {
  const value = text === null || text.trim() === '' ? undefined : parseEnum(type, text, ignoreCase);
  result.value = value ?? 0;
  return value !== undefined;
}

function requireFlag(value: Boxed, flag: Boxed): boolean {
  if (value.type !== flag.type) {
    const message = `The argument type, '${flag.type.fullName}', is not the same as the enum type '${value.type.fullName}'.`;
    throw fault('ArgumentException', message);
  }
  const wanted = flag.value as number;
  return ((value.value as number) & wanted) === wanted;
}

export const enumType = declareType(
  'abstract class System.Enum : System.ValueType, IComparable, IFormattable',
  {
    'string ToString(string format)': (value: Boxed, format: string | null) =>
      formatEnum(value.type, value.value as number, format),
    'bool HasFlag(Enum flag)': requireFlag,
    'static object Parse(Type enumType, string value)': (type: Type, text: string | null) =>
      requireEnum(type, text, false),
    'static object Parse(Type enumType, string value, bool ignoreCase)': requireEnum,
    'static T Parse<T>(string value)': ([type]: Type[], text: string | null) =>
      unbox(requireEnum(type!, text, false)),
    'static T Parse<T>(string value, bool ignoreCase)': (
      [type]: Type[],
      text: string | null,
      ignoreCase: boolean,
    ) => unbox(requireEnum(type!, text, ignoreCase)),
    'static bool TryParse<T>(string value, out T result)': (
      [type]: Type[],
      text: string | null,
      result: Reference,
    ) => tryEnum(type!, text, false, result),
    'static bool TryParse<T>(string value, bool ignoreCase, out T result)': (
      [type]: Type[],
      text: string | null,
      ignoreCase: boolean,
      result: Reference,
    ) => tryEnum(type!, text, ignoreCase, result),
    'static bool IsDefined(Type enumType, object value)': (type: Type, value: unknown) => {
      const content = unbox(value);
      const names = enumNames(type);
      return typeof content === 'string'
        ? names.has(content)
        : [...names.values()].includes(content as number);
    },
    'static string GetName(Type enumType, object value)': (type: Type, value: unknown) => {
      const text = enumText(type, unbox(value) as number);
      return /^-?\d/.test(text) ? null : text;
    },
    'static string[] GetNames(Type enumType)': (type: Type) =>
      stringArray([...enumNames(type)].sort((a, b) => a[1] - b[1]).map(([name]) => name)),
    'static Array GetValues(Type enumType)': (type: Type) =>
      arrayValue(
        type,
        [...enumNames(type).values()].sort((a, b) => a - b),
      ),
    'static object ToObject(Type enumType, int value)': (type: Type, value: number) =>
      box(value, type),
  },
);

export const typeType = declareType(
  'sealed class System.Type',
  {
    'string Name': (type: Type) => type.name,
    'string FullName': (type: Type) => clrName(type),
    'string Namespace': (type: Type) => type.definition?.namespace ?? 'System',
    'bool IsArray': (type: Type) => type.kind === 'array',
    'bool IsValueType': (type: Type) => type.isValueType,
    'bool IsEnum': (type: Type) => type.kind === 'enum',
    'bool IsGenericType': (type: Type) => type.arguments.length > 0,
    'Type BaseType': (type: Type) => (type.kind === 'struct' ? known.valueType : known.object),
    'bool operator ==(Type left, Type right)': (left: Type, right: Type) => left === right,
    'bool operator !=(Type left, Type right)': (left: Type, right: Type) => left !== right,
  },
  { text: (type: Type) => clrName(type) },
);
