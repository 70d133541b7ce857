// System.TypeCode.
import { declareEnum, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

export const typeCodes: Readonly<Record<string, number>> = {
  Empty: 0,
  Object: 1,
  DBNull: 2,
  Boolean: 3,
  Char: 4,
  SByte: 5,
  Byte: 6,
  Int16: 7,
  UInt16: 8,
  Int32: 9,
  UInt32: 10,
  Int64: 11,
  UInt64: 12,
  Single: 13,
  Double: 14,
  Decimal: 15,
  DateTime: 16,
  String: 18,
};

/** `Type.GetTypeCode`: enumerations have the code of their integers. */
export function typeCodeOf(type: Type | null): number {
  if (type === null) return typeCodes.Empty!;
  if (type.kind === 'enum') return typeCodes.Int32!;
  const isSystem = type.definition?.namespace === 'System' && type.arguments.length === 0;
  return (isSystem && typeCodes[type.name]) || typeCodes.Object!;
}

/** The type a code stands for; undefined for Empty and DBNull. */
export function typeOfCode(code: number): Type | undefined {
  const name = Object.keys(typeCodes).find((key) => typeCodes[key] === code);
  return name && name !== 'Empty' && name !== 'DBNull' ? named(`System.${name}`) : undefined;
}

/** `GetTypeCode()`, which the types of a code have themselves. */
export function typeCodeMember(name: string): Record<string, unknown> {
  return { 'TypeCode GetTypeCode()': () => typeCodes[name] };
}

export const typeCodeType = declareEnum('System.TypeCode', typeCodes);
