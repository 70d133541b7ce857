// A stable sort whose comparisons are counted, since they may be the user's code.
import { charge } from '../running/run.ts';

/** A sorted copy; equal elements keep their order. */
export function stableSort(
  items: readonly unknown[],
  order: (left: unknown, right: unknown) => number,
): unknown[] {
  return [...items].sort((left, right) => {
    charge(1);
    return order(left, right);
  });
}
