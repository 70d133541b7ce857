// Proves: the directory in memory is the directory of the store, whoever writes.
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../store/index.ts';
import { createDirectory, type DirectoryView } from './directory.ts';
import type { TenantRecord } from './state.ts';

const tenant = (id: string): TenantRecord => ({ id, displayName: id, domains: [`${id}.example`] });
const put = (id: string) => ({
  writes: [{ kind: 'tenant', put: tenant(id) } as const],
  result: id,
});
const ids = async (view: DirectoryView | Promise<DirectoryView>) => [
  ...(await view).tenants.keys(),
];

describe('directory', () => {
  it('a second one over the same store sees what the first one writes', async () => {
    const store = memoryStore();
    const [first, second] = [createDirectory(store), createDirectory(store)];
    expect(await ids(second.view())).toEqual([]);
    await first.change(() => put('a'));
    expect(await ids(second.view())).toEqual(['a']);
    await second.change(() => ({
      writes: [{ kind: 'tenant', delete: tenant('a') }],
      result: undefined,
    }));
    expect(await ids(first.view())).toEqual([]);
  });

  it('answers at once while nothing has changed', async () => {
    const directory = createDirectory(memoryStore());
    const view = await directory.view();
    expect(directory.view()).toBe(view);
    await directory.change(() => put('a'));
    expect(directory.view()).not.toBe(view);
  });

  it('a rule checked on the state holds for what is written, also between two processes', async () => {
    const store = memoryStore();
    const directories = [createDirectory(store), createDirectory(store)];
    const claim = (view: DirectoryView, id: string) => {
      if (view.tenants.size > 0) return { writes: [], result: undefined };
      return put(id);
    };
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        directories[index % 2]!.change((view) => claim(view, `t${index}`)),
      ),
    );
    expect(results.filter((result) => result !== undefined)).toHaveLength(1);
    expect(await ids(directories[0]!.view())).toHaveLength(1);
  });

  it('a plan that throws writes nothing and holds nobody up', async () => {
    const directory = createDirectory(memoryStore());
    const failing = directory.change(() => {
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    expect(await directory.change(() => put('a'))).toBe('a');
  });

  it('finds tenants by id and by domain', async () => {
    const directory = createDirectory(memoryStore());
    await directory.change(() => put('a'));
    const { tenantsBySegment } = await directory.view();
    expect([...tenantsBySegment.keys()]).toEqual(['a', 'a.example']);
  });

  it('reads more objects than one page of the store', async () => {
    const store = memoryStore();
    const directory = createDirectory(store);
    await directory.change(() => ({
      writes: Array.from({ length: 1500 }, (_, index) => put(`t${index}`).writes[0]!),
      result: undefined,
    }));
    expect((await createDirectory(store).view()).tenants.size).toBe(1500);
  });
});
