// The storage contract: versioned documents, atomic batches, journals, change notification.
import type { Json } from '../base/index.ts';

export interface StoredDocument<Value = Json> {
  readonly kind: string;
  readonly key: string;
  /** 1 when created, one more with each write. */
  readonly version: number;
  readonly value: Value;
}

export interface JournalEntry<Value = Json> {
  /** Rising; gaps are possible. */
  readonly sequence: number;
  readonly value: Value;
}

/** `sealed`: encrypted at rest; secrets, private keys, run inputs and outputs must be. */
export type Write =
  | {
      readonly put: { kind: string; key: string; value: unknown; sealed?: boolean };
      /** Refuses with ConflictError unless the stored version is this; 0: must not exist. */
      readonly ifVersion?: number;
    }
  | { readonly delete: { kind: string; key: string }; readonly ifVersion?: number }
  | { readonly append: { journal: string; value: unknown; sealed?: boolean } }
  | { readonly drop: { journal: string } };

export interface ScanOptions {
  /** Keys that begin with this. */
  readonly prefix?: string;
  /** Keys strictly behind this one in the direction of the scan. */
  readonly after?: string;
  /** Default 1000. */
  readonly limit?: number;
  readonly descending?: boolean;
}

export interface Change {
  readonly kind: string;
  readonly key: string;
  /** 0 when the document was deleted. */
  readonly version: number;
}

/** Keys are ordered by code unit of their UTF-8 bytes. Values are JSON. */
export interface Store {
  get<Value = Json>(kind: string, key: string): Promise<StoredDocument<Value> | undefined>;
  scan<Value = Json>(kind: string, options?: ScanOptions): Promise<StoredDocument<Value>[]>;
  /**
   * All or nothing, durable when the promise resolves. Gives the new version of each put (0 for
   * other writes). Throws ConflictError.
   */
  write(batch: readonly Write[]): Promise<number[]>;
  read<Value = Json>(
    journal: string,
    options?: { after?: number; limit?: number },
  ): Promise<JournalEntry<Value>[]>;
  /** Called after a commit, once per changed document of the kind, in commit order. */
  watch(kind: string, listener: (change: Change) => void): () => void;
  close(): Promise<void>;
}

/** A batch's `ifVersion` did not hold; nothing of the batch was written. */
export class ConflictError extends Error {
  readonly kind: string;
  readonly key: string;

  constructor(kind: string, key: string, expected: number, found: number) {
    super(`${kind} '${key}' is at version ${found}, not ${expected}`);
    this.name = 'ConflictError';
    this.kind = kind;
    this.key = key;
  }
}
