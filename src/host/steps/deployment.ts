// A step that deploys an ARM template, over the control plane as any client would.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Json, type JsonObject, readJsonText, sleep } from '../../base/index.ts';
import { type DeployerAnswer, refusalText } from '../deployer.ts';
import { resolveStepValue } from '../step-values.ts';
import {
  type StepContext,
  type StepOutputs,
  stepFailure,
  subscriptionOf,
  tenantIdOf,
} from './context.ts';

const apiVersion = 'api-version=2021-04-01';
const origin = 'https://management.azure.com';
/** A deployment that takes longer than this on the machine's clock is stuck. Ours. */
const pollsMax = 3_000;
const pollMs = 20;

/** What the deployment depends on: the template's text and the values it is given. */
export function deploymentInputs(context: StepContext): Json {
  const { template, ...rest } = context.step.deployment!;
  const text = readFileSync(resolve(context.environment.folder, template), 'utf8');
  return { ...rest, template: text, parameters: parametersOf(context) } as unknown as Json;
}

export async function runDeployment(context: StepContext): Promise<StepOutputs> {
  const { environment, step, deploy } = context;
  const { subscription: name, resourceGroup, location, template } = step.deployment!;
  const subscription = subscriptionOf(environment, name);
  const tenantId = tenantIdOf(environment, subscription);
  const call = (method: string, url: string, body?: unknown) =>
    deploy({ tenantId, resource: origin, method, url, body });
  const subscriptionUrl = `${origin}/subscriptions/${subscription.id}`;
  if (resourceGroup !== undefined) {
    const url = `${subscriptionUrl}/resourcegroups/${resourceGroup}?${apiVersion}`;
    expectDone(context, await call('PUT', url, { location }));
  }
  const scope = resourceGroup === undefined ? '' : `/resourcegroups/${resourceGroup}`;
  const path = `${scope}/providers/Microsoft.Resources/deployments/${step.name}`;
  const url = `${subscriptionUrl}${path}?${apiVersion}`;
  const file = resolve(environment.folder, template);
  const answer = await call('PUT', url, {
    ...(resourceGroup === undefined && { location }),
    properties: {
      mode: 'Incremental',
      template: readJsonText(readFileSync(file, 'utf8'), { file: template, loose: true }).value,
      parameters: mapValues(parametersOf(context), (value) => ({ value })),
    },
  });
  expectDone(context, answer);
  const done = await poll(context, call, url, answer.header('azure-asyncoperation'));
  const outputs = (done.outputs ?? {}) as Record<string, { value: Json }>;
  return mapValues(outputs, (output) => output.value);
}

function parametersOf({ environment, step, index, outputs }: StepContext): Record<string, Json> {
  const path = (name: string) => ['steps', index, 'deployment', 'parameters', name];
  return Object.fromEntries(
    Object.entries(step.deployment!.parameters as JsonObject).map(([name, value]) => [
      name,
      resolveStepValue(environment, path(name), value, outputs),
    ]),
  );
}

function expectDone(context: StepContext, answer: DeployerAnswer): void {
  if (answer.status >= 400) throw deploymentFailure(context, refusalText(answer));
}

function deploymentFailure(context: StepContext, message: string): Error {
  const { template } = context.step.deployment!;
  return stepFailure(context, ['deployment', 'template'], `${template}: ${message}`);
}

async function poll(
  context: StepContext,
  call: (method: string, url: string) => Promise<DeployerAnswer>,
  url: string,
  operation: string | undefined,
): Promise<JsonObject> {
  for (let polls = 0; operation !== undefined && polls < pollsMax; polls++) {
    const { body } = await call('GET', operation);
    const { status, error } = body as { status?: string; error?: ErrorDetail };
    if (status === 'Succeeded') break;
    if (status === 'Failed' || status === 'Canceled') {
      throw deploymentFailure(context, describeError(error));
    }
    await sleep(context.clock, pollMs);
  }
  const { body } = await call('GET', url);
  const { properties } = body as { properties: JsonObject };
  if (properties.provisioningState === 'Succeeded') return properties;
  throw deploymentFailure(context, describeError(properties.error as unknown as ErrorDetail));
}

interface ErrorDetail {
  readonly code?: string;
  readonly message?: string;
  readonly details?: readonly ErrorDetail[];
}

/** ARM wraps the cause: the innermost details say what is wrong. */
function describeError(error: ErrorDetail | undefined): string {
  if (!error) return 'the deployment did not end';
  if (error.details && error.details.length > 0) {
    return error.details.map(describeError).join('\n  ');
  }
  return `${error.code}: ${error.message}`;
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
