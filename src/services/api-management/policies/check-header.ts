// check-header: the request must carry a header, with one of the listed values where there are any.
import { Fault } from '../errors.ts';
import type { Policy } from '../registry.ts';

export const checkHeader: Policy = {
  name: 'check-header',
  compile(node, room) {
    const name = room.requiredText(node, 'name');
    const status = room.requiredNumber(node, 'failed-check-httpcode');
    const bodyMessage = room.requiredText(node, 'failed-check-error-message');
    const ignoreCase = room.flag(node, 'ignore-case', false);
    const values = node.children.map((child) => room.content(child));
    return async (call) => {
      const header = await name(call);
      const given = call.request.headers.values(header).join(',');
      if (!call.request.headers.has(header)) {
        throw new Fault({
          ...{ source: 'check-header', reason: 'HeaderNotFound', status: await status(call) },
          message: `Header ${header} was not found in the request. Access denied.`,
          bodyMessage: await bodyMessage(call),
        });
      }
      if (values.length === 0) return;
      const folded = await ignoreCase(call);
      for (const value of values) {
        const allowed = await value(call);
        if (folded ? allowed.toLowerCase() === given.toLowerCase() : allowed === given) return;
      }
      throw new Fault({
        ...{ source: 'check-header', reason: 'HeaderValueNotAllowed', status: await status(call) },
        message: `Header ${header} value of ${given} is not allowed. Access denied.`,
        bodyMessage: await bodyMessage(call),
      });
    };
  },
};
