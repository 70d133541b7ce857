// System.Boolean.
import { argumentNull, fault } from '../running/exceptions.ts';
import type { Reference } from '../running/values.ts';
import { declareType } from '../types/registry.ts';
import { typeCodeMember } from './type-code.ts';

/** The bool a text stands for, white space around it allowed; undefined where it is none. */
export function booleanOf(text: string): boolean | undefined {
  const plain = text.replace(/^[\s\0]+|[\s\0]+$/g, '').toLowerCase();
  return plain === 'true' ? true : plain === 'false' ? false : undefined;
}

/** `bool.Parse`. */
export function parseBoolean(text: string | null): boolean {
  if (text === null) throw argumentNull('value');
  const value = booleanOf(text);
  if (value === undefined) {
    throw fault('FormatException', `String '${text}' was not recognized as a valid Boolean.`);
  }
  return value;
}

function order(left: boolean, right: boolean): number {
  return Number(left) - Number(right);
}

export const booleanType = declareType(
  'struct System.Boolean : IComparable, IConvertible, IComparable<bool>, IEquatable<bool>',
  {
    'static bool Parse(string value)': parseBoolean,
    'static bool TryParse(string value, out bool result)': (
      text: string | null,
      result: Reference,
    ) => {
      const value = text === null ? undefined : booleanOf(text);
      result.value = value ?? false;
      return value !== undefined;
    },
    'readonly string TrueString': 'True',
    'readonly string FalseString': 'False',
    'string ToString()': (value: boolean) => (value ? 'True' : 'False'),
    'string ToString(IFormatProvider provider)': (value: boolean) => (value ? 'True' : 'False'),
    'bool Equals(bool obj)': (left: boolean, right: boolean) => left === right,
    'int CompareTo(bool value)': order,
    ...typeCodeMember('Boolean'),
  },
  {
    text: (value: boolean) => (value ? 'True' : 'False'),
    key: (value: boolean) => value,
    compare: order as never,
    initial: false,
  },
);
