// What every part of the vault works with: its dependencies, a vault, a caller, a call.

import type { Access } from '../../access/index.ts';
import type { Clock, JsonObject } from '../../base/index.ts';
import type { CryptoPool } from '../../crypto/index.ts';
import type { Outbound, TokenVerifier } from '../../http/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import type { Resources } from '../../resources/index.ts';
import type { Store } from '../../store/index.ts';
import type { Records } from './records.ts';

export interface Room {
  readonly store: Store;
  readonly records: Records;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly resources: Resources;
  readonly access: Access;
  readonly verifier: TokenVerifier;
  readonly outbound: Outbound;
  readonly pool: CryptoPool;
  readonly settings: Settings;
  /** One at a time per object: `work` runs when the work before it has ended. */
  readonly inOrder: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  /** Told of new versions and of what expires; never awaited. */
  readonly notify: (event: VaultEvent) => void;
}

export interface Settings {
  /** What follows the vault's name; `vault.azure.net`. */
  readonly suffix: string;
  /** Origin of the token endpoint named in challenges. */
  readonly authority: string;
  readonly transitionMs: number;
  readonly issuanceMs: number;
  readonly throttling: boolean;
}

export interface VaultEvent {
  readonly vault: Vault;
  readonly kind: 'NewVersionCreated' | 'NearExpiry' | 'Expired';
  readonly type: 'keys' | 'secrets' | 'certificates';
  readonly name: string;
  readonly version: string;
  readonly nbf?: number;
  readonly exp?: number;
}

export interface Vault {
  /** Changes when a vault is purged and made anew; prefixes every record. */
  readonly instance: string;
  readonly resourceId: string;
  readonly name: string;
  readonly location: string;
  readonly tenantId: string;
  readonly premium: boolean;
  readonly rbac: boolean;
  readonly purgeProtection: boolean;
  readonly retentionDays: number;
  /** `https://{name}.{suffix}`, no slash. */
  readonly origin: string;
  readonly properties: JsonObject;
}

export interface Caller {
  readonly objectId: string;
  readonly applicationId: string;
  readonly issuer: string;
  /** On behalf of a user: the token has a scope. */
  readonly delegated: boolean;
  readonly groups: readonly string[];
}

export interface Call {
  readonly vault: Vault;
  readonly caller: Caller;
  /** From the path, spelt as the caller did. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly query: ReadonlyMap<string, string>;
  readonly body: JsonObject;
  readonly apiVersion: string;
  readonly nowMs: number;
}

export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: readonly (readonly [string, string])[];
}

export type Handler = (room: Room, call: Call) => Promise<Answer>;

export const seconds = (ms: number) => Math.floor(ms / 1000);
