// Cached reading of the vault's documents; every commit drops what it changed.
import type { Store, StoredDocument } from '../../store/index.ts';

export interface Records {
  /** The stored document; the same object until it changes, so that others can hang caches on it. */
  get<Value>(kind: string, key: string): Promise<StoredDocument<Value> | undefined>;
  close(): void;
}

/** About 3 kB each for an RSA key. */
const cachedMax = 4_096;

/** Holds secrets in memory, as the process does anyway while it uses them. */
export function cachedRecords(store: Store, watched: readonly string[]): Records {
  const cache = new Map<string, StoredDocument<unknown>>();
  let changes = 0;
  const stops = watched.map((kind) =>
    store.watch(kind, (change) => {
      changes++;
      cache.delete(`${kind}\n${change.key}`);
    }),
  );
  return {
    async get<Value>(kind: string, key: string) {
      const id = `${kind}\n${key}`;
      const hit = cache.get(id) as StoredDocument<Value> | undefined;
      if (hit) return hit;
      const before = changes;
      const found = await store.get<Value>(kind, key);
      // What was read while something changed may be old already.
      if (!found || before !== changes) return found;
      if (cache.size >= cachedMax) cache.delete(cache.keys().next().value!);
      cache.set(id, found);
      return found;
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}
