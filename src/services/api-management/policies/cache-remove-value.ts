// cache-remove-value: forgets a kept value.
import type { Policy } from '../registry.ts';
import { cacheKey } from './cache-lookup-value.ts';

export const cacheRemoveValue: Policy = {
  name: 'cache-remove-value',
  compile(node, room) {
    const key = cacheKey(node, room);
    return async (call) => room.ports.cache.delete(await key(call));
  },
};
