// CPU per token over HTTP beside oidc-provider: the same grant, the same client, in turns.
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { systemClock } from '../src/base/index.ts';
import { certificateThumbprints, createCertificate, jwkOf, signJwt } from '../src/crypto/index.ts';
import { answer, exchangeOf } from '../src/http/index.ts';
import { createEntra } from '../src/services/entra/index.ts';
import { memoryStore } from '../src/store/index.ts';
import type { Measurement } from './main.ts';

const tenant = 'aaaaaaaa-0000-4000-8000-000000000001';
const tokensPerRound = 800;
const rounds = 5;
const concurrency = 16;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });

interface Peer {
  readonly path: string;
  readonly listener: RequestListener;
  /** The form of one request, with an assertion of its own. */
  form(index: number, origin: string): Promise<Record<string, string>>;
}

async function entraPeer(): Promise<Peer> {
  const clock = systemClock();
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
  const client = await apply(tenant, 'Microsoft.Graph/applications@v1.0', {
    uniqueName: 'client',
    displayName: 'client',
    keyCredentials: [{ key: certificate.toString('base64') }],
  });
  const clientId = String(client.appId);
  await apply(tenant, 'Microsoft.Graph/servicePrincipals@v1.0', { appId: clientId });
  const exchange = exchangeOf(entra.service);
  const path = `/${tenant}/oauth2/v2.0/token`;
  const { x5t } = certificateThumbprints(certificate);
  return {
    path,
    listener: (incoming, outgoing) => void answer(exchange, { scheme: 'http' }, incoming, outgoing),
    form: (index, origin) =>
      formOf(
        clientId,
        `https://${new URL(origin).hostname}${path}`,
        index,
        { x5t },
        {
          scope: 'https://vault.azure.net/.default',
        },
      ),
  };
}

/** The package has no types of its own. */
type ProviderClass = new (issuer: string, configuration: object) => { callback(): RequestListener };

async function oidcPeer(): Promise<Peer> {
  const name: string = 'oidc-provider';
  const { default: Provider } = (await import(name)) as { default: ProviderClass };
  const resource = 'urn:example:api';
  const provider = new Provider('http://127.0.0.1', {
    clients: [
      {
        client_id: 'client',
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'RS256',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        jwks: { keys: [{ ...jwkOf(pair.publicKey), kid: 'one' }] },
      },
    ],
    jwks: { keys: [{ ...privateJwk(pair.privateKey), kid: 'two', use: 'sig' }] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        getResourceServerInfo: () => ({
          scope: 'read',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  return {
    path: '/token',
    listener: provider.callback(),
    form: (index) => formOf('client', 'http://127.0.0.1', index, { kid: 'one' }, { resource }),
  };
}

const privateJwk = (key: KeyObject) => key.export({ format: 'jwk' });

async function formOf(
  clientId: string,
  aud: string,
  index: number,
  header: Record<string, string>,
  more: Record<string, string>,
): Promise<Record<string, string>> {
  const now = Math.floor(Date.now() / 1000);
  const jti = createHash('sha256').update(`${index}`).digest('hex');
  const claims = { aud, iss: clientId, sub: clientId, jti, iat: now, exp: now + 600 };
  return {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_assertion_type: assertionType,
    client_assertion: await signJwt({ alg: 'RS256', ...header }, claims, pair.privateKey),
    ...more,
  };
}

/** Gives a function that asks one round of tokens: CPU per token in microseconds, the client's part in it. */
async function serve(peer: Peer) {
  const server = createServer(peer.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pool = new Pool(origin, { connections: concurrency });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  let made = 0;
  const round = async () => {
    const bodies = await Promise.all(
      Array.from({ length: tokensPerRound }, async () =>
        new URLSearchParams(await peer.form(made++, origin)).toString(),
      ),
    );
    const before = process.cpuUsage();
    const lane = async () => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
        const answered = await pool.request({ method: 'POST', path: peer.path, headers, body });
        const text = await answered.body.text();
        if (answered.statusCode !== 200) throw new Error(text);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, lane));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / tokensPerRound;
  };
  const close = async () => {
    await pool.close();
    server.close();
  };
  return { round, close };
}

export async function measure(): Promise<Measurement[]> {
  const peer = await serve(await oidcPeer());
  const own = await serve(await entraPeer());
  const results: { ours: number; theirs: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const theirs = await peer.round();
    const ours = await own.round();
    if (round > 0) results.push({ ours, theirs });
  }
  await Promise.all([peer.close(), own.close()]);
  results.sort((a, b) => a.theirs / a.ours - b.theirs / b.ours);
  const { ours, theirs } = results[Math.floor(rounds / 2)]!;
  return [
    {
      name: 'tokens for the CPU of one from oidc-provider',
      baseline: `${theirs.toFixed(0)} µs CPU per token from oidc-provider`,
      measured: `${ours.toFixed(0)} µs CPU per token; both hold the client that asks over HTTP`,
      ratio: theirs / ours,
      goal: '≥ 2.5x without the client',
    },
  ];
}
