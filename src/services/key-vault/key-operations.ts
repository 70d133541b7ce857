// Cryptographic operations with a key: what may be done, with which algorithm, and the doing.
import type { KeyObject } from 'node:crypto';
import { toBase64Url } from '../../base/index.ts';
import {
  aesCiphers,
  type CipherAlgorithm,
  CipherError,
  type DigestAlgorithm,
  digestAlgorithms,
  keyWraps,
  PoolError,
  rsaCiphers,
} from '../../crypto/index.ts';
import { decide } from '../../telemetry/index.ts';
import { badParameter, forbidden, VaultError } from './errors.ts';
import { curves, keyObjectOf, publicKeyOf } from './key-material.ts';
import { plainBytesMax } from './limits.ts';
import { objectUrl, requireVersion } from './objects.ts';
import type { Call, Handler, Room } from './room.ts';
import type { KeyVersion } from './state.ts';
import { bytesOf, requiredBytes, requiredText } from './wire.ts';

type Operation = 'encrypt' | 'decrypt' | 'sign' | 'verify' | 'wrapKey' | 'unwrapKey';

/** These stop outside `nbf`…`exp`; their counterparts go on, so that old data stays readable. */
const boundByTime: ReadonlySet<string> = new Set(['encrypt', 'sign', 'wrapKey']);

/** Loads the key of the path and decides whether the operation may be done with it. */
async function usableKey(room: Room, call: Call, operation: Operation) {
  const { object, version } = await requireVersion<KeyVersion>(room, call, 'keys');
  const key = version.value;
  const input = { key: object.value.name, version: key.version, operation };
  const refuse = (rule: string, reason: string, fix: string, error: VaultError): never => {
    decide({ rule, outcome: 'refused', reason, fix, input });
    throw error;
  };
  if (!key.enabled) {
    refuse(
      'vault key enabled',
      'The key version is disabled.',
      'Enable it: attributes.enabled true.',
      forbidden(`Operation ${operation} is not allowed on a disabled key.`, 'KeyDisabled'),
    );
  }
  if (!key.keyOps.includes(operation)) {
    refuse(
      'vault key operations',
      `key_ops of this version are ${key.keyOps.join(', ') || 'empty'}.`,
      `Add '${operation}' to key_ops of the key (of a certificate: to key_usage of its policy).`,
      forbidden(`Operation ${operation} is not permitted on this key.`, 'KeyOperationForbidden'),
    );
  }
  const now = call.nowMs / 1000;
  if (boundByTime.has(operation) && key.nbf !== undefined && now < key.nbf) {
    refuse(
      'vault key validity',
      `The key is valid from ${new Date(key.nbf * 1000).toISOString()} on.`,
      'Change attributes.nbf, or move the clock.',
      forbidden(
        `Operation ${operation} is not allowed on a key that is not yet valid.`,
        'KeyNotYetValid',
      ),
    );
  }
  if (boundByTime.has(operation) && key.exp !== undefined && now >= key.exp) {
    refuse(
      'vault key validity',
      `The key expired at ${new Date(key.exp * 1000).toISOString()}.`,
      'Rotate the key or change attributes.exp.',
      forbidden(`Operation ${operation} is not allowed on an expired key.`, 'KeyExpired'),
    );
  }
  decide({
    rule: 'vault key',
    outcome: 'allowed',
    reason: `The key is enabled and valid, and its key_ops hold ${operation}.`,
    input,
  });
  return { key, kid: objectUrl(call.vault, 'keys', object.value.name, key.version) };
}

function digestAlgorithmOf(call: Call, key: KeyVersion): DigestAlgorithm {
  const name = requiredText(call.body, 'alg');
  if (!Object.hasOwn(digestAlgorithms, name)) throw unknownAlgorithm(name);
  const algorithm = name as DigestAlgorithm;
  const { family } = digestAlgorithms[algorithm];
  const fits =
    key.kty === 'oct'
      ? family === 'hmac'
      : key.kty === 'RSA'
        ? family === 'pkcs1' || family === 'pss'
        : curves[key.crv as keyof typeof curves].algorithm === algorithm;
  if (!fits) throw unfitAlgorithm(name, key);
  return algorithm;
}

const unknownAlgorithm = (name: string) =>
  badParameter(`The algorithm '${name.slice(0, 100)}' is not supported.`);

function unfitAlgorithm(name: string, { kty, crv }: KeyVersion): VaultError {
  const what = crv ? `${kty} key on curve ${crv}` : `${kty} key`;
  return badParameter(`The algorithm '${name}' cannot be used with this ${what}.`);
}

/** A digest of the length its algorithm asks for. */
function digestOf(call: Call, member: 'value' | 'digest', algorithm: DigestAlgorithm): Buffer {
  const digest = requiredBytes(call.body, member);
  const { bytes } = digestAlgorithms[algorithm];
  if (bytes && digest.length !== bytes) {
    throw badParameter(
      `Invalid length of '${member}': ${digest.length} bytes. ${algorithm} requires ${bytes} bytes, ` +
        'encoded with base64url.',
    );
  }
  if (!bytes && digest.length > 245) {
    throw badParameter(`Invalid length of '${member}': ${digest.length} bytes.`);
  }
  return digest;
}

/** Runs pool work; what the value or the load is to blame for becomes the service's refusal. */
async function worked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CipherError) throw badParameter(`${capital(error.message)}.`);
    if (error instanceof PoolError) throw throttled();
    throw error;
  }
}

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);

export const throttled = () =>
  new VaultError(
    'Throttled',
    'Request was not processed because too many requests were received. Reason: ' +
      'VaultRequestTypeLimitReached',
  );

export const sign: Handler = async (room, call) => {
  const { key, kid } = await usableKey(room, call, 'sign');
  const algorithm = digestAlgorithmOf(call, key);
  const digest = digestOf(call, 'value', algorithm);
  const signature = await worked(() =>
    room.pool.run('sign', { algorithm, digest }, keyObjectOf(key)),
  );
  return { body: { kid, value: toBase64Url(signature) } };
};

export const verify: Handler = async (room, call) => {
  const { key } = await usableKey(room, call, 'verify');
  const algorithm = digestAlgorithmOf(call, key);
  const digest = digestOf(call, 'digest', algorithm);
  const signature = requiredBytes(call.body, 'value');
  const input = { algorithm, digest, signature };
  return { body: { value: await worked(() => room.pool.run('verify', input, publicKeyOf(key))) } };
};

/** Encryption works with RSA and AES, wrapping with RSA and AES key wrap. */
function cipherOf(call: Call, key: KeyVersion, wrapping: boolean): CipherAlgorithm {
  const name = requiredText(call.body, 'alg');
  const rsa = Object.hasOwn(rsaCiphers, name);
  const aes = Object.hasOwn(aesCiphers, name);
  const wrap = Object.hasOwn(keyWraps, name);
  if (!rsa && !aes && !wrap) throw unknownAlgorithm(name);
  const fits = key.kty === 'RSA' ? rsa : key.kty === 'oct' && (wrapping ? wrap : aes);
  if (!fits) throw unfitAlgorithm(name, key);
  return name as CipherAlgorithm;
}

function cipherInput(call: Call, algorithm: CipherAlgorithm) {
  const value = requiredBytes(call.body, 'value');
  if (value.length > plainBytesMax) {
    throw badParameter(`Invalid length of 'value': at most ${plainBytesMax} bytes are taken.`);
  }
  return {
    algorithm,
    value,
    iv: bytesOf(call.body, 'iv'),
    tag: bytesOf(call.body, 'tag'),
    additionalData: bytesOf(call.body, 'aad'),
  };
}

const forward =
  (operation: 'encrypt' | 'wrapKey'): Handler =>
  async (room, call) => {
    const { key, kid } = await usableKey(room, call, operation);
    const input = cipherInput(call, cipherOf(call, key, operation === 'wrapKey'));
    const { value, iv, tag } = await worked(() =>
      room.pool.run('encrypt', input, publicKeyOf(key)),
    );
    return {
      body: {
        kid,
        value: toBase64Url(value),
        ...(iv && { iv: toBase64Url(iv) }),
        ...(tag && { tag: toBase64Url(tag) }),
        ...(input.additionalData && { aad: toBase64Url(input.additionalData) }),
      },
    };
  };

const backward =
  (operation: 'decrypt' | 'unwrapKey'): Handler =>
  async (room, call) => {
    const { key, kid } = await usableKey(room, call, operation);
    const input = cipherInput(call, cipherOf(call, key, operation === 'unwrapKey'));
    const secret: KeyObject = keyObjectOf(key);
    const value = await worked(() => room.pool.run('decrypt', input, secret));
    return { body: { kid, value: toBase64Url(value) } };
  };

export const encrypt = forward('encrypt');
export const wrapKey = forward('wrapKey');
export const decrypt = backward('decrypt');
export const unwrapKey = backward('unwrapKey');
