// rate-limit: so many calls per subscription, with counters of their own for APIs and operations.
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import type { Call } from '../call.ts';
import type { Policy } from '../registry.ts';
import type { Room } from '../room.ts';
import { compileReport, limitRate, type RateRules, retryHeaderOf } from './rate-limit-by-key.ts';

interface Limit {
  /** What the counter stands for; undefined where the call is none of it. */
  readonly subject: (call: Call) => string | undefined;
  readonly calls: number;
  readonly periodMs: number;
}

export const rateLimit: Policy = {
  name: 'rate-limit',
  compile(node, room) {
    const limits = [
      limitOf(node, room, () => ''),
      ...node.children.flatMap((api) => limitsOfApi(api, room)),
    ];
    const rules: RateRules = {
      source: node.name,
      retryHeader: retryHeaderOf(node, room),
      count: { late: false, units: () => 1 },
      report: compileReport(node, room),
    };
    return async (call) => {
      const { subscription } = call;
      // Without a subscription there is nobody to count for (rate-limit page).
      if (!subscription) return;
      for (const limit of limits) {
        const subject = limit.subject(call);
        if (subject === undefined) continue;
        const counter = `rate-limit\n${call.service.id}\n${subscription.name}\n${subject}`;
        await limitRate(call, room, counter, limit, rules);
      }
    };
  },
};

function limitsOfApi(node: PolicyNode, room: Room): Limit[] {
  const isApi = selector(node, room);
  const own = limitOf(node, room, (call) => {
    const { api } = call;
    return api && isApi(api) ? `api ${api.name}` : undefined;
  });
  const operations = node.children.map((child) => {
    const isOperation = selector(child, room);
    return limitOf(child, room, (call) => {
      const { api, operation } = call;
      if (!api || !operation || !isApi(api) || !isOperation(operation)) return undefined;
      return `operation ${api.name}/${operation.name}`;
    });
  });
  return [own, ...operations];
}

function selector(node: PolicyNode, room: Room) {
  const id = room.literal(node, 'id')?.toLowerCase();
  const name = room.literal(node, 'name')?.toLowerCase();
  if (id === undefined && name === undefined) {
    room.fail(node, `<${node.name}> needs the attribute 'name' or 'id'.`);
  }
  return (each: { readonly name: string; readonly displayName: string }) =>
    id === undefined ? each.displayName.toLowerCase() === name : each.name.toLowerCase() === id;
}

function limitOf(node: PolicyNode, room: Room, subject: Limit['subject']): Limit {
  const read = (name: string) => {
    const value = Number(room.literal(node, name));
    return Number.isFinite(value) ? value : room.fail(node, `'${name}' must be a number.`);
  };
  return { subject, calls: read('calls'), periodMs: read('renewal-period') * 1000 };
}
