// What the vault keeps: one record per object, one per version. Times in milliseconds.
import type { Json, JsonObject } from '../../base/index.ts';
import type { ObjectType } from './errors.ts';

/** Document kinds of the store. */
export const kinds = {
  object: 'key-vault/objects',
  version: 'key-vault/versions',
  issuer: 'key-vault/issuers',
  contacts: 'key-vault/contacts',
  authority: 'key-vault/authorities',
  deletedVault: 'key-vault/deleted-vaults',
} as const;

export interface Deletion {
  readonly atMs: number;
  /** From then on it can be seen among the deleted ones. */
  readonly visibleMs: number;
  readonly purgeMs: number;
}

export interface ObjectRecord {
  readonly type: ObjectType;
  readonly name: string;
  /** The version that stands for "latest". */
  readonly current: string;
  readonly createdMs: number;
  /** A key or secret that belongs to a certificate of the same name. */
  readonly managed?: boolean;
  readonly deletion?: Deletion;
  /** Recovered; visible again from then on. */
  readonly recoveredMs?: number;
  readonly rotation?: RotationPolicy;
  readonly policy?: CertificatePolicy;
  readonly pending?: PendingCertificate;
}

export interface VersionBase {
  readonly version: string;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly enabled: boolean;
  /** Unix seconds. */
  readonly nbf?: number;
  readonly exp?: number;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface KeyVersion extends VersionBase {
  readonly kty: 'RSA' | 'EC' | 'oct';
  readonly hsm: boolean;
  /** `P-256`, `P-384`, `P-521`, `P-256K`. */
  readonly crv?: string;
  readonly keyOps: readonly string[];
  /** Public members of the JWK: n, e or x, y. */
  readonly public: Readonly<Record<string, string>>;
  /** Base64: PKCS#8 DER, for `oct` the bytes themselves. Sealed at rest, never in an answer. */
  readonly secret: string;
  readonly exportable?: boolean;
  readonly releasePolicy?: JsonObject;
}

export interface SecretVersion extends VersionBase {
  readonly value: string;
  readonly contentType?: string;
  /** Version of the managed key behind it. */
  readonly managed?: boolean;
  readonly previous?: string;
}

export interface CertificateVersion extends VersionBase {
  /** Base64 DER; absent while pending. */
  readonly cer?: string;
  /** Base64 DER of what stands above it. */
  readonly chain?: readonly string[];
  readonly contentType?: string;
  /** Being created: hidden unless it is the only one. */
  readonly pending?: boolean;
}

export type VersionRecord = KeyVersion | SecretVersion | CertificateVersion;

export interface RotationPolicy {
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly expiryTime?: string;
  readonly lifetimeActions: readonly {
    readonly action: 'Rotate' | 'Notify';
    readonly timeAfterCreate?: string;
    readonly timeBeforeExpiry?: string;
  }[];
}

export interface CertificatePolicy {
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly enabled: boolean;
  readonly key: {
    readonly exportable: boolean;
    readonly kty: string;
    readonly size?: number;
    readonly crv?: string;
    readonly reuse: boolean;
  };
  readonly contentType: string;
  readonly x509: {
    readonly subject: string;
    /** As on the wire: emails, dns_names, upns, uris, ipAddresses. */
    readonly sans?: Readonly<Record<string, readonly string[]>>;
    readonly ekus: readonly string[];
    readonly keyUsage: readonly string[];
    readonly validityMonths: number;
    readonly ca: boolean;
  };
  readonly lifetimeActions: readonly {
    readonly action: string;
    readonly percentage?: number;
    readonly daysBeforeExpiry?: number;
  }[];
  readonly issuer: {
    readonly name: string;
    readonly cty?: string;
    readonly transparency?: boolean;
  };
}

export interface PendingCertificate {
  readonly version: string;
  readonly requestId: string;
  /** Base64 DER. */
  readonly csr: string;
  /** When the issuer answers; absent where a merge is awaited. */
  readonly dueMs?: number;
  readonly cancellationRequested: boolean;
  readonly status: 'inProgress' | 'completed' | 'cancelled' | 'failed';
  readonly preserveOrder?: boolean;
  /** Whether the certificate is to be enabled when it is there. */
  readonly enabled: boolean;
  readonly error?: string;
}

/** What stays of a vault that was deleted. */
export interface DeletedVault {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly deletedMs: number;
  readonly purgeMs: number;
  readonly properties: JsonObject;
  readonly sku?: Json;
}
