// Messages between the store and its SQLite thread. Values are JSON text, or sealed bytes.
import type { Change } from './contract.ts';
import type { VersionConflict } from './versions.ts';

export type StoredValue = string | Uint8Array;

export type PlainWrite =
  | { put: { kind: string; key: string; value: StoredValue }; ifVersion?: number }
  | { delete: { kind: string; key: string }; ifVersion?: number }
  | { append: { journal: string; value: StoredValue } }
  | { drop: { journal: string } };

export type Task =
  | { get: { kind: string; key: string } }
  | {
      scan: {
        kind: string;
        /** Keys at or above `from` and below `until`. */
        from: string;
        until: string;
        after: string | undefined;
        limit: number;
        descending: boolean;
      };
    }
  | { read: { journal: string; after: number; limit: number } }
  | { write: PlainWrite[] }
  /** Sealed values behind a place, a page at a time. */
  | { sealed: SealedPlace & { limit: number } }
  /** Replaces sealed values that are still the ones given; versions stay. */
  | { rewrap: Rewrapped[] };

/** Where a page of sealed values begins: behind a document, or behind a journal entry. */
export type SealedPlace =
  | { table: 'documents'; kind: string; key: string }
  | { table: 'journal_entries'; sequence: number };

export interface Rewrapped {
  readonly row: SealedRow;
  readonly to: Uint8Array;
}

export type SealedRow =
  | { readonly kind: string; readonly key: string; readonly value: Uint8Array }
  | { readonly sequence: number; readonly journal: string; readonly value: Uint8Array };

export type Reply =
  | { rows: { key: string; version: number; sequence: number; value: StoredValue }[] }
  | { sealedRows: SealedRow[] }
  | { replaced: number }
  | { versions: number[]; changes: Change[] }
  | { conflict: VersionConflict }
  | { failed: { kind: string; message: string } };

export type WorkerMessage = { tasks: Task[] } | { close: true };
export type WorkerReply =
  | { ready: true }
  | { closed: true }
  | { failed: { kind: string; message: string } }
  | { replies: Reply[] };
