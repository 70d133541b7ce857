// retry: runs its policies once, then again while the condition holds.
import { sleep } from '../../../base/index.ts';
import { decide } from '../../../telemetry/index.ts';
import { retryCountMax } from '../limits.ts';
import type { Policy } from '../registry.ts';
import { runSteps } from '../step.ts';

export const retry: Policy = {
  name: 'retry',
  compile(node, room) {
    if (node.children.some((child) => child.name === 'wait')) {
      room.fail(node, '<wait> is not allowed inside of <retry>.');
    }
    const condition = room.flag(node, 'condition', false);
    const count = room.requiredNumber(node, 'count');
    const interval = room.requiredNumber(node, 'interval');
    const maxInterval = room.number(node, 'max-interval');
    const delta = room.number(node, 'delta');
    const firstFast = room.flag(node, 'first-fast-retry', false);
    const steps = room.steps(node.children);
    const { clock, random } = room.ports;
    return async (call) => {
      const times = Math.min(retryCountMax, Math.max(1, Math.trunc(await count(call))));
      await runSteps(steps, call);
      for (let attempt = 1; attempt <= times && !call.ended; attempt++) {
        if (!(await condition(call))) return;
        const fast = attempt === 1 && (await firstFast(call));
        const seconds = fast
          ? 0
          : delay(attempt, random(), {
              interval: await interval(call),
              maxInterval: await maxInterval?.(call),
              delta: await delta?.(call),
            });
        const reason = `The condition held; attempt ${attempt + 1} follows after ${seconds} s.`;
        decide({ rule: 'retry', outcome: 'retried', reason });
        if (seconds > 0) await sleep(clock, seconds * 1000, call.connection.signal);
        await runSteps(steps, call);
      }
    };
  },
};

/** Fixed, linear (`delta`) or exponential (`delta` and `max-interval`), in seconds. */
export function delay(
  attempt: number,
  random: number,
  { interval, maxInterval, delta }: { interval: number; maxInterval?: number; delta?: number },
): number {
  if (delta === undefined) return interval;
  if (maxInterval === undefined) return interval + (attempt - 1) * delta;
  const step = delta * (0.8 + random * 0.4);
  return Math.min(maxInterval, interval + 2 ** (attempt - 1) * step);
}
