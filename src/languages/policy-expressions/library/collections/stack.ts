// System.Collections.Generic.Stack<T>: last in, first out, and listed so.
import { declareType } from '../../types/registry.ts';
import { LineValue, lineMembers } from './line.ts';

export class StackValue extends LineValue {
  protected readonly emptyMessage = 'Stack empty.';

  protected get next(): number {
    return this.items.length - 1;
  }

  listed(): unknown[] {
    return [...this.items].reverse();
  }
}

export const stackType = declareType(
  'class System.Collections.Generic.Stack<T> : IReadOnlyCollection<T>',
  lineMembers(StackValue, 'Push', 'Pop'),
);
