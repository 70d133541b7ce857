// send-one-way-request: sends and goes on without waiting for the answer.
import { decide } from '../../../telemetry/index.ts';
import type { Policy } from '../registry.ts';
import { compileSending } from './send-request.ts';

export const sendOneWayRequest: Policy = {
  name: 'send-one-way-request',
  compile(node, room) {
    const send = compileSending(node, room);
    return (call) => {
      void send(call).then(
        (response) => response.body.discard(),
        (error: Error) => {
          decide({ rule: 'send-one-way-request', outcome: 'refused', reason: error.message });
        },
      );
    };
  },
};
