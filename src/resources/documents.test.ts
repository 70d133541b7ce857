import { describe, expect, it } from 'vitest';
import { type JsonObject, manualClock } from '../base/index.ts';
import { memoryStore } from '../store/index.ts';
import { ResourceError, type ResourceType } from './contract.ts';
import { createResources } from './documents.ts';
import { userAssignedIdentityType } from './identity.ts';

const S = '11111111-1111-1111-1111-111111111111';
const S2 = '22222222-2222-2222-2222-222222222222';
const group = `/subscriptions/${S}/resourceGroups/Rg`;
const box = `${group}/providers/Test.Boxes/boxes/Box1`;
const uai = `${group}/providers/${userAssignedIdentityType}/me`;

function setUp() {
  const log: string[] = [];
  const boxes: ResourceType = {
    type: 'Test.Boxes/boxes',
    apiVersions: ['2024-01-01'],
    location: true,
    identity: true,
    async prepare({ body }) {
      const properties = (body.properties ?? {}) as JsonObject;
      if (properties.size === 'wrong') throw new ResourceError(400, 'BadSize', 'wrong size');
      return { size: 1, ...properties };
    },
    saved: async (resource) => void log.push(`saved ${resource.name}`),
    async deleting(resource) {
      if (resource.properties.kept === true) throw new ResourceError(409, 'Kept', 'is kept');
      log.push(`deleting ${resource.name}`);
    },
    deleted: async (resource) => void log.push(`deleted ${resource.name}`),
    view: async ({ properties: { secret: _secret, ...shown } }) => shown,
  };
  const plain = (type: string, extra: Partial<ResourceType> = {}): ResourceType => ({
    type,
    apiVersions: ['2024-01-01'],
    location: false,
    prepare: async ({ body }) => (body.properties ?? {}) as JsonObject,
    ...extra,
  });
  const resources = createResources({
    store: memoryStore(),
    clock: manualClock(),
    types: [
      boxes,
      plain('Test.Boxes/boxes/lids'),
      plain('Test.Notes/notes', { extension: true }),
      plain(userAssignedIdentityType),
    ],
    managedIdentities: {
      async ensure({ identityId, tenantId, explicit }) {
        log.push(`ensure ${explicit ? 'user' : 'system'} ${identityId.split('/').at(-1)}`);
        return { principalId: `p-${identityId.split('/').at(-1)}`, clientId: 'c', tenantId };
      },
      remove: async ({ identityId }) =>
        void log.push(`remove identity ${identityId.split('/').at(-1)}`),
    },
    subscriptions: {
      tenantOf: (id) => (id === S ? 'tenant' : id === S2 ? 'other' : undefined),
      list: () => [],
    },
  });
  const put = (id: string, body: JsonObject = {}, apiVersion = '2024-01-01') =>
    resources.put({ id, apiVersion, body, callerObjectId: 'me' });
  return { resources, put, log };
}

async function setUpGroup() {
  const all = setUp();
  await all.put(group, { location: 'West Europe' });
  return all;
}

describe('PUT', () => {
  it('creates with the spelling of the type and of the first writer, and finds it in any case', async () => {
    const { put, resources } = await setUpGroup();
    const first = await put(
      `/subscriptions/${S}/resourcegroups/RG/providers/test.boxes/BOXES/Box1`,
      { location: 'West Europe', tags: { a: 'b' }, kind: 'k', sku: { name: 's' } },
    );
    expect(first).toMatchObject({
      created: true,
      resource: { id: box, type: 'Test.Boxes/boxes', location: 'westeurope', tags: { a: 'b' } },
    });
    const second = await put(box.toUpperCase().replace(S.toUpperCase(), S), {});
    expect(second).toMatchObject({ created: false, resource: { id: box, name: 'Box1' } });
    expect(second.resource.tags).toBeUndefined();
    expect((await resources.get(box.toLowerCase()))?.id).toBe(box);
  });

  it('puts a child under the spelling of its parent', async () => {
    const { put } = await setUpGroup();
    await put(box, { location: 'x' });
    const { resource } = await put(`${box.toLowerCase()}/LIDS/L1`);
    expect(resource).toMatchObject({
      id: `${box}/lids/L1`,
      name: 'L1',
      type: 'Test.Boxes/boxes/lids',
    });
  });

  it('puts an extension resource on an object inside a resource', async () => {
    const { put } = await setUpGroup();
    await put(box, { location: 'x' });
    const { resource } = await put(`${box}/keys/k/providers/Test.Notes/notes/n`);
    expect(resource.id).toBe(`${box}/keys/k/providers/Test.Notes/notes/n`);
  });

  it('writes nothing where the type refuses, and creates no identity', async () => {
    const { put, resources, log } = await setUpGroup();
    const body = {
      location: 'x',
      identity: { type: 'SystemAssigned' },
      properties: { size: 'wrong' },
    };
    await expect(put(box, body)).rejects.toMatchObject({ code: 'BadSize' });
    expect(await resources.get(box)).toBeUndefined();
    expect(log).toEqual([]);
  });

  it('runs writes of one id one after the other', async () => {
    const { put } = await setUpGroup();
    const all = await Promise.all(
      [1, 2, 3].map((n) => put(box, { location: 'x', properties: { n } })),
    );
    expect(all.map((each) => each.created)).toEqual([true, false, false]);
  });

  const refusals: [
    rule: string,
    id: string,
    body: JsonObject,
    code: string,
    apiVersion?: string,
  ][] = [
    ['an id that is none', 'nothing', {}, 'InvalidResourceId'],
    ['an unknown namespace', `${group}/providers/No.Such/a/b`, {}, 'InvalidResourceNamespace'],
    ['an unknown type', `${group}/providers/Test.Boxes/bags/b`, {}, 'InvalidResourceType'],
    ['a malformed subscription', '/subscriptions/x/resourceGroups/g', {}, 'InvalidSubscriptionId'],
    [
      'an unknown subscription',
      `/subscriptions/${S.replaceAll('1', '3')}/resourceGroups/g`,
      {},
      'SubscriptionNotFound',
    ],
    [
      'an unknown group',
      `/subscriptions/${S}/resourceGroups/none/providers/Test.Boxes/boxes/b`,
      {},
      'ResourceGroupNotFound',
    ],
    [
      'a group name ARM does not allow',
      `/subscriptions/${S}/resourceGroups/a!`,
      { location: 'x' },
      'InvalidResourceGroup',
    ],
    [
      'a resource name ARM does not allow',
      `${group}/providers/Test.Boxes/boxes/a%3Cb`,
      { location: 'x' },
      'InvalidResourceName',
    ],
    ['a child without its parent', `${box}/lids/l`, {}, 'ParentResourceNotFound'],
    [
      'an extension of what does not exist',
      `${box}/providers/Test.Notes/notes/n`,
      {},
      'ResourceNotFound',
    ],
    [
      'a plain type on another resource',
      `${uai}/providers/Test.Boxes/boxes/b`,
      {},
      'InvalidResourceScope',
    ],
    ['no location', box, {}, 'LocationRequired'],
    ['tags that are no strings', box, { location: 'x', tags: { a: 1 } }, 'InvalidTags'],
    ['tags that are no object', box, { location: 'x', tags: [] }, 'InvalidTags'],
    ['no api-version', box, { location: 'x' }, 'MissingApiVersionParameter', ''],
    [
      'an api-version that is no date',
      box,
      { location: 'x' },
      'InvalidApiVersionParameter',
      'latest',
    ],
    ['an identity that is no object', box, { location: 'x', identity: 'me' }, 'InvalidIdentity'],
    [
      'an unknown identity type',
      box,
      { location: 'x', identity: { type: 'Mine' } },
      'InvalidIdentityType',
    ],
    [
      'UserAssigned without ids',
      box,
      { location: 'x', identity: { type: 'UserAssigned' } },
      'MissingIdentityIds',
    ],
    [
      'ids without UserAssigned',
      box,
      {
        location: 'x',
        identity: { type: 'SystemAssigned', userAssignedIdentities: { [uai]: {} } },
      },
      'InvalidIdentityValues',
    ],
    [
      'an identity value that is no object',
      box,
      { location: 'x', identity: { type: 'UserAssigned', userAssignedIdentities: { [uai]: 1 } } },
      'InvalidIdentityValues',
    ],
    [
      'an identity id that is none',
      box,
      { location: 'x', identity: { type: 'UserAssigned', userAssignedIdentities: { me: {} } } },
      'LinkedInvalidPropertyId',
    ],
    [
      'an identity that does not exist',
      box,
      { location: 'x', identity: { type: 'UserAssigned', userAssignedIdentities: { [uai]: {} } } },
      'FailedIdentityOperation',
    ],
    [
      'an identity on a type without',
      `${group}/providers/${userAssignedIdentityType}/x`,
      { identity: { type: 'SystemAssigned' } },
      'IdentityNotSupported',
    ],
  ];
  it.each(refusals)('refuses %s', async (_rule, id, body, code, apiVersion) => {
    const { put } = await setUpGroup();
    await expect(put(id, body, apiVersion)).rejects.toMatchObject({ name: 'ResourceError', code });
  });

  it('refuses to move a resource or a group to another location', async () => {
    const { put } = await setUpGroup();
    await put(box, { location: 'x' });
    await expect(put(box, { location: 'y' })).rejects.toMatchObject({
      code: 'InvalidResourceLocation',
    });
    await expect(put(group, { location: 'y' })).rejects.toMatchObject({
      code: 'InvalidResourceGroupLocation',
    });
  });

  it('refuses a body above 4 MB', async () => {
    const { put } = await setUpGroup();
    const body = { location: 'x', properties: { long: 'x'.repeat(4 * 1024 * 1024) } };
    await expect(put(box, body)).rejects.toMatchObject({ status: 413 });
  });
});

describe('the identity block', () => {
  it('creates both kinds of identity and keeps the principals', async () => {
    const { put, log } = await setUpGroup();
    await put(uai);
    const { resource } = await put(box, {
      location: 'x',
      identity: {
        type: 'systemassigned,UserAssigned',
        userAssignedIdentities: { [uai.toLowerCase()]: {} },
      },
    });
    expect(resource.identity).toEqual({
      type: 'SystemAssigned, UserAssigned',
      principalId: 'p-Box1',
      tenantId: 'tenant',
      userAssignedIdentities: { [uai]: { principalId: 'p-me', clientId: 'c' } },
    });
    expect(log).toEqual(['ensure system Box1', 'ensure user me', 'saved Box1']);
  });

  it('stays where a PUT does not name it, goes with None and with the resource', async () => {
    const { put, resources, log } = await setUpGroup();
    const identity = { type: 'SystemAssigned' };
    await put(box, { location: 'x', identity });
    expect((await put(box, {})).resource.identity?.principalId).toBe('p-Box1');
    expect((await put(box, { identity: { type: 'None' } })).resource.identity).toEqual({
      type: 'None',
    });
    expect(log).toContain('remove identity Box1');
    await put(box, { identity });
    log.length = 0;
    await resources.delete(box);
    expect(log).toEqual(['deleting Box1', 'remove identity Box1', 'deleted Box1']);
  });

  it('refuses a user-assigned identity of another tenant', async () => {
    const { put } = await setUpGroup();
    const foreign = `/subscriptions/${S2}/resourceGroups/g/providers/${userAssignedIdentityType}/f`;
    await put(`/subscriptions/${S2}/resourceGroups/g`, { location: 'x' });
    await put(foreign);
    const body = {
      location: 'x',
      identity: { type: 'UserAssigned', userAssignedIdentities: { [foreign]: {} } },
    };
    await expect(put(box, body)).rejects.toMatchObject({ code: 'FailedIdentityOperation' });
  });
});

describe('DELETE', () => {
  it('takes children and extension resources along, innermost first', async () => {
    const { put, resources } = await setUpGroup();
    await put(box, { location: 'x' });
    await put(`${box}/lids/l`);
    await put(`${box}/keys/k/providers/Test.Notes/notes/n`);
    await put(`${group}/providers/Test.Boxes/boxes/Box12`, { location: 'x' });
    expect(await resources.delete(box.toLowerCase())).toBe(true);
    expect((await resources.within(group)).map((each) => each.name)).toEqual(['Rg', 'Box12']);
    expect(await resources.delete(box)).toBe(false);
  });

  it('of a group is refused as a whole where one resource refuses', async () => {
    const { put, resources } = await setUpGroup();
    await put(box, { location: 'x', properties: { kept: true } });
    await put(`${box}/lids/l`);
    await expect(resources.delete(group)).rejects.toMatchObject({ code: 'Kept' });
    expect(await resources.within(group)).toHaveLength(3);
  });
});

describe('reading', () => {
  it('lists one type below a scope', async () => {
    const { put, resources } = await setUpGroup();
    await put(box, { location: 'x' });
    await put(`${box}/lids/l`);
    expect(await resources.list('test.boxes/BOXES', group)).toHaveLength(1);
    expect(await resources.list('Test.Boxes/boxes')).toHaveLength(1);
    expect(await resources.list('Test.Boxes/boxes', `${group}2`)).toEqual([]);
  });

  it('lists beyond one page', async () => {
    const { put, resources } = await setUpGroup();
    for (let n = 0; n < 1005; n++)
      await put(`${group}/providers/Test.Boxes/boxes/b${n}`, { location: 'x' });
    expect(await resources.list('Test.Boxes/boxes')).toHaveLength(1005);
  });

  it('answers with the view of the type', async () => {
    const { put, resources } = await setUpGroup();
    const { resource } = await put(box, { location: 'x', properties: { secret: 's' } });
    expect((await resources.view(resource)).properties).toEqual({ size: 1 });
    expect((await resources.get(box))?.properties.secret).toBe('s');
  });

  it('tells watchers of one type, with the id in lower case', async () => {
    const { put, resources } = await setUpGroup();
    const seen: string[] = [];
    const stop = resources.watch('Test.Boxes/boxes', (id) => seen.push(id));
    await put(box, { location: 'x' });
    await put(`${box}/lids/l`);
    await resources.delete(box);
    stop();
    await put(box, { location: 'x' });
    expect(seen).toEqual([box.toLowerCase(), box.toLowerCase()]);
  });
});
