// The data folder: store, master key, private authority, and the file that says who holds it.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../base/index.ts';

export interface DataFolder {
  readonly path: string;
  readonly databasePath: string;
  readonly authorityPath: string;
  readonly controlPath: string;
}

/** How commands reach a running host. */
export interface ControlFile {
  readonly processId: number;
  readonly url: string;
  /** Bearer secret of the control service. */
  readonly secret: string;
  readonly environment: string;
  readonly dataFolder: string;
  readonly proxyPort: number;
  readonly certificatePath: string;
  readonly bundlePath: string;
}

/** Makes the folder, for its owner only. Throws ConfigurationError where it may not be written. */
export function openDataFolder(path: string): DataFolder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ConfigurationError({
      file: path,
      message: `the data folder cannot be made: ${(error as NodeJS.ErrnoException).code}`,
      fix: 'Name a folder you may write to with --data, or use --memory.',
    });
  }
  return {
    path,
    databasePath: join(path, 'lazurite.db'),
    authorityPath: join(path, 'authority'),
    controlPath: join(path, 'control.json'),
  };
}

/** A folder for `--memory`: it holds the private authority and the control file, and goes again. */
export function temporaryDataFolder(whenDone: (remove: () => void) => void): DataFolder {
  const path = mkdtempSync(join(tmpdir(), 'lazurite-'));
  const remove = () => rmSync(path, { recursive: true, force: true });
  whenDone(remove);
  // Also where the process ends before it is up.
  process.once('exit', remove);
  return openDataFolder(path);
}

/** Where running hosts of this user leave a pointer to their data folder. */
export function pointerFolder(): string {
  const user = process.getuid?.() ?? process.env.USERNAME ?? 'user';
  return join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), `lazurite-${user}`);
}

const pointerPath = (folder: DataFolder) =>
  join(pointerFolder(), createHash('sha256').update(folder.path).digest('hex').slice(0, 16));

export function writeControlFile(folder: DataFolder, control: ControlFile): void {
  writePrivately(folder.controlPath, `${JSON.stringify(control, undefined, 2)}\n`);
  mkdirSync(pointerFolder(), { recursive: true, mode: 0o700 });
  writePrivately(pointerPath(folder), `${folder.path}\n`);
}

export function removeControlFile(folder: DataFolder): void {
  rmSync(folder.controlPath, { force: true });
  rmSync(pointerPath(folder), { force: true });
}

/** What the running host wrote; undefined where none runs on the folder. */
export function readControlFile(folder: string): ControlFile | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'control.json'), 'utf8')) as ControlFile;
  } catch {
    return undefined;
  }
}

/** Replaces a file that only its owner may read; on the disk before it counts. */
export function writePrivately(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true });
  chmodSync(`${path}.new`, 0o600);
  renameSync(`${path}.new`, path);
}
