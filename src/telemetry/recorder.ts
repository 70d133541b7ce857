// Receives finished spans and keeps the newest ones for `explain`.
import { context, type HrTime, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  type ReadableSpan,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { Clock } from '../base/index.ts';
import { type Decision, decisionEvent, type Outcome } from './decision.ts';

export interface RecordedDecision extends Decision {
  readonly atMs: number;
}

export interface RecordedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly decisions: readonly RecordedDecision[];
}

/** `parentIsOpen`: what caused the span goes on, so that the chain is not told to its end yet. */
export type SpanListener = (span: RecordedSpan, parentIsOpen: boolean) => void;

export interface Telemetry {
  /** Finished spans of a trace, oldest first; empty where the ring has forgotten it. */
  spansOf(traceId: string): RecordedSpan[];
  /** Trace ids, newest first. */
  recentTraces(limit: number): string[];
  /** Called with each finished span, in the order they end. */
  subscribe(listener: SpanListener): () => void;
  close(): Promise<void>;
}

/** Bounds of the ring: DESIGN section 3, telemetry. */
const traceCountMax = 10_000;
const traceAgeMsMax = 7 * 86_400_000;
const spansPerTraceMax = 2_000;

/** Registers the process's tracer and starts recording. `processors` are exporters to add (OTLP). */
export function startTelemetry(clock: Clock, processors: SpanProcessor[] = []): Telemetry {
  const traces = new Map<string, { endMs: number; spans: RecordedSpan[] }>();
  const listeners = new Set<SpanListener>();
  const open = new Set<string>();

  function forgetOld(): void {
    for (const [id, entry] of traces) {
      if (traces.size <= traceCountMax && entry.endMs > clock.now() - traceAgeMsMax) return;
      traces.delete(id);
    }
  }
  const recorder: SpanProcessor = {
    onStart: (span) => void open.add(span.spanContext().spanId),
    onEnd(readable) {
      const span = recorded(readable);
      open.delete(span.spanId);
      const entry = traces.get(span.traceId) ?? { endMs: 0, spans: [] };
      entry.endMs = span.endMs;
      if (entry.spans.length < spansPerTraceMax) entry.spans.push(span);
      traces.delete(span.traceId);
      traces.set(span.traceId, entry);
      forgetOld();
      const parentIsOpen = open.has(span.parentSpanId ?? '');
      for (const listener of listeners) listener(span, parentIsOpen);
    },
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const provider = new BasicTracerProvider({ spanProcessors: [recorder, ...processors] });
  const manager = new AsyncLocalStorageContextManager().enable();
  trace.disable();
  context.disable();
  context.setGlobalContextManager(manager);
  trace.setGlobalTracerProvider(provider);
  return {
    spansOf: (traceId) =>
      [...(traces.get(traceId)?.spans ?? [])].sort((a, b) => a.startMs - b.startMs),
    recentTraces: (limit) => [...traces.keys()].reverse().slice(0, limit),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      trace.disable();
      context.disable();
      await provider.shutdown();
    },
  };
}

const inMs = ([seconds, nanos]: HrTime) => seconds * 1000 + nanos / 1e6;

function recorded(span: ReadableSpan): RecordedSpan {
  const ids = span.spanContext();
  return {
    traceId: ids.traceId,
    spanId: ids.spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    name: span.name,
    startMs: inMs(span.startTime),
    endMs: inMs(span.endTime),
    attributes: span.attributes as RecordedSpan['attributes'],
    decisions: span.events
      .filter((event) => event.name === decisionEvent)
      .map(({ time, attributes }) => ({
        atMs: inMs(time),
        rule: String(attributes?.rule),
        outcome: attributes?.outcome as Outcome,
        reason: String(attributes?.reason),
        fix: attributes?.fix as string | undefined,
        input: attributes?.input ? JSON.parse(String(attributes.input)) : undefined,
      })),
  };
}
