// System.Collections.ObjectModel.ReadOnlyCollection<T>: a view of a list that changes with it.
import { required } from '../../running/exceptions.ts';
import { iterate, listOf } from '../../running/sequences.ts';
import { keyFunction } from '../../running/text.ts';
import { ArrayValue, type Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { Collection, countOf, indexBeyond } from './collection.ts';

export class ReadOnlyCollectionValue extends Collection {
  private readonly source: Instance;

  constructor(element: Type, source: Instance) {
    super(named('System.Collections.ObjectModel.ReadOnlyCollection', element));
    this.source = source;
  }

  get count(): number {
    return countOf(this.source) ?? 0;
  }

  override get isReadOnly(): boolean {
    return true;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return iterate(this.source, this.type.arguments[0])[Symbol.iterator]();
  }

  at(index: number): unknown {
    if (this.source instanceof ArrayValue) {
      if (index < 0 || index >= this.source.items.length) throw indexBeyond();
      return this.source.items[index];
    }
    return (this.source as unknown as { at(index: number): unknown }).at(index);
  }

  put(_index: number, _item: unknown): void {
    throw this.readOnly();
  }

  insert(_index: number, _item: unknown): void {
    throw this.readOnly();
  }

  removeAt(_index: number): void {
    throw this.readOnly();
  }

  indexOf(item: unknown): number {
    const key = keyFunction(this.type.arguments[0]!);
    return listOf(this).map(key).indexOf(key(item));
  }

  contains(item: unknown): boolean {
    return this.indexOf(item) >= 0;
  }
}

export const readOnlyCollectionType = declareType(
  'class System.Collections.ObjectModel.ReadOnlyCollection<T> : IList<T>, IReadOnlyList<T>',
  {
    'new(IList<T> list)': (type: Type, list: Instance | null) =>
      new ReadOnlyCollectionValue(type.arguments[0]!, required(list, 'list')),
    'int Count': (view: ReadOnlyCollectionValue) => view.count,
    'T this[int index]': (view: ReadOnlyCollectionValue, index: number) => view.at(index),
    'bool Contains(T value)': (view: ReadOnlyCollectionValue, item: unknown) => view.contains(item),
    'int IndexOf(T value)': (view: ReadOnlyCollectionValue, item: unknown) => view.indexOf(item),
  },
);
