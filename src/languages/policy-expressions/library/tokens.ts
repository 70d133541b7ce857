// BasicAuthCredentials, Jwt and Authorization: what headers and identity policies give.
import { Buffer } from 'node:buffer';
import { dateTimeOfUnixMs } from '../../../dotnet/index.ts';
import { Instance, type Reference, stringArray } from '../running/values.ts';
import { known } from '../types/hierarchy.ts';
import { declareType, named } from '../types/registry.ts';
import { arrayOf } from '../types/type.ts';
import { MapView, pairsView } from './map-view.ts';

class BasicValue extends Instance {
  readonly user: string;
  readonly password: string;

  constructor(user: string, password: string) {
    super(named('BasicAuthCredentials'));
    this.user = user;
    this.password = password;
  }
}

function basicOf(text: string | null): BasicValue | null {
  const match = /^\s*basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(text ?? '');
  if (!match) return null;
  const plain = Buffer.from(match[1]!, 'base64').toString('utf8');
  const colon = plain.indexOf(':');
  return colon < 0 ? null : new BasicValue(plain.slice(0, colon), plain.slice(colon + 1));
}

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
const time = (name: string) => (jwt: JwtValue) => {
  const value = jwt.payload[name];
  return typeof value === 'number' ? dateTimeOfUnixMs(value * 1000) : null;
};
const headerText = (name: string) => (jwt: JwtValue) =>
  typeof jwt.header[name] === 'string' ? (jwt.header[name] as string) : null;

/** What get-authorization-context stores. */
export class AuthorizationValue extends Instance {
  readonly accessToken: string;
  readonly claims: ReadonlyMap<string, unknown>;

  constructor(accessToken: string, claims: ReadonlyMap<string, unknown>) {
    super(named('Authorization'));
    this.accessToken = accessToken;
    this.claims = claims;
  }
}

const jwtType = declareType(
  'class Jwt',
  {
    'string Algorithm': headerText('alg'),
    'string Type': headerText('typ'),
    'IEnumerable<string> Audiences': (jwt: JwtValue) =>
      stringArray(jwt.payload.aud === undefined ? [] : claimTexts(jwt.payload.aud)),
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

export const tokenTypes = [
  declareType('class BasicAuthCredentials', {
    'string UserId': (value: BasicValue) => value.user,
    'string Username': (value: BasicValue) => value.user,
    'string Password': (value: BasicValue) => value.password,
  }),
  jwtType,
  declareType('class Authorization', {
    'string AccessToken': (value: AuthorizationValue) => value.accessToken,
    'IReadOnlyDictionary<string, object> Claims': (value: AuthorizationValue) =>
      new MapView(known.object, {
        find: (name) => value.claims.get(name),
        entries: () => value.claims,
      }),
  }),
  declareType('static class TokenExtensions', {
    'static BasicAuthCredentials AsBasic(this string input)': basicOf,
    'static bool TryParseBasic(this string input, out BasicAuthCredentials result)': (
      text: string | null,
      result: Reference,
    ) => {
      result.value = basicOf(text);
      return result.value !== null;
    },
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
