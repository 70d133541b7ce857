// The members that all numeric types have: Parse, TryParse, ToString, Equals, CompareTo.
import { type Culture, DotnetError } from '../../../dotnet/index.ts';
import { argumentNull } from '../running/exceptions.ts';
import type { Reference } from '../running/values.ts';
import { declareType, type TypeDeclaration } from '../types/registry.ts';
import { cultureOf } from './culture.ts';
import { typeCodeMember } from './type-code.ts';

type Compare = (left: never, right: never) => number;

export interface NumberShape<T> {
  readonly name: string;
  readonly keyword: string;
  readonly styles: number;
  readonly zero: T;
  parse(text: string, styles: number, culture: Culture | undefined): T;
  format(value: T, format: string | undefined, culture: Culture | undefined): string;
  compare(left: T, right: T): number;
  /** Where equal values are not `===`. */
  key?(value: T): unknown;
}

/** Styles that exclude each other throw even where `TryParse` is asked. */
function isUnreadable(error: unknown): boolean {
  return error instanceof DotnetError && error.type !== 'System.ArgumentException';
}

/** Members every numeric type has. */
function sharedMembers<T>(shape: NumberShape<T>): Record<string, unknown> {
  const { keyword, styles, zero } = shape;
  const parse = (text: string | null, given: number, provider: unknown): T => {
    if (text === null) throw argumentNull('s');
    return shape.parse(text, given, cultureOf(provider));
  };
  const tryParse = (text: string | null, given: number, provider: unknown, result: Reference) => {
    try {
      result.value = text === null ? zero : shape.parse(text, given, cultureOf(provider));
      return text !== null;
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      result.value = zero;
      return false;
    }
  };
  const format = (value: T, text: string | null, provider: unknown) =>
    shape.format(value, text ?? undefined, cultureOf(provider));
  return {
    [`static ${keyword} Parse(string s)`]: (text: string | null) => parse(text, styles, null),
    [`static ${keyword} Parse(string s, IFormatProvider provider)`]: (
      text: string | null,
      provider: unknown,
    ) => parse(text, styles, provider),
    [`static ${keyword} Parse(string s, NumberStyles style)`]: (
      text: string | null,
      given: number,
    ) => parse(text, given, null),
    [`static ${keyword} Parse(string s, NumberStyles style, IFormatProvider provider)`]: parse,
    [`static bool TryParse(string s, out ${keyword} result)`]: (
      text: string | null,
      result: Reference,
    ) => tryParse(text, styles, null, result),
    [`static bool TryParse(string s, NumberStyles style, IFormatProvider provider, out ${keyword} result)`]:
      tryParse,
    'string ToString()': (value: T) => format(value, null, null),
    'string ToString(string format)': (value: T, text: string | null) => format(value, text, null),
    'string ToString(IFormatProvider provider)': (value: T, provider: unknown) =>
      format(value, null, provider),
    'string ToString(string format, IFormatProvider provider)': format,
    [`bool Equals(${keyword} obj)`]: (left: T, right: T) => shape.compare(left, right) === 0,
    [`int CompareTo(${keyword} value)`]: (left: T, right: T) => shape.compare(left, right),
  };
}

function bases(name: string): string {
  return `IComparable, IComparable<${name}>, IConvertible, IFormattable, IEquatable<${name}>`;
}

/** Declares a numeric type: what all have, and `more`. */
export function numberType<T>(
  shape: NumberShape<T>,
  more: Record<string, unknown>,
): TypeDeclaration {
  const header = `struct System.${shape.name} : ${bases(shape.name)}`;
  return declareType(
    header,
    { ...more, ...sharedMembers(shape), ...typeCodeMember(shape.name) },
    {
      text: (value: T) => shape.format(value, undefined, undefined),
      format: (value: T, format: string | null, provider?: unknown) =>
        shape.format(value, format ?? undefined, cultureOf(provider)),
      key: shape.key ?? ((value: T) => value),
      compare: ((left: T, right: T) => shape.compare(left, right)) as Compare,
      initial: shape.zero,
    },
  );
}
