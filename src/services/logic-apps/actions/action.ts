// What an action type is: how it checks, starts and goes on. Pure: effects are described, not done.
import type { Decision } from '../../../telemetry/index.ts';
import type { EvaluationContext, ObjectValue, Value } from '../language.ts';
import type { PlanAction } from '../plan/plan.ts';
import type { WorkflowFacts } from '../run/facts.ts';
import type { ActionRecord, ActionStatus, RunError } from '../run/history.ts';

/** A value for one of the run's variables. */
export interface VariableWrite {
  readonly name: string;
  /** Present when the variable is being declared. */
  readonly type?: string;
  readonly value: Value;
}

export interface Outcome {
  readonly status: ActionStatus;
  readonly code: string;
  readonly outputs?: Value;
  readonly error?: RunError;
  readonly variables?: readonly VariableWrite[];
  /** The answer for the waiting caller. */
  readonly reply?: ObjectValue;
  /** Ends the run with this status. */
  readonly terminate?: { readonly status: ActionStatus; readonly error?: RunError };
  readonly decisions?: readonly Decision[];
}

/** A branch that begins; `iteration` for the turns of a loop. */
export interface Opening {
  readonly branch: string;
  readonly iteration?: number;
}

export type Step =
  | { readonly step: 'finish'; readonly inputs?: Value; readonly outcome: Outcome }
  /** The action runs on: its `effect` is performed once this is committed. */
  | {
      readonly step: 'run';
      readonly inputs?: Value;
      /** What the action needs to go on, also after a restart. */
      readonly detail?: ObjectValue;
      readonly attempt?: RetryEntry;
      readonly decisions?: readonly Decision[];
    }
  | {
      readonly step: 'enter';
      readonly inputs?: Value;
      readonly detail?: ObjectValue;
      readonly open: readonly Opening[];
      /** Branches whose actions are recorded as Skipped. */
      readonly skip?: readonly string[];
    }
  /** A branch has ended, others go on. */
  | { readonly step: 'stay' };

/** One attempt of a retried call, as the run history lists it. */
export interface RetryEntry {
  readonly startTime: string;
  readonly endTime: string;
  readonly code: string;
  readonly error?: RunError;
  readonly clientRequestId: string;
  readonly serviceRequestId?: string;
}

/** One HTTP call to make, values evaluated; `outgoing` knows how. */
export interface HttpCall {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Value;
  readonly authentication?: Value;
  /** Milliseconds the answer may take. */
  readonly timeoutMs: number;
}

export type HttpResult =
  | {
      readonly answered: true;
      readonly status: number;
      readonly reason: string;
      readonly headers: ObjectValue;
      readonly body?: Value;
      /** The URL that answered, redirects followed. */
      readonly url: string;
      readonly decisions: readonly Decision[];
    }
  | {
      readonly answered: false;
      readonly code: string;
      readonly message: string;
      /** Whether a retry policy may try again. */
      readonly transient: boolean;
      readonly decisions: readonly Decision[];
    };

export interface ScriptCall {
  readonly code: string;
  readonly context: Value;
  readonly timeoutMs: number;
}

export type ScriptResult =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: string; readonly message: string };

export interface ChildCall {
  /** ARM id, or the name of a workflow of the same Standard site. */
  readonly workflow: string;
  readonly trigger: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Value;
}

export type ChildResult =
  | {
      readonly ok: true;
      readonly status: number;
      readonly headers: ObjectValue;
      readonly body?: Value;
    }
  | { readonly ok: false; readonly code: string; readonly message: string };

export type Effect =
  | { readonly effect: 'http'; readonly call: HttpCall; readonly atMs?: number }
  | { readonly effect: 'timer'; readonly atMs: number }
  | { readonly effect: 'script'; readonly call: ScriptCall }
  | { readonly effect: 'child'; readonly call: ChildCall; readonly atMs?: number };

export type EffectResult =
  | { readonly effect: 'http'; readonly result: HttpResult; readonly startMs: number }
  | { readonly effect: 'timer' }
  | { readonly effect: 'script'; readonly result: ScriptResult }
  | { readonly effect: 'child'; readonly result: ChildResult };

/** The branch that has just ended, and how the owner's branches stand. */
export interface BranchEnd {
  readonly branch: string;
  readonly iteration: number | undefined;
  readonly status: ActionStatus;
  readonly opened: number;
  readonly ended: number;
  /** Whether any ended branch failed, or timed out. */
  readonly failed: boolean;
}

export interface ActionContext {
  readonly action: PlanAction;
  readonly facts: WorkflowFacts;
  /** The run as an expression of this action sees it. */
  readonly scope: EvaluationContext;
  readonly nowMs: number;
  /** `waiting` or `polling`: a caller is there; `answered`; `none`: nobody (ever) waits. */
  readonly caller: 'waiting' | 'polling' | 'answered' | 'none';
  /** Headers that every outgoing call of this action carries. */
  outgoingHeaders(): [string, string][];
  /** Evaluates a JSON template; throws ExpressionEvaluationError. */
  evaluate(template: Value): Value;
  variable(name: string): { readonly type: string; readonly value: Value } | undefined;
  random(): number;
  newGuid(): string;
}

/** Says what is wrong with an action at save time; `field` is below the action. */
export type Report = (message: string, field?: string) => void;

export interface CheckContext {
  readonly facts: Pick<WorkflowFacts, 'hosting' | 'hasIntegrationAccount' | 'kind'>;
  readonly inLoop: boolean;
  readonly depth: number;
}

export interface ActionType {
  /** As the documentation spells it. */
  readonly type: string;
  /** Member paths below the action that hold nested actions, by branch name. */
  branches?(definition: ObjectValue): { branch: string; actions: Value | undefined }[];
  check?(action: PlanAction, report: Report, context: CheckContext): void;
  start(context: ActionContext): Step;
  /** What to do now for a running action; asked again after a restart. */
  effect?(context: ActionContext, record: ActionRecord): Effect;
  resume?(context: ActionContext, record: ActionRecord, result: EffectResult): Step;
  branchEnded?(context: ActionContext, record: ActionRecord, end: BranchEnd): Step;
  /** When a running action is out of time; absent: only `limit.timeout` counts. */
  timeoutMs?(action: PlanAction): number | undefined;
}

/** Success of a control or variable action. */
export const done = (outcome: Partial<Outcome> = {}, inputs?: Value): Step => ({
  step: 'finish',
  inputs,
  outcome: { status: 'Succeeded', code: 'NotSpecified', ...outcome },
});

export const failed = (code: string, message: string, inputs?: Value): Step => ({
  step: 'finish',
  inputs,
  outcome: { status: 'Failed', code: 'BadRequest', error: { code, message } },
});
