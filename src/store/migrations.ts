// The schema of the SQLite file, one numbered step after the other.
import type { DatabaseSync } from 'node:sqlite';

/** Append only: a step that was released is never changed. */
const steps: readonly string[] = [
  `create table documents (
     kind text not null,
     key text not null,
     version integer not null,
     value not null,
     primary key (kind, key)
   ) without rowid;
   create table journal_entries (
     sequence integer primary key autoincrement,
     journal text not null,
     value not null
   );
   create index journal_entries_by_journal on journal_entries (journal, sequence);`,
];

/** The file was written by a newer Lazurite. */
export class StoreVersionError extends Error {
  constructor(found: number) {
    super(`the store has schema version ${found}; this Lazurite knows up to ${steps.length}`);
    this.name = 'StoreVersionError';
  }
}

/** Brings the file to the newest schema; throws StoreVersionError where it is ahead of us. */
export function migrate(database: DatabaseSync): void {
  const found = database.prepare('pragma user_version').get()?.user_version as number;
  if (found > steps.length) throw new StoreVersionError(found);
  if (found === steps.length) return;
  database.exec('begin immediate');
  for (const step of steps.slice(found)) database.exec(step);
  database.exec(`pragma user_version = ${steps.length}`);
  database.exec('commit');
}
