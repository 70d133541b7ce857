// Jwt: a token read, not checked.
import { Buffer } from 'node:buffer';
import { dateTimeOfUnixMs } from '../../../../dotnet/index.ts';
import { Instance, type Reference, stringArray } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType, named } from '../../types/registry.ts';
import { arrayOf } from '../../types/type.ts';
import { type MapView, pairsView } from './map-view.ts';

type Json = Record<string, unknown>;

export class JwtValue extends Instance {
  readonly text: string;
  readonly header: Json;
  readonly payload: Json;

  constructor(text: string, header: Json, payload: Json) {
    super(named('Jwt'));
    this.text = text;
    this.header = header;
    this.payload = payload;
  }
}

function part(text: string | undefined): Json | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Json)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a token without checking it; `Bearer ` before it is allowed. Null where it is none. */
export function jwtOf(text: string | null): JwtValue | null {
  const bare = (text ?? '').trim().replace(/^bearer\s+/i, '');
  const parts = bare.split('.');
  if (parts.length !== 3) return null;
  const header = part(parts[0]);
  const payload = part(parts[1]);
  return header && payload ? new JwtValue(bare, header, payload) : null;
}

/** A claim's values as text; objects and arrays of others as JSON. */
function claimTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(claimTexts);
  if (typeof value === 'string') return [value];
  if (value === null || value === undefined) return [''];
  return [typeof value === 'object' ? JSON.stringify(value) : String(value)];
}

const claimViews = new WeakMap<object, MapView>();

function claimsOf(jwt: JwtValue): MapView {
  let view = claimViews.get(jwt);
  if (!view) {
    const pairs = Object.entries(jwt.payload);
    view = pairsView(arrayOf(known.string), pairs, false, (value) =>
      stringArray(claimTexts(value)),
    );
    claimViews.set(jwt, view);
  }
  return view;
}

const claim = (name: string) => (jwt: JwtValue) =>
  Object.hasOwn(jwt.payload, name) ? (claimTexts(jwt.payload[name])[0] ?? null) : null;
/** Seconds since 1970 that a date can show; what is beyond is the last one. */
const secondsMax = 253_402_300_799;

/** A NumericDate (RFC 7519 section 2), also as text; null where the claim is none. */
const time = (name: string) => (jwt: JwtValue) => {
  const value = Object.hasOwn(jwt.payload, name) ? jwt.payload[name] : undefined;
  const isDigits = typeof value === 'string' && /^\d{1,15}$/.test(value);
  if (typeof value !== 'number' && !isDigits) return null;
  const seconds = Math.trunc(Number(value));
  return dateTimeOfUnixMs(Math.min(Math.max(seconds, 0), secondsMax) * 1_000);
};
const headerText = (name: string) => (jwt: JwtValue) =>
  typeof jwt.header[name] === 'string' ? (jwt.header[name] as string) : null;

const jwtType = declareType(
  'class Jwt',
  {
    'string Algorithm': headerText('alg'),
    'string Type': headerText('typ'),
    'IEnumerable<string> Audiences': (jwt: JwtValue) =>
      stringArray(jwt.payload.aud == null ? [] : claimTexts(jwt.payload.aud)),
    'IReadOnlyDictionary<string, string[]> Claims': claimsOf,
    'DateTime? ExpirationTime': time('exp'),
    'DateTime? NotBefore': time('nbf'),
    'DateTime? IssuedAt': time('iat'),
    'string Id': claim('jti'),
    'string Issuer': claim('iss'),
    'string Subject': claim('sub'),
  },
  { text: (jwt: JwtValue) => jwt.text },
);

export const jwtTypes = [
  jwtType,
  declareType('static class JwtExtensions', {
    'static Jwt AsJwt(this string input)': jwtOf,
    'static bool TryParseJwt(this string input, out Jwt result)': (
      text: string | null,
      result: Reference,
    ) => {
      result.value = jwtOf(text);
      return result.value !== null;
    },
  }),
];
