// quota-by-key: so many calls per key in a fixed period; one more is 403.
import { decide } from '../../../telemetry/index.ts';
import { Fault } from '../errors.ts';
import { quotaPeriodSecondsMin } from '../limits.ts';
import type { Policy } from '../registry.ts';
import { compileCounting } from './rate-limit-by-key.ts';

export const quotaByKey: Policy = {
  name: 'quota-by-key',
  compile(node, room) {
    if (node.attributes.has('bandwidth')) {
      room.fail(node, "The attribute 'bandwidth' is not supported by this gateway yet.");
    }
    const calls = Number(room.literal(node, 'calls'));
    if (!Number.isFinite(calls)) room.fail(node, "'calls' must be a number.");
    const seconds = Number(room.literal(node, 'renewal-period'));
    if (!(seconds === 0 || seconds >= quotaPeriodSecondsMin)) {
      room.fail(node, `'renewal-period' must be 0 or at least ${quotaPeriodSecondsMin}.`);
    }
    const first = room.literal(node, 'first-period-start') ?? '0001-01-01T00:00:00Z';
    const startMs = Date.parse(first);
    if (Number.isNaN(startMs)) room.fail(node, "'first-period-start' must be a date and time.");
    const key = room.requiredText(node, 'counter-key');
    const count = compileCounting(node, room);
    const { counters } = room.ports;
    return async (call) => {
      const counter = `quota\n${call.service.id}\n${await key(call)}`;
      const periodMs = seconds * 1000;
      const { used, freeInMs } = counters.fixed(counter, startMs, periodMs);
      if (used >= calls) {
        const span = timeSpan(freeInMs);
        decide({
          ...{ rule: node.name, outcome: 'refused', reason: `${used} of ${calls} calls are used.` },
          fix: `Wait ${span}, or raise calls.`,
        });
        throw new Fault({
          ...{ source: node.name, reason: 'QuotaExceeded', status: 403 },
          message: `Out of call volume quota. Quota will be replenished in ${span}.`,
          headers: [['Retry-After', String(Math.ceil(freeInMs / 1000))]],
        });
      }
      const fill = async () => {
        const units = await count.units(call);
        if (units > 0) counters.fill(counter, startMs, periodMs, units);
      };
      if (count.late) call.atEnd.push(fill);
      else await fill();
    };
  },
};

/** `hh:mm:ss`, with days and a dot before it from one day on, as .NET prints a TimeSpan. */
export function timeSpan(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const part = (value: number) => String(value).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const rest = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  return `${days > 0 ? `${days}.` : ''}${rest.map(part).join(':')}`;
}
