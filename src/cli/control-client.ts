// Talks to the running host through its control service.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { ConfigurationError, type Problem } from '../base/index.ts';
import { type ControlFile, pointerFolder, readControlFile } from '../host/index.ts';
import { ControlError } from './report.ts';

export interface ControlClient {
  readonly control: ControlFile;
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body?: unknown): Promise<Answer>;
}

/** The option that names which host is meant, where more than one runs. */
export function withDataOption(command: Command): Command {
  return command.option('--data <folder>', 'data folder of the running Lazurite that is meant');
}

/**
 * Finds the host: the data folder named, the one below the current folder, or the only one that
 * runs. Throws ConfigurationError where there is none, or more than one.
 */
export function connectControl(data?: string): ControlClient {
  const control = findControl(data);
  const send = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    let response: Response;
    try {
      response = await fetch(`${control.url}${path}`, {
        method,
        headers: { Authorization: `Bearer ${control.secret}`, 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw notRunning();
    }
    const answer = await response.json();
    if (response.ok) return answer as Answer;
    throw refusal(answer as { error?: { message?: string; problems?: Problem[] } });
  };
  return {
    control,
    get: (path) => send('GET', path),
    post: (path, body = {}) => send('POST', path, body),
  };
}

function refusal(answer: { error?: { message?: string; problems?: Problem[] } }): Error {
  if (answer.error?.problems) return new ConfigurationError(answer.error.problems);
  return new ControlError(answer.error?.message ?? 'the control service gave no reason');
}

function notRunning(): ConfigurationError {
  return new ConfigurationError({
    message: 'no Lazurite is running here',
    fix: 'Start one with: lazurite up examples/article',
  });
}

function findControl(data: string | undefined): ControlFile {
  if (data !== undefined) {
    const control = runningOn(resolve(data));
    if (control) return control;
    throw new ConfigurationError({
      file: data,
      message: 'no Lazurite is running on this data folder',
      fix: 'Start one with: lazurite up <folder> --data <this folder>',
    });
  }
  const here = runningOn(resolve('.lazurite'));
  if (here) return here;
  const running = registered();
  if (running.length === 0) throw notRunning();
  if (running.length === 1) return running[0]!;
  const folders = running.map((control) => `--data ${control.dataFolder}`);
  throw new ConfigurationError({
    message: 'more than one Lazurite is running',
    fix: `Say which one is meant: ${folders.join(' or ')}`,
  });
}

/** Hosts that run now; pointers come and go while they are read. */
function registered(): ControlFile[] {
  const folder = pointerFolder();
  if (!isOwn(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    try {
      const dataFolder = readFileSync(join(folder, name), 'utf8').trim();
      return runningOn(dataFolder) ?? [];
    } catch {
      return [];
    }
  });
}

/** The folder's name can be guessed: what another user put there is not followed. */
function isOwn(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found !== undefined && found.uid === (process.getuid?.() ?? found.uid);
}

/** The host that runs on a data folder. */
export function runningOn(dataFolder: string): ControlFile | undefined {
  return alive(readControlFile(dataFolder));
}

/** The data folder that commands mean where none is named; undefined where that is not clear. */
export function runningDataFolder(): string | undefined {
  const here = runningOn(resolve('.lazurite'));
  if (here) return here.dataFolder;
  const running = registered();
  return running.length === 1 ? running[0]!.dataFolder : undefined;
}

/** A host that was killed leaves its file behind; its process is gone. */
function alive(control: ControlFile | undefined): ControlFile | undefined {
  if (!control) return undefined;
  try {
    process.kill(control.processId, 0);
    return control;
  } catch {
    return undefined;
  }
}
