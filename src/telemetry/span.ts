// Spans: one per hop and per piece of work, joined by W3C trace context.
import {
  type Attributes,
  type Context,
  context,
  type Span,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';

/** Who called whom: every hop's span carries these, so that a chain can be told. */
export interface HopAttributes {
  /** `gateway`, `token endpoint`, `vault`, `workflow action`, … */
  readonly service: string;
  /** ARM id of the resource that called, where the way in says so. */
  readonly caller?: string;
  /** Object id that the caller's token proved. */
  readonly principal?: string;
  readonly method?: string;
  /** Without query values that carry secrets. */
  readonly url?: string;
  readonly status?: number;
  readonly [name: string]: string | number | boolean | undefined;
}

export type SpanDetail = Partial<HopAttributes>;

const tracer = () => trace.getTracer('lazurite');

/** Runs `work` inside a child of the active span (a root where there is none). */
export function inSpan<T>(name: string, detail: SpanDetail, work: () => Promise<T>): Promise<T> {
  return run(name, detail, context.active(), work);
}

/** As `inSpan`, below the caller's `traceparent` (W3C Trace Context); ignored where it is malformed. */
export function inSpanOf<T>(
  traceparent: string | undefined,
  name: string,
  detail: SpanDetail,
  work: () => Promise<T>,
): Promise<T> {
  return run(name, detail, parentFrom(traceparent) ?? context.active(), work);
}

async function run<T>(
  name: string,
  detail: SpanDetail,
  parent: Context,
  work: () => Promise<T>,
): Promise<T> {
  const span: Span = tracer().startSpan(name, { attributes: detail as Attributes }, parent);
  try {
    return await context.with(trace.setSpan(parent, span), work);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: String((error as Error)?.name) });
    throw error;
  } finally {
    span.end();
  }
}

/** Runs `work` below the caller's `traceparent` without a span of its own. */
export function joinTrace<T>(traceparent: string | undefined, work: () => Promise<T>): Promise<T> {
  const parent = parentFrom(traceparent);
  return parent ? context.with(parent, work) : work();
}

/** Adds to the active span what is known only later, such as the status. */
export function setAttributes(detail: SpanDetail): void {
  trace.getActiveSpan()?.setAttributes(detail as Attributes);
}

export function activeTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId;
}

/** The header value that hands the active span to the next hop. */
export function activeTraceparent(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span && `00-${span.traceId}-${span.spanId}-01`;
}

function parentFrom(traceparent: string | undefined): Context | undefined {
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(traceparent ?? '');
  if (!match || /^0+$/.test(match[1]!) || /^0+$/.test(match[2]!)) return undefined;
  return trace.setSpanContext(context.active(), {
    traceId: match[1]!,
    spanId: match[2]!,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
}
