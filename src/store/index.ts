// The door of `store`.
export {
  type Change,
  ConflictError,
  type JournalEntry,
  type ScanOptions,
  type Store,
  type StoredDocument,
  type Write,
} from './contract.ts';
export { memoryStore } from './memory.ts';
export { openSqliteStore, type SqliteStore, type SqliteStoreOptions } from './sqlite.ts';
