// set-variable: a literal is a string, an expression keeps its type.
import type { Policy } from '../registry.ts';

export const setVariable: Policy = {
  name: 'set-variable',
  compile(node, room) {
    const name = room.requiredText(node, 'name');
    const value =
      room.object(node, 'value') ?? room.fail(node, "The required attribute 'value' is missing.");
    return async (call) => {
      call.variables.set(await name(call), await value(call));
    };
  },
};
