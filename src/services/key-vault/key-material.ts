// Key material between Azure's JWK, our records and key objects.
import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type JsonWebKeyInput,
  type KeyObject,
} from 'node:crypto';
import { fromBase64Any, type JsonObject } from '../../base/index.ts';
import { badParameter } from './errors.ts';
import type { Room } from './room.ts';
import type { KeyVersion } from './state.ts';
import { integerOf, requiredText, textOf } from './wire.ts';

export interface KeyKind {
  readonly kty: 'RSA' | 'EC' | 'oct';
  readonly hsm: boolean;
}

/** Azure's curve names → OpenSSL's and JWK's. */
export const curves = {
  'P-256': { openssl: 'prime256v1', jwk: 'P-256', algorithm: 'ES256' },
  'P-384': { openssl: 'secp384r1', jwk: 'P-384', algorithm: 'ES384' },
  'P-521': { openssl: 'secp521r1', jwk: 'P-521', algorithm: 'ES512' },
  'P-256K': { openssl: 'secp256k1', jwk: 'secp256k1', algorithm: 'ES256K' },
} as const;

export type CurveName = keyof typeof curves;

const rsaSizes = [2048, 3072, 4096];
const octSizes = [128, 192, 256];

/** `RSA`, `EC-HSM`, … Throws 400 for another word, or for an HSM key where the vault has none. */
export function readKeyKind(text: string, premium: boolean): KeyKind {
  const match = /^(RSA|EC|oct)(-HSM)?$/.exec(text);
  if (!match) throw badParameter(`The key type '${text}' is not supported.`);
  const kind = { kty: match[1] as KeyKind['kty'], hsm: match[2] !== undefined };
  if (kind.hsm && !premium) {
    throw badParameter(
      `The key type '${text}' is not supported in a vault of the standard SKU; use a premium vault.`,
    );
  }
  return kind;
}

export function readCurve(text: string | undefined): CurveName {
  const name = text === 'SECP256K1' ? 'P-256K' : (text ?? 'P-256');
  if (Object.hasOwn(curves, name)) return name as CurveName;
  throw badParameter(`The curve '${name}' is not supported.`);
}

export const keyTypeOf = ({ kty, hsm }: KeyKind) => `${kty}${hsm ? '-HSM' : ''}`;

/** The parts of a key version that come from its material. */
export type Material = Pick<KeyVersion, 'kty' | 'hsm' | 'crv' | 'public' | 'secret'>;

/** Makes a new key by the members of a create request: kty, key_size, public_exponent, crv. */
export async function generateMaterial(
  room: Room,
  kind: KeyKind,
  body: JsonObject,
): Promise<Material> {
  const bits = integerOf(body, 'key_size');
  if (kind.kty === 'EC') {
    const curve = readCurve(textOf(body, 'crv'));
    const specification = { type: 'ec', curve: curves[curve].openssl } as const;
    return materialOf(kind, await room.pool.run('generate', specification));
  }
  const sizes = kind.kty === 'RSA' ? rsaSizes : octSizes;
  const size = bits ?? (kind.kty === 'RSA' ? 2048 : 256);
  if (!sizes.includes(size)) {
    throw badParameter(`The key size ${size} is not supported; use one of ${sizes.join(', ')}.`);
  }
  if (kind.kty === 'oct') {
    return materialOf(kind, await room.pool.run('generate', { type: 'oct', bits: size }));
  }
  const exponent = integerOf(body, 'public_exponent') ?? 65_537;
  if (exponent !== 3 && exponent !== 65_537) {
    throw badParameter(`The public exponent ${exponent} is not supported; use 65537 or 3.`);
  }
  return materialOf(kind, await room.pool.run('generate', { type: 'rsa', bits: size, exponent }));
}

/** Takes a private (or secret) key object apart for keeping. */
export function materialOf(kind: KeyKind, key: KeyObject): Material {
  if (key.type === 'secret') {
    return { ...kind, public: {}, secret: key.export().toString('base64') };
  }
  const { n, e, x, y, crv } = createPublicKey(key).export({ format: 'jwk' });
  const secret = key.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  if (kind.kty === 'RSA') return { ...kind, public: { n: n!, e: e! }, secret };
  const name = Object.entries(curves).find(([, facts]) => facts.jwk === crv)?.[0];
  return { ...kind, crv: name, public: { x: x!, y: y! }, secret };
}

/** Material of an imported JWK with its private members. Throws 400 for one that is not whole. */
export function readJwk(jwk: JsonObject, premium: boolean): Material {
  const kind = readKeyKind(requiredText(jwk, 'kty'), premium);
  if (jwk.key_hsm !== undefined) {
    throw badParameter('Keys wrapped for an HSM (key_hsm) cannot be imported here.');
  }
  if (kind.kty === 'oct') {
    const bytes = fromBase64Any(requiredText(jwk, 'k'));
    if (!bytes || !octSizes.includes(bytes.length * 8)) {
      throw badParameter(`The parameter 'k' must have ${octSizes.join(', ')} bits.`);
    }
    return materialOf(kind, createSecretKey(bytes));
  }
  const members =
    kind.kty === 'RSA' ? ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] : ['x', 'y', 'd'];
  const curve = kind.kty === 'EC' ? readCurve(textOf(jwk, 'crv')) : undefined;
  const whole: Record<string, string> = { kty: kind.kty };
  if (curve) whole.crv = curves[curve].jwk;
  for (const name of members) whole[name] = canonical(requiredText(jwk, name), name);
  const key = importJwk(whole);
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && !rsaSizes.includes(bits)) {
    throw badParameter(`The key size ${bits} is not supported; use one of ${rsaSizes.join(', ')}.`);
  }
  return materialOf(kind, key);
}

function canonical(text: string, name: string): string {
  const bytes = fromBase64Any(text);
  if (!bytes?.length) throw badParameter(`The parameter 'key.${name}' must be base64url.`);
  return bytes.toString('base64url');
}

function importJwk(jwk: Record<string, string>): KeyObject {
  try {
    const key = createPrivateKey({ key: jwk, format: 'jwk' } as JsonWebKeyInput);
    // OpenSSL takes the numbers as they are: the public half must be that of the private one.
    const { n, e, x, y } = createPublicKey(
      key.export({ format: 'pem', type: 'pkcs8' }) as string,
    ).export({ format: 'jwk' });
    const wanted = jwk.kty === 'RSA' ? { n, e } : { x, y };
    const same = Object.entries(wanted).every(([name, value]) => {
      return fromBase64Any(value!)!.equals(fromBase64Any(jwk[name]!)!);
    });
    if (same) return key;
  } catch {
    // Told below.
  }
  throw badParameter('The key is invalid: its members do not make a private key.');
}

const keyObjects = new WeakMap<KeyVersion, KeyObject>();

/** The key object of a record; made once for each time the record is read. */
export function keyObjectOf(version: KeyVersion): KeyObject {
  let key = keyObjects.get(version);
  if (!key) {
    const bytes = Buffer.from(version.secret, 'base64');
    key =
      version.kty === 'oct'
        ? createSecretKey(bytes)
        : createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
    keyObjects.set(version, key);
  }
  return key;
}

const publicKeys = new WeakMap<KeyVersion, KeyObject>();

/** The public half, for what needs no more; the key itself for `oct`. */
export function publicKeyOf(version: KeyVersion): KeyObject {
  if (version.kty === 'oct') return keyObjectOf(version);
  let key = publicKeys.get(version);
  if (!key) {
    key = createPublicKey(keyObjectOf(version));
    publicKeys.set(version, key);
  }
  return key;
}
