// Reading runs back: documents, histories, lists; and forgetting the oldest.
import type { Clock } from '../../../base/index.ts';
import type { Store } from '../../../store/index.ts';
import { runRetentionMs, runsKeptMax, runsPerCleaning } from '../limits.ts';
import { applyEvent, emptyHistory, type RunHistory } from '../run/history.ts';
import { readEvents } from '../run/journal.ts';
import { kinds, type RunDocument, runJournal, runKey } from '../state.ts';

export async function readRun(
  store: Store,
  hexId: string,
  name: string,
): Promise<RunDocument | undefined> {
  return (await store.get<RunDocument>(kinds.run, runKey(hexId, name)))?.value;
}

export async function readHistory(store: Store, hexId: string, name: string): Promise<RunHistory> {
  const history = emptyHistory();
  for (const event of await readEvents(store, hexId, name)) applyEvent(history, event);
  return history;
}

/** Newest first. `after`: the name of the last run seen. */
export async function listRuns(
  store: Store,
  hexId: string,
  options: { after?: string; limit: number; where?: (run: RunDocument) => boolean },
): Promise<RunDocument[]> {
  const { limit, where = () => true } = options;
  const found: RunDocument[] = [];
  let after = options.after === undefined ? undefined : runKey(hexId, options.after);
  while (found.length < limit) {
    const page = await store.scan<RunDocument>(kinds.run, {
      prefix: `${hexId}/`,
      after,
      limit: 200,
    });
    for (const { value } of page) if (found.length < limit && where(value)) found.push(value);
    if (page.length < 200) break;
    after = page.at(-1)!.key;
  }
  return found;
}

/** Deletes finished runs that are too old or too many, some at a time. */
export function createRetention(store: Store, clock: Clock): (ended: RunDocument) => void {
  const sinceCleaning = new Map<string, number>();
  async function clean(hexId: string): Promise<void> {
    let kept = 0;
    for (let after: string | undefined; ; ) {
      const page = await store.scan<RunDocument>(kinds.run, {
        prefix: `${hexId}/`,
        after,
        limit: 500,
      });
      const oldestMs = clock.now() - runRetentionMs;
      const dropped = page.filter(
        ({ value }) =>
          value.endMs !== undefined && (++kept > runsKeptMax || value.endMs < oldestMs),
      );
      if (dropped.length > 0) {
        await store.write(
          dropped.flatMap(({ key, value }) => [
            { delete: { kind: kinds.run, key } },
            { drop: { journal: runJournal(hexId, value.name) } },
          ]),
        );
      }
      if (page.length < 500) return;
      after = page.at(-1)!.key;
    }
  }
  return ({ hexId }) => {
    const count = (sinceCleaning.get(hexId) ?? 0) + 1;
    sinceCleaning.set(hexId, count % runsPerCleaning);
    // A failed cleaning is made up for by the next.
    if (count >= runsPerCleaning) void clean(hexId).catch(() => undefined);
  };
}

/** Everything of a workflow that is deleted. */
export async function dropRuns(store: Store, hexId: string): Promise<void> {
  for (;;) {
    const page = await store.scan<RunDocument>(kinds.run, { prefix: `${hexId}/`, limit: 500 });
    if (page.length === 0) return;
    await store.write(
      page.flatMap(({ key, value }) => [
        { delete: { kind: kinds.run, key } },
        { drop: { journal: runJournal(hexId, value.name) } },
      ]),
    );
  }
}
