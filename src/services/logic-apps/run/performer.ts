// The one place where a run's effects happen: calls, timers, scripts, child workflows.
import { sleep } from '../../../base/index.ts';
import { decide, inSpanOf, setAttributes } from '../../../telemetry/index.ts';
import type { ChildCall, ChildResult, Effect, EffectResult } from '../actions/action.ts';
import type { Surroundings } from '../outgoing/authentication/index.ts';
import { makeCall } from '../outgoing/call.ts';
import type { Scripts } from '../script/scripts.ts';
import type { WorkflowFacts } from './facts.ts';
import type { Perform } from './live-run.ts';

export interface PerformerOptions extends Omit<Surroundings, 'facts'> {
  readonly scripts: Scripts;
  /** Starts another workflow and waits for its Response. */
  readonly callChild: (
    call: ChildCall,
    parent: { readonly facts: WorkflowFacts; readonly hops?: number },
  ) => Promise<ChildResult>;
}

/** Performs effects inside a span of the action. */
export function createPerformer(options: PerformerOptions): Perform {
  return async (effect, { action, run, traceparent }, machine, signal) => {
    const { facts } = machine.around;
    const atMs = effect.effect === 'timer' || effect.effect === 'http' ? effect.atMs : undefined;
    const waitMs = atMs === undefined ? 0 : atMs - options.clock.now();
    if (waitMs > 0) await sleep(options.clock, waitMs, signal);
    if (effect.effect === 'timer') return { effect: 'timer' };
    const detail = {
      service: 'workflow',
      caller: facts.resourceId,
      run,
      action,
      ...(effect.effect === 'http' && {
        method: effect.call.method,
        url: withoutQuery(effect.call.url),
      }),
    };
    return inSpanOf(traceparent, `workflow action ${action}`, detail, () =>
      perform(effect, { ...options, facts, hops: machine.history.trigger?.hops }, signal),
    );
  };
}

async function perform(
  effect: Exclude<Effect, { effect: 'timer' }>,
  around: PerformerOptions & Surroundings,
  signal: AbortSignal,
): Promise<EffectResult> {
  switch (effect.effect) {
    case 'http': {
      const startMs = around.clock.now();
      const result = await makeCall(effect.call, around, signal);
      for (const decision of result.decisions) decide(decision);
      if (result.answered) setAttributes({ status: result.status });
      else decide({ rule: 'call of an HTTP action', outcome: 'refused', reason: result.message });
      return { effect: 'http', result, startMs };
    }
    case 'script':
      return { effect: 'script', result: await around.scripts.run(effect.call, signal) };
    case 'child':
      return { effect: 'child', result: await around.callChild(effect.call, around) };
  }
}

/** Query values may be secrets (signatures, codes). */
const withoutQuery = (url: string) => url.split('?')[0]!;
