// find-and-replace: plain text in the body, no patterns.
import type { Policy } from '../registry.ts';
import { messageOf } from '../target.ts';

export const findAndReplace: Policy = {
  name: 'find-and-replace',
  compile(node, room) {
    const from = room.requiredText(node, 'from');
    const to = room.requiredText(node, 'to');
    return async (call) => {
      const [wanted, replacement] = [await from(call), await to(call)];
      const { body } = messageOf(call);
      if (!body.present || wanted === '') return;
      await body.buffer();
      const text = Buffer.from(body.bytes(true) ?? []).toString('utf8');
      body.replace(Buffer.from(text.replaceAll(wanted, () => replacement)));
    };
  },
};
