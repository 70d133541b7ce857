// The steps of an environment, in order; a step runs again only when its inputs changed.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Json, JsonObject, Problem } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';
import type { Environment, Step } from '../environment.ts';
import { checkStepValue, deployerOutputs } from '../step-values.ts';
import type { StepContext, StepOutputs } from './context.ts';
import { deploymentInputs, runDeployment } from './deployment.ts';
import { projectInputs, runProject } from './project.ts';
import { runVaultObjects, vaultObjectInputs } from './vault-objects.ts';

interface StepKind {
  readonly inputs: (context: StepContext) => Json;
  readonly run: (context: StepContext) => Promise<StepOutputs>;
}

const kinds = {
  deployment: { inputs: deploymentInputs, run: runDeployment },
  vaultObjects: { inputs: vaultObjectInputs, run: runVaultObjects },
  project: { inputs: projectInputs, run: runProject },
} satisfies Record<string, StepKind>;

function kindOf(step: Step): keyof typeof kinds {
  return (Object.keys(kinds) as (keyof typeof kinds)[]).find((kind) => step[kind])!;
}

/** What is known of the steps before anything is written. */
export function checkSteps(environment: Environment): Problem[] {
  const steps = environment.steps.flatMap((step, index) => {
    const values = {
      deployment: step.deployment?.parameters,
      vaultObjects: step.vaultObjects?.secrets,
      project: step.project?.settings,
    };
    const field = { deployment: 'parameters', vaultObjects: 'secrets', project: 'settings' };
    const kind = kindOf(step);
    const problems = Object.entries((values[kind] ?? {}) as JsonObject).flatMap(([name, value]) =>
      checkStepValue(environment, ['steps', index, kind, field[kind], name], value),
    );
    return [...checkPaths(environment, step, index), ...problems];
  });
  return [...checkPrograms(environment), ...steps];
}

function checkPrograms(environment: Environment): Problem[] {
  return environment.hosts.flatMap(({ program }, index) => {
    if (program === undefined || existsSync(resolve(environment.folder, program))) return [];
    const message = `there is no '${program}' in ${environment.folder}`;
    return [environment.problem(['hosts', index, 'program'], message)];
  });
}

function checkPaths(environment: Environment, step: Step, index: number): Problem[] {
  const paths = [
    ['deployment', 'template', step.deployment?.template],
    ['project', 'folder', step.project?.folder],
  ] as const;
  return paths.flatMap(([kind, field, path]) => {
    if (path === undefined || existsSync(resolve(environment.folder, path))) return [];
    const message = `there is no '${path}' in ${environment.folder}`;
    return [environment.problem(['steps', index, kind, field], message)];
  });
}

export interface RunStepsOptions extends Omit<StepContext, 'step' | 'index' | 'outputs'> {
  readonly store: Store;
  /** Object id of the deploying principal, by tenant name. */
  readonly deployerIds: ReadonlyMap<string, string>;
  readonly onStep: (name: string, state: 'runs' | 'unchanged') => void;
}

interface StepRecord {
  readonly inputs: string;
  readonly outputs: Record<string, Json>;
}

const recordKind = 'environment-step';

/** Runs what changed; a failure keeps what came before and names its step. */
export async function runSteps(options: RunStepsOptions): Promise<void> {
  const { environment, store } = options;
  const outputs = new Map<string, Json>();
  for (const [tenant, id] of options.deployerIds) outputs.set(`${deployerOutputs}.${tenant}`, id);
  for (const [index, step] of environment.steps.entries()) {
    const context: StepContext = { ...options, step, index, outputs };
    const kind = kinds[kindOf(step)];
    const inputs = digest(kind.inputs(context));
    const known = await store.get<StepRecord>(recordKind, step.name);
    const unchanged = known?.value.inputs === inputs;
    options.onStep(step.name, unchanged ? 'unchanged' : 'runs');
    const given = unchanged ? known.value.outputs : await kind.run(context);
    if (!unchanged) {
      const value: StepRecord = { inputs, outputs: given };
      await store.write([{ put: { kind: recordKind, key: step.name, value, sealed: true } }]);
    }
    for (const [name, value] of Object.entries(given)) outputs.set(`${step.name}.${name}`, value);
  }
}

function digest(value: Json): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
