// rate-limit-by-key: so many calls per key in a sliding window; one more is 429.
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import { decide } from '../../../telemetry/index.ts';
import type { Call } from '../call.ts';
import { Fault } from '../errors.ts';
import { ratePeriodSecondsMax } from '../limits.ts';
import type { Policy } from '../registry.ts';
import type { Room, Value } from '../room.ts';

export const rateLimitByKey: Policy = {
  name: 'rate-limit-by-key',
  compile(node, room) {
    const calls = room.requiredNumber(node, 'calls');
    const period = room.requiredNumber(node, 'renewal-period');
    const key = room.requiredText(node, 'counter-key');
    const count = compileCounting(node, room);
    const report = compileReport(node, room);
    return async (call) => {
      const counter = `rate\n${call.service.id}\n${await key(call)}`;
      const limit = { calls: await calls(call), periodMs: (await period(call)) * 1000 };
      const retryHeader = retryHeaderOf(node, room);
      await limitRate(call, room, counter, limit, {
        source: node.name,
        retryHeader,
        count,
        report,
      });
    };
  },
};

export interface RateRules {
  readonly source: string;
  readonly retryHeader: string;
  /** How much a call counts, and whether that is known only at its end. */
  readonly count: { readonly late: boolean; readonly units: Value<number> };
  readonly report: Report;
}

type Report = (
  call: Call,
  left: { remaining: number; total: number; retrySeconds?: number },
) => Promise<void>;

/** Counts the call, or refuses it. */
export async function limitRate(
  call: Call,
  room: Room,
  counter: string,
  { calls, periodMs }: { calls: number; periodMs: number },
  { source, retryHeader, count, report }: RateRules,
): Promise<void> {
  const { counters } = room.ports;
  const window = Math.min(periodMs, ratePeriodSecondsMax * 1000);
  const { used, freeInMs } = counters.sliding(counter, window);
  if (used >= calls) {
    const seconds = Math.max(1, Math.ceil(freeInMs / 1000));
    await report(call, { remaining: 0, total: calls, retrySeconds: seconds });
    decide({
      ...{ rule: source, outcome: 'refused', reason: `${used} of ${calls} calls are used.` },
      input: { calls, periodSeconds: window / 1000 },
      fix: `Wait ${seconds} s, or raise calls.`,
    });
    throw new Fault({
      ...{ source, reason: 'RateLimitExceeded', status: 429, message: 'Rate limit is exceeded' },
      bodyMessage: `Rate limit is exceeded. Try again in ${seconds} seconds.`,
      headers: [[retryHeader, String(seconds)]],
    });
  }
  if (!count.late) {
    const units = await count.units(call);
    counters.slide(counter, window, units);
    await report(call, { remaining: Math.max(0, calls - used - units), total: calls });
    return;
  }
  await report(call, { remaining: Math.max(0, calls - used), total: calls });
  call.atEnd.push(async () => {
    const units = await count.units(call);
    if (units > 0) counters.slide(counter, window, units);
  });
}

export function retryHeaderOf(node: PolicyNode, room: Room): string {
  return room.literal(node, 'retry-after-header-name') ?? 'Retry-After';
}

/** A condition or count that is an expression is looked at behind outbound (rate-limit-by-key page). */
export function compileCounting(node: PolicyNode, room: Room): RateRules['count'] {
  const condition = room.flag(node, 'increment-condition', true);
  const increment = room.number(node, 'increment-count') ?? (() => 1);
  const late = ['increment-condition', 'increment-count'].some(
    (name) => node.attributes.get(name)?.kind === 'expression',
  );
  return {
    late,
    units: async (call) => ((await condition(call)) ? await increment(call) : 0),
  };
}

/** Headers and variables that tell the caller where it stands; only those that are named. */
export function compileReport(node: PolicyNode, room: Room): Report {
  const names = Object.fromEntries(
    ['retry-after', 'remaining-calls', 'total-calls'].map((name) => [
      name,
      {
        header: room.literal(node, `${name}-header-name`),
        variable: room.text(node, `${name}-variable-name`),
      },
    ]),
  );
  const { language } = room.ports;
  return async (call, { remaining, total, retrySeconds }) => {
    const values = {
      'retry-after': retrySeconds,
      'remaining-calls': remaining,
      'total-calls': total,
    };
    for (const [name, value] of Object.entries(values)) {
      const { header, variable } = names[name]!;
      if (value === undefined) continue;
      if (variable) {
        call.variables.set(await variable(call), language.object({ kind: 'integer', value }));
      }
      if (header && name !== 'retry-after') {
        call.atEnd.push(() => call.ensureResponse().headers.set(header, [String(value)]));
      }
    }
  };
}
