import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { createEnvelope } from '../crypto/index.ts';
import { type Change, ConflictError, memoryStore, openSqliteStore, type Store } from './index.ts';

const folders: string[] = [];
const open: Store[] = [];
const envelope = createEnvelope(randomBytes(32));

afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lazurite-store-'));
  folders.push(folder);
  return join(folder, 'lazurite.db');
}

async function sqlite(path = newFile()): Promise<Store> {
  const store = await openSqliteStore({ path, envelope });
  open.push(store);
  return store;
}

describe.each([
  ['memory', async () => memoryStore()],
  ['sqlite', () => sqlite()],
])('the storage contract: %s', (_name, create) => {
  test('a document is versioned from 1', async () => {
    const store = await create();
    const put = { put: { kind: 'k', key: 'a', value: { x: 1 } } };
    expect(await store.write([put])).toEqual([1]);
    expect(await store.write([put])).toEqual([2]);
    expect(await store.get('k', 'a')).toEqual({ kind: 'k', key: 'a', version: 2, value: { x: 1 } });
    expect(await store.get('k', 'b')).toBeUndefined();
  });

  test('a batch whose version does not hold writes nothing', async () => {
    const store = await create();
    await store.write([{ put: { kind: 'k', key: 'a', value: 1 } }]);
    const batch = [
      { put: { kind: 'k', key: 'b', value: 2 } },
      { append: { journal: 'j', value: 2 } },
      { put: { kind: 'k', key: 'a', value: 2 }, ifVersion: 7 },
    ];
    await expect(store.write(batch)).rejects.toThrow(ConflictError);
    expect(await store.get('k', 'b')).toBeUndefined();
    expect(await store.read('j')).toEqual([]);
    await expect(
      store.write([{ put: { kind: 'k', key: 'a', value: 3 }, ifVersion: 0 }]),
    ).rejects.toThrow("k 'a' is at version 1, not 0");
  });

  test('of two concurrent creations one wins, and others of the group are not hurt', async () => {
    const store = await create();
    const creation = { put: { kind: 'k', key: 'one', value: 1 }, ifVersion: 0 };
    const results = await Promise.allSettled([
      store.write([creation]),
      store.write([creation]),
      store.write([{ put: { kind: 'k', key: 'two', value: 2 } }]),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('scans are ordered, bounded, and continue behind a key', async () => {
    const store = await create();
    const keys = ['b/1', 'a/2', 'a/10', 'a/1', 'ä/1', 'a'];
    await store.write(keys.map((key) => ({ put: { kind: 'k', key, value: key } })));
    const scan = async (options: object) => (await store.scan('k', options)).map((d) => d.key);
    expect(await scan({})).toEqual(['a', 'a/1', 'a/10', 'a/2', 'b/1', 'ä/1']);
    expect(await scan({ prefix: 'a/' })).toEqual(['a/1', 'a/10', 'a/2']);
    expect(await scan({ prefix: 'a/', after: 'a/1', limit: 1 })).toEqual(['a/10']);
    expect(await scan({ descending: true, limit: 2 })).toEqual(['ä/1', 'b/1']);
    expect(await scan({ prefix: 'a/', descending: true, after: 'a/2' })).toEqual(['a/10', 'a/1']);
    expect(await store.scan('other')).toEqual([]);
  });

  test('journals keep their order and can be dropped', async () => {
    const store = await create();
    await store.write([
      { append: { journal: 'j', value: 'one' } },
      { append: { journal: 'j', value: { two: 2 }, sealed: true } },
      { append: { journal: 'other', value: 3 } },
    ]);
    const entries = await store.read('j');
    expect(entries.map((entry) => entry.value)).toEqual(['one', { two: 2 }]);
    expect(await store.read('j', { after: entries[0]!.sequence })).toEqual([entries[1]]);
    await store.write([{ drop: { journal: 'j' } }]);
    expect(await store.read('j')).toEqual([]);
    expect(await store.read('other')).toHaveLength(1);
  });

  test('a watcher hears of each committed change of its kind', async () => {
    const store = await create();
    const heard: Change[] = [];
    const stop = store.watch('k', (change) => heard.push(change));
    await store.write([
      { put: { kind: 'k', key: 'a', value: 1 } },
      { put: { kind: 'other', key: 'a', value: 1 } },
    ]);
    await store.write([{ delete: { kind: 'k', key: 'a' } }]);
    stop();
    await store.write([{ put: { kind: 'k', key: 'b', value: 1 } }]);
    expect(heard).toEqual([
      { kind: 'k', key: 'a', version: 1 },
      { kind: 'k', key: 'a', version: 0 },
    ]);
  });
});

describe('the SQLite store', () => {
  test('keeps what was acknowledged, sealed values unreadable in the file', async () => {
    const path = newFile();
    const first = await sqlite(path);
    await first.write([{ put: { kind: 'k', key: 'a', value: 'top-secret-text', sealed: true } }]);
    await first.close();
    open.splice(0);
    const folder = join(path, '..');
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name)).includes('top-secret-text')).toBe(false);
    }
    const second = await sqlite(path);
    expect((await second.get('k', 'a'))?.value).toBe('top-secret-text');
  });

  test('refuses a second owner', async () => {
    const path = newFile();
    await sqlite(path);
    await expect(sqlite(path)).rejects.toThrow('another Lazurite is running on this data folder');
  });

  test('refuses a store that a newer Lazurite wrote', async () => {
    const path = newFile();
    const database = new DatabaseSync(path);
    database.exec('pragma user_version = 999');
    database.close();
    await expect(sqlite(path)).rejects.toThrow('schema version 999');
  });

  test('refuses a file that is no store', async () => {
    const path = newFile();
    writeFileSync(path, 'this is not a database, however long it may be'.repeat(100));
    await expect(sqlite(path)).rejects.toThrow('the store cannot be opened');
  });
});
