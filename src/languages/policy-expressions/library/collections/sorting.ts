// Sorting: stable for OrderBy; for arrays and lists by the algorithm of .NET, which shows where
// different elements compare as equal.
import { exceptionOf, fault, Thrown } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';

export type Order = (left: unknown, right: unknown) => number;

/** A sorted copy; equal elements keep their order. */
export function stableSort<T>(items: readonly T[], order: (left: T, right: T) => number): T[] {
  return [...items].sort((left, right) => {
    charge(1);
    return order(left, right);
  });
}

/** What a comparison threw, as .NET wraps it. */
export function comparisonFailure(error: unknown): unknown {
  const inner = exceptionOf(error);
  if (!inner) return error;
  const message = 'Failed to compare two elements in the array.';
  const { exception } = fault('InvalidOperationException', message);
  exception.inner = inner;
  return new Thrown(exception);
}

/** Sorts `count` items from `start` in place, as Array.Sort and List.Sort do; not stable. */
export function introspectiveSort(
  items: unknown[],
  order: Order,
  start = 0,
  count = items.length,
): void {
  if (count < 2) return;
  const depth = 2 * (Math.floor(Math.log2(count)) + 1);
  new Sorter(items, order).sort(start, start + count - 1, depth);
}

/** Parts of this size and smaller are sorted by insertion. */
const insertionMax = 16;

class Sorter {
  private readonly items: unknown[];
  private readonly order: Order;

  constructor(items: unknown[], order: Order) {
    this.items = items;
    this.order = order;
  }

  private compare(left: unknown, right: unknown): number {
    charge(1);
    try {
      return this.order(left, right);
    } catch (error) {
      throw comparisonFailure(error);
    }
  }

  private swap(a: number, b: number): void {
    const { items } = this;
    [items[a], items[b]] = [items[b], items[a]];
  }

  private swapIfGreater(a: number, b: number): void {
    if (a !== b && this.compare(this.items[a], this.items[b]) > 0) this.swap(a, b);
  }

  sort(low: number, high: number, depth: number): void {
    let last = high;
    let left = depth;
    while (last > low) {
      if (last - low < insertionMax) {
        this.sortFew(low, last);
        return;
      }
      if (left === 0) {
        this.heapSort(low, last);
        return;
      }
      left -= 1;
      const pivot = this.partition(low, last);
      this.sort(pivot + 1, last, left);
      last = pivot - 1;
    }
  }

  private sortFew(low: number, high: number): void {
    if (high - low === 1) this.swapIfGreater(low, high);
    else if (high - low === 2) {
      this.swapIfGreater(low, high - 1);
      this.swapIfGreater(low, high);
      this.swapIfGreater(high - 1, high);
    } else this.insertionSort(low, high);
  }

  private insertionSort(low: number, high: number): void {
    const { items } = this;
    for (let index = low; index < high; index += 1) {
      const item = items[index + 1];
      let at = index;
      while (at >= low && this.compare(item, items[at]) < 0) {
        items[at + 1] = items[at];
        at -= 1;
      }
      items[at + 1] = item;
    }
  }

  /** Where the pivot came to stand. */
  private partition(low: number, high: number): number {
    const { items } = this;
    const middle = low + Math.floor((high - low) / 2);
    this.swapIfGreater(low, middle);
    this.swapIfGreater(low, high);
    this.swapIfGreater(middle, high);
    const pivot = items[middle];
    this.swap(middle, high - 1);
    let left = low;
    let right = high - 1;
    while (left < right) {
      do left = this.inside(left + 1);
      while (this.compare(items[left], pivot) < 0);
      do right = this.inside(right - 1);
      while (this.compare(pivot, items[right]) < 0);
      if (left >= right) break;
      this.swap(left, right);
    }
    this.swap(left, high - 1);
    return left;
  }

  /** A comparer that contradicts itself leads out of the array. */
  private inside(index: number): number {
    if (index >= 0 && index < this.items.length) return index;
    const message =
      'Unable to sort because the IComparer.Compare() method returns inconsistent results. Either a value does not compare equal to itself, or one value repeatedly compared to another value yields different results.';
    throw fault('ArgumentException', message);
  }

  private heapSort(low: number, high: number): void {
    const count = high - low + 1;
    for (let index = count >> 1; index >= 1; index -= 1) this.sink(index, count, low);
    for (let index = count; index > 1; index -= 1) {
      this.swap(low, low + index - 1);
      this.sink(1, index - 1, low);
    }
  }

  private sink(start: number, count: number, low: number): void {
    const { items } = this;
    let index = start;
    const item = items[low + index - 1];
    while (index <= count >> 1) {
      let child = 2 * index;
      if (child < count && this.compare(items[low + child - 1], items[low + child]) < 0) {
        child += 1;
      }
      if (this.compare(item, items[low + child - 1]) >= 0) break;
      items[low + index - 1] = items[low + child - 1];
      index = child;
    }
    items[low + index - 1] = item;
  }
}

/** Where `item` stands in sorted items, or the complement of where it would. */
export function binarySearch(
  items: readonly unknown[],
  start: number,
  count: number,
  item: unknown,
  order: Order,
): number {
  let low = start;
  let high = start + count - 1;
  try {
    while (low <= high) {
      charge(1);
      const middle = low + ((high - low) >> 1);
      const result = order(items[middle], item);
      if (result === 0) return middle;
      if (result < 0) low = middle + 1;
      else high = middle - 1;
    }
  } catch (error) {
    throw comparisonFailure(error);
  }
  return ~low;
}
