// Kill -9 while a vault is written to: nothing acknowledged is lost, no certificate is half there.
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { createEnvelope } from '../../crypto/index.ts';
import { openSqliteStore } from '../../store/index.ts';
import { openRig, pool } from './fixtures/rig.ts';

afterAll(() => pool.close());

/** Runs the writer, kills it after some acknowledgements, gives those. */
function killedWriter(path: string, key: string, round: number, after: number) {
  return new Promise<[string, string][]>((resolve, reject) => {
    const writer = new URL('./fixtures/writer.ts', import.meta.url);
    const child = fork(writer, [path, key, String(round)], { stdio: 'ignore' });
    const said: [string, string][] = [];
    child.on('message', (message: [string, string]) => {
      said.push(message);
      if (said.length === after) child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('exit', () => resolve(said));
  });
}

test('what was acknowledged before a kill is there afterwards, and every certificate is whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lazurite-crash-'));
  const path = join(folder, 'store.db');
  const key = randomBytes(32).toString('hex');
  const said: [string, string][] = [];
  for (const [round, after] of [3, 8, 13].entries()) {
    said.push(...(await killedWriter(path, key, round, after)));
  }
  const store = await openSqliteStore({ path, envelope: createEnvelope(Buffer.from(key, 'hex')) });
  const rig = await openRig({}, store);
  await rig.advance(2_000);
  expect(said.length).toBeGreaterThanOrEqual(24);
  for (const [kind, name] of said) {
    if (kind === 'secret') {
      const live = await rig.call('GET', `/secrets/s-${name}`);
      const gone = await rig.call('GET', `/deletedsecrets/s-${name}`);
      // It may have been deleted since; then its version is still there to be recovered.
      expect(live.json.value === name || gone.status === 200, name).toBe(true);
    } else expect((await rig.call('GET', `/certificates/c-${name}`)).json.cer, name).toBeTruthy();
  }
  const records = await store.scan<JsonObject>('key-vault/objects', { limit: 10_000 });
  const certificates = records.filter(({ value }) => value.type === 'certificates');
  expect(certificates.length).toBeGreaterThan(0);
  for (const { value } of certificates) {
    const { json } = await rig.call('GET', `/certificates/${value.name}`);
    const secret = await rig.call('GET', `/secrets/${value.name}`);
    const own = await rig.call('GET', `/keys/${value.name}`);
    expect(own.json.key.kid.split('/').at(-1)).toBe(json.id.split('/').at(-1));
    expect(secret.status).toBe(json.cer ? 200 : 403);
  }
  await rig.close();
  await store.close();
  rmSync(folder, { recursive: true });
}, 60_000);
