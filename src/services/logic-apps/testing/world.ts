// A world for tests from outside: resources, jobs and this room on a memory store, hosts scripted.
import { type JsonObject, type ManualClock, manualClock } from '../../../base/index.ts';
import { type Connection, type Exchange, readBody } from '../../../http/index.ts';
import { createJobs, type Jobs } from '../../../jobs/index.ts';
import { createResources, type Resources } from '../../../resources/index.ts';
import { memoryStore, type Store } from '../../../store/index.ts';
import { createLogicApps, type LogicApps } from '../service.ts';
import { type Host, type Sent, scriptedOutbound } from './stage.ts';

export const tenantId = '22222222-2222-2222-2222-222222222222';
export const group = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/group';
export const flow = `${group}/providers/Microsoft.Logic/workflows/flow`;
export const site = `${group}/providers/Microsoft.Web/sites/site`;
export const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/signer`;

export interface World {
  readonly clock: ManualClock;
  readonly store: Store;
  readonly jobs: Jobs;
  readonly resources: Resources;
  readonly logicApps: LogicApps;
  readonly sent: Sent[];
}

const opened: World[] = [];
/** Closes every world a test opened. */
export async function closeWorlds(): Promise<void> {
  for (const { logicApps, jobs } of opened.splice(0)) {
    await logicApps.close();
    await jobs.stop();
  }
}

export async function world(hosts: Record<string, Host> = {}): Promise<World> {
  const clock = manualClock();
  const store = memoryStore();
  const jobs = createJobs({ store, clock });
  const principal = { principalId: tenantId, clientId: tenantId, tenantId };
  const resources = createResources({
    store,
    clock,
    types: [
      {
        type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
        apiVersions: ['2023-01-31'],
        location: true,
        prepare: async () => ({}),
      },
    ],
    managedIdentities: { ensure: async () => principal, remove: async () => undefined },
    subscriptions: { tenantOf: () => tenantId, list: () => [] },
  });
  const sent: Sent[] = [];
  const logicApps = createLogicApps({
    store,
    clock,
    jobs,
    resources,
    outbound: scriptedOutbound(hosts, sent),
    identityHeaderOf: () => 'site-secret',
  });
  resources.register(logicApps.resourceTypes);
  await jobs.start();
  await resources.put({
    id: group,
    apiVersion: '2021-04-01',
    body: { location: 'westeurope' },
    callerObjectId: '',
  });
  const made = { clock, store, jobs, resources, logicApps, sent };
  opened.push(made);
  return made;
}

export const put = (resources: Resources, id: string, body: JsonObject) =>
  resources.put({
    id,
    apiVersion: '2019-05-01',
    body: { location: 'westeurope', ...body },
    callerObjectId: '',
  });

export const definition = (actions: JsonObject, trigger: JsonObject = {}): JsonObject => ({
  $schema:
    'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: {}, ...trigger } },
  actions,
});

export const echo = definition({
  Answer: {
    type: 'Response',
    inputs: {
      statusCode: 200,
      headers: { 'X-Own': 'yes', 'Set-Cookie': 'a=b' },
      body: '@triggerBody()',
    },
    runAfter: {},
  },
});

export const connection = (host: string): Connection => ({
  scheme: 'https',
  host,
  port: 443,
  remoteAddress: '127.0.0.1',
  signal: new AbortController().signal,
  hops: 0,
});

export async function call(
  exchange: Exchange,
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
  signal = new AbortController().signal,
) {
  const { hostname, pathname, search } = new URL(url);
  const body = init.body === undefined ? null : new Blob([init.body]).stream();
  const {
    status,
    headers,
    body: answer,
  } = await exchange({
    method: init.method ?? 'POST',
    target: pathname + search,
    headers: Object.entries({ 'content-type': 'application/json', ...init.headers }),
    body: body as AsyncIterable<Uint8Array> | null,
    connection: { ...connection(hostname), signal },
  });
  const text = (await readBody(answer)).toString('utf8');
  return { status, headers: Object.fromEntries(headers), text, json: () => JSON.parse(text) };
}

export async function urlOf(
  { resources }: World,
  id = flow,
  body: JsonObject = {},
): Promise<string> {
  const resource = (await resources.get(id))!;
  const type = resources.typeOf(resource.type)!;
  const answer = await type.actions!.listCallbackUrl!({
    resource,
    apiVersion: '2019-05-01',
    body,
    query: {},
    origin: 'https://management.azure.com',
  });
  return (answer.body as { value: string }).value;
}

export const below = async (
  { resources }: World,
  method: string,
  path: string[],
  query: Record<string, string> = {},
  id = flow,
) => {
  const resource = (await resources.get(id))!;
  return resources.typeOf(resource.type)!.subresource!({
    resource,
    method,
    path,
    query,
    apiVersion: '2019-05-01',
    body: {},
    origin: 'https://management.azure.com',
  });
};
