// The key set with which this cloud signs tokens: one for all tenants, several published at once.
import { createPrivateKey, generateKeyPair, type KeyObject, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { assert, type Clock } from '../../base/index.ts';
import {
  certificateThumbprints,
  createCertificate,
  createJwtSigner,
  type Jwk,
  type Jwt,
  type JwtSigner,
  jwkOf,
  verifyJwt,
} from '../../crypto/index.ts';
import type { Store } from '../../store/index.ts';
import { replacedKeyPublishedMs, signingCertificateYears } from './limits.ts';
import { kinds, type SigningKeyRecord } from './state.ts';

interface SigningKey {
  readonly record: SigningKeyRecord;
  readonly publicKey: KeyObject;
  /** Token headers: v1 carries `x5t` beside `kid`. */
  readonly signers: { readonly 1: JwtSigner; readonly 2: JwtSigner };
}

export interface SigningKeys {
  /** Signs the claims of an access token of this version with the newest key. */
  sign(version: 1 | 2, claims: object): Promise<string>;
  /** JWKS entries, newest first; `issuer` is written into each where given. */
  published(issuer?: string): Jwk[];
  /** Whether one of this cloud's published keys signed it with RS256. */
  verifies(jwt: Jwt): boolean;
  /** A new key signs from now on; the old ones stay published until their tokens have ended. */
  rotate(): Promise<void>;
}

const generate = promisify(generateKeyPair);

/** Reads the cloud's keys; makes the first one in an empty store. */
export async function openSigningKeys(store: Store, clock: Clock): Promise<SigningKeys> {
  let keys: SigningKey[] = [];

  async function read(): Promise<void> {
    const records = (await store.scan<SigningKeyRecord>(kinds.signingKey)).map(
      ({ value }) => value,
    );
    keys = records.sort((a, b) => b.createdAtMs - a.createdAtMs).map(signingKeyOf);
  }
  async function rotate(): Promise<void> {
    const replaced = keys.filter(({ record }) => record.replacedAtMs === null);
    const created = await newRecord(clock.now());
    const expired = keys.filter(({ record }) => !isPublished(record));
    await store.write([
      put(created),
      ...replaced.map(({ record }) => put({ ...record, replacedAtMs: clock.now() })),
      ...expired.map(({ record }) => ({ delete: { kind: kinds.signingKey, key: record.kid } })),
    ]);
    await read();
  }
  function isPublished({ replacedAtMs }: SigningKeyRecord): boolean {
    return replacedAtMs === null || clock.now() < replacedAtMs + replacedKeyPublishedMs;
  }
  const current = () => keys.filter(({ record }) => isPublished(record));

  await read();
  if (!keys.some(({ record }) => record.replacedAtMs === null)) await rotate();
  // A store that closes meanwhile ends the reading; nobody signs after that.
  store.watch(kinds.signingKey, () => void read().catch(() => undefined));
  return {
    sign(version, claims) {
      const key = keys.find(({ record }) => record.replacedAtMs === null);
      assert(key, 'there is always a signing key');
      return key.signers[version](claims);
    },
    published: (issuer) =>
      current().map(({ record, publicKey }) => jwkEntry(record, publicKey, issuer)),
    verifies(jwt) {
      if (jwt.header.alg !== 'RS256') return false;
      const key = current().find(({ record }) => record.kid === jwt.header.kid);
      return key !== undefined && verifyJwt(jwt, key.publicKey) === undefined;
    },
    rotate,
  };
}

const put = (value: SigningKeyRecord) => ({
  put: { kind: kinds.signingKey, key: value.kid, value, sealed: true },
});

async function newRecord(nowMs: number): Promise<SigningKeyRecord> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 });
  const certificate = await createCertificate({
    subject: 'CN=accounts.accesscontrol.windows.net',
    publicKey,
    signingKey: privateKey,
    notBefore: nowMs - 86_400_000,
    notAfter: nowMs + signingCertificateYears * 365 * 86_400_000,
  });
  return {
    kid: certificateThumbprints(certificate).x5t,
    createdAtMs: nowMs,
    replacedAtMs: null,
    certificate: certificate.toString('base64'),
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  };
}

function signingKeyOf(record: SigningKeyRecord): SigningKey {
  const privateKey = createPrivateKey({
    key: Buffer.from(record.privateKey, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  const { kid } = record;
  return {
    record,
    publicKey: new X509Certificate(Buffer.from(record.certificate, 'base64')).publicKey,
    signers: {
      1: createJwtSigner(privateKey, { typ: 'JWT', alg: 'RS256', x5t: kid, kid }),
      2: createJwtSigner(privateKey, { typ: 'JWT', alg: 'RS256', kid }),
    },
  };
}

function jwkEntry(record: SigningKeyRecord, key: KeyObject, issuer: string | undefined): Jwk {
  const { kid, certificate } = record;
  return {
    ...jwkOf(key),
    use: 'sig',
    kid,
    x5t: kid,
    x5c: [certificate],
    ...(issuer !== undefined && { cloud_instance_name: 'microsoftonline.com', issuer }),
  };
}
