// What a run tells `explain`: its own decisions, and the spans of the hops it caused.
import { type Decision, decide, inSpanOf, type RecordedSpan } from '../../../telemetry/index.ts';
import type { ObjectValue, Value } from '../language.ts';
import { parseJsonValue } from '../language.ts';
import { type RunEvent, recordKey } from './history.ts';

/** Marks spans that the run's journal already holds as decisions of its own. */
const journaled = 'lazurite.journaled';

export interface ActionDecision {
  readonly action: string;
  readonly atMs: number;
  readonly decision: Decision;
}

/** The engine's decisions in a list of events: how each action and the run ended, and why. */
export function decisionsOf(
  events: readonly RunEvent[],
  isSecured: (key: string) => boolean,
): ActionDecision[] {
  return events.flatMap((event): ActionDecision[] => {
    if (event.type === 'finished') {
      const failed = event.status !== 'Succeeded';
      const reason = event.error ? event.error.message : `${event.status} (${event.code})`;
      const outcome = failed ? (event.status === 'Skipped' ? 'skipped' : 'refused') : 'done';
      const secured =
        event.error && isSecured(recordKey(event.name, event.indices))
          ? 'failed; its message is secured'
          : reason;
      const decision: Decision = {
        rule: 'action outcome',
        outcome,
        reason: secured,
        input: { status: event.status, code: event.code },
      };
      return [{ action: recordKey(event.name, event.indices), atMs: event.atMs, decision }];
    }
    if (event.type === 'skipped') {
      const { atMs, names, error, indices } = event;
      const decision: Decision = {
        rule: 'runAfter and branches',
        outcome: 'skipped',
        reason: error.message,
      };
      return [{ action: recordKey(names[0]!, indices), atMs, decision }];
    }
    if (event.type === 'run-ended') {
      const done = event.status === 'Succeeded';
      const reason = event.error ? `${event.error.code}: ${event.error.message}` : event.status;
      return [
        {
          action: '',
          atMs: event.atMs,
          decision: { rule: 'run outcome', outcome: done ? 'done' : 'refused', reason },
        },
      ];
    }
    return [];
  });
}

/** Shows decisions on spans of the run's trace, for the live view. */
export function showDecisions(
  traceparent: string,
  run: string,
  decisions: readonly ActionDecision[],
): void {
  for (const { action, decision } of decisions) {
    const name = action === '' ? 'workflow run' : `workflow action ${action}`;
    const detail = {
      service: 'workflow',
      run,
      ...(action !== '' && { action }),
      [journaled]: true,
    };
    void inSpanOf(traceparent, name, detail, async () => decide(decision));
  }
}

/** A decision of the engine as the journal keeps it: in the shape of a span. */
export function decisionSpan(
  traceparent: string | undefined,
  run: string,
  { action, atMs, decision }: ActionDecision,
): Value {
  const [, traceId = '', parentSpanId = ''] = (traceparent ?? '').split('-');
  return plain({
    traceId,
    spanId: '',
    parentSpanId,
    name: action === '' ? 'workflow run' : `workflow action ${action}`,
    startMs: atMs,
    endMs: atMs,
    attributes: { service: 'workflow', run, ...(action !== '' && { action }) },
    decisions: [{ atMs, ...decision }],
  });
}

/** A hop's span for the journal; undefined for those the journal holds anyway. */
export function hopSpan(span: RecordedSpan): Value | undefined {
  return span.attributes[journaled] ? undefined : plain(span);
}

const plain = (value: object): Value => parseJsonValue(JSON.stringify(value));

/** Reads a kept span back; its shape is what `hopSpan` and `decisionSpan` wrote. */
export function keptSpan(value: Value): RecordedSpan {
  return JSON.parse(JSON.stringify(value as ObjectValue)) as RecordedSpan;
}
