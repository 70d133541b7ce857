// What the steps of an environment work with.
import { type Clock, ConfigurationError, type Json } from '../../base/index.ts';
import type { Deployer } from '../deployer.ts';
import type { Environment, Step, Subscription } from '../environment.ts';
import type { Outputs } from '../step-values.ts';

export interface StepContext {
  readonly environment: Environment;
  readonly step: Step;
  /** Of the step in the file. */
  readonly index: number;
  readonly outputs: Outputs;
  readonly deploy: Deployer;
  readonly clock: Clock;
  /** Hands the files of a Standard project to its site. */
  readonly publishProject: (siteId: string, files: ReadonlyMap<string, string>) => Promise<unknown>;
}

/** What a step gives, by name, without the step's own name in front. */
export type StepOutputs = Readonly<Record<string, Json>>;

export function subscriptionOf(environment: Environment, name: string): Subscription {
  return environment.subscriptions.find((each) => each.name === name)!;
}

export function tenantIdOf(environment: Environment, subscription: Subscription): string {
  return environment.tenants.find((each) => each.name === subscription.tenant)!.id;
}

/** A step that failed, told at its place in the file. */
export function stepFailure(
  { environment, step, index }: StepContext,
  path: readonly (string | number)[],
  message: string,
  fix?: string,
): ConfigurationError {
  const problem = environment.problem(['steps', index, ...path], message, fix);
  return new ConfigurationError({ ...problem, message: `step '${step.name}' failed: ${message}` });
}
