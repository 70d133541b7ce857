// The optimistic check of a batch, the same for every store.

export interface VersionConflict {
  readonly kind: string;
  readonly key: string;
  readonly expected: number;
  readonly found: number;
}

interface Target {
  readonly kind: string;
  readonly key: string;
}

/** What the check needs of a write; values do not matter. */
export type VersionedWrite =
  | { readonly put: Target; readonly ifVersion?: number }
  | { readonly delete: Target; readonly ifVersion?: number }
  | { readonly append: unknown }
  | { readonly drop: unknown };

/** Checks each `ifVersion` against the version the batch itself would have produced so far. */
export function checkVersions(
  batch: readonly VersionedWrite[],
  versionOf: (kind: string, key: string) => number,
): VersionConflict | undefined {
  const pending = new Map<string, number>();
  for (const write of batch) {
    const target = 'put' in write ? write.put : 'delete' in write ? write.delete : undefined;
    if (!target) continue;
    const { kind, key } = target;
    const id = `${kind}\n${key}`;
    const found = pending.get(id) ?? versionOf(kind, key);
    const expected = 'ifVersion' in write ? write.ifVersion : undefined;
    if (expected !== undefined && expected !== found) return { kind, key, expected, found };
    pending.set(id, 'put' in write ? found + 1 : 0);
  }
  return undefined;
}
