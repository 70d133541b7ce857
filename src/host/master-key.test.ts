// The master key: where it comes from, and changing it without stopping.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigurationError } from '../base/index.ts';
import { createEnvelope } from '../crypto/index.ts';
import { openSqliteStore } from '../store/index.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { loadMasterKeys, masterKeyVariable, openSealedStore } from './master-key.ts';

let folder: DataFolder;
beforeEach(() => {
  folder = openDataFolder(mkdtempSync(join(tmpdir(), 'lazurite-key-')));
});
afterEach(() => rmSync(folder.path, { recursive: true }));

const file = () => join(folder.path, 'master.key');
const lines = () => readFileSync(file(), 'utf8').trim().split('\n');
const put = (key: string) => ({ put: { kind: 'k', key, value: { secret: key }, sealed: true } });

describe('the master key', () => {
  test('is made for a new store, readable by its owner only, and found again', () => {
    const { current } = loadMasterKeys(folder, {});
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(loadMasterKeys(folder, {}).current).toEqual(current);
  });

  test('of the environment comes before the file, earlier ones behind it', () => {
    const [first, second] = [randomBytes(32), randomBytes(32)];
    const value = `${first.toString('base64')},${second.toString('base64')}`;
    const keys = loadMasterKeys(folder, { [masterKeyVariable]: value });
    expect(keys).toEqual({ current: first, earlier: [second], own: false });
  });

  test.each(['', 'AAAA', 'not base64 at all!!'])('"%s" in the file is no key', (text) => {
    writeFileSync(file(), text);
    expect(() => loadMasterKeys(folder, {})).toThrow(ConfigurationError);
  });

  test('that is missing beside a store is an error, not a new key', () => {
    writeFileSync(folder.databasePath, '');
    expect(() => loadMasterKeys(folder, {})).toThrow(/is missing, but the store beside it exists/);
  });
});

describe('changing it', () => {
  test('wraps every sealed record anew while writes go on; the old key opens nothing any more', async () => {
    const { store, changeMasterKey } = await openSealedStore(folder);
    const old = Buffer.from(lines()[0]!, 'base64');
    const append = { append: { journal: 'j', value: { secret: 'entry' }, sealed: true } };
    for (let at = 0; at < 450; at++) await store.write([put(`a${at}`), append]);
    const changing = changeMasterKey();
    const during = Promise.all(Array.from({ length: 50 }, (_, at) => store.write([put(`b${at}`)])));
    expect(await changing).toBeGreaterThanOrEqual(900);
    await during;
    expect((await store.get('k', 'a7'))?.value).toEqual({ secret: 'a7' });
    expect((await store.get('k', 'a7'))?.version).toBe(1);
    expect(lines()).toHaveLength(1);
    await store.close();
    const path = folder.databasePath;
    const again = await openSqliteStore({
      path,
      envelope: createEnvelope(Buffer.from(lines()[0]!, 'base64')),
    });
    expect(await again.scan('k')).toHaveLength(500);
    expect(await again.read('j')).toHaveLength(450);
    expect(await again.rewrap()).toBe(0);
    await again.close();
    const stale = await openSqliteStore({ path, envelope: createEnvelope(old) });
    await expect(stale.get('k', 'a7')).rejects.toThrow(/another master key/);
    await stale.close();
  });

  test('that was cut short goes on at the next start', async () => {
    const first = await openSealedStore(folder);
    await first.store.write([put('a')]);
    await first.store.close();
    const next = randomBytes(32);
    writeFileSync(file(), `${next.toString('base64')}\n${lines()[0]}\n`);
    const second = await openSealedStore(folder);
    expect((await second.store.get('k', 'a'))?.value).toEqual({ secret: 'a' });
    await second.store.close();
    expect(lines()).toEqual([next.toString('base64')]);
  });

  test('is refused for a key of the environment', async () => {
    process.env[masterKeyVariable] = randomBytes(32).toString('base64');
    try {
      const { store, changeMasterKey } = await openSealedStore(folder);
      await expect(changeMasterKey()).rejects.toThrow(ConfigurationError);
      await store.close();
    } finally {
      delete process.env[masterKeyVariable];
    }
  });
});
