// The master key: from the environment, or a 0600 file beside the data; and changing it.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../base/index.ts';
import { createEnvelope, masterKeyBytes } from '../crypto/index.ts';
import { openSqliteStore, type Store } from '../store/index.ts';
import { type DataFolder, writePrivately } from './data-folder.ts';

/** Base64 keys, the current one first, then earlier ones; commas or line breaks between them. */
export const masterKeyVariable = 'LAZURITE_MASTER_KEY';

export interface MasterKeys {
  readonly current: Buffer;
  /** Records may still be sealed with these. */
  readonly earlier: readonly Buffer[];
  /** Whether they come from the file beside the data, which Lazurite may write. */
  readonly own: boolean;
}

const pathOf = (folder: DataFolder) => join(folder.path, 'master.key');

/**
 * The keys of the environment variable, else of the file beside the data, which is made for a new
 * store. That file protects copies of the data that leave it behind, nothing more.
 */
export function loadMasterKeys(folder: DataFolder, variables = process.env): MasterKeys {
  const given = variables[masterKeyVariable];
  if (given) return { ...readKeys(given, { field: masterKeyVariable }), own: false };
  const file = pathOf(folder);
  if (existsSync(file)) return { ...readKeys(readFileSync(file, 'utf8'), { file }), own: true };
  if (existsSync(folder.databasePath)) {
    throw new ConfigurationError({
      file,
      message: 'is missing, but the store beside it exists',
      fix: `Restore it from the copy made with the data, set ${masterKeyVariable}, or remove the folder to start afresh.`,
    });
  }
  const current = randomBytes(masterKeyBytes);
  writeKeys(folder, [current]);
  return { current, earlier: [], own: true };
}

function readKeys(text: string, place: { file?: string; field?: string }) {
  const [current, ...earlier] = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((key) => Buffer.from(key, 'base64'));
  if (current && [current, ...earlier].every((key) => key.length === masterKeyBytes)) {
    return { current, earlier };
  }
  throw new ConfigurationError({
    ...place,
    message: `is not a master key of ${masterKeyBytes} bytes in base64`,
    fix: 'Restore it from the copy made with the data; without it sealed records stay sealed.',
  });
}

/** Replaces the file's keys; earlier ones stay in it until everything is wrapped anew. */
export function writeKeys(folder: DataFolder, keys: readonly Buffer[]): void {
  writePrivately(pathOf(folder), keys.map((key) => `${key.toString('base64')}\n`).join(''));
}

export interface SealedStore {
  readonly store: Store;
  /**
   * Makes a new master key, seals with it from now on and wraps what is there anew, while everything
   * goes on. Gives how many records that were. Throws ConfigurationError for keys that are not ours.
   */
  changeMasterKey(): Promise<number>;
}

/** Opens the store under its master keys; wraps anew what a change that was cut short left behind. */
export async function openSealedStore(folder: DataFolder): Promise<SealedStore> {
  const { current, earlier, own } = loadMasterKeys(folder);
  const envelope = createEnvelope(current, earlier);
  const store = await openSqliteStore({ path: folder.databasePath, envelope });
  let inUse = current;
  let changing: Promise<unknown> = Promise.resolve();
  const finish = async () => {
    const count = await store.rewrap();
    if (own) writeKeys(folder, [inUse]);
    return count;
  };
  if (earlier.length > 0) changing = finish();
  const change = async () => {
    const next = randomBytes(masterKeyBytes);
    // Both keys are on the disk before the first record needs the new one.
    writeKeys(folder, [next, inUse]);
    envelope.change(next);
    inUse = next;
    return finish();
  };
  return {
    store: {
      ...store,
      async close() {
        await changing.catch(() => undefined);
        await store.close();
      },
    },
    async changeMasterKey() {
      if (!own) {
        throw new ConfigurationError({
          field: masterKeyVariable,
          message: 'the master key comes from the environment; Lazurite does not change it',
          fix: `Set ${masterKeyVariable} to "<new>,<old>" and start again; drop the old one after that.`,
        });
      }
      const result = changing.then(change, change);
      changing = result;
      return result;
    },
  };
}
