// A deployment from request to end: checked, recorded, run, recorded again; nested ones the same way.
import { createHash } from 'node:crypto';
import { type Json, type JsonObject, newGuid } from '../../../base/index.ts';
import type {
  EvaluationScope,
  HostFunction,
} from '../../../languages/template-expressions/index.ts';
import { parseResourceId } from '../../../resources/index.ts';
import { actionOf, authorizationFailed, isAuthorizedSoFar } from '../authorization.ts';
import { ArmError, type ErrorBody, notSupported } from '../errors.ts';
import { requireGroup } from '../groups.ts';
import { nestingMax } from '../limits.ts';
import type { Caller, Room } from '../room.ts';
import { checkStatic } from '../templates/check.ts';
import { echoParameters } from '../templates/parameters.ts';
import { type Plan, planTemplate } from '../templates/plan.ts';
import type { Result } from '../templates/references.ts';
import { type NestedInput, type RunOutcome, refusalOf, runPlan } from '../templates/run.ts';
import { createContext } from '../templates/scope.ts';
import { type Place, placeId, surroundingsOf } from '../templates/surroundings.ts';
import { invalidTemplate, readTemplate } from '../templates/template.ts';
import { isObject, resourceBody } from '../wire.ts';
import { type LiveDeployment, live, save } from './records.ts';

export interface DeploymentRequest {
  readonly room: Room;
  readonly caller: Caller;
  readonly id: string;
  readonly name: string;
  readonly place: Place;
  readonly apiVersion: string;
  readonly location?: string;
  readonly tags?: Json;
  /** `mode`, `template`, `parameters` as sent. */
  readonly properties: JsonObject;
  readonly correlationId: string;
  /** 0 for what a client sends. */
  readonly depth: number;
  readonly outer?: {
    readonly scope: EvaluationScope;
    readonly host: ReadonlyMap<string, HostFunction>;
  };
}

export interface PreparedDeployment {
  readonly request: DeploymentRequest;
  readonly plan: Plan;
  /** What a GET shows from the start. */
  readonly properties: JsonObject;
}

/** Every static check and the right to write each resource; nothing is written. */
export async function prepareDeployment(request: DeploymentRequest): Promise<PreparedDeployment> {
  const { room, caller, properties, place, depth } = request;
  if (depth > nestingMax) {
    throw invalidTemplate(`Deployments are nested deeper than ${nestingMax} levels`);
  }
  const template = checkProperties(properties);
  const typeOf = (type: string) => room.resources.typeOf(type);
  // What is nested was checked with the template around it.
  const [fault, ...others] = depth === 0 ? checkStatic(template, typeOf) : [];
  if (fault) throw staticFault(fault, others);
  if (place.resourceGroup !== undefined) await requireGroup(room, placeId(place));
  const deployment = deploymentFacts(request, template);
  const surroundings = await surroundingsOf({ room, caller, place, deployment });
  const parameters = isObject(properties.parameters) ? properties.parameters : {};
  const read = readTemplate(template);
  const context = createContext(read, { given: parameters }, surroundings, request.outer?.scope);
  const echoed = await guarded(request, () =>
    request.outer ? {} : echoParameters(context.parameters.all()),
  );
  const plan = await guarded(request, () => planTemplate(context, { typeOf }));
  await authorizeWrites(room, caller, plan);
  return { request, plan, properties: initialProperties(request, template, plan, echoed) };
}

/** Evaluation faults outside a resource become ARM's refusal. */
async function guarded<T>({ id, room }: DeploymentRequest, work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    throw refusalOf(error, id, room);
  }
}

function staticFault(
  fault: { path: string; message: string },
  others: readonly { path: string; message: string }[],
): ArmError {
  const body = ({ path, message }: typeof fault): ErrorBody => {
    const unknown = message.startsWith('InvalidResourceType: ');
    return unknown
      ? { code: 'InvalidResourceType', message: message.slice(21), target: path }
      : { code: 'InvalidTemplate', message: templateMessage(path, message), target: path };
  };
  return new ArmError(400, {
    ...body(fault),
    ...(others.length > 0 && { details: others.slice(0, 50).map(body) }),
  });
}

function templateMessage(path: string, message: string): string {
  if (message.startsWith('InvalidTemplate: ')) return message.slice(17);
  return `Deployment template validation failed: 'At '${path}': ${message}'.`;
}

function checkProperties(properties: JsonObject): Json {
  if (properties.templateLink !== undefined || properties.parametersLink !== undefined) {
    throw notSupported("A deployment by 'templateLink' or 'parametersLink'");
  }
  if (properties.onErrorDeployment !== undefined) throw notSupported("'onErrorDeployment'");
  const mode = String(properties.mode ?? 'Incremental').toLowerCase();
  if (mode === 'complete') throw notSupported("The deployment mode 'Complete'");
  if (mode !== 'incremental') {
    throw new ArmError(400, {
      code: 'InvalidDeployment',
      message: `The deployment mode '${String(properties.mode)}' is not valid. Use 'Incremental'.`,
      target: 'properties.mode',
    });
  }
  return properties.template ?? null;
}

const templateHash = (template: Json) =>
  createHash('sha256').update(JSON.stringify(template)).digest().readBigUInt64LE().toString();

/** What `deployment()` gives. */
function deploymentFacts(
  { name, location, properties }: DeploymentRequest,
  template: Json,
): JsonObject {
  return {
    name,
    ...(location !== undefined && { location }),
    properties: {
      template,
      templateHash: templateHash(template),
      parameters: {},
      mode: properties.mode ?? 'Incremental',
      provisioningState: 'Accepted',
    },
  };
}

function initialProperties(
  { correlationId, room }: DeploymentRequest,
  template: Json,
  plan: Plan,
  parameters: JsonObject,
): JsonObject {
  const describe = ({ id, type, name }: Plan['instances'][number]) => ({
    id,
    resourceType: type,
    resourceName: name,
  });
  const written = plan.instances.filter((each) => each.active && each.kind !== 'existing');
  const providers = new Map<string, Set<string>>();
  for (const { type, kind } of written) {
    if (kind === 'directory') continue;
    const [namespace, ...rest] = type.split('/');
    providers.set(namespace!, (providers.get(namespace!) ?? new Set()).add(rest.join('/')));
  }
  return {
    templateHash: templateHash(template),
    parameters,
    mode: 'Incremental',
    provisioningState: 'Accepted',
    timestamp: new Date(room.clock.now()).toISOString(),
    duration: 'PT0S',
    correlationId,
    providers: [...providers].map(([namespace, types]) => ({
      namespace,
      resourceTypes: [...types].map((resourceType) => ({ resourceType, locations: [null] })),
    })),
    dependencies: written
      .filter((each) => each.dependsOn.size > 0)
      .map((each) => ({ dependsOn: [...each.dependsOn].map(describe), ...describe(each) })),
  };
}

/** Before the first write: the caller may write every resource whose id is known. */
async function authorizeWrites(room: Room, caller: Caller, plan: Plan): Promise<void> {
  const refusals: string[] = [];
  for (const { id, type, kind, active } of plan.instances) {
    if (!active || kind === 'existing' || kind === 'directory') continue;
    const registered = room.resources.typeOf(parseResourceId(id)!.type)?.type ?? type;
    const right = { action: actionOf(registered, 'write'), scope: id };
    if (await isAuthorizedSoFar(room, caller, right)) continue;
    refusals.push(
      `Authorization failed for template resource '${parseResourceId(id)!.name}' of type ` +
        `'${registered}'. ${authorizationFailed(caller, right).message.split(' or the scope')[0]}.`,
    );
  }
  if (refusals.length === 0) return;
  throw new ArmError(403, {
    code: 'InvalidTemplateDeployment',
    message: `The template deployment failed with error: '${refusals.join(' ')}'.`,
    details: refusals.slice(0, 50).map((message) => ({ code: 'AuthorizationFailed', message })),
  });
}

/** Records the deployment, runs it, and records its end; `done` never rejects. */
export async function startDeployment(prepared: PreparedDeployment): Promise<LiveDeployment> {
  const { request, properties } = prepared;
  const { room, id } = request;
  const registry = live(room);
  const key = id.toLowerCase();
  if (registry.has(key)) {
    throw new ArmError(409, {
      code: 'DeploymentActive',
      message:
        `The deployment with resource id '${id}' cannot be saved, because this would overwrite an ` +
        'existing deployment which is still active. Please see ' +
        'https://aka.ms/arm-deploy for usage details.',
    });
  }
  const deployment: LiveDeployment = {
    id,
    startMs: room.clock.now(),
    properties,
    operations: new Map(),
    canceled: false,
    outputs: {},
    done: Promise.resolve(),
  };
  registry.set(key, deployment);
  try {
    await save(request, deployment, properties);
  } catch (error) {
    registry.delete(key);
    throw error;
  }
  deployment.done = run(prepared, deployment)
    .catch((error: unknown) => room.defect(error))
    .finally(() => registry.delete(key));
  return deployment;
}

async function run(
  { request, plan }: PreparedDeployment,
  deployment: LiveDeployment,
): Promise<void> {
  deployment.properties = { ...deployment.properties, provisioningState: 'Running' };
  const outcome = await runPlan({
    room: request.room,
    caller: request.caller,
    plan,
    outer: request.outer?.host,
    deployNested: (input) => deployNested(request, input),
    onOperation: (record) => void deployment.operations.set(record.instance, record),
    isCanceled: () => deployment.canceled,
  });
  deployment.outputs = outcome.outputs.all;
  const ended = finalProperties(request, deployment, outcome);
  // Shown as ended only once that is durable: a client that has seen it must find it again.
  await save(request, deployment, ended);
  deployment.properties = ended;
}

function finalProperties(
  { room, id }: DeploymentRequest,
  { properties, startMs }: LiveDeployment,
  { state, outputs, outputResources, errors }: RunOutcome,
): JsonObject {
  const now = room.clock.now();
  return {
    ...properties,
    provisioningState: state,
    timestamp: new Date(now).toISOString(),
    duration: `PT${(now - startMs) / 1000}S`,
    ...(state === 'Succeeded' && { outputs: outputs.shown }),
    outputResources: outputResources.map((each) => ({ id: each })),
    ...(errors.length > 0 && { error: failure(id, errors) as unknown as JsonObject }),
  };
}

function failure(target: string, details: readonly ErrorBody[]): ErrorBody {
  return {
    code: 'DeploymentFailed',
    target,
    message:
      'At least one resource deployment operation failed. Please list deployment operations for ' +
      'details. Please see https://aka.ms/arm-deployment-operations for usage details.',
    details,
  };
}

/** A nested deployment is one of its own, awaited; its failure is that of its resource. */
async function deployNested(outer: DeploymentRequest, input: NestedInput): Promise<Result> {
  const { instance, properties } = input;
  const { tenantOf } = outer.room.subscriptions;
  const { subscriptionId } = instance.place;
  const place = {
    ...instance.place,
    tenantId: tenantOf(subscriptionId) ?? instance.place.tenantId,
  };
  const prepared = await prepareDeployment({
    room: outer.room,
    caller: outer.caller,
    id: instance.id,
    name: instance.name,
    place,
    apiVersion: instance.apiVersion,
    location: place.resourceGroup === undefined ? (outer.location ?? 'westeurope') : undefined,
    properties,
    correlationId: outer.correlationId || newGuid(),
    depth: outer.depth + 1,
    outer: input.outer,
  });
  const deployment = await startDeployment(prepared);
  await deployment.done;
  const { error } = deployment.properties;
  if (isObject(error)) throw new ArmError(409, error as unknown as ErrorBody);
  const document = await outer.room.resources.get(instance.id);
  const full = document ? resourceBody(document) : {};
  return { properties: deployment.properties, full, outputs: deployment.outputs };
}
