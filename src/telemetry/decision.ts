// A decision: what was asked, which rule answered, with what outcome, and what would change it.
import { trace } from '@opentelemetry/api';

export type Outcome = 'allowed' | 'refused' | 'done' | 'retried' | 'skipped';

/** Facts the rule looked at. Never a secret, a token or a key: names, ids, claims, times. */
export type DecisionInput = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Decision {
  /** The rule in the protocol's words, such as `client assertion audience`. */
  readonly rule: string;
  readonly outcome: Outcome;
  /** One plain sentence: why it ended so. */
  readonly reason: string;
  readonly input?: DecisionInput;
  /** For a refusal: what to change, in the user's terms. */
  readonly fix?: string;
}

/** The event name that decisions have on a span. */
export const decisionEvent = 'lazurite.decision';

/** Writes a decision on the active span; without one it is dropped. */
export function decide(decision: Decision): void {
  trace.getActiveSpan()?.addEvent(decisionEvent, {
    rule: decision.rule,
    outcome: decision.outcome,
    reason: decision.reason,
    ...(decision.fix && { fix: decision.fix }),
    ...(decision.input && { input: JSON.stringify(decision.input) }),
  });
}
