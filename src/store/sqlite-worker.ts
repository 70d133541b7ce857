// The thread that owns the SQLite file: one transaction per message, a savepoint per batch.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { Change } from './contract.ts';
import { migrate, StoreVersionError } from './migrations.ts';
import type {
  PlainWrite,
  Reply,
  Rewrapped,
  SealedPlace,
  SealedRow,
  Task,
  WorkerMessage,
} from './sqlite-protocol.ts';
import { checkVersions } from './versions.ts';

const port = parentPort!;
const { path } = workerData as { path: string };

try {
  const database = open(path);
  serve(database);
  port.postMessage({ ready: true });
} catch (error) {
  port.postMessage({ failed: failureOf(error as Error) });
}

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  // An exclusive lock of the operating system: a second owner is refused, a dead one is not.
  database.exec('pragma locking_mode = exclusive');
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('pragma fullfsync = on');
  migrate(database);
  return database;
}

function failureOf(error: Error): { kind: string; message: string } {
  if (error instanceof StoreVersionError) return { kind: 'newer', message: error.message };
  if (/database is locked/.test(error.message)) return { kind: 'locked', message: error.message };
  return { kind: 'unreadable', message: error.message };
}

function serve(database: DatabaseSync): void {
  const statements = prepare(database);
  port.on('message', (message: WorkerMessage) => {
    if ('close' in message) {
      database.close();
      port.postMessage({ closed: true });
      return;
    }
    port.postMessage({ replies: runAll(database, statements, message.tasks) });
  });
}

type Statements = ReturnType<typeof prepare>;

function prepare(database: DatabaseSync) {
  const sql = (text: string): StatementSync => database.prepare(text);
  const scan = (order: 'asc' | 'desc', comparison: '>' | '<') =>
    sql(`select key, version, value from documents
         where kind = ? and key >= ? and key < ? and key ${comparison} ?
         order by key ${order} limit ?`);
  return {
    get: sql('select version, value from documents where kind = ? and key = ?'),
    versionOf: sql('select version from documents where kind = ? and key = ?'),
    scanUp: scan('asc', '>'),
    scanDown: scan('desc', '<'),
    put: sql(`insert into documents (kind, key, version, value) values (?, ?, 1, ?)
              on conflict (kind, key) do update set version = version + 1, value = excluded.value
              returning version`),
    delete: sql('delete from documents where kind = ? and key = ?'),
    append: sql('insert into journal_entries (journal, value) values (?, ?)'),
    drop: sql('delete from journal_entries where journal = ?'),
    read: sql(`select sequence, value from journal_entries
               where journal = ? and sequence > ? order by sequence limit ?`),
    sealedDocuments: sql(`select kind, key, value from documents
                          where (kind, key) > (?, ?) and typeof(value) = 'blob'
                          order by kind, key limit ?`),
    sealedEntries: sql(`select sequence, journal, value from journal_entries
                        where sequence > ? and typeof(value) = 'blob' order by sequence limit ?`),
    rewrapDocument: sql('update documents set value = ? where kind = ? and key = ? and value = ?'),
    rewrapEntry: sql('update journal_entries set value = ? where sequence = ? and value = ?'),
  };
}

function runAll(database: DatabaseSync, statements: Statements, tasks: readonly Task[]): Reply[] {
  const writes = tasks.some((task) => 'write' in task || 'rewrap' in task);
  if (writes) database.exec('begin immediate');
  try {
    const replies = tasks.map((task) => run(database, statements, task));
    if (writes) database.exec('commit');
    return replies;
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    const failed = { kind: 'failed', message: (error as Error).message } as const;
    return tasks.map(() => ({ failed }));
  }
}

function run(database: DatabaseSync, statements: Statements, task: Task): Reply {
  if ('get' in task) {
    const row = statements.get.get(task.get.kind, task.get.key);
    return { rows: row ? [{ key: task.get.key, ...row } as never] : [] };
  }
  if ('scan' in task) {
    const { kind, from, until, after, limit, descending } = task.scan;
    const statement = descending ? statements.scanDown : statements.scanUp;
    const start = after ?? (descending ? until : '');
    return { rows: statement.all(kind, from, until, start, limit) as never };
  }
  if ('read' in task) {
    const { journal, after, limit } = task.read;
    return { rows: statements.read.all(journal, after, limit) as never };
  }
  if ('sealed' in task) return { sealedRows: sealedRows(statements, task.sealed) };
  if ('rewrap' in task) return { replaced: rewrap(statements, task.rewrap) };
  return write(database, statements, task.write);
}

function sealedRows(statements: Statements, place: SealedPlace & { limit: number }): SealedRow[] {
  if (place.table === 'documents') {
    return statements.sealedDocuments.all(place.kind, place.key, place.limit) as never;
  }
  return statements.sealedEntries.all(place.sequence, place.limit) as never;
}

/** What was written since the page was read is sealed with the new key already. */
function rewrap(statements: Statements, list: readonly Rewrapped[]): number {
  let replaced = 0;
  for (const { row, to } of list) {
    const result =
      'sequence' in row
        ? statements.rewrapEntry.run(to, row.sequence, row.value)
        : statements.rewrapDocument.run(to, row.kind, row.key, row.value);
    replaced += Number(result.changes);
  }
  return replaced;
}

function write(database: DatabaseSync, statements: Statements, batch: PlainWrite[]): Reply {
  const versionOf = (kind: string, key: string) =>
    (statements.versionOf.get(kind, key)?.version as number | undefined) ?? 0;
  const conflict = checkVersions(batch, versionOf);
  if (conflict) return { conflict };
  database.exec('savepoint batch');
  try {
    const changes: Change[] = [];
    const versions = batch.map((each) => apply(statements, each, changes));
    database.exec('release batch');
    return { versions, changes };
  } catch (error) {
    database.exec('rollback to batch');
    database.exec('release batch');
    return { failed: { kind: 'failed', message: (error as Error).message } };
  }
}

function apply(statements: Statements, each: PlainWrite, changes: Change[]): number {
  if ('put' in each) {
    const { kind, key, value } = each.put;
    const version = statements.put.get(kind, key, value)!.version as number;
    changes.push({ kind, key, version });
    return version;
  }
  if ('delete' in each) {
    const { kind, key } = each.delete;
    if (statements.delete.run(kind, key).changes > 0) changes.push({ kind, key, version: 0 });
  } else if ('append' in each) statements.append.run(each.append.journal, each.append.value);
  else statements.drop.run(each.drop.journal);
  return 0;
}
