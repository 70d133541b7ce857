// Key Vault over HTTP: signatures and secrets beside the bare cryptography, in one run.
import { fork } from 'node:child_process';
import { constants, createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEnvelope } from '../src/crypto/index.ts';
import { answer } from '../src/http/index.ts';
import { officer, openRig, pool } from '../src/services/key-vault/fixtures/rig.ts';
import { openSqliteStore } from '../src/store/index.ts';
import type { Measurement } from './main.ts';

const digest = createHash('sha256').update('signed').digest();
const connections = 16;

type Algorithm = 'RS256' | 'PS256' | 'ES256';

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/**
 * CPU of one bare signature in microseconds: node:crypto on its threadpool, as many in flight as the
 * vault gets, so that both are measured on cores that are equally busy.
 */
async function bareSignature(algorithm: Algorithm, rounds: number): Promise<number> {
  const { privateKey: key } =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants;
  const input = algorithm === 'PS256' ? { key, padding, saltLength } : { key };
  let left = rounds;
  const one = async () => {
    while (left-- > 0) {
      await new Promise<void>((resolve, reject) =>
        sign('sha256', digest, input, (error) => (error ? reject(error) : resolve())),
      );
    }
  };
  const before = cpuMicroseconds();
  await Promise.all(Array.from({ length: connections }, one));
  return (cpuMicroseconds() - before) / rounds;
}

interface Running {
  readonly origin: string;
  readonly token: string;
  close(): Promise<void>;
}

/** A vault on SQLite behind node:http, with a key of each kind and a secret. */
async function start(): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'lazurite-bench-'));
  const envelope = createEnvelope(randomBytes(32));
  const store = await openSqliteStore({ path: join(folder, 'store.db'), envelope });
  const rig = await openRig({}, store);
  await rig.call('POST', '/keys/rsa/create', { body: { kty: 'RSA' } });
  await rig.call('POST', '/keys/ec/create', { body: { kty: 'EC' } });
  await rig.call('PUT', '/secrets/plain', { body: { value: 'x'.repeat(200) } });
  const server = createServer((incoming, outgoing) => {
    void answer(rig.exchange, { scheme: 'https' }, incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    token: await rig.token(officer),
    async close() {
      server.closeAllConnections();
      server.close();
      await rig.close();
      await pool.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Microseconds of this process's CPU for each request; the load comes from another process. */
async function perRequest(running: Running, path: string, body?: object): Promise<number> {
  const load = fork(join(import.meta.dirname, 'load.worker.ts'));
  const send = (requests: number) =>
    new Promise<number>((resolve, reject) => {
      load.once('message', (result: { failed: number }) => resolve(result.failed));
      load.once('error', reject);
      load.send({
        origin: running.origin,
        method: body ? 'POST' : 'GET',
        path: `${path}?api-version=7.5`,
        headers: {
          host: 'kv1.vault.azure.net',
          authorization: `Bearer ${running.token}`,
          'content-type': 'application/json',
        },
        ...(body && { body: JSON.stringify(body) }),
        connections,
        requests,
      });
    });
  await send(500);
  const before = cpuMicroseconds();
  const failed = await send(3_000);
  const used = (cpuMicroseconds() - before) / 3_000;
  load.disconnect();
  if (failed > 0) throw new Error(`${failed} requests to ${path} failed`);
  return used;
}

/** Called by `npm run bench`. */
export async function measure(): Promise<Measurement[]> {
  const running = await start();
  const list: Measurement[] = [];
  try {
    for (const [algorithm, key] of [
      ['RS256', 'rsa'],
      ['PS256', 'rsa'],
      ['ES256', 'ec'],
    ] as const) {
      const bare = await bareSignature(algorithm, 1_500);
      const body = { alg: algorithm, value: digest.toString('base64url') };
      const used = await perRequest(running, `/keys/${key}/sign`, body);
      const again = await bareSignature(algorithm, 1_500);
      const baseline = (bare + again) / 2;
      list.push({
        name: `vault sign ${algorithm} over HTTP`,
        baseline: `${baseline.toFixed(0)} µs CPU of one ${algorithm} signature`,
        measured: `${used.toFixed(0)} µs CPU per request, ${connections} connections`,
        ratio: used / baseline,
        goal: algorithm === 'ES256' ? 'none' : '≤ 1.4x',
      });
    }
    const secret = await perRequest(running, '/secrets/plain');
    list.push({
      name: 'vault get secret over HTTP',
      baseline: `${list[0]!.baseline}`,
      measured: `${secret.toFixed(0)} µs CPU per request`,
      ratio: secret / Number.parseFloat(list[0]!.baseline),
      goal: 'none',
    });
  } finally {
    await running.close();
  }
  return list;
}
