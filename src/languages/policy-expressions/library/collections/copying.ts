// Copying into an array, as Array.Copy and every CopyTo do.
import { fault, outOfRange, required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import type { ArrayValue } from '../../running/values.ts';
import { negative } from './collection.ts';

function belowBound(parameter: string) {
  const message = "Number was less than the array's lower bound in the first dimension.";
  return outOfRange(parameter, message);
}

/** Refuses an array of several dimensions. */
export function single(array: ArrayValue): ArrayValue {
  if (array.lengths.length === 1) return array;
  throw fault('RankException', 'Only single dimension arrays are supported here.');
}

/** The words of Array.Copy. */
export function copyInto(
  from: ArrayLike<unknown>,
  start: number,
  target: ArrayValue | null,
  targetStart: number,
  count: number,
): void {
  const to = required(target, 'destinationArray').items as unknown[];
  if (count < 0) throw negative('length');
  if (start < 0) throw belowBound('sourceIndex');
  if (targetStart < 0) throw belowBound('destinationIndex');
  if (from.length - start < count) {
    const message =
      "Source array was not long enough. Check the source index, length, and the array's lower bounds.";
    throw fault('ArgumentException', message, 'sourceArray');
  }
  if (to.length - targetStart < count) {
    const message =
      "Destination array was not long enough. Check the destination index, length, and the array's lower bounds.";
    throw fault('ArgumentException', message, 'destinationArray');
  }
  charge(count);
  const part = Array.from({ length: count }, (_, index) => from[start + index]);
  for (const [index, item] of part.entries()) to[targetStart + index] = item;
}

/** The words of the collections that are no lists: the source always fits. */
export function copyAll(
  items: readonly unknown[],
  target: ArrayValue | null,
  start: number,
  parameter = 'index',
): void {
  const to = required(target, 'array').items as unknown[];
  if (start < 0) throw negative(parameter);
  if (to.length - start < items.length) {
    const message =
      'Destination array is not long enough to copy all the items in the collection. Check array index and length.';
    throw fault('ArgumentException', message);
  }
  charge(items.length);
  for (const [index, item] of items.entries()) to[start + index] = item;
}
