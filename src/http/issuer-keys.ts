// The keys an issuer publishes: fetched, kept, and fetched again when a token names a new one.
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../base/index.ts';
import { type Jwk, keyOfJwk } from '../crypto/index.ts';
import { type Outbound, readBody } from './exchange.ts';

/** Where keys come from: OpenID metadata naming a `jwks_uri`, or the key set itself. */
export type KeySource = { readonly metadataUrl: string } | { readonly jwksUrl: string };

export interface IssuerKey {
  readonly kid: string | undefined;
  readonly x5t: string | undefined;
  /** The only algorithm this key may be used with, where the issuer says so. */
  readonly alg: string | undefined;
  /** Entra's member of a key: valid only for this issuer (`{tenantid}` stands for any tenant). */
  readonly issuer: string | undefined;
  readonly key: KeyObject;
}

export interface KeySet {
  /** The metadata's `issuer`; undefined where only a key set was asked. */
  readonly issuer: string | undefined;
  readonly keys: readonly IssuerKey[];
  /** Rises whenever this source is fetched again with another content. */
  readonly generation: number;
  readonly fetchedAtMs: number;
}

/** Validators are told to refresh about once a day; an hour lets a removed key die sooner. */
const lifetimeMsDefault = 3_600_000;
/** An unknown key id leads to a new fetch at most this often (Microsoft's validators: 5 minutes). */
const refetchMsMin = 300_000;
const documentBytesMax = 1_048_576;
const keysMax = 100;
const sourcesMax = 1_000;

export interface IssuerKeys {
  /** The set if it is at hand and still fresh: no waiting, nothing fetched. */
  peek(source: KeySource): KeySet | undefined;
  /** Fetches where needed. A fetch that fails leaves the old set in use; throws where there is none. */
  get(source: KeySource, hops?: number): Promise<KeySet>;
  /** After an unknown key id: fetches again unless that was done a moment ago. */
  refetch(source: KeySource, hops?: number): Promise<KeySet>;
}

/** No keys could be had; the message says which address failed and how. Never carries a body. */
export class KeysUnavailableError extends Error {}

interface Entry {
  set: KeySet | undefined;
  /** The text behind `set`, to see whether a new fetch changed anything. */
  text: string;
  attemptedAtMs: number;
  pending: Promise<KeySet> | undefined;
}

const addressOf = (source: KeySource) =>
  'metadataUrl' in source ? source.metadataUrl : source.jwksUrl;

/** One fetch at a time per source; everything bounded. */
export function createIssuerKeys(options: {
  readonly outbound: Outbound;
  readonly clock: Clock;
  readonly lifetimeMs?: number;
}): IssuerKeys {
  const { outbound, clock, lifetimeMs = lifetimeMsDefault } = options;
  const entries = new Map<string, Entry>();

  function entryOf(source: KeySource): Entry {
    const address = addressOf(source);
    let entry = entries.get(address);
    if (!entry) {
      if (entries.size >= sourcesMax) entries.delete(entries.keys().next().value!);
      entry = {
        set: undefined,
        text: '',
        attemptedAtMs: Number.NEGATIVE_INFINITY,
        pending: undefined,
      };
      entries.set(address, entry);
    }
    return entry;
  }
  /** A clock that was set back makes what was fetched "later" stale, too. */
  const isFresh = (set: KeySet | undefined): set is KeySet =>
    set !== undefined && Math.abs(clock.now() - set.fetchedAtMs) < lifetimeMs;

  async function load(source: KeySource, entry: Entry, hops: number): Promise<KeySet> {
    entry.attemptedAtMs = clock.now();
    try {
      const { issuer, keys, text } = await fetchKeys(outbound, source, hops);
      const changed = text !== entry.text;
      const generation = (entry.set?.generation ?? 0) + (changed ? 1 : 0);
      entry.set = {
        issuer,
        keys: changed || !entry.set ? keys : entry.set.keys,
        generation,
        fetchedAtMs: clock.now(),
      };
      entry.text = text;
      return entry.set;
    } catch (error) {
      if (entry.set) return entry.set;
      throw error;
    } finally {
      entry.pending = undefined;
    }
  }
  function fetchOnce(source: KeySource, entry: Entry, hops = 0): Promise<KeySet> {
    entry.pending ??= load(source, entry, hops);
    return entry.pending;
  }

  return {
    peek(source) {
      const set = entries.get(addressOf(source))?.set;
      return isFresh(set) ? set : undefined;
    },
    async get(source, hops) {
      const entry = entryOf(source);
      return isFresh(entry.set) ? entry.set : fetchOnce(source, entry, hops);
    },
    async refetch(source, hops) {
      const entry = entryOf(source);
      const recent = Math.abs(clock.now() - entry.attemptedAtMs) < refetchMsMin;
      return recent && entry.set ? entry.set : fetchOnce(source, entry, hops);
    },
  };
}

async function fetchKeys(outbound: Outbound, source: KeySource, hops: number) {
  let issuer: string | undefined;
  let jwksUrl: string;
  if ('metadataUrl' in source) {
    const metadata = (await fetchDocument(outbound, source.metadataUrl, hops)).value;
    if (typeof metadata.jwks_uri !== 'string') {
      throw new KeysUnavailableError(`the metadata at ${source.metadataUrl} names no jwks_uri`);
    }
    issuer = typeof metadata.issuer === 'string' ? metadata.issuer : undefined;
    jwksUrl = metadata.jwks_uri;
  } else jwksUrl = source.jwksUrl;
  const { value, text } = await fetchDocument(outbound, jwksUrl, hops);
  if (!Array.isArray(value.keys)) {
    throw new KeysUnavailableError(`the document at ${jwksUrl} has no keys`);
  }
  const keys = value.keys.slice(0, keysMax).flatMap((jwk) => issuerKeyOf(jwk));
  return { issuer, keys, text: `${issuer}\n${text}` };
}

async function fetchDocument(outbound: Outbound, url: string, hops: number) {
  try {
    const headers = [['Accept', 'application/json']] as const;
    const response = await outbound({
      method: 'GET',
      url,
      headers,
      caller: 'token validation',
      hops,
    });
    const text = (await readBody(response.body, documentBytesMax)).toString('utf8');
    if (response.status !== 200) {
      throw new KeysUnavailableError(`${url} answered ${response.status}`);
    }
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) {
      throw new KeysUnavailableError(`${url} is not a JSON object`);
    }
    return { value: value as Record<string, unknown>, text };
  } catch (error) {
    if (error instanceof KeysUnavailableError) throw error;
    throw new KeysUnavailableError(`${url} could not be read: ${(error as Error).message}`);
  }
}

/** Keys for encryption, secrets and kinds we cannot use are left out: a public set has no secrets. */
function issuerKeyOf(jwk: unknown): IssuerKey[] {
  if (typeof jwk !== 'object' || jwk === null) return [];
  const { kid, x5t, alg, issuer, use, kty } = jwk as Jwk;
  if (typeof kty !== 'string' || kty === 'oct' || (use !== undefined && use !== 'sig')) return [];
  const key = keyOfJwk(jwk as Jwk);
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return key ? [{ kid: text(kid), x5t: text(x5t), alg: text(alg), issuer: text(issuer), key }] : [];
}
