// The cache is bounded by entries and bytes, and ends on the clock.
import { expect, it } from 'vitest';
import { manualClock } from '../../base/index.ts';
import { cachedBytesMax, cachedValueBytesMax, cachedValuesMax } from './limits.ts';
import { createValueCache } from './value-cache.ts';

it('forgets the least recently used above the number of values', () => {
  const cache = createValueCache(manualClock());
  for (let index = 0; index < cachedValuesMax; index++) cache.set(String(index), index, 1000, 1);
  cache.get('0');
  cache.set('new', 1, 1000, 1);
  expect([cache.get('0'), cache.get('1'), cache.get('new')]).toEqual([0, undefined, 1]);
});

it('forgets above the number of bytes, and keeps no value beyond 2 MiB', () => {
  const cache = createValueCache(manualClock());
  const count = cachedBytesMax / cachedValueBytesMax + 1;
  for (let index = 0; index < count; index++)
    cache.set(String(index), index, 1000, cachedValueBytesMax);
  expect([cache.get('0'), cache.get('1')]).toEqual([undefined, 1]);
  cache.set('1', 'large', 1000, cachedValueBytesMax + 1);
  expect(cache.get('1')).toBeUndefined();
});

it('a duration of nothing keeps nothing', () => {
  const cache = createValueCache(manualClock());
  cache.set('a', 1, 0, 1);
  expect(cache.get('a')).toBeUndefined();
});
