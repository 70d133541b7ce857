// trace: a message of the policy's author, joined to the call's trace.
import { decide } from '../../../telemetry/index.ts';
import { traceEntriesMax } from '../limits.ts';
import type { Policy } from '../registry.ts';

/** Longer messages are cut in the trace. */
const messageCharactersMax = 2_000;

export const trace: Policy = {
  name: 'trace',
  compile(node, room) {
    const source = room.requiredText(node, 'source');
    const severity = room.literal(node, 'severity') ?? 'verbose';
    const message = node.children.find((child) => child.name === 'message');
    const text = room.content(message ?? node);
    const metadata = node.children
      .filter((child) => child.name === 'metadata')
      .map((child) => ({
        name: room.requiredText(child, 'name'),
        value: room.requiredText(child, 'value'),
      }));
    return async (call) => {
      const entry = {
        source: await source(call),
        severity,
        message: (await text(call)).slice(0, messageCharactersMax),
      };
      const input: Record<string, string> = { severity };
      for (const { name, value } of metadata) {
        input[`metadata ${await name(call)}`] = (await value(call)).slice(0, messageCharactersMax);
      }
      if (call.trace.length >= traceEntriesMax) return;
      call.trace.push(entry);
      decide({ rule: `trace ${entry.source}`, outcome: 'done', reason: entry.message, input });
    };
  },
};
