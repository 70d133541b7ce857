// System.Enum.
import { DotnetError, parseInteger } from '../../../dotnet/index.ts';
import { argumentNull, fault, required } from '../running/exceptions.ts';
import { enumNames, enumText, formatEnum } from '../running/text.ts';
import { arrayValue, Boxed, type Reference, stringArray, stringOf } from '../running/values.ts';
import { numericKind } from '../types/numeric.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { typeCodeMember } from './type-code.ts';

type Text = string | null;

function enumerationOf(type: Type | null, parameter = 'enumType'): Type {
  if (required(type, parameter).kind !== 'enum') {
    throw fault('ArgumentException', 'Type provided must be an Enum.', parameter);
  }
  return type!;
}

/** The value of a number, of a name, or of several names joined by commas. */
export function parseEnum(type: Type, text: string, ignoreCase: boolean): number | undefined {
  const trimmed = text.trim();
  if (/^[-+\d]/.test(trimmed)) {
    const value = numberOf(trimmed);
    if (value !== undefined) return value;
  }
  const names = [...enumNames(type)];
  let result = 0;
  for (const part of trimmed.split(',').map((piece) => piece.trim())) {
    const found = names.find(([name]) =>
      ignoreCase ? name.toLowerCase() === part.toLowerCase() : name === part,
    );
    if (!found) return undefined;
    result |= found[1];
  }
  return result;
}

/** Undefined for what is no number; throws OverflowException for one out of range. */
function numberOf(text: string): number | undefined {
  try {
    return Number(parseInteger(text, 'int'));
  } catch (error) {
    if (error instanceof DotnetError && error.type === 'System.FormatException') return undefined;
    throw error;
  }
}

function parse(type: Type | null, text: Text, ignoreCase: boolean): number {
  const enumeration = enumerationOf(type);
  if (text === null) throw argumentNull('value');
  if (text.trim() === '') {
    const message = 'Must specify valid information for parsing in the string.';
    throw fault('ArgumentException', message, 'value');
  }
  const value = parseEnum(enumeration, text, ignoreCase);
  if (value === undefined) {
    throw fault('ArgumentException', `Requested value '${text}' was not found.`);
  }
  return value;
}

function tryParse(type: Type, text: Text, ignoreCase: boolean): number | undefined {
  if (text === null || text.trim() === '') return undefined;
  try {
    return parseEnum(type, text, ignoreCase);
  } catch (error) {
    if (error instanceof DotnetError) return undefined;
    throw error;
  }
}

function attempt(type: Type, text: Text, ignoreCase: boolean, result: Reference): boolean {
  const value = tryParse(enumerationOf(type, 'TEnum'), text, ignoreCase);
  result.value = value ?? 0;
  return value !== undefined;
}

function attemptObject(type: Type | null, text: Text, ignoreCase: boolean, result: Reference) {
  const enumeration = enumerationOf(type);
  const value = tryParse(enumeration, text, ignoreCase);
  result.value = value === undefined ? null : new Boxed(enumeration, value);
  return value !== undefined;
}

/** The number in a box of the enumeration or of an integer type; undefined for anything else. */
function integerIn(value: unknown): number | undefined {
  if (!(value instanceof Boxed)) return undefined;
  const kind = value.type.kind === 'enum' ? 'int' : numericKind(value.type);
  if (!kind || /^(?:float|double|decimal)$/.test(kind)) return undefined;
  return Number(BigInt.asIntN(32, BigInt(value.value as number | bigint)));
}

function requireInteger(value: unknown): number {
  const integer = integerIn(required(value, 'value'));
  if (integer === undefined) {
    const message =
      'The value passed in must be an enum base or an underlying type for an enum, such as an Int32.';
    throw fault('ArgumentException', message, 'value');
  }
  return integer;
}

/** The number of a value that has the enumeration's type or its underlying one. */
function sameType(type: Type, value: unknown, orText: string): number {
  const found = value instanceof Boxed ? value.type : undefined;
  if (found === type || found?.fullName === 'System.Int32') return (value as Boxed).value as number;
  const passed = stringOf(value) === undefined ? found?.fullName : 'System.String';
  const message = `Enum underlying type and the object must be same type or object${orText}. Type passed in was '${passed}'; the enum underlying type was 'System.Int32'.`;
  throw fault('ArgumentException', message);
}

function isDefined(type: Type | null, value: unknown): boolean {
  if (required(type, 'enumType').kind !== 'enum') {
    throw fault('ArgumentException', 'Value does not fall within the expected range.');
  }
  const text = stringOf(required(value, 'value'));
  const names = enumNames(type!);
  if (text !== undefined) return names.has(text);
  return [...names.values()].includes(sameType(type!, value, ' must be a String'));
}

function hasFlag(value: Boxed, flag: Boxed | null): boolean {
  if (value.type !== required(flag, 'flag').type) {
    const message = `The argument type, '${flag!.type.fullName}', is not the same as the enum type '${value.type.fullName}'.`;
    throw fault('ArgumentException', message);
  }
  const wanted = flag!.value as number;
  return ((value.value as number) & wanted) === wanted;
}

const byUnsignedValue = (a: readonly [string, number], b: readonly [string, number]) =>
  (a[1] >>> 0) - (b[1] >>> 0);
const sorted = (type: Type | null) => [...enumNames(enumerationOf(type))].sort(byUnsignedValue);

const parsing = {
  'static object Parse(Type enumType, string value)': (type: Type | null, text: Text) =>
    new Boxed(enumerationOf(type), parse(type, text, false)),
  'static object Parse(Type enumType, string value, bool ignoreCase)': (
    type: Type | null,
    text: Text,
    ignoreCase: boolean,
  ) => new Boxed(enumerationOf(type), parse(type, text, ignoreCase)),
  'static T Parse<T>(string value)': ([type]: Type[], text: Text) => parse(type!, text, false),
  'static T Parse<T>(string value, bool ignoreCase)': (
    [type]: Type[],
    text: Text,
    ignoreCase: boolean,
  ) => parse(type!, text, ignoreCase),
  'static bool TryParse<T>(string value, out T result)': (
    [type]: Type[],
    text: Text,
    result: Reference,
  ) => attempt(type!, text, false, result),
  'static bool TryParse<T>(string value, bool ignoreCase, out T result)': (
    [type]: Type[],
    text: Text,
    ignoreCase: boolean,
    result: Reference,
  ) => attempt(type!, text, ignoreCase, result),
  'static bool TryParse(Type enumType, string value, out object result)': (
    type: Type | null,
    text: Text,
    result: Reference,
  ) => attemptObject(type, text, false, result),
  'static bool TryParse(Type enumType, string value, bool ignoreCase, out object result)':
    attemptObject,
};

const integers = ['object', 'sbyte', 'byte', 'short', 'ushort', 'int', 'uint', 'long', 'ulong'];

const making = Object.fromEntries(
  integers.map((input) => [
    `static object ToObject(Type enumType, ${input} value)`,
    (type: Type | null, value: unknown) => {
      const integer =
        input === 'object'
          ? requireInteger(value)
          : Number(BigInt.asIntN(32, BigInt(value as number | bigint)));
      return new Boxed(enumerationOf(type), integer);
    },
  ]),
);

const formatting = {
  'string ToString(string format)': (value: Boxed, format: Text) =>
    formatEnum(value.type, value.value as number, format),
  'string ToString(IFormatProvider provider)': (value: Boxed) =>
    enumText(value.type, value.value as number),
  'string ToString(string format, IFormatProvider provider)': (value: Boxed, format: Text) =>
    formatEnum(value.type, value.value as number, format),
  'static string Format(Type enumType, object value, string format)': (
    type: Type | null,
    value: unknown,
    format: Text,
  ) => {
    const enumeration = enumerationOf(type);
    const integer = sameType(enumeration, required(value, 'value'), '');
    return formatEnum(enumeration, integer, required(format, 'format'));
  },
};

export const enumType = declareType(
  'abstract class System.Enum : System.ValueType, IComparable, IFormattable, IConvertible',
  {
    ...parsing,
    ...making,
    ...formatting,
    'bool HasFlag(Enum flag)': hasFlag,
    ...typeCodeMember('Int32'),
    'static bool IsDefined(Type enumType, object value)': isDefined,
    'static string GetName(Type enumType, object value)': (type: Type | null, value: unknown) => {
      const integer = requireInteger(value);
      return sorted(type).find(([, content]) => content === integer)?.[0] ?? null;
    },
    'static string[] GetNames(Type enumType)': (type: Type | null) =>
      stringArray(sorted(type).map(([name]) => name)),
    'static Array GetValues(Type enumType)': (type: Type | null) =>
      arrayValue(
        enumerationOf(type),
        sorted(type).map(([, value]) => value),
      ),
    'static Type GetUnderlyingType(Type enumType)': (type: Type | null) => {
      enumerationOf(type);
      return named('System.Int32');
    },
  },
);
