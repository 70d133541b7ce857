// set-body: a new body for the request or the response.
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import type { Call } from '../call.ts';
import { compileLiquid } from '../liquid-template.ts';
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
  if (room.literal(node, 'template') !== undefined) return compileTemplate(node, room);
  if (!node.text) return async (_call, target) => target.body.replace(new Uint8Array(0));
  const value = room.objectOf(node, node.text);
  const { language } = room.ports;
  return async (call, target) => {
    const body = await value(call);
    target.body.replace(language.bytes(body) ?? new Uint8Array(0));
  };
}

function compileTemplate(
  node: PolicyNode,
  room: Room,
): (call: Call, target: MessageTarget) => Promise<void> {
  const template = compileLiquid(node.text?.text.trim() ?? '', room.ports.language.plain);
  if (typeof template === 'string') room.fail(node, `The Liquid template is wrong: ${template}`);
  return async (call, target) => {
    target.body.replace(Buffer.from(await template.render(call)));
  };
}
