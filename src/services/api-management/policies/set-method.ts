// set-method: the method of the request to the backend.

import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import { ExpressionFault } from '../expressions.ts';
import type { Policy } from '../registry.ts';
import type { Room, Value } from '../room.ts';

export const setMethod: Policy = {
  name: 'set-method',
  compile(node, room) {
    const method = methodOf(node, room);
    return async (call) => {
      call.request.method = await method(call);
    };
  },
};

export function methodOf(node: PolicyNode, room: Room): Value<string> {
  const text = room.content(node);
  return async (call) => {
    const method = (await text(call)).trim();
    if (/^[A-Za-z]{1,32}$/.test(method)) return method.toUpperCase();
    throw new ExpressionFault(`'${method.slice(0, 40)}' is no method.`);
  };
}
