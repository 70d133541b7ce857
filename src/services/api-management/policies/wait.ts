// wait: its policies run at the same time; goes on when all are done, or the first one.
import type { Policy } from '../registry.ts';
import { runSteps } from '../step.ts';

export const wait: Policy = {
  name: 'wait',
  compile(node, room) {
    const mode = room.text(node, 'for') ?? (() => 'all');
    const steps = room.steps(node.children);
    return async (call) => {
      if (steps.length === 0) return;
      const running = steps.map((step) => runSteps([step], call));
      if ((await mode(call)).toLowerCase() !== 'any') {
        await Promise.all(running);
        return;
      }
      for (const each of running) each.catch(() => undefined);
      await Promise.race(running);
    };
  },
};
