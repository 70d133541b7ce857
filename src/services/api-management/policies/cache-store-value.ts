// cache-store-value: keeps a value for a number of seconds.
import type { Policy } from '../registry.ts';
import { cacheKey } from './cache-lookup-value.ts';

export const cacheStoreValue: Policy = {
  name: 'cache-store-value',
  compile(node, room) {
    const key = cacheKey(node, room);
    const value =
      room.object(node, 'value') ?? room.fail(node, "The required attribute 'value' is missing.");
    const duration = room.requiredNumber(node, 'duration');
    const { cache, language } = room.ports;
    return async (call) => {
      const kept = await value(call);
      const size = Buffer.byteLength(language.text(kept));
      cache.set(await key(call), kept, (await duration(call)) * 1000, size);
    };
  },
};
