// The store without a file: for `--memory` and for tests. Nothing survives the process.
import {
  type Change,
  ConflictError,
  type JournalEntry,
  type ScanOptions,
  type Store,
  type StoredDocument,
  type Write,
} from './contract.ts';
import { checkVersions } from './versions.ts';

interface Row {
  readonly text: string;
  readonly version: number;
}

/** Values are kept as JSON text, so that nobody shares an object with the store. */
export function memoryStore(): Store {
  const kinds = new Map<string, Map<string, Row>>();
  const journals = new Map<string, JournalEntry<string>[]>();
  const listeners = new Map<string, Set<(change: Change) => void>>();
  let sequence = 0;

  const rows = (kind: string) => {
    let map = kinds.get(kind);
    if (!map) {
      map = new Map();
      kinds.set(kind, map);
    }
    return map;
  };
  const versionOf = (kind: string, key: string) => rows(kind).get(key)?.version ?? 0;

  function apply(write: Write, changes: Change[]): number {
    if ('put' in write) {
      const { kind, key, value } = write.put;
      const version = versionOf(kind, key) + 1;
      rows(kind).set(key, { text: JSON.stringify(value), version });
      changes.push({ kind, key, version });
      return version;
    }
    if ('delete' in write) {
      const { kind, key } = write.delete;
      if (rows(kind).delete(key)) changes.push({ kind, key, version: 0 });
    } else if ('append' in write) {
      const entries = journals.get(write.append.journal) ?? [];
      entries.push({ sequence: ++sequence, value: JSON.stringify(write.append.value) });
      journals.set(write.append.journal, entries);
    } else {
      journals.delete(write.drop.journal);
    }
    return 0;
  }

  return {
    async get<Value>(kind: string, key: string) {
      const row = rows(kind).get(key);
      return row && { kind, key, version: row.version, value: JSON.parse(row.text) as Value };
    },
    async scan<Value>(kind: string, options: ScanOptions = {}) {
      return selectKeys([...rows(kind).keys()], options).map((key): StoredDocument<Value> => {
        const row = rows(kind).get(key)!;
        return { kind, key, version: row.version, value: JSON.parse(row.text) as Value };
      });
    },
    async write(batch) {
      const conflict = checkVersions(batch, versionOf);
      if (conflict) {
        const { kind, key, expected, found } = conflict;
        throw new ConflictError(kind, key, expected, found);
      }
      const changes: Change[] = [];
      const versions = batch.map((write) => apply(write, changes));
      for (const change of changes) {
        for (const listener of listeners.get(change.kind) ?? []) listener(change);
      }
      return versions;
    },
    async read<Value>(journal: string, { after = 0, limit = 10_000 } = {}) {
      return (journals.get(journal) ?? [])
        .filter((entry) => entry.sequence > after)
        .slice(0, limit)
        .map((entry) => ({ sequence: entry.sequence, value: JSON.parse(entry.value) as Value }));
    },
    watch(kind, listener) {
      const set = listeners.get(kind) ?? new Set();
      listeners.set(kind, set.add(listener));
      return () => void set.delete(listener);
    },
    async close() {},
  };
}

function selectKeys(keys: string[], options: ScanOptions): string[] {
  const { prefix = '', after, limit = 1000, descending = false } = options;
  const ordered = keys
    .filter((key) => key.startsWith(prefix))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  if (descending) ordered.reverse();
  const behind = (key: string) => {
    if (after === undefined) return true;
    const order = Buffer.compare(Buffer.from(key), Buffer.from(after));
    return descending ? order < 0 : order > 0;
  };
  return ordered.filter(behind).slice(0, limit);
}
