// Interfaces without members of their own, and the delegates of the language.
import { compareOf, formatOf, trait } from '../running/text.ts';
import { typeOf, unbox } from '../running/values.ts';
import { declareType } from '../types/registry.ts';

function dispose(value: unknown): void {
  const close = trait(typeOf(value), 'dispose') as ((content: unknown) => void) | undefined;
  close?.(unbox(value));
}

const functions = Array.from({ length: 8 }, (_, count) => {
  const names = Array.from({ length: count }, (_unused, index) =>
    count === 1 ? 'T' : `T${index + 1}`,
  );
  const inputs = names.map((name) => `in ${name}`);
  const list = names.map((name, index) => `${name} arg${index + 1}`).join(', ');
  return [
    declareType(
      `delegate TResult System.Func<${[...inputs, 'out TResult'].join(', ')}>(${list})`,
      {},
    ),
    declareType(
      `delegate void System.Action${count === 0 ? '' : `<${inputs.join(', ')}>`}(${list})`,
      {},
    ),
  ];
}).flat();

export const contractTypes = [
  declareType('interface System.IDisposable', { 'void Dispose()': dispose }),
  declareType('interface System.IFormatProvider', {}),
  declareType('interface System.IComparable', {
    'int CompareTo(object obj)': compareOf,
  }),
  declareType('interface System.IComparable<in T>', {
    'int CompareTo(T other)': compareOf,
  }),
  declareType('interface System.IEquatable<T>', {}),
  declareType('interface System.IFormattable', {
    'string ToString(string format, IFormatProvider formatProvider)': formatOf,
  }),
  declareType('interface System.ICloneable', {}),
  declareType('delegate bool System.Predicate<in T>(T obj)', {}),
  declareType('delegate int System.Comparison<in T>(T x, T y)', {}),
  declareType('delegate TOutput System.Converter<in TInput, out TOutput>(TInput input)', {}),
  ...functions,
];
