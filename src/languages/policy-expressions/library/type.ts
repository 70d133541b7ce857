// System.Type: what a policy may ask about a type; no reflection on members.
import { fault, required } from '../running/exceptions.ts';
import { clrName } from '../running/text.ts';
import { arrayValue, isInstance } from '../running/values.ts';
import { allBases, derives, known } from '../types/hierarchy.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { typeCodeOf } from './type-code.ts';

/** The class a type derives from; null for object and interfaces. */
function baseOf(type: Type): Type | null {
  if (type.kind === 'interface' || type === known.object) return null;
  return allBases(type).find((base) => base !== type && base.kind === 'class') ?? known.object;
}

const isSubclass = (type: Type, other: Type | null) =>
  type !== other && derives(type, required(other, 'c')) && other!.kind !== 'interface';

const primitives = new Set(
  'Boolean Byte SByte Int16 UInt16 Int32 UInt32 Int64 UInt64 Char Double Single'
    .split(' ')
    .map((name) => `System.${name}`),
);

const isClass = (type: Type) => !type.isValueType && type.kind !== 'interface';

export const typeType = declareType(
  'sealed class System.Type',
  {
    'string Name': (type: Type) => (type.kind === 'nullable' ? 'Nullable`1' : type.name),
    'string FullName': (type: Type) => clrName(type),
    'string Namespace': (type: Type) => type.definition?.namespace ?? 'System',
    'bool IsArray': (type: Type) => type.kind === 'array',
    'bool IsClass': isClass,
    'bool IsEnum': (type: Type) => type.kind === 'enum',
    'bool IsGenericType': (type: Type) => type.arguments.length > 0,
    'bool IsInterface': (type: Type) => type.kind === 'interface',
    'bool IsPrimitive': (type: Type) => primitives.has(type.fullName),
    'bool IsValueType': (type: Type) => type.isValueType,
    'Type BaseType': baseOf,
    'Type[] GenericTypeArguments': (type: Type) => arrayValue(known.type, [...type.arguments]),
    'Type[] GetGenericArguments()': (type: Type) => arrayValue(known.type, [...type.arguments]),
    'Type GetElementType()': (type: Type) => (type.kind === 'array' ? type.element : null),
    'int GetArrayRank()': (type: Type) => {
      if (type.kind !== 'array') {
        throw fault('ArgumentException', 'Must be an array type.');
      }
      return type.rank;
    },
    'Type GetEnumUnderlyingType()': (type: Type) => {
      if (type.kind !== 'enum') {
        throw fault('ArgumentException', 'Type provided must be an Enum.', 'enumType');
      }
      return named('System.Int32');
    },
    'bool IsAssignableFrom(Type c)': (type: Type, other: Type | null) =>
      other !== null && derives(other, type),
    'bool IsInstanceOfType(object o)': (type: Type, value: unknown) => isInstance(value, type),
    'bool IsSubclassOf(Type c)': isSubclass,
    'bool Equals(Type o)': (left: Type, right: Type | null) => left === right,
    'static TypeCode GetTypeCode(Type type)': typeCodeOf,
    'static Type[] EmptyTypes': () => arrayValue(known.type, []),
    'bool operator ==(Type left, Type right)': (left: Type, right: Type) => left === right,
    'bool operator !=(Type left, Type right)': (left: Type, right: Type) => left !== right,
  },
  { text: (type: Type) => clrName(type) },
);
