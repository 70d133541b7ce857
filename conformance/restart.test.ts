// Kill -9 at every commit point of a run in flight; the next start continues it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningHost, root, startLazurite } from './lazurite.ts';

interface Run {
  readonly id: string;
  readonly status: string;
  readonly actions: { name: string; status: string; code?: string; statusCode?: number }[];
}

const workflow = 'figure-2-signed/call-contoso';
const data = mkdtempSync(join(tmpdir(), 'lazurite-restart-'));
const preload = pathToFileURL(join(root, 'conformance/programs/kill-at-commit.mjs')).href;
/** More commits than the run has: the loop must end by itself before. */
const commitsMax = 60;
let undisturbed: Run;

const start = (commits: number) =>
  startLazurite('examples/article', ['--data', data], {
    NODE_OPTIONS: `--import ${preload}`,
    KILL_AFTER_COMMITS: String(commits),
  });

beforeAll(async () => {
  const host = await start(commitsMax);
  undisturbed = await host.json<Run>(['run', workflow]);
  await host.stop();
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

async function runsOf(host: RunningHost): Promise<Run[]> {
  const { stdout } = await host.command(['runs', workflow, '--json']);
  return stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Run);
}

async function ended(host: RunningHost): Promise<Run> {
  for (let polls = 0; polls < 200; polls++) {
    const [newest] = await runsOf(host);
    if (newest && !['Running', 'Waiting'].includes(newest.status)) return newest;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the run did not end after the restart');
}

/** A caller that has gone gets nothing: only the Response action may end otherwise. */
const calls = (run: Run) =>
  run.actions
    .filter(({ name }) => name !== 'Response')
    .map(({ name, status, code, statusCode }) => ({ name, status, code, statusCode }));

test('an undisturbed run succeeds', () => {
  expect(undisturbed.status).toBe('Succeeded');
});

test('killed after each commit of its journal, the run ends as the undisturbed one', async () => {
  let commits = 0;
  for (; commits < commitsMax; commits++) {
    const host = await start(commits);
    const newest = commits === 0 ? undefined : await ended(host);
    if (newest) {
      expect(newest.status, `after ${commits - 1} commits`).toBe('Succeeded');
      expect(calls(newest)).toEqual(calls(undisturbed));
    }
    const gone = new Promise((resolve) => host.process.once('exit', resolve));
    host.process.kill('SIGUSR2');
    // Its answer is lost with the process, unless the run had no more commits than allowed.
    const finished = await Promise.race([
      host.command(['run', workflow]),
      gone.then(() => undefined),
    ]);
    if (finished && finished.code === 0) {
      await host.stop();
      break;
    }
    await gone;
    await host.stop();
  }
  // The start, the script, three calls, the end: what has no effect outside commits with its neighbour.
  expect(commits).toBeGreaterThanOrEqual(5);
  expect(commits).toBeLessThan(commitsMax);
}, 300_000);
