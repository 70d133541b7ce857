// A map that forgets its oldest entries; keeps compiled formats and expressions without growing.
import { cacheEntriesMax } from './limits.ts';

/** Remembers what `make` gave for a key, for at most `max` keys, the oldest entry dropped first. */
export class BoundedCache<V> {
  private readonly entries = new Map<string, V>();
  private readonly max: number;

  constructor(max: number = cacheEntriesMax) {
    this.max = max;
  }

  get(key: string, make: () => V): V {
    const found = this.entries.get(key);
    if (found !== undefined) return found;
    const made = make();
    if (this.entries.size >= this.max) {
      const oldest = this.entries.keys().next().value;
      if (oldest !== undefined) this.entries.delete(oldest);
    }
    this.entries.set(key, made);
    return made;
  }
}
