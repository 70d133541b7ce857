// Compiled policies and how a list of them runs.
import { BodyTooLargeError, OutboundError } from '../../http/index.ts';
import type { PolicyNode } from '../../languages/policy-documents/index.ts';
import type { Call } from './call.ts';
import { Fault, internalErrorMessage } from './errors.ts';
import { ExpressionFault } from './expressions.ts';

export type Run = (call: Call) => void | Promise<void>;

export interface Step {
  readonly name: string;
  readonly run: Run;
  readonly node: PolicyNode;
  /** Such as `choose[1]/when[2]/set-header[1]`. */
  readonly path: string;
}

/** A Fault with the policy it arose in. */
export class LocatedFault extends Error {
  readonly fault: Fault;
  readonly step: Step;

  constructor(fault: Fault, step: Step) {
    super(fault.message);
    this.fault = fault;
    this.step = step;
  }
}

/** Runs steps in order until one answers. Throws LocatedFault. */
export async function runSteps(steps: readonly Step[], call: Call): Promise<void> {
  for (const step of steps) {
    if (call.ended) return;
    try {
      const pending = step.run(call);
      if (pending) await pending;
    } catch (error) {
      if (error instanceof LocatedFault) throw error;
      throw new LocatedFault(faultOf(error, step.name), step);
    }
  }
}

/** Any error as the gateway words it; a defect of ours tells nothing to the caller. */
export function faultOf(error: unknown, source: string): Fault {
  if (error instanceof Fault) return error;
  const hidden = { source, status: 500, bodyMessage: internalErrorMessage };
  if (error instanceof ExpressionFault) {
    const message = `Expression evaluation failed. ${error.message}`;
    return new Fault({ ...hidden, reason: 'ExpressionValueEvaluationFailure', message });
  }
  if (error instanceof OutboundError) {
    return new Fault({ ...hidden, reason: 'BackendConnectionFailure', message: error.message });
  }
  if (error instanceof BodyTooLargeError) {
    return new Fault({ ...hidden, reason: 'BodyTooLarge', message: error.message });
  }
  process.emitWarning(error instanceof Error ? error : String(error));
  return new Fault({ ...hidden, reason: 'InternalError', message: internalErrorMessage });
}
