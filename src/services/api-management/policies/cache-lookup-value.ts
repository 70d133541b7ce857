// cache-lookup-value: a kept value into a variable; without one and without a default nothing is set.
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import type { Call } from '../call.ts';
import type { Policy } from '../registry.ts';
import type { Room, Value } from '../room.ts';

export const cacheLookupValue: Policy = {
  name: 'cache-lookup-value',
  compile(node, room) {
    const key = cacheKey(node, room);
    const variable = room.requiredText(node, 'variable-name');
    const otherwise = room.object(node, 'default-value');
    return async (call) => {
      const found = room.ports.cache.get(await key(call));
      if (found !== undefined) call.variables.set(await variable(call), found);
      else if (otherwise) call.variables.set(await variable(call), await otherwise(call));
    };
  },
};

/** Keys of one service never meet another's. */
export function cacheKey(node: PolicyNode, room: Room): Value<string> {
  if (room.literal(node, 'caching-type') === 'external') {
    room.fail(node, 'caching-type="external" is not supported by this gateway yet.');
  }
  const key = room.requiredText(node, 'key');
  return async (call: Call) => `value\n${call.service.id}\n${await key(call)}`;
}
