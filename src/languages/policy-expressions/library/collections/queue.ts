// System.Collections.Generic.Queue<T>: first in, first out.
import { declareType } from '../../types/registry.ts';
import { LineValue, lineMembers } from './line.ts';

export class QueueValue extends LineValue {
  protected readonly emptyMessage = 'Queue empty.';
  protected readonly next = 0;

  listed(): unknown[] {
    return this.items;
  }
}

export const queueType = declareType(
  'class System.Collections.Generic.Queue<T> : IReadOnlyCollection<T>',
  lineMembers(QueueValue, 'Enqueue', 'Dequeue'),
);
