// Ready on a warm store, and memory when idle with the article loaded, beside a bare Node.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Measurement } from './main.ts';

const root = join(import.meta.dirname, '..');
const rounds = 3;

export async function measure(): Promise<Measurement[]> {
  const data = mkdtempSync(join(tmpdir(), 'lazurite-bench-'));
  try {
    await start(data);
    const warm = [];
    for (let round = 0; round < rounds; round++) warm.push(await start(data));
    const seconds = median(warm.map((each) => each.ms)) / 1000;
    const memory = median(warm.map((each) => each.residentMb));
    const bare = await bareNode();
    return [
      {
        name: 'lazurite up on the article, warm store',
        baseline: 'a bare Node.js: see below',
        measured: `ready in ${seconds.toFixed(2)} s (median of ${rounds})`,
        ratio: undefined,
        goal: 'under 1 s',
      },
      {
        name: 'memory, idle, the article loaded',
        baseline: `bare Node.js, idle: ${bare.toFixed(0)} MB resident`,
        measured: `${memory.toFixed(0)} MB resident: +${(memory - bare).toFixed(0)} MB`,
        ratio: memory / bare,
        goal: '+100 MB',
      },
    ];
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function start(data: string): Promise<{ ms: number; residentMb: number }> {
  const began = performance.now();
  const arguments_ = ['src/main.ts', 'up', 'examples/article', '--data', data, '--json'];
  const child = spawn(process.execPath, arguments_, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"ready":true')) break;
  }
  const ms = performance.now() - began;
  // Idle means settled: garbage of the start is collected within seconds.
  await new Promise((done) => setTimeout(done, 2_000));
  const residentMb = residentOf(child.pid!);
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await gone;
  return { ms, residentMb };
}

async function bareNode(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
  await new Promise((done) => setTimeout(done, 1_000));
  const resident = residentOf(child.pid!);
  child.kill();
  return resident;
}

/** Megabytes; Linux only. */
function residentOf(processId: number): number {
  const status = readFileSync(`/proc/${processId}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
