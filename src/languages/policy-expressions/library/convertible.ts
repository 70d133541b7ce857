// System.IConvertible.
import { typeOf } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { changeType, convertTo } from './converting.ts';
import { cultureOf } from './culture.ts';
import { typeCodeOf, typeCodes, typeCodeType } from './type-code.ts';

const targets = Object.keys(typeCodes).filter(
  (name) => !/^(?:Empty|Object|DBNull|String)$/.test(name),
);

export const convertibleTypes = [
  typeCodeType,
  declareType('explicit interface System.IConvertible', {
    'TypeCode GetTypeCode()': (value: unknown) => typeCodeOf(typeOf(value)),
    ...Object.fromEntries(
      targets.map((name) => [
        `${name} To${name}(IFormatProvider provider)`,
        (value: unknown, provider: unknown) =>
          convertTo(value, named(`System.${name}`), cultureOf(provider)),
      ]),
    ),
    'string ToString(IFormatProvider provider)': (value: unknown, provider: unknown) =>
      convertTo(value, named('System.String'), cultureOf(provider)),
    'object ToType(Type conversionType, IFormatProvider provider)': (
      value: unknown,
      type: Type,
      provider: unknown,
    ) => changeType(value, type, cultureOf(provider)),
  }),
];
