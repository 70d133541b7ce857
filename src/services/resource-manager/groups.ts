// Resource groups: create, read, delete with everything in them, and lists of what they hold.
import { newGuid } from '../../base/index.ts';
import {
  groupType,
  isWithin,
  parseResourceId,
  type ResourceDocument,
} from '../../resources/index.ts';
import { authorize } from './authorization.ts';
import { notFound } from './errors.ts';
import { readFilter } from './filter.ts';
import { operationCountMax, pageSize, retryAfterSeconds } from './limits.ts';
import type { Call, Handler, Room } from './room.ts';
import { page, readObject, resourceBody } from './wire.ts';

const actionRoot = 'Microsoft.Resources/subscriptions/resourceGroups';

export const groupIdOf = ({ parameters }: Call) =>
  `/subscriptions/${parameters.subscription}/resourceGroups/${parameters.group}`;

/** The group or ARM's 404. */
export async function requireGroup(room: Room, id: string): Promise<ResourceDocument> {
  const group = await room.resources.get(id);
  if (!group) throw notFound.group(parseResourceId(id)?.resourceGroup ?? id);
  return group;
}

export const putGroup: Handler = async (call) => {
  const id = groupIdOf(call);
  await authorize(call.room, call.caller, { action: `${actionRoot}/write`, scope: id });
  const body = await readObject(call.request);
  const { resource, created } = await call.room.resources.put({
    id,
    apiVersion: call.apiVersion,
    body,
    callerObjectId: call.caller.objectId,
  });
  return Response.json(resourceBody(resource), { status: created ? 201 : 200 });
};

export const patchGroup: Handler = async (call) => {
  const id = groupIdOf(call);
  await authorize(call.room, call.caller, { action: `${actionRoot}/write`, scope: id });
  const group = await requireGroup(call.room, id);
  const body = await readObject(call.request);
  const { resource } = await call.room.resources.put({
    id,
    apiVersion: call.apiVersion,
    body: { location: group.location ?? '', tags: body.tags ?? { ...group.tags } },
    callerObjectId: call.caller.objectId,
  });
  return Response.json(resourceBody(resource));
};

export const getGroup: Handler = async (call) => {
  const id = groupIdOf(call);
  await authorize(call.room, call.caller, { action: `${actionRoot}/read`, scope: id });
  return Response.json(resourceBody(await requireGroup(call.room, id)));
};

export const headGroup: Handler = async (call) => {
  const id = groupIdOf(call);
  await authorize(call.room, call.caller, { action: `${actionRoot}/read`, scope: id });
  const group = await call.room.resources.get(id);
  return new Response(null, { status: group ? 204 : 404 });
};

export const listGroups: Handler = async (call) => {
  const scope = `/subscriptions/${call.parameters.subscription}`;
  await authorize(call.room, call.caller, { action: `${actionRoot}/read`, scope });
  const groups = await call.room.resources.list(groupType, scope);
  return page(call, groups.map(resourceBody), pageSize);
};

/** Ended deletions, by an id nobody can guess; the newest are kept. */
const endedOperations = new WeakMap<Room, Set<string>>();

/**
 * Deletes at once (refusals are answered as such) and answers as the long operation it is in
 * Azure, whose result is ready at the first poll.
 */
export const deleteGroup: Handler = async (call) => {
  const id = groupIdOf(call);
  const { room } = call;
  await authorize(room, call.caller, { action: `${actionRoot}/delete`, scope: id });
  await requireGroup(room, id);
  await room.resources.delete(id);
  const ended = endedOperations.get(room) ?? new Set();
  endedOperations.set(room, ended);
  const operation = newGuid();
  ended.add(operation);
  if (ended.size > operationCountMax) ended.delete(ended.keys().next().value!);
  const subscription = `/subscriptions/${call.parameters.subscription}`;
  const location = `${call.origin}${subscription}/operationresults/${operation}?api-version=${call.apiVersion}`;
  return new Response(null, {
    status: 202,
    headers: { location, 'retry-after': String(retryAfterSeconds) },
  });
};

export const getOperationResult: Handler = async (call) => {
  const ended = endedOperations.get(call.room)?.has(call.parameters.operation ?? '');
  if (!ended) throw notFound.path('GET');
  return new Response(null, { status: 200 });
};

/** All listed resources of a subscription or group, filtered as az and the SDKs ask. */
export const listResources: Handler = async (call) => {
  const { subscription, group } = call.parameters;
  const scope = group ? groupIdOf(call) : `/subscriptions/${subscription}`;
  await authorize(call.room, call.caller, {
    action: group
      ? `${actionRoot}/resources/read`
      : 'Microsoft.Resources/subscriptions/resources/read',
    scope,
  });
  if (group) await requireGroup(call.room, scope);
  const filter = readFilter(call.query.$filter, [
    'resourceGroup',
    'resourceType',
    'name',
    'location',
    'tagName',
    'tagValue',
  ]);
  const inGroup = filter.resourcegroup;
  const all = (await call.room.resources.within(scope)).filter((resource) => {
    if (call.room.resources.typeOf(resource.type)?.unlisted) return false;
    const same = (left: string | undefined, right: string | undefined) =>
      right === undefined || left?.toLowerCase() === right.toLowerCase();
    return (
      (inGroup === undefined ||
        isWithin(resource.id, `/subscriptions/${subscription}/resourceGroups/${inGroup}`)) &&
      same(resource.type, filter.resourcetype) &&
      same(resource.name, filter.name) &&
      same(resource.location, filter.location) &&
      (filter.tagname === undefined || same(resource.tags?.[filter.tagname], filter.tagvalue)) &&
      (filter.tagname === undefined || resource.tags?.[filter.tagname] !== undefined)
    );
  });
  const bodies = all.map((resource) => {
    const { properties: _properties, ...rest } = resourceBody(resource);
    return rest;
  });
  return page(call, bodies, pageSize);
};
