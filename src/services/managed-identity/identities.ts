// The identities themselves: principal in the directory, certificate and key with the platform.
import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '../../base/index.ts';
import { certificateThumbprints, createCertificate } from '../../crypto/index.ts';
import type {
  ManagedIdentities,
  ManagedIdentityDirectory,
  ManagedIdentityKey,
  ManagedIdentityPrincipal,
  NewManagedIdentity,
} from '../../resources/index.ts';
import type { Store } from '../../store/index.ts';
import { decide } from '../../telemetry/index.ts';
import { certificateRolledDays, certificateValidDays, dayMs } from './limits.ts';

const kind = 'managed-identity/identities';

/** Sealed in the store. */
interface IdentityRecord extends NewManagedIdentity, ManagedIdentityPrincipal {
  readonly issuedAtMs: number;
  /** DER, standard base64. */
  readonly certificate: string;
  /** PKCS #8 DER, standard base64. */
  readonly privateKey: string;
  readonly x5tS256: string;
}

/** What a client assertion is signed with. */
export interface PlatformCredential extends ManagedIdentityPrincipal {
  readonly privateKey: KeyObject;
  readonly x5tS256: string;
}

export interface Identities extends ManagedIdentities {
  /** The principal that exists; undefined where there is none. */
  find(identity: ManagedIdentityKey): Promise<ManagedIdentityPrincipal | undefined>;
  /** The platform's credential, rolled where its time has come. */
  credentialOf(identity: ManagedIdentityKey): Promise<PlatformCredential | undefined>;
}

const generate = promisify(generateKeyPair);

const keyOf = ({ tenantId, identityId }: ManagedIdentityKey) =>
  `${tenantId}/${identityId.toLowerCase()}`;

/** Work of one key runs one after another. */
function createTurns() {
  const queues = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const result = (queues.get(key) ?? Promise.resolve()).then(work);
    const settled = result
      .catch(() => undefined)
      .finally(() => queues.get(key) === settled && queues.delete(key));
    queues.set(key, settled);
    return result;
  };
}

/** One change of an identity at a time; different identities do not wait for each other. */
export function createIdentities(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly directory: ManagedIdentityDirectory;
}): Identities {
  const { store, clock, directory } = options;
  const inTurn = createTurns();
  const keys = new Map<string, { readonly x5tS256: string; readonly privateKey: KeyObject }>();

  async function read(identity: ManagedIdentityKey): Promise<IdentityRecord | undefined> {
    return (await store.get<IdentityRecord>(kind, keyOf(identity)))?.value as
      | IdentityRecord
      | undefined;
  }
  /** Directory first: where the process ends in between, the next call finds the same principal. */
  async function issue(identity: NewManagedIdentity): Promise<IdentityRecord> {
    const { tenantId, identityId, displayName, explicit } = identity;
    const issuedAtMs = clock.now();
    const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 });
    const certificate = await createCertificate({
      subject: 'CN=managed identity',
      publicKey,
      signingKey: privateKey,
      notBefore: issuedAtMs - dayMs,
      notAfter: issuedAtMs + certificateValidDays * dayMs,
    });
    const named = { tenantId, identityId, displayName, explicit };
    const principal = await directory.ensure({ ...named, certificate });
    const record: IdentityRecord = {
      ...named,
      ...principal,
      issuedAtMs,
      certificate: certificate.toString('base64'),
      privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      x5tS256: certificateThumbprints(certificate).x5tS256,
    };
    await store.write([{ put: { kind, key: keyOf(identity), value: record, sealed: true } }]);
    return record;
  }
  /** The directory forgets first: where a removal was cut short, it gives a new principal here. */
  async function confirm(record: IdentityRecord): Promise<IdentityRecord> {
    const certificate = Buffer.from(record.certificate, 'base64');
    const { tenantId, identityId, displayName, explicit } = record;
    const named = { tenantId, identityId, displayName, explicit };
    const principal = await directory.ensure({ ...named, certificate });
    if (principal.clientId === record.clientId) return record;
    const renewed = { ...record, ...principal };
    await store.write([{ put: { kind, key: keyOf(record), value: renewed, sealed: true } }]);
    return renewed;
  }
  function keyObjectOf(key: string, { x5tS256, privateKey }: IdentityRecord): KeyObject {
    const known = keys.get(key);
    if (known?.x5tS256 === x5tS256) return known.privateKey;
    const der = Buffer.from(privateKey, 'base64');
    const object = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    keys.set(key, { x5tS256, privateKey: object });
    return object;
  }

  return {
    ensure: (identity) =>
      inTurn(keyOf(identity), async () => {
        const known = await read(identity);
        const record = known ? await confirm(known) : await issue(identity);
        const { principalId, clientId, tenantId } = record;
        return { principalId, clientId, tenantId };
      }),
    remove: (identity) =>
      inTurn(keyOf(identity), async () => {
        await directory.remove(identity);
        keys.delete(keyOf(identity));
        await store.write([{ delete: { kind, key: keyOf(identity) } }]);
      }),
    async find(identity) {
      const record = await read(identity);
      if (!record) return undefined;
      const { principalId, clientId, tenantId } = record;
      return { principalId, clientId, tenantId };
    },
    credentialOf: (identity) =>
      inTurn(keyOf(identity), async () => {
        const found = await read(identity);
        const record = found && isDue(found, clock.now()) ? await roll(found, issue) : found;
        if (!record) return undefined;
        const { principalId, clientId, tenantId, x5tS256 } = record;
        const privateKey = keyObjectOf(keyOf(identity), record);
        return { principalId, clientId, tenantId, x5tS256, privateKey };
      }),
  };
}

/** A clock set back before the certificate's beginning makes it useless as well. */
function isDue({ issuedAtMs }: IdentityRecord, nowMs: number): boolean {
  const age = nowMs - issuedAtMs;
  return age >= certificateRolledDays * dayMs || age < -dayMs;
}

function roll(
  record: IdentityRecord,
  issue: (identity: NewManagedIdentity) => Promise<IdentityRecord>,
): Promise<IdentityRecord> {
  decide({
    rule: 'platform certificate',
    outcome: 'done',
    reason: `The certificate of the identity was rolled (every ${certificateRolledDays} days).`,
    input: { identity: record.identityId, client: record.clientId },
  });
  return issue(record);
}
