// The integer types, SByte to UInt64: one shape in eight widths.
import {
  formatInteger,
  type IntegerKind,
  integerRange,
  NumberStyles,
  parseInteger,
} from '../../../dotnet/index.ts';
import type { TypeDeclaration } from '../types/registry.ts';
import { numberType } from './numeric-type.ts';

function order(left: number | bigint, right: number | bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Types narrower than Int32 compare by subtracting. */
function difference(left: number | bigint, right: number | bigint): number {
  return Number(left) - Number(right);
}

function integerType(name: string, keyword: IntegerKind): TypeDeclaration {
  const big = keyword === 'long' || keyword === 'ulong';
  const narrow = !big && keyword !== 'int' && keyword !== 'uint';
  const { min, max } = integerRange(keyword);
  const made = (value: bigint) => (big ? value : Number(value));
  return numberType<number | bigint>(
    {
      name,
      keyword,
      styles: NumberStyles.Integer,
      zero: made(0n),
      parse: (text, styles, culture) => made(parseInteger(text, keyword, styles, culture)),
      format: (value, format, culture) => formatInteger(value, keyword, format, culture),
      compare: narrow ? difference : order,
    },
    {
      [`const ${keyword} MinValue`]: made(min),
      [`const ${keyword} MaxValue`]: made(max),
    },
  );
}

export const integerTypes = [
  integerType('SByte', 'sbyte'),
  integerType('Byte', 'byte'),
  integerType('Int16', 'short'),
  integerType('UInt16', 'ushort'),
  integerType('Int32', 'int'),
  integerType('UInt32', 'uint'),
  integerType('Int64', 'long'),
  integerType('UInt64', 'ulong'),
];
