// The door of `telemetry`: spans and the decisions made inside them.
export { type Decision, type DecisionInput, decide, type Outcome } from './decision.ts';
export {
  type RecordedDecision,
  type RecordedSpan,
  type SpanListener,
  startTelemetry,
  type Telemetry,
} from './recorder.ts';
export {
  activeTraceId,
  activeTraceparent,
  type HopAttributes,
  inSpan,
  inSpanOf,
  joinTrace,
  type SpanDetail,
  setAttributes,
} from './span.ts';
