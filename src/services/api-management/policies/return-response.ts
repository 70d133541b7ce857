// return-response: ends the pipeline with a new 200, or with a response kept in a variable.
import { GatewayResponse } from '../call.ts';
import { ExpressionFault } from '../expressions.ts';
import { HeaderBag } from '../header-bag.ts';
import { MessageBody } from '../message-body.ts';
import type { Policy } from '../registry.ts';
import { compileSetBody } from './set-body.ts';
import { compileSetHeader } from './set-header.ts';
import { compileSetStatus } from './set-status.ts';

export const returnResponse: Policy = {
  name: 'return-response',
  compile(node, room) {
    const variable = room.text(node, 'response-variable-name');
    const { language } = room.ports;
    const changes = node.children.map((child) => {
      if (child.name === 'set-status') return compileSetStatus(child, room);
      if (child.name === 'set-body') return compileSetBody(child, room);
      if (child.name !== 'set-header') {
        return room.fail(child, `<return-response> has no element <${child.name}>.`);
      }
      const apply = compileSetHeader(child, room);
      return (call: Parameters<typeof apply>[0], response: GatewayResponse) =>
        apply(call, response.headers);
    });
    return async (call) => {
      let response = new GatewayResponse();
      const name = await variable?.(call);
      if (name !== undefined) {
        const kept = language.response(call.variables.get(name));
        if (!kept) throw new ExpressionFault(`The variable '${name}' holds no response.`);
        const { status, reason, headers, body } = kept;
        const copy = new MessageBody(body.bytes(true) ?? null);
        response = new GatewayResponse(status, reason, new HeaderBag(headers.list()), copy);
      }
      for (const change of changes) await change(call, response);
      if (call.response !== response) call.response?.body.discard();
      call.response = response;
      call.ended = true;
    };
  },
};
