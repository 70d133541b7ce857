// Finds what is asked to be explained: a run, a trace, or the last thing that happened.
import { ConfigurationError } from '../base/index.ts';
import type { RecordedSpan } from '../telemetry/index.ts';
import { type Explanation, explainSpans, isTold } from './explain.ts';
import type { HostParts } from './start.ts';
import { findRun, spansOfRun } from './workflows.ts';

/** `last`, a trace id or a run id. Throws ConfigurationError where nothing of it is known. */
export async function explainId(host: HostParts, id: string): Promise<Explanation> {
  const traceId = id === 'last' ? lastTrace(host) : id;
  const spans = /^[0-9a-f]{32}$/.test(traceId) ? host.telemetry.spansOf(traceId) : [];
  if (spans.some(isTold)) return explanation(traceId, traceId, titleOf(spans), spans);
  const run = await findRun(host, id);
  if (run) {
    const live = run.traceId === undefined ? [] : host.telemetry.spansOf(run.traceId);
    // The ring forgets, and a restart empties it; the run's own journal does not.
    const told = live.some(isTold) ? live : await spansOfRun(host, run);
    const title = `run ${run.id} of ${run.workflow}: ${run.status}`;
    return explanation(id, run.traceId ?? '', title, told);
  }
  throw new ConfigurationError({
    message: `nothing is known of '${id}'`,
    fix: 'Name a run id (lazurite runs lists them), a trace id, or "last".',
  });
}

/** The run that the trace belongs to, or what began it. */
function titleOf(spans: readonly RecordedSpan[]): string {
  const run = spans.find((span) => typeof span.attributes.run === 'string')?.attributes.run;
  if (run !== undefined) return `run ${run}`;
  return explainSpans(spans)[0]?.what ?? 'a trace';
}

function explanation(
  id: string,
  traceId: string,
  title: string,
  spans: readonly RecordedSpan[],
): Explanation {
  return { id, title, traceId, hops: explainSpans(spans) };
}

/** How many of the newest traces are looked at for one that tells something. */
const recentMax = 200;

function lastTrace(host: HostParts): string {
  const found = host.telemetry
    .recentTraces(recentMax)
    .find((traceId) => host.telemetry.spansOf(traceId).some(isTold));
  if (found !== undefined) return found;
  throw new ConfigurationError({
    message: 'nothing happened since Lazurite was started',
    fix: 'Run something: lazurite run <workflow>, or lazurite exec -- <command>.',
  });
}
