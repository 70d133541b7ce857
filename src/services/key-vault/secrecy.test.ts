// Private keys and secret values: on no path out, and sealed at rest.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createEnvelope } from '../../crypto/index.ts';
import { openSqliteStore } from '../../store/index.ts';
import { startTelemetry } from '../../telemetry/index.ts';
import { rfc7515A2 } from './fixtures/published-vectors.ts';
import { officer, openRig, pool, stranger } from './fixtures/rig.ts';

afterAll(() => pool.close());

/** The ways in which bytes may be written down. */
function forms(bytes: Buffer): Buffer[] {
  const texts = [bytes.toString('base64url'), bytes.toString('base64'), bytes.toString('hex')];
  return [bytes, ...texts.map((text) => Buffer.from(text.replace(/=+$/, '')))];
}

/** Base64 of a longer text shows a part of it in one of three shifts. */
function shifted(bytes: Buffer): Buffer[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return Buffer.from(text.slice(shift === 0 ? 0 : 4, -4));
  });
}

test('no answer, no trace, no audit record and no file holds the bytes of a private key or a secret', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lazurite-secrecy-'));
  const path = join(folder, 'store.db');
  const store = await openSqliteStore({ path, envelope: createEnvelope(randomBytes(32)) });
  const rig = await openRig({}, store);
  const telemetry = startTelemetry(rig.clock);
  const spans: string[] = [];
  telemetry.subscribe((span) => spans.push(JSON.stringify(span)));
  const secret = randomBytes(24).toString('base64url');
  const answers: string[] = [];
  const call = async (method: string, target: string, body?: object, as = officer) => {
    const got = await rig.call(method, target, { as, ...(body && { body }) });
    answers.push(got.text, String(got.headers('location')));
    return got.json;
  };
  await call('PUT', '/keys/k', { key: rfc7515A2.key });
  await call('PATCH', '/keys/k', { tags: { a: 'b' } });
  await call('GET', '/keys/k');
  await call('GET', '/keys');
  await call('GET', '/keys/k/versions');
  await call('POST', '/keys/k/rotate');
  await call('POST', '/keys/k/sign', { alg: 'RS256', value: 'AAAA' });
  await call('PUT', '/keys/k', { key: { ...rfc7515A2.key, d: 'AQ' } });
  await call('PUT', '/keys/k', { key: rfc7515A2.key }, stranger);
  const { value: blob } = await call('POST', '/keys/k/backup');
  await call('DELETE', '/keys/k');
  await rig.advance(2_000);
  await call('GET', '/deletedkeys/k');
  await call('DELETE', '/deletedkeys/k');
  await call('POST', '/keys/restore', { value: blob });
  // Setting a secret answers with its value: the one answer that is left out here.
  await rig.call('PUT', '/secrets/s', { body: { value: secret } });
  await call('GET', '/secrets');
  await call('PATCH', '/secrets/s', { contentType: 'x' });
  await call('GET', '/secrets/s', undefined, stranger);
  await call('POST', '/secrets/s/backup');
  await call('DELETE', '/secrets/s');
  await rig.advance(2_000);
  const issuer = { provider: 'Test', credentials: { account_id: 'a', pwd: secret } };
  await call('PUT', '/certificates/issuers/ca', issuer);
  await call('GET', '/certificates/issuers/ca');
  const audit = JSON.stringify(await rig.vault.audit.read({ limit: 10_000 }));
  expect(audit).toContain('KeySign');
  await telemetry.close();
  await rig.close();
  await store.close();
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  rmSync(folder, { recursive: true });
  const places = { answers: answers.join('\n'), spans: spans.join('\n'), audit };
  const haystacks = [
    ...Object.entries(places).map(([name, text]) => [name, Buffer.from(text)] as const),
    ...files.map((bytes) => ['file', bytes] as const),
  ];
  const { d, p, q } = rfc7515A2.key;
  const needles = [
    ...[d, p, q]
      .map((text) => Buffer.from(text, 'base64url'))
      .flatMap((bytes) => [...forms(bytes), ...shifted(bytes.subarray(10, 60))]),
    Buffer.from(secret),
    ...shifted(Buffer.from(secret)),
  ];
  for (const [name, bytes] of haystacks) {
    for (const needle of needles) expect(bytes.includes(needle), name).toBe(false);
  }
});
