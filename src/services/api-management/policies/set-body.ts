// set-body: a new body for the request or the response.
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import type { Call } from '../call.ts';
import type { Policy } from '../registry.ts';
import type { Room } from '../room.ts';
import { type MessageTarget, messageOf } from '../target.ts';

export const setBody: Policy = {
  name: 'set-body',
  compile(node, room) {
    const apply = compileSetBody(node, room);
    return (call) => apply(call, messageOf(call));
  },
};

export function compileSetBody(
  node: PolicyNode,
  room: Room,
): (call: Call, target: MessageTarget) => Promise<void> {
  if (room.literal(node, 'template') !== undefined) {
    room.fail(node, 'set-body with template="liquid" is not supported by this gateway yet.');
  }
  if (!node.text) return async (_call, target) => target.body.replace(new Uint8Array(0));
  const value = room.objectOf(node, node.text);
  const { language } = room.ports;
  return async (call, target) => {
    const body = await value(call);
    target.body.replace(language.bytes(body) ?? new Uint8Array(0));
  };
}
