// Checks the templates of deployment steps against all resource types, before anything is written.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  ConfigurationError,
  type Json,
  type JsonObject,
  type Problem,
  readJsonText,
} from '../../base/index.ts';
import type { ResourceType } from '../../resources/index.ts';
import { checkTemplate } from '../../services/resource-manager/index.ts';
import type { Environment } from '../environment.ts';
import { resolveStepValue } from '../step-values.ts';
import { subscriptionOf, tenantIdOf } from './context.ts';

/** Faults of every template, with line and column in the template's own file. */
export function checkTemplates(
  environment: Environment,
  types: readonly ResourceType[],
): Problem[] {
  return environment.steps.flatMap(({ deployment, name }, index) => {
    if (!deployment) return [];
    const path = resolve(environment.folder, deployment.template);
    let text: ReturnType<typeof readJsonText>;
    try {
      text = readJsonText(readFileSync(path, 'utf8'), { file: path, loose: true });
    } catch (error) {
      if (error instanceof ConfigurationError) return [...error.problems];
      throw error;
    }
    const subscription = subscriptionOf(environment, deployment.subscription);
    const { known, unknown } = parametersOf(
      environment,
      index,
      deployment.parameters as JsonObject,
    );
    const faults = checkTemplate({
      template: text.value,
      parameters: known,
      unknown,
      place: {
        tenantId: tenantIdOf(environment, subscription),
        subscriptionId: subscription.id,
        resourceGroup: deployment.resourceGroup,
      },
      types,
      location: deployment.location,
      deploymentName: name,
    });
    return faults.map((fault) => ({
      file: path,
      ...text.positionOf(stepsOf(fault.path)),
      field: fault.path,
      message: fault.message,
      fix: `The template is deployed by step '${name}'.`,
    }));
  });
}

/** Values known now, in the shape of a deployment; names of those that earlier steps will give. */
function parametersOf(environment: Environment, index: number, parameters: JsonObject) {
  const known: Record<string, Json> = {};
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof (value as { output?: unknown } | null)?.output === 'string') unknown.push(name);
    else {
      const path = ['steps', index, 'deployment', 'parameters', name];
      known[name] = { value: resolveStepValue(environment, path, value, new Map()) };
    }
  }
  return { known, unknown };
}

/** `resources[2].type` as steps; names with odd characters stand in brackets and quotes. */
function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\['([^']*)'\]|([^.[\]]+)/g)].map(([, index, quoted, name]) =>
    index === undefined ? (quoted ?? name!) : Number(index),
  );
}
