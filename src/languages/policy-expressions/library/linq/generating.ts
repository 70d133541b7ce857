// System.Linq.Enumerable: Range, Repeat and Empty.
import { outOfRange } from '../../running/exceptions.ts';
import { type Sequence, tick } from '../../running/sequences.ts';
import { known } from '../../types/hierarchy.ts';
import type { Type } from '../../types/type.ts';
import { IndexedSequence } from './deferred.ts';

function* counted(count: number, read: (index: number) => unknown): Generator<unknown> {
  for (let index = 0; index < count; index += 1) {
    tick();
    yield read(index);
  }
}

function generated(type: Type, count: number, read: (index: number) => unknown): Sequence {
  if (count < 0) throw outOfRange('count');
  const at = (index: number) => {
    tick();
    return read(index);
  };
  return new IndexedSequence(type, { length: count, at }, () => counted(count, read));
}

export const generationMembers: Readonly<Record<string, unknown>> = {
  'static IEnumerable<int> Range(int start, int count)': (start: number, count: number) => {
    if (start + count - 1 > 0x7fffffff) throw outOfRange('count');
    return generated(known.int, count, (index) => start + index);
  },
  'static IEnumerable<T> Repeat<T>(T element, int count)': (
    [type]: Type[],
    item: unknown,
    count: number,
  ) => generated(type!, count, () => item),
  'static IEnumerable<T> Empty<T>()': ([type]: Type[]) => generated(type!, 0, () => undefined),
};
