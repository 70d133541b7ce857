// Deployments on the wire: validate, what-if, create, read, list, operations, cancel, delete.
import { createHash } from 'node:crypto';
import { type JsonObject, newGuid } from '../../../base/index.ts';
import { ResourceError } from '../../../resources/index.ts';
import { authorize } from '../authorization.ts';
import { invalidRequest, notFound, notSupported } from '../errors.ts';
import { requireGroup } from '../groups.ts';
import { deploymentNameCharsMax, pageSize, retryAfterSeconds } from '../limits.ts';
import type { Call, Handler } from '../room.ts';
import type { Plan } from '../templates/plan.ts';
import { isObject, page, readObject, resourceBody } from '../wire.ts';
import { type DeploymentRequest, prepareDeployment, startDeployment } from './deploy.ts';
import { deploymentType, findDeployment, live, operationsOf, remove } from './records.ts';

const scopeOf = ({ parameters: { subscription, group } }: Call) =>
  `/subscriptions/${subscription}${group ? `/resourceGroups/${group}` : ''}`;

const idOf = (call: Call) =>
  `${scopeOf(call)}/providers/${deploymentType}/${call.parameters.deployment}`;

async function authorizeHere(call: Call, verb: string): Promise<string> {
  const scope = call.parameters.deployment === undefined ? scopeOf(call) : idOf(call);
  await authorize(call.room, call.caller, { action: `${deploymentType}/${verb}`, scope });
  const { subscription, group } = call.parameters;
  if (!call.room.subscriptions.tenantOf(subscription ?? '')) {
    throw notFound.subscription(subscription ?? '');
  }
  if (group) await requireGroup(call.room, scopeOf(call));
  return scope;
}

async function readRequest(call: Call): Promise<DeploymentRequest> {
  const name = call.parameters.deployment ?? '';
  if (!/^[-\w._()]+$/.test(name) || name.length > deploymentNameCharsMax) {
    throw new ResourceError(
      400,
      'InvalidDeploymentName',
      `The deployment name '${name.slice(0, 80)}' is not valid: up to ${deploymentNameCharsMax} ` +
        "letters, digits, '-', '.', '(', ')' or '_'.",
    );
  }
  const body = await readObject(call.request);
  if (!isObject(body.properties)) {
    throw invalidRequest("The request content was invalid: 'properties' is missing.", 'properties');
  }
  const { subscription = '', group } = call.parameters;
  const { room } = call;
  if (group === undefined && typeof body.location !== 'string') {
    throw new ResourceError(
      400,
      'LocationRequired',
      "The 'location' property is required for deployments to a subscription.",
    );
  }
  const known = group && (await room.resources.get(scopeOf(call)));
  return {
    room,
    caller: call.caller,
    id: idOf(call),
    name,
    place: {
      tenantId: room.subscriptions.tenantOf(subscription)!,
      subscriptionId: subscription,
      ...(group && { resourceGroup: known ? known.name : group }),
    },
    apiVersion: call.apiVersion,
    ...(group === undefined && { location: String(body.location) }),
    ...(body.tags !== undefined && { tags: body.tags }),
    properties: body.properties,
    correlationId: call.request.headers.get('x-ms-correlation-request-id') ?? newGuid(),
    depth: 0,
  };
}

/** A 19-digit number, as Azure's; the same for the same run. */
function operationStatusId(properties: JsonObject): string {
  const digest = createHash('sha256')
    .update(`${String(properties.correlationId)}`)
    .digest();
  return `08${(digest.readBigUInt64LE() % 10n ** 17n).toString().padStart(17, '0')}`;
}

export const putDeployment: Handler = async (call) => {
  await authorizeHere(call, 'write');
  const request = await readRequest(call);
  const existing = await call.room.resources.get(request.id);
  const prepared = await prepareDeployment(request);
  const deployment = await startDeployment(prepared);
  const document = await call.room.resources.get(request.id);
  const status = operationStatusId(deployment.properties);
  const base = `${call.origin}${idOf(call)}/operationStatuses/${status}`;
  const shown = { ...resourceBody(document!), properties: prepared.properties };
  return Response.json(shown, {
    status: existing ? 200 : 201,
    headers: {
      'azure-asyncoperation': `${base}?api-version=${call.apiVersion}`,
      'retry-after': String(retryAfterSeconds),
    },
  });
};

export const getOperationStatus: Handler = async (call) => {
  await authorizeHere(call, 'read');
  const found = await requireDeployment(call);
  const state = String(found.properties.provisioningState);
  const { error } = found.properties;
  return Response.json(
    { status: state, ...(error !== undefined && { error }) },
    { headers: { 'retry-after': String(retryAfterSeconds) } },
  );
};

async function requireDeployment(call: Call) {
  const found = await findDeployment(call.room, idOf(call));
  if (!found) throw notFound.deployment(call.parameters.deployment ?? '');
  return found;
}

export const getDeployment: Handler = async (call) => {
  await authorizeHere(call, 'read');
  return Response.json(resourceBody(await requireDeployment(call)));
};

export const headDeployment: Handler = async (call) => {
  await authorizeHere(call, 'read');
  const found = await findDeployment(call.room, idOf(call));
  return new Response(null, { status: found ? 204 : 404 });
};

export const listDeployments: Handler = async (call) => {
  const scope = await authorizeHere(call, 'read');
  const prefix = `${scope}/providers/`.toLowerCase();
  const all = await call.room.resources.list(deploymentType, scope);
  const here = all.filter((each) => each.id.toLowerCase().startsWith(prefix));
  const shown = await Promise.all(here.map(({ id }) => findDeployment(call.room, id)));
  return page(
    call,
    shown.flatMap((each) => (each ? [resourceBody(each)] : [])),
    pageSize,
  );
};

export const deleteDeployment: Handler = async (call) => {
  await authorizeHere(call, 'delete');
  if (live(call.room).has(idOf(call).toLowerCase())) {
    throw new ResourceError(
      409,
      'DeploymentActive',
      `The deployment '${call.parameters.deployment}' is still active and cannot be deleted.`,
    );
  }
  const existed = await remove(call.room, idOf(call));
  return new Response(null, { status: existed ? 200 : 204 });
};

export const cancelDeployment: Handler = async (call) => {
  await authorizeHere(call, 'cancel/action');
  await requireDeployment(call);
  const current = live(call.room).get(idOf(call).toLowerCase());
  if (!current) {
    throw new ResourceError(
      409,
      'DeploymentCannotBeCancelled',
      `The deployment '${call.parameters.deployment}' cannot be cancelled: it has ended.`,
    );
  }
  current.canceled = true;
  return new Response(null, { status: 204 });
};

export const validateDeployment: Handler = async (call) => {
  await authorizeHere(call, 'validate/action');
  const request = await readRequest(call);
  const { plan, properties } = await prepareDeployment(request);
  return Response.json({
    id: request.id,
    name: request.name,
    type: deploymentType,
    properties: {
      ...properties,
      provisioningState: 'Succeeded',
      validatedResources: written(plan).map(({ id }) => ({ id })),
    },
  });
};

const written = (plan: Plan) =>
  plan.instances.filter(
    ({ active, kind }) => active && kind !== 'existing' && kind !== 'directory',
  );

/** Simple: which resources would be created and which deployed again; no property by property. */
export const whatIfDeployment: Handler = async (call) => {
  await authorizeHere(call, 'whatIf/action');
  const request = await readRequest(call);
  const { plan } = await prepareDeployment(request);
  const changes = await Promise.all(
    written(plan).map(async ({ id }): Promise<JsonObject> => {
      const exists = await call.room.resources.get(id);
      return { resourceId: id, changeType: exists ? 'Deploy' : 'Create' };
    }),
  );
  return Response.json({
    status: 'Succeeded',
    properties: { correlationId: request.correlationId, changes },
  });
};

export const exportTemplate: Handler = async () => {
  throw notSupported('Exporting a template');
};

export const listOperations: Handler = async (call) => {
  await authorizeHere(call, 'operations/read');
  await requireDeployment(call);
  return page(call, await operationsOf(call.room, idOf(call)), pageSize);
};

export const getOperation: Handler = async (call) => {
  await authorizeHere(call, 'operations/read');
  await requireDeployment(call);
  const wanted = call.parameters.operation?.toLowerCase();
  const all = await operationsOf(call.room, idOf(call));
  const found = all.find((each) => String(each.operationId).toLowerCase() === wanted);
  if (!found) throw notFound.resource('operations', call.parameters.operation ?? '', undefined);
  return Response.json(found);
};
