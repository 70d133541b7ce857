// The cache behind cache-lookup-value and its kin: in memory, bounded, on the gateway's clock.
import type { Clock } from '../../base/index.ts';
import { cachedBytesMax, cachedValueBytesMax, cachedValuesMax } from './limits.ts';

export interface ValueCache {
  get(key: string): unknown;
  /** `sizeBytes` as the caller estimates it; a value above 2 MiB is not kept. */
  set(key: string, value: unknown, durationMs: number, sizeBytes: number): void;
  delete(key: string): void;
}

interface Entry {
  readonly value: unknown;
  readonly untilMs: number;
  readonly sizeBytes: number;
}

/** Least recently used values go first. */
export function createValueCache(clock: Clock): ValueCache {
  const entries = new Map<string, Entry>();
  let bytes = 0;

  function remove(key: string): void {
    bytes -= entries.get(key)?.sizeBytes ?? 0;
    entries.delete(key);
  }
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      if (entry.untilMs <= clock.now()) {
        remove(key);
        return undefined;
      }
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, durationMs, sizeBytes) {
      remove(key);
      if (sizeBytes > cachedValueBytesMax || durationMs <= 0) return;
      entries.set(key, { value, untilMs: clock.now() + durationMs, sizeBytes });
      bytes += sizeBytes;
      while (entries.size > cachedValuesMax || bytes > cachedBytesMax) {
        remove(entries.keys().next().value!);
      }
    },
    delete: remove,
  };
}
