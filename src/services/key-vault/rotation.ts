// Rotation of keys: by request, and by a policy that acts on the clock.
import { durationMs, type JsonObject, newHexId, parseDuration } from '../../base/index.ts';
import { badParameter } from './errors.ts';
import { generateMaterial } from './key-material.ts';
import { keyBundle, managedKey } from './key-view.ts';
import { currentWrites } from './lifecycle.ts';
import { rotationDaysMin } from './limits.ts';
import { getVersion, lifeOf, objectKey, putObject, putVersion, requireLive } from './objects.ts';
import { type Handler, type Room, seconds, type Vault } from './room.ts';
import { type KeyVersion, kinds, type ObjectRecord, type RotationPolicy } from './state.ts';
import { listOf, objectOf, requiredText, textOf } from './wire.ts';

/** The writes and record of a new version made like the current one. */
async function rotated(room: Room, vault: Vault, record: ObjectRecord) {
  const current = await getVersion<KeyVersion>(room, vault, record, record.current);
  const { kty, hsm, crv, keyOps, exportable, releasePolicy, tags, public: parts } = current!.value;
  const bits = kty === 'RSA' ? Buffer.from(parts.n!, 'base64url').length * 8 : undefined;
  const octBits = kty === 'oct' ? Buffer.from(current!.value.secret, 'base64').length * 8 : bits;
  const exponent = parts.e
    ? Number.parseInt(Buffer.from(parts.e, 'base64url').toString('hex'), 16)
    : null;
  const material = await generateMaterial(
    room,
    { kty, hsm },
    {
      key_size: octBits ?? null,
      crv: crv ?? null,
      public_exponent: exponent,
    },
  );
  const nowMs = room.clock.now();
  const expiry = record.rotation?.expiryTime;
  const version: KeyVersion = {
    ...material,
    version: newHexId(),
    createdMs: nowMs,
    updatedMs: nowMs,
    enabled: true,
    keyOps,
    ...(tags && { tags }),
    ...(exportable !== undefined && { exportable }),
    ...(releasePolicy && { releasePolicy }),
    ...(expiry && { exp: seconds(nowMs + durationMs(parseDuration(expiry)!)) }),
  };
  return { version, record: { ...record, current: version.version } };
}

function notifyNewVersion(room: Room, vault: Vault, name: string, version: KeyVersion): void {
  const { nbf, exp } = version;
  const about = { vault, type: 'keys', name, version: version.version, nbf, exp } as const;
  room.notify({ ...about, kind: 'NewVersionCreated' });
}

export const rotateKey: Handler = async (room, call) => {
  const { vault } = call;
  const before = await requireLive(room, call, 'keys');
  if (before.value.managed) throw managedKey(before.value.name);
  return room.inOrder(objectKey(vault, 'keys', before.value.name), async () => {
    const found = await requireLive(room, call, 'keys');
    const { version, record } = await rotated(room, vault, found.value);
    await room.store.write([
      putObject(vault, record, found.version),
      putVersion(vault, record, version),
      ...(await currentWrites(room, vault, record, version, version.createdMs)),
    ]);
    notifyNewVersion(room, vault, record.name, version);
    return { body: keyBundle(vault, record, version) };
  });
};

/** The policy's own rotation; the job that called it sets the next time itself. */
export async function rotateByPolicy(
  room: Room,
  vault: Vault,
  { name }: ObjectRecord,
): Promise<void> {
  const key = objectKey(vault, 'keys', name);
  await room.inOrder(key, async () => {
    const found = await room.records.get<ObjectRecord>(kinds.object, key);
    if (!found || lifeOf(found.value, room.clock.now()) !== 'live') return;
    const { version, record } = await rotated(room, vault, found.value);
    await room.store.write([
      putObject(vault, record, found.version),
      putVersion(vault, record, version),
    ]);
    notifyNewVersion(room, vault, name, version);
  });
}

function policyView(vault: Vault, { name, rotation }: ObjectRecord): JsonObject {
  if (!rotation) return { lifetimeActions: null, attributes: null };
  const { expiryTime, createdMs, updatedMs } = rotation;
  return {
    id: `${vault.origin}/keys/${name}/rotationpolicy`,
    lifetimeActions: rotation.lifetimeActions.map(({ action, ...trigger }) => ({
      trigger: { ...trigger },
      action: { type: action },
    })),
    attributes: {
      ...(expiryTime && { expiryTime }),
      created: seconds(createdMs),
      updated: seconds(updatedMs),
    },
  };
}

export const getRotationPolicy: Handler = async (room, call) => {
  const found = await requireLive(room, call, 'keys');
  return { body: policyView(call.vault, found.value) };
};

export const setRotationPolicy: Handler = async (room, call) => {
  const { vault, nowMs } = call;
  const before = await requireLive(room, call, 'keys');
  return room.inOrder(objectKey(vault, 'keys', before.value.name), async () => {
    const found = await requireLive(room, call, 'keys');
    const rotation = readPolicy(call.body, found.value.rotation, nowMs);
    const record: ObjectRecord = { ...found.value, rotation };
    const version = await getVersion<KeyVersion>(room, vault, record, record.current);
    await room.store.write([
      putObject(vault, record, found.version),
      ...(await currentWrites(room, vault, record, version!.value, nowMs)),
    ]);
    return { body: policyView(vault, record) };
  });
};

/** Durations below the documented minimum of seven days are refused. */
function readTime(trigger: JsonObject, name: string): string | undefined {
  const text = textOf(trigger, name);
  if (text === undefined) return undefined;
  const duration = parseDuration(text);
  if (!duration || duration.negative || durationMs(duration) < rotationDaysMin * 86_400_000) {
    throw badParameter(
      `The parameter '${name}' must be an ISO 8601 duration of at least ${rotationDaysMin} days.`,
    );
  }
  return text;
}

function readPolicy(
  body: JsonObject,
  previous: RotationPolicy | undefined,
  nowMs: number,
): RotationPolicy {
  const attributes = objectOf(body, 'attributes');
  const expiryTime = attributes && readTime(attributes, 'expiryTime');
  const actions = (listOf(body, 'lifetimeActions') ?? []).map((item) => {
    const each = { item } as JsonObject;
    const action = objectOf(objectOf(each, 'item') ?? {}, 'action');
    const trigger = objectOf(objectOf(each, 'item') ?? {}, 'trigger');
    const type = requiredText(action ?? {}, 'type').toLowerCase();
    if (type !== 'rotate' && type !== 'notify') {
      throw badParameter(`The lifetime action '${type.slice(0, 50)}' is not supported.`);
    }
    const timeAfterCreate = trigger && readTime(trigger, 'timeAfterCreate');
    const timeBeforeExpiry = trigger && readTime(trigger, 'timeBeforeExpiry');
    if ((timeAfterCreate === undefined) === (timeBeforeExpiry === undefined)) {
      throw badParameter('A trigger needs timeAfterCreate or timeBeforeExpiry, and not both.');
    }
    if (type === 'rotate' && timeBeforeExpiry && !expiryTime) {
      throw badParameter("Rotation before expiry needs the policy's attributes.expiryTime.");
    }
    return {
      action: type === 'rotate' ? ('Rotate' as const) : ('Notify' as const),
      ...(timeAfterCreate && { timeAfterCreate }),
      ...(timeBeforeExpiry && { timeBeforeExpiry }),
    };
  });
  if (new Set(actions.map(({ action }) => action)).size !== actions.length) {
    throw badParameter('A rotation policy has each lifetime action at most once.');
  }
  // Azure adds the default notification where the policy has none.
  if (!actions.some(({ action }) => action === 'Notify')) {
    actions.push({ action: 'Notify', timeBeforeExpiry: 'P30D' });
  }
  return {
    createdMs: previous?.createdMs ?? nowMs,
    updatedMs: nowMs,
    ...(expiryTime && { expiryTime }),
    lifetimeActions: actions,
  };
}
