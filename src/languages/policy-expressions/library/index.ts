// The library: every declared type, in one ordered list.
import { registerTypes } from '../types/registry.ts';
import { adjustmentRuleType } from './adjustment-rule.ts';
import { arrayType } from './array.ts';
import { bitConverterType } from './bit-converter.ts';
import { booleanType } from './boolean.ts';
import { charType } from './char.ts';
import { collectionTypes } from './collections/index.ts';
import { contextTypes } from './context/index.ts';
import { contractTypes } from './contracts.ts';
import { convertTypes } from './convert.ts';
import { convertibleTypes } from './convertible.ts';
import { cryptographyTypes } from './cryptography/index.ts';
import { cultureTypes } from './culture.ts';
import { dateTypes } from './date-time.ts';
import { dateTimeOffsetType } from './date-time-offset.ts';
import { decimalType } from './decimal.ts';
import { doubleType } from './double.ts';
import { encodingTypes } from './encoding.ts';
import { enumType } from './enum.ts';
import { exceptionTypes } from './exceptions.ts';
import { guidType } from './guid.ts';
import { integerTypes } from './integers.ts';
import { addressTypes } from './ip-address.ts';
import { jsonTypes } from './json/index.ts';
import { linqTypes } from './linq/enumerable.ts';
import { mathType } from './math.ts';
import { nullableTypes } from './nullable.ts';
import { delegateType, objectType, valueType } from './object.ts';
import { randomType } from './random.ts';
import { regexTypes } from './regular-expressions/regex.ts';
import { singleType } from './single.ts';
import { stringEnums, stringType } from './string.ts';
import { stringBuilderType } from './string-builder.ts';
import { stringReaderTypes } from './string-reader.ts';
import { stringWriterTypes } from './string-writer.ts';
import { timeSpanType } from './time-span.ts';
import { timeZoneTypes } from './time-zone.ts';
import { timeZoneInfoType } from './time-zone-info.ts';
import { transitionTimeType } from './transition-time.ts';
import { tupleTypes } from './tuple.ts';
import { typeType } from './type.ts';
import { unicodeCategoryType } from './unicode-category.ts';
import { uriTypes } from './uri.ts';
import { valueTupleTypes } from './value-tuple.ts';
import { webUtilityType } from './web-utility.ts';
import { xmlTypes } from './xml/index.ts';

/** All declarations; a name may stand once. */
export const declarations = [
  objectType,
  valueType,
  enumType,
  delegateType,
  typeType,
  ...contractTypes,
  ...nullableTypes,
  ...tupleTypes,
  ...valueTupleTypes,
  booleanType,
  charType,
  unicodeCategoryType,
  stringType,
  ...stringEnums,
  ...integerTypes,
  doubleType,
  singleType,
  decimalType,
  ...exceptionTypes,
  ...collectionTypes,
  arrayType,
  ...linqTypes,
  ...cultureTypes,
  ...jsonTypes,
  ...convertTypes,
  ...convertibleTypes,
  bitConverterType,
  mathType,
  randomType,
  guidType,
  ...dateTypes,
  dateTimeOffsetType,
  timeSpanType,
  ...encodingTypes,
  stringBuilderType,
  ...stringReaderTypes,
  ...stringWriterTypes,
  ...regexTypes,
  ...uriTypes,
  webUtilityType,
  ...addressTypes,
  timeZoneInfoType,
  adjustmentRuleType,
  transitionTimeType,
  ...timeZoneTypes,
  ...cryptographyTypes,
  ...xmlTypes,
  ...contextTypes,
];

let loaded = false;

/** Fills the registry; the first compilation asks for it. */
export function loadLibrary(): void {
  if (loaded) return;
  loaded = true;
  registerTypes(declarations);
}
