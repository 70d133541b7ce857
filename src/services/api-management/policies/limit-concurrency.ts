// limit-concurrency: the policies inside run at most so often at a time; more is 429 at once.
import { Fault } from '../errors.ts';
import type { Policy } from '../registry.ts';
import { runSteps } from '../step.ts';

export const limitConcurrency: Policy = {
  name: 'limit-concurrency',
  compile(node, room) {
    const key = room.requiredText(node, 'key');
    const most = room.requiredNumber(node, 'max-count');
    const steps = room.steps(node.children);
    const { counters } = room.ports;
    return async (call) => {
      const counter = `concurrency\n${call.service.id}\n${await key(call)}`;
      const allowed = await most(call);
      try {
        if (counters.enter(counter) > allowed) {
          throw new Fault({
            ...{ source: 'limit-concurrency', reason: 'ConcurrencyLimitExceeded', status: 429 },
            message: 'Concurrency limit is exceeded. Try again later.',
          });
        }
        await runSteps(steps, call);
      } finally {
        counters.leave(counter);
      }
    };
  },
};
