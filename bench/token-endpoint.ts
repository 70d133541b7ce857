// A token for a certificate assertion: our service beside the bare RSA work, in CPU per token.
import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { manualClock } from '../src/base/index.ts';
import { certificateThumbprints, createCertificate, signJwt } from '../src/crypto/index.ts';
import { type Connection, exchangeOf, readBody } from '../src/http/index.ts';
import { createEntra } from '../src/services/entra/index.ts';
import { memoryStore } from '../src/store/index.ts';
import type { Measurement } from './main.ts';

const tenant = 'aaaaaaaa-0000-4000-8000-000000000001';
const tokensPerRound = 1_000;
const rounds = 5;
/** As many requests as clients keep in flight in the facts' measurements. */
const concurrency = 16;

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** CPU of all threads in microseconds per call, over one round. */
async function cpuPerCall(call: (index: number) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  let next = 0;
  const lane = async () => {
    while (next < tokensPerRound) await call(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / tokensPerRound;
}

/** Rounds of both take turns, so that a busy machine slows both; the round of the median ratio. */
async function compare(one: () => Promise<unknown>, other: (index: number) => Promise<unknown>) {
  const results: { baseline: number; measured: number; ratio: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const baseline = await cpuPerCall(one);
    const measured = await cpuPerCall(other);
    if (round > 0) results.push({ baseline, measured, ratio: measured / baseline });
  }
  return results.sort((a, b) => a.ratio - b.ratio)[Math.floor(rounds / 2)]!;
}

function bareWork(privateKey: KeyObject, publicKey: KeyObject) {
  const data = Buffer.from('x'.repeat(900));
  const signature = sign('sha256', data, privateKey);
  return () =>
    new Promise((resolve, reject) => {
      if (!verify('sha256', data, publicKey, signature)) reject(new Error('does not hold'));
      sign('sha256', data, { key: privateKey }, (error, made) =>
        error ? reject(error) : resolve(made),
      );
    });
}

async function startEntra() {
  const clock = manualClock();
  const outbound = () => Promise.reject(new Error('no network'));
  const entra = await createEntra({ store: memoryStore(), clock, outbound });
  await entra.ensureTenant({ id: tenant, domain: 'contoso.onmicrosoft.com' });
  const certificate = await createCertificate({
    subject: 'CN=client',
    publicKey: pair.publicKey,
    signingKey: pair.privateKey,
    notBefore: clock.now() - 1000,
    notAfter: clock.now() + 86_400_000,
  });
  const { apply } = entra.directoryExtension;
  const type = 'Microsoft.Graph/applications@v1.0';
  const client = await apply(tenant, type, {
    uniqueName: 'client',
    displayName: 'client',
    keyCredentials: [{ key: certificate.toString('base64') }],
  });
  const principals = 'Microsoft.Graph/servicePrincipals@v1.0';
  await apply(tenant, principals, { appId: client.appId! });
  return {
    entra,
    clientId: String(client.appId),
    x5t: certificateThumbprints(certificate).x5t,
    clock,
  };
}

const client: Connection = {
  scheme: 'https',
  host: 'login.microsoftonline.com',
  port: 443,
  remoteAddress: '127.0.0.1',
  signal: new AbortController().signal,
  hops: 0,
};

async function* once(bytes: Uint8Array) {
  yield bytes;
}

export async function measure(): Promise<Measurement[]> {
  const { entra, clientId, x5t, clock } = await startEntra();
  const exchange = exchangeOf(entra.service);
  const path = `/${tenant}/oauth2/v2.0/token`;
  const now = clock.now() / 1000;
  const bodies = await Promise.all(
    Array.from({ length: tokensPerRound }, async (_, index) => {
      const jti = createHash('sha256').update(`${index}`).digest('hex');
      const aud = `https://login.microsoftonline.com${path}`;
      const times = { nbf: now, exp: now + 600 };
      const claims = { aud, iss: clientId, sub: clientId, jti, ...times };
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await signJwt({ alg: 'RS256', x5t }, claims, pair.privateKey),
        scope: 'https://vault.azure.net/.default',
      });
      return Buffer.from(form.toString());
    }),
  );
  const headers = [
    ['Content-Type', 'application/x-www-form-urlencoded'],
    ['client-request-id', tenant],
  ] as const;
  const token = async (index: number) => {
    const connection = { ...client, signal: new AbortController().signal };
    const body = once(bodies[index]!);
    const answer = await exchange({ method: 'POST', target: path, headers, body, connection });
    if (answer.status !== 200) throw new Error((await readBody(answer.body)).toString());
    await readBody(answer.body);
  };
  const bare = bareWork(pair.privateKey, pair.publicKey);
  const { baseline, measured, ratio } = await compare(bare, token);
  return [
    {
      name: 'token for a certificate assertion',
      baseline: `${baseline.toFixed(0)} µs CPU for one RSA-2048 verify and one sign`,
      measured: `${measured.toFixed(0)} µs CPU per token through the service, without a socket`,
      ratio,
      goal: '≤ 1.5x',
    },
  ];
}
