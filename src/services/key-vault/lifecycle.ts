// What happens to objects by time alone: rotation, renewal, issuance, expiry events, purging.
import { durationMs, type Json, parseDuration } from '../../base/index.ts';
import type { Job, JobOutcome } from '../../jobs/index.ts';
import type { Write } from '../../store/index.ts';
import { nearExpiryDays } from './limits.ts';
import { eraseWrites, getVersion, lifeOf, objectKey } from './objects.ts';
import type { Room, Vault } from './room.ts';
import {
  type CertificateVersion,
  type KeyVersion,
  kinds,
  type ObjectRecord,
  type VersionRecord,
} from './state.ts';

export const lifecycleQueue = 'key-vault-lifecycle';

const dayMs = 86_400_000;

export type DueKind = 'near' | 'expired' | 'rotate' | 'renew' | 'issue' | 'purge';

export interface Due {
  readonly atMs: number;
  readonly kind: DueKind;
}

const inMs = (text: string) => {
  const duration = parseDuration(text);
  return duration ? durationMs(duration) : 0;
};

/** Everything that will happen to an object as it stands, in order of time. */
export function dueTimes(record: ObjectRecord, version: VersionRecord): Due[] {
  if (record.deletion) return [{ atMs: record.deletion.purgeMs, kind: 'purge' }];
  const list: Due[] = [];
  const expiresMs = version.exp === undefined ? undefined : version.exp * 1000;
  const pending = record.pending;
  if (pending?.dueMs !== undefined && pending.status === 'inProgress') {
    list.push({ atMs: pending.dueMs, kind: 'issue' });
  }
  if (expiresMs !== undefined && !record.managed) {
    list.push({ atMs: expiresMs, kind: 'expired' });
    const notify = record.rotation?.lifetimeActions.find(({ action }) => action === 'Notify');
    const ahead = notify?.timeBeforeExpiry;
    const nearMs = ahead ? inMs(ahead) : nearExpiryDays * dayMs;
    list.push({ atMs: Math.max(version.createdMs + 1, expiresMs - nearMs), kind: 'near' });
  }
  for (const action of record.rotation?.lifetimeActions ?? []) {
    if (action.action !== 'Rotate') continue;
    if (action.timeAfterCreate) {
      list.push({ atMs: version.createdMs + inMs(action.timeAfterCreate), kind: 'rotate' });
    } else if (action.timeBeforeExpiry && expiresMs !== undefined) {
      list.push({ atMs: expiresMs - inMs(action.timeBeforeExpiry), kind: 'rotate' });
    }
  }
  const renewMs = renewalMs(record, version);
  if (renewMs !== undefined) list.push({ atMs: renewMs, kind: 'renew' });
  return list.sort((a, b) => a.atMs - b.atMs);
}

/** When the policy renews a certificate; never for one whose issuer is Unknown. */
function renewalMs(record: ObjectRecord, version: CertificateVersion): number | undefined {
  const { policy, pending } = record;
  const busy = pending?.status === 'inProgress';
  if (!policy || busy || policy.issuer.name === 'Unknown' || !version.cer) return undefined;
  const action = policy.lifetimeActions.find((each) => each.action === 'AutoRenew');
  if (!action || version.exp === undefined || version.nbf === undefined) return undefined;
  const lifeMs = (version.exp - version.nbf) * 1000;
  if (action.daysBeforeExpiry !== undefined) {
    return version.exp * 1000 - action.daysBeforeExpiry * dayMs;
  }
  return version.nbf * 1000 + (lifeMs * (action.percentage ?? 80)) / 100;
}

interface Payload {
  readonly vaultId: string;
  readonly instance: string;
  readonly type: ObjectRecord['type'];
  readonly name: string;
  /** What was due up to then is done. */
  readonly doneMs: number;
}

/** Writes that wake the object's job for what comes next after `doneMs`. */
export async function lifecycleWrites(
  room: Room,
  vault: Vault,
  record: ObjectRecord,
  version: VersionRecord,
  doneMs: number,
): Promise<Write[]> {
  const id = objectKey(vault, record.type, record.name);
  const next = dueTimes(record, version).find(({ atMs }) => atMs > doneMs);
  if (!next) return room.jobs.remove({ queue: lifecycleQueue, id });
  return room.jobs.schedule({
    queue: lifecycleQueue,
    id,
    dueMs: next.atMs,
    payload: payloadOf(vault, record, doneMs),
  });
}

/** The same where the version is the current one; older versions have no timers. */
export function currentWrites(
  room: Room,
  vault: Vault,
  record: ObjectRecord,
  version: VersionRecord,
  nowMs: number,
): Promise<Write[]> {
  if (version.version !== record.current) return Promise.resolve([]);
  return lifecycleWrites(room, vault, record, version, nowMs);
}

function payloadOf(vault: Vault, { type, name }: ObjectRecord, doneMs: number): Json {
  return { vaultId: vault.resourceId, instance: vault.instance, type, name, doneMs };
}

/** What each kind of due work does; each commits its own batch and can be done twice. */
export interface LifecycleActions {
  vaultOf(resourceId: string, instance: string): Promise<Vault | undefined>;
  rotate(room: Room, vault: Vault, record: ObjectRecord): Promise<void>;
  renew(room: Room, vault: Vault, record: ObjectRecord): Promise<void>;
  issue(room: Room, vault: Vault, record: ObjectRecord): Promise<void>;
}

/** The handler of the queue: does what is due, and says when to come again. */
export function lifecycleHandler(room: Room, actions: LifecycleActions) {
  return async (job: Job): Promise<JobOutcome> => {
    const payload = job.payload as unknown as Payload;
    const vault = await actions.vaultOf(payload.vaultId, payload.instance);
    if (!vault) return { outcome: 'done' };
    let doneMs = payload.doneMs;
    for (;;) {
      const nowMs = room.clock.now();
      const state = await stateOf(room, vault, payload);
      if (!state) return { outcome: 'done' };
      const next = dueTimes(state.record, state.version).find(({ atMs }) => atMs > doneMs);
      if (!next) return { outcome: 'done' };
      if (next.atMs > nowMs) {
        const again = payloadOf(vault, state.record, doneMs);
        return { outcome: 'again', dueMs: next.atMs, payload: again };
      }
      if (next.kind === 'purge') {
        await purge(room, vault, state.record);
        return { outcome: 'done' };
      }
      await act(room, vault, actions, next.kind, state);
      doneMs = next.atMs;
    }
  };
}

async function stateOf(room: Room, vault: Vault, { type, name }: Payload) {
  const found = await room.records.get<ObjectRecord>(kinds.object, objectKey(vault, type, name));
  if (!found) return undefined;
  const record = found.value;
  const version = await getVersion(room, vault, record, record.current);
  return version && { record, version: version.value as KeyVersion };
}

async function act(
  room: Room,
  vault: Vault,
  actions: LifecycleActions,
  kind: Exclude<DueKind, 'purge'>,
  { record, version }: { record: ObjectRecord; version: VersionRecord },
): Promise<void> {
  if (kind !== 'near' && kind !== 'expired') return actions[kind](room, vault, record);
  const { type, name } = record;
  room.notify({
    vault,
    kind: kind === 'near' ? 'NearExpiry' : 'Expired',
    type,
    name,
    version: version.version,
    nbf: version.nbf,
    exp: version.exp,
  });
}

/** Erases an object whose retention is over, with the key and secret of a certificate. */
async function purge(room: Room, vault: Vault, record: ObjectRecord): Promise<void> {
  if (lifeOf(record, room.clock.now()) !== 'absent') return;
  await room.store.write(await eraseWrites(room, vault, record));
}
