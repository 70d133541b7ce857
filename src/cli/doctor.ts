// `lazurite doctor`: looks at what Lazurite needs and says what to do.

import { X509Certificate } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readControlFile } from '../host/index.ts';
import { connectControl, runningDataFolder, runningOn } from './control-client.ts';
import { exitCodes, printJson, styled } from './report.ts';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
  readonly fix?: string;
}

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check Node, loopback ports, the private authority, the clock and the data folder')
    .option('--data <folder>', 'data folder to look at (default: of the one that runs)')
    .option('--json', 'print one JSON object per check')
    .addHelpText('after', '\nExample:\n  $ lazurite doctor --data examples/article/.lazurite\n')
    .action(async (options: { data?: string; json?: boolean }) => {
      const folder = resolve(options.data ?? runningDataFolder() ?? '.lazurite');
      const findings = [
        checkNode(),
        await checkPorts(),
        checkFolder(folder),
        checkAuthority(folder),
        await checkClock(folder),
      ];
      for (const finding of findings) {
        if (options.json) printJson(finding);
        else print(finding);
      }
      if (!findings.every((finding) => finding.ok)) process.exitCode = exitCodes.failed;
    });
}

function print({ check, ok, found, fix }: Finding): void {
  const mark = ok ? styled('green', 'ok  ') : styled('red', 'look');
  process.stdout.write(`${mark}  ${check}: ${found}\n${ok || !fix ? '' : `      ${fix}\n`}`);
}

function checkNode(): Finding {
  const found = process.versions.node;
  const ok = Number(found.split('.')[0]) >= 24;
  const fix = 'It runs, but programs that use plain fetch need Node.js 24 to honour the proxy.';
  return { check: 'Node.js', ok, found, fix };
}

function checkPorts(): Promise<Finding> {
  const fix = 'Something keeps programs from listening on 127.0.0.1; look at firewall and sandbox.';
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error) =>
      done({ check: 'loopback ports', ok: false, found: error.message, fix }),
    );
    server.listen(0, '127.0.0.1', () =>
      server.close(() => done({ check: 'loopback ports', ok: true, found: 'can be opened' })),
    );
  });
}

function checkFolder(folder: string): Finding {
  const check = 'data folder';
  if (!existsSync(folder)) return { check, ok: true, found: `${folder} is not there yet` };
  try {
    accessSync(folder, constants.R_OK | constants.W_OK);
    return { check, ok: true, found: `${folder} can be written${holderOf(folder)}` };
  } catch {
    const fix = 'Give yourself the right to write there, or use --data with another folder.';
    return { check, ok: false, found: `${folder} cannot be written`, fix };
  }
}

function holderOf(folder: string): string {
  const control = readControlFile(folder);
  if (!control) return '';
  if (runningOn(folder)) return `, held by process ${control.processId}`;
  return `; process ${control.processId} did not stop in order, the next start goes on from there`;
}

function checkAuthority(folder: string): Finding {
  const check = 'private authority';
  const path = resolve(folder, 'authority', 'ca.pem');
  if (!existsSync(path)) return { check, ok: true, found: 'is made on the first start' };
  const { validTo } = new X509Certificate(readFileSync(path));
  const ok = Date.parse(validTo) > Date.now();
  return { check, ok, found: `${path}, valid to ${validTo}`, fix: 'Start Lazurite: it renews it.' };
}

async function checkClock(folder: string): Promise<Finding> {
  const check = 'clock';
  if (!runningOn(folder)) return { check, ok: true, found: 'no Lazurite is running there' };
  try {
    const view = await connectControl(folder).get<{ now: string; offsetMs: number }>('/clock');
    const seconds = Math.round(view.offsetMs / 1000);
    const found = seconds === 0 ? "follows the machine's" : `${view.now}, moved by ${seconds} s`;
    const fix = 'TLS and other programs follow the machine: lazurite clock reset brings it back.';
    return { check, ok: seconds === 0, found, fix };
  } catch (error) {
    return { check, ok: false, found: (error as Error).message };
  }
}
