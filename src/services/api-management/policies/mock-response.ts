// mock-response: the operation's own example for a status, without any backend.
import { GatewayResponse } from '../call.ts';
import type { Example } from '../configuration.ts';
import { HeaderBag } from '../header-bag.ts';
import { MessageBody } from '../message-body.ts';
import type { Policy } from '../registry.ts';

export const mockResponse: Policy = {
  name: 'mock-response',
  compile(node, room) {
    const status = Number(room.literal(node, 'status-code') ?? 200);
    const contentType = room.literal(node, 'content-type');
    return (call) => {
      const examples = call.operation?.examples.filter((each) => each.status === status) ?? [];
      const wanted = contentType?.toLowerCase();
      const example: Example | undefined = wanted
        ? examples.find((each) => each.contentType.toLowerCase() === wanted)
        : examples[0];
      const type = contentType ?? example?.contentType;
      const headers = new HeaderBag(type ? [['Content-Type', type]] : []);
      const body = new MessageBody(example ? Buffer.from(example.text) : null);
      call.response?.body.discard();
      call.response = new GatewayResponse(status, '', headers, body);
      call.ended = true;
    };
  },
};
