// set-status: status and reason of the response.
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import type { Call, GatewayResponse } from '../call.ts';
import { ExpressionFault } from '../expressions.ts';
import type { Policy } from '../registry.ts';
import type { Room } from '../room.ts';

export const setStatus: Policy = {
  name: 'set-status',
  compile(node, room) {
    const apply = compileSetStatus(node, room);
    return (call) => apply(call, call.ensureResponse());
  },
};

export function compileSetStatus(
  node: PolicyNode,
  room: Room,
): (call: Call, response: GatewayResponse) => Promise<void> {
  const code = room.requiredNumber(node, 'code');
  const reason = room.text(node, 'reason');
  return async (call, response) => {
    const status = await code(call);
    if (!Number.isInteger(status) || status < 100 || status > 999) {
      throw new ExpressionFault(`The status code ${status} is not valid.`);
    }
    response.status = status;
    // A line break in it would end the status line.
    response.reason = ((await reason?.(call)) ?? '').replace(/[\r\n]/g, ' ');
  };
}
