// System.Text.StringBuilder.
import { argumentNull, fault, indexOutside, outOfRange, required } from '../running/exceptions.ts';
import { allocate, charge } from '../running/run.ts';
import { concatText, textFunction } from '../running/text.ts';
import { type ArrayValue, Instance } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import {
  copyChars,
  format,
  joinObjects,
  joinTexts,
  joinTyped,
  textOfChars,
} from './string-building.ts';

type Text = string | null;

const usualCapacity = 16;
const capacityMax = 0x7fffffff;
/** What a builder grows by at most, where the added text is not longer. */
const blockMax = 8000;

const outside =
  'Index was out of range. Must be non-negative and less than the size of the collection.';

/** A text that grows. */
export class BuilderValue extends Instance {
  text: string;
  capacity: number;
  readonly maxCapacity: number;

  constructor(type: Type, text: string, capacity = usualCapacity, maxCapacity = capacityMax) {
    super(type);
    this.text = text;
    this.maxCapacity = maxCapacity;
    this.capacity = Math.max(text.length, capacity);
  }

  append(text: string): this {
    allocate(text.length);
    this.change(this.text + text);
    return this;
  }

  /** Takes the new text; a full builder grows by a block. */
  change(text: string): void {
    const lacks = text.length - this.capacity;
    if (text.length > this.maxCapacity) {
      throw outOfRange('valueCount', 'The length cannot be greater than the capacity.');
    }
    if (lacks > 0) this.capacity += Math.max(lacks, Math.min(this.capacity, blockMax));
    this.text = text;
  }

  insert(index: number, text: string): this {
    if (index < 0 || index > this.text.length) throw outOfRange('index', outside);
    allocate(text.length);
    this.change(this.text.slice(0, index) + text + this.text.slice(index));
    return this;
  }
}

const builderNamed = () => named('System.Text.StringBuilder');
const char = (code: number) => String.fromCharCode(code);
type B = BuilderValue;

/** A builder for a writer to fill. */
export function newBuilder(): BuilderValue {
  return new BuilderValue(builderNamed(), '');
}

/** `count` units from `start`, refused in the words of Append and Insert. */
function part(text: string, start: number, count: number, countName: string): string {
  if (start < 0) throw outOfRange('startIndex', outside);
  if (count < 0) throw outOfRange(countName, outside);
  if (start > text.length - count) throw outOfRange(countName, outside);
  return text.slice(start, start + count);
}

function partOf(value: Text, start: number, count: number, countName: string): string {
  if (value === null && start === 0 && count === 0) return '';
  return part(required(value, 'value'), start, count, countName);
}

/** The words in which ToString and the constructor refuse a range. */
function checkRange(text: string, start: number, length: number): void {
  if (start < 0) throw outOfRange('startIndex', 'StartIndex cannot be less than zero.');
  if (length < 0) throw outOfRange('length', 'Length cannot be less than zero.');
  if (start > text.length) {
    throw outOfRange('startIndex', 'startIndex cannot be larger than length of string.');
  }
  if (start > text.length - length) {
    throw outOfRange('length', 'Index and length must refer to a location within the string.');
  }
}

function create(type: Type, text: string, capacity: number, maxCapacity = capacityMax): B {
  if (capacity > maxCapacity) throw outOfRange('capacity', 'Capacity exceeds maximum capacity.');
  if (maxCapacity < 1) throw outOfRange('maxCapacity', 'MaxCapacity must be one or greater.');
  if (capacity < 0) throw outOfRange('capacity', "'capacity' must be greater than zero.");
  return new BuilderValue(type, text, capacity === 0 ? usualCapacity : capacity, maxCapacity);
}

const creation = {
  'new()': (type: Type) => create(type, '', 0),
  'new(int capacity)': (type: Type, capacity: number) => create(type, '', capacity),
  'new(string value)': (type: Type, text: Text) => create(type, text ?? '', 0),
  'new(string value, int capacity)': (type: Type, text: Text, capacity: number) =>
    create(type, text ?? '', capacity),
  'new(string value, int startIndex, int length, int capacity)': (
    type: Type,
    text: Text,
    start: number,
    length: number,
    capacity: number,
  ) => {
    checkRange(text ?? '', start, length);
    return create(type, (text ?? '').slice(start, start + length), capacity);
  },
  'new(int capacity, int maxCapacity)': (type: Type, capacity: number, most: number) =>
    create(type, '', capacity, most),
};

const size = {
  'int Length': {
    get: (value: B) => value.text.length,
    set: (value: B, length: number) => {
      if (length < 0) throw outOfRange('value', 'Length cannot be less than zero.');
      allocate(length);
      value.change(value.text.slice(0, length).padEnd(length, '\0'));
    },
  },
  'int Capacity': {
    get: (value: B) => value.capacity,
    set: (value: B, capacity: number) => {
      if (capacity < 0) throw outOfRange('value', 'Capacity must be positive.');
      if (capacity < value.text.length) {
        throw outOfRange('value', 'capacity was less than the current size.');
      }
      value.capacity = capacity;
    },
  },
  'int MaxCapacity': (value: B) => value.maxCapacity,
  'int EnsureCapacity(int capacity)': (value: B, capacity: number) => {
    if (capacity < 0) throw outOfRange('capacity', 'Capacity must be positive.');
    value.capacity = Math.max(value.capacity, capacity);
    return value.capacity;
  },
};

/** Keywords of the value types that Append and Insert take as they are. */
const printed = 'bool sbyte byte short ushort int uint long ulong float double decimal'.split(' ');

const keywordTypes: Readonly<Record<string, string>> = {
  bool: 'Boolean',
  sbyte: 'SByte',
  byte: 'Byte',
  short: 'Int16',
  ushort: 'UInt16',
  int: 'Int32',
  uint: 'UInt32',
  long: 'Int64',
  ulong: 'UInt64',
  float: 'Single',
  double: 'Double',
  decimal: 'Decimal',
};

const textOf = (keyword: string, content: unknown) =>
  textFunction(named(`System.${keywordTypes[keyword]}`))(content);

const appending = {
  'StringBuilder Append(string value)': (value: B, text: Text) => value.append(text ?? ''),
  'StringBuilder Append(char value)': (value: B, code: number) => value.append(char(code)),
  'StringBuilder Append(char value, int repeatCount)': (value: B, code: number, count: number) => {
    if (count < 0) throw outOfRange('repeatCount', 'Count cannot be less than zero.');
    charge(count);
    allocate(count);
    return value.append(char(code).repeat(count));
  },
  'StringBuilder Append(char[] value)': (value: B, chars: ArrayValue | null) =>
    value.append(textOfChars(chars)),
  'StringBuilder Append(char[] value, int startIndex, int charCount)': (
    value: B,
    chars: ArrayValue | null,
    start: number,
    count: number,
  ) => value.append(partOf(chars && textOfChars(chars), start, count, 'charCount')),
  'StringBuilder Append(string value, int startIndex, int count)': (
    value: B,
    text: Text,
    start: number,
    count: number,
  ) => value.append(partOf(text, start, count, 'startIndex')),
  'StringBuilder Append(StringBuilder value)': (value: B, other: B | null) =>
    value.append(other?.text ?? ''),
  'StringBuilder Append(StringBuilder value, int startIndex, int count)': (
    value: B,
    other: B | null,
    start: number,
    count: number,
  ) => value.append(partOf(other ? other.text : null, start, count, 'count')),
  'StringBuilder Append(object value)': (value: B, content: unknown) =>
    value.append(concatText(content)),
  ...Object.fromEntries(
    printed.map((keyword) => [
      `StringBuilder Append(${keyword} value)`,
      (value: B, content: unknown) => value.append(textOf(keyword, content)),
    ]),
  ),
  'StringBuilder AppendLine()': (value: B) => value.append('\n'),
  'StringBuilder AppendLine(string value)': (value: B, text: Text) =>
    value.append(`${text ?? ''}\n`),
  'StringBuilder AppendFormat(string format, object arg0)': (value: B, text: Text, a: unknown) =>
    value.append(format(null, text, [a])),
  'StringBuilder AppendFormat(string format, object arg0, object arg1)': (
    value: B,
    text: Text,
    ...list: unknown[]
  ) => value.append(format(null, text, list)),
  'StringBuilder AppendFormat(string format, object arg0, object arg1, object arg2)': (
    value: B,
    text: Text,
    ...list: unknown[]
  ) => value.append(format(null, text, list)),
  'StringBuilder AppendFormat(string format, params object[] args)': (
    value: B,
    text: Text,
    list: ArrayValue | null,
  ) => value.append(format(null, text, required(list, 'args').items as unknown[])),
  'StringBuilder AppendFormat(IFormatProvider provider, string format, object arg0)': (
    value: B,
    provider: unknown,
    text: Text,
    a: unknown,
  ) => value.append(format(provider, text, [a])),
  'StringBuilder AppendFormat(IFormatProvider provider, string format, object arg0, object arg1)': (
    value: B,
    provider: unknown,
    text: Text,
    ...list: unknown[]
  ) => value.append(format(provider, text, list)),
  'StringBuilder AppendFormat(IFormatProvider provider, string format, object arg0, object arg1, object arg2)':
    (value: B, provider: unknown, text: Text, ...list: unknown[]) =>
      value.append(format(provider, text, list)),
  'StringBuilder AppendFormat(IFormatProvider provider, string format, params object[] args)': (
    value: B,
    provider: unknown,
    text: Text,
    list: ArrayValue | null,
  ) => value.append(format(provider, text, required(list, 'args').items as unknown[])),
};

/** AppendJoin with a text and with a character between. */
const joining = Object.fromEntries(
  (['string', 'char'] as const).flatMap((keyword) => {
    const between = (given: unknown) =>
      keyword === 'char' ? char(given as number) : ((given as Text) ?? '');
    return [
      [
        `StringBuilder AppendJoin(${keyword} separator, params object[] values)`,
        (value: B, separator: unknown, list: ArrayValue | null) =>
          value.append(joinObjects(between(separator), list)),
      ],
      [
        `StringBuilder AppendJoin(${keyword} separator, params string[] values)`,
        (value: B, separator: unknown, list: ArrayValue | null) =>
          value.append(joinTexts(between(separator), list, 'values')),
      ],
      [
        `StringBuilder AppendJoin<T>(${keyword} separator, IEnumerable<T> values)`,
        ([type]: Type[], value: B, separator: unknown, list: unknown) =>
          value.append(joinTyped(between(separator), list, type!)),
      ],
    ];
  }),
);

const inserting = {
  'StringBuilder Insert(int index, string value)': (value: B, index: number, text: Text) =>
    value.insert(index, text ?? ''),
  'StringBuilder Insert(int index, string value, int count)': (
    value: B,
    index: number,
    text: Text,
    count: number,
  ) => {
    if (count < 0) throw outOfRange('count', 'Non-negative number required.');
    const length = (text ?? '').length * count;
    charge(length);
    allocate(length);
    return value.insert(index, (text ?? '').repeat(count));
  },
  'StringBuilder Insert(int index, char value)': (value: B, index: number, code: number) =>
    value.insert(index, char(code)),
  'StringBuilder Insert(int index, char[] value)': (
    value: B,
    index: number,
    chars: ArrayValue | null,
  ) => value.insert(index, textOfChars(chars)),
  'StringBuilder Insert(int index, char[] value, int startIndex, int charCount)': (
    value: B,
    index: number,
    chars: ArrayValue | null,
    start: number,
    count: number,
  ) => value.insert(index, partOf(chars && textOfChars(chars), start, count, 'startIndex')),
  'StringBuilder Insert(int index, object value)': (value: B, index: number, content: unknown) =>
    value.insert(index, concatText(content)),
  ...Object.fromEntries(
    printed.map((keyword) => [
      `StringBuilder Insert(int index, ${keyword} value)`,
      (value: B, index: number, content: unknown) => value.insert(index, textOf(keyword, content)),
    ]),
  ),
};

/** Replaces within `count` units from `start`. */
function replace(value: B, old: Text, text: Text, start = 0, count = value.text.length - start): B {
  const whole = value.text;
  if (start < 0 || start > whole.length) throw outOfRange('startIndex', outside);
  if (count < 0 || start > whole.length - count) throw outOfRange('count', outside);
  if (old === null) throw argumentNull('oldValue');
  if (old === '') throw fault('ArgumentException', 'Empty name is not legal.', 'oldValue');
  const end = start + count;
  const replaced = whole.slice(start, end).replaceAll(old, () => text ?? '');
  allocate(replaced.length);
  value.change(whole.slice(0, start) + replaced + whole.slice(end));
  return value;
}

const changing = {
  'char this[int index]': {
    get: (value: B, index: number) => {
      if (index < 0 || index >= value.text.length) throw indexOutside();
      return value.text.charCodeAt(index);
    },
    set: (value: B, index: number, code: number) => {
      if (index < 0 || index >= value.text.length) throw outOfRange('index', outside);
      value.change(value.text.slice(0, index) + char(code) + value.text.slice(index + 1));
    },
  },
  'StringBuilder Remove(int startIndex, int length)': (value: B, start: number, length: number) => {
    if (length < 0) throw outOfRange('length', 'Length cannot be less than zero.');
    if (start < 0) throw outOfRange('startIndex', 'StartIndex cannot be less than zero.');
    if (start > value.text.length - length) throw outOfRange('length', outside);
    value.change(value.text.slice(0, start) + value.text.slice(start + length));
    return value;
  },
  'StringBuilder Replace(string oldValue, string newValue)': (value: B, old: Text, text: Text) =>
    replace(value, old, text),
  'StringBuilder Replace(string oldValue, string newValue, int startIndex, int count)': replace,
  'StringBuilder Replace(char oldChar, char newChar)': (value: B, old: number, code: number) =>
    replace(value, char(old), char(code)),
  'StringBuilder Replace(char oldChar, char newChar, int startIndex, int count)': (
    value: B,
    old: number,
    code: number,
    start: number,
    count: number,
  ) => replace(value, char(old), char(code), start, count),
  'StringBuilder Clear()': (value: B) => {
    value.text = '';
    return value;
  },
};

const reading = {
  'string ToString()': (value: B) => value.text,
  'string ToString(int startIndex, int length)': (value: B, start: number, length: number) => {
    checkRange(value.text, start, length);
    return value.text.slice(start, start + length);
  },
  'void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)': (
    value: B,
    from: number,
    target: ArrayValue | null,
    at: number,
    count: number,
  ) => copyChars(value.text, from, required(target, 'destination'), at, count, 'builder'),
  'bool Equals(StringBuilder sb)': (value: B, other: B | null) =>
    other !== null && value.text === other.text && value.maxCapacity === other.maxCapacity,
};

export const stringBuilderType = declareType(
  'sealed class System.Text.StringBuilder',
  { ...creation, ...size, ...appending, ...joining, ...inserting, ...changing, ...reading },
  { text: (value: B) => value.text },
);
