// Turns the spans of a trace into a chain a person can read: who called whom, and why it went so.
import type { RecordedDecision, RecordedSpan } from '../telemetry/index.ts';

export interface ExplainedHop {
  /** 0 for what began the chain. */
  readonly depth: number;
  /** One line: who, what, where. */
  readonly what: string;
  readonly service?: string;
  readonly caller?: string;
  readonly method?: string;
  readonly url?: string;
  readonly status?: number;
  /** The status, or how the work ended; absent while unknown. */
  readonly outcome?: string;
  readonly ok: boolean;
  readonly decisions: readonly RecordedDecision[];
  readonly startMs: number;
  readonly durationMs: number;
}

export interface Explanation {
  /** A run id or a trace id. */
  readonly id: string;
  readonly title: string;
  readonly traceId: string;
  readonly hops: readonly ExplainedHop[];
}

/** Hops in the order they began, each below the one that caused it. */
export function explainSpans(spans: readonly RecordedSpan[]): ExplainedHop[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const children = new Map<string | undefined, RecordedSpan[]>();
  for (const span of spans) {
    const parent = byId.has(span.parentSpanId ?? '') ? span.parentSpanId : undefined;
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  const hops: ExplainedHop[] = [];
  const visit = (span: RecordedSpan, depth: number) => {
    const told = isTold(span);
    if (told) hops.push(explainSpan(span, depth));
    const below = children.get(span.spanId) ?? [];
    below.sort((a, b) => a.startMs - b.startMs);
    for (const child of below) visit(child, told ? depth + 1 : depth);
  };
  const roots = children.get(undefined) ?? [];
  roots.sort((a, b) => a.startMs - b.startMs);
  for (const root of roots) visit(root, 0);
  return hops;
}

/** As the workflow engine names itself on its spans. */
const engineService = 'workflow';

/** Spans that only carry context say nothing to a reader. */
export function isTold(span: RecordedSpan): boolean {
  const { service, url } = span.attributes;
  const told = service !== undefined && !(service === engineService && url !== undefined);
  return told || span.decisions.length > 0;
}

/** One span as a hop at a depth of the chain. */
export function explainSpan(span: RecordedSpan, depth: number): ExplainedHop {
  const text = (name: string) => {
    const value = span.attributes[name];
    return value === undefined ? undefined : String(value);
  };
  const status = span.attributes.status;
  const refused = span.decisions.some((decision) => decision.outcome === 'refused');
  const code = typeof status === 'number' ? status : undefined;
  const outcome = status === undefined ? undefined : String(status);
  return {
    depth,
    what: describe(span),
    service: text('service'),
    caller: text('caller'),
    method: text('method'),
    url: text('url'),
    status: code,
    outcome: outcome ?? (refused ? 'refused' : undefined),
    ok: code === undefined ? !refused && outcome !== 'Failed' : code < 400,
    decisions: span.decisions,
    startMs: span.startMs,
    durationMs: span.endMs - span.startMs,
  };
}

function describe(span: RecordedSpan): string {
  const { service, caller, principal, method, url } = span.attributes;
  if (service === undefined || url === undefined) return span.name;
  const who = caller ?? principal;
  const call = `${String(method ?? '')} ${String(url)}`;
  // The engine's own view of a call that is told again as a hop, with what it decided before.
  if (service === engineService) return `${resourceName(String(who ?? ''))} calls ${call}`;
  const lead = who === undefined ? '' : `${resourceName(String(who))} → `;
  return `${lead}${String(service)}  ${call}`;
}

/** The last name of an ARM id; other callers as they are. */
export function resourceName(id: string): string {
  return id.startsWith('/') ? id.slice(id.lastIndexOf('/') + 1) : id;
}
