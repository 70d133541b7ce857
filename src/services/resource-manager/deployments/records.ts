// What is kept of deployments: the resource document, its operations, and those that are running.
import type { Json, JsonObject } from '../../../base/index.ts';
import {
  parseResourceId,
  type ResourceDocument,
  type ResourceType,
} from '../../../resources/index.ts';
import { notSupported } from '../errors.ts';
import { deploymentCountMax } from '../limits.ts';
import type { Room } from '../room.ts';
import type { Instance } from '../templates/plan.ts';
import type { OperationRecord } from '../templates/run.ts';
import { isObject } from '../wire.ts';
import type { DeploymentRequest } from './deploy.ts';

export const deploymentType = 'Microsoft.Resources/deployments';

/** Properties that `save` is about to write; nobody else writes deployments. */
const recorded = new WeakSet<JsonObject>();

/** Documents of deployments, with properties as they are shown. */
export const deployments: ResourceType = {
  type: deploymentType,
  apiVersions: ['2026-06-01', '2025-04-01', '2024-03-01', '2022-09-01', '2021-04-01', '2020-10-01'],
  location: false,
  unlisted: true,
  async prepare({ body: { properties } }) {
    if (isObject(properties) && recorded.has(properties)) return properties;
    throw notSupported('A deployment at this scope, or a change of one');
  },
};

export interface LiveDeployment {
  readonly id: string;
  readonly startMs: number;
  properties: JsonObject;
  readonly operations: Map<Instance, OperationRecord>;
  canceled: boolean;
  /** All values, secure ones included; never stored. */
  outputs: JsonObject;
  done: Promise<void>;
}

const running = new WeakMap<Room, Map<string, LiveDeployment>>();

/** Deployments of this process that have not ended, by id in lower case. */
export function live(room: Room): Map<string, LiveDeployment> {
  const found = running.get(room) ?? new Map<string, LiveDeployment>();
  running.set(room, found);
  return found;
}

const operationsKind = 'deployment-operations';

/** Writes the document, and the operations once it has ended. */
export async function save(
  request: DeploymentRequest,
  deployment: LiveDeployment,
  properties: JsonObject,
): Promise<void> {
  const { room, id, location, tags, apiVersion, caller } = request;
  const ended = isTerminal(properties);
  if (ended) {
    const key = id.toLowerCase();
    const value = [...deployment.operations.values()].map((each) => operationBody(id, each));
    await room.store.write([{ put: { kind: operationsKind, key, value, sealed: true } }]);
  }
  recorded.add(properties);
  await room.resources.put({
    id,
    apiVersion,
    callerObjectId: caller.objectId,
    body: {
      ...(location !== undefined && { location }),
      ...(tags !== undefined && { tags }),
      properties,
    },
  });
  if (ended) await forgetOldest(room, id);
}

async function forgetOldest(room: Room, id: string): Promise<void> {
  const { scope } = parseResourceId(id)!;
  const all = (await room.resources.list(deploymentType, scope)).filter(
    (each) => parseResourceId(each.id)!.scope === scope,
  );
  const time = ({ properties }: ResourceDocument) => String(properties.timestamp);
  const oldest = all.sort((a, b) => (time(a) < time(b) ? -1 : 1));
  for (const each of oldest.slice(0, Math.max(0, all.length - deploymentCountMax))) {
    await remove(room, each.id);
  }
}

export async function remove(room: Room, id: string): Promise<boolean> {
  await room.store.write([{ delete: { kind: operationsKind, key: id.toLowerCase() } }]);
  return room.resources.delete(id);
}

export const isTerminal = ({ provisioningState }: JsonObject) =>
  ['Succeeded', 'Failed', 'Canceled'].includes(String(provisioningState));

/** As a GET shows it; one that this process does not run and that has no end was interrupted. */
export async function findDeployment(
  room: Room,
  id: string,
): Promise<ResourceDocument | undefined> {
  const document = await room.resources.get(id);
  if (!document) return undefined;
  const current = live(room).get(id.toLowerCase());
  if (current) return { ...document, properties: current.properties };
  if (isTerminal(document.properties)) return document;
  const error = {
    code: 'DeploymentInterrupted',
    message: 'Lazurite was stopped while the deployment ran. Deploy it again.',
  };
  return {
    ...document,
    properties: { ...document.properties, provisioningState: 'Failed', error },
  };
}

export async function operationsOf(room: Room, id: string): Promise<JsonObject[]> {
  const current = live(room).get(id.toLowerCase());
  if (current) return [...current.operations.values()].map((each) => operationBody(id, each));
  const stored = await room.store.get<JsonObject[]>(operationsKind, id.toLowerCase());
  return stored?.value ?? [];
}

function operationBody(deploymentId: string, record: OperationRecord): JsonObject {
  const { instance, state, startMs, endMs, created, error, status } = record;
  const operationId = operationIdOf(instance.id);
  const ok = created ? 'Created' : 'OK';
  const properties: Record<string, Json | undefined> = {
    provisioningOperation: 'Create',
    provisioningState: state,
    timestamp: new Date(endMs ?? startMs).toISOString(),
    duration: `PT${((endMs ?? startMs) - startMs) / 1000}S`,
    trackingId: operationId,
    statusCode: error ? httpWord(status ?? 500) : ok,
    statusMessage: error ? { error: error as unknown as JsonObject } : undefined,
    targetResource: {
      id: instance.id,
      resourceType: instance.type,
      resourceName: instance.name,
    },
  };
  return {
    id: `${deploymentId}/operations/${operationId}`,
    operationId,
    properties: Object.fromEntries(
      Object.entries(properties).filter(([, value]) => value !== undefined),
    ) as JsonObject,
  };
}

/** 16 upper-case hex digits, the same for the same resource. */
function operationIdOf(id: string): string {
  let high = 0x811c9dc5;
  let low = 0x01000193;
  for (const character of id.toLowerCase()) {
    const code = character.codePointAt(0)!;
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low + code, 0x85ebca6b) ^ (low >>> 13);
  }
  const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
  return `${hex(high)}${hex(low)}`.toUpperCase();
}

const words: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
};
const httpWord = (status: number) => words[status] ?? 'InternalServerError';
