// Proves the rules of user-assigned identities as ARM resources.
import { expect, it } from 'vitest';
import { ResourceError } from '../../resources/index.ts';
import { startPlatform, tenantId, userAssigned } from './fixtures/platform.ts';

const one = userAssigned('one');
const credential = (name: string) => `${one}/federatedIdentityCredentials/${name}`;
const properties = {
  issuer: 'https://issuer.example',
  subject: 'someone',
  audiences: ['api://AzureADTokenExchange'],
};

async function start() {
  const platform = await startPlatform();
  await platform.put(one, { location: 'westeurope' });
  return platform;
}

it('a user-assigned identity shows tenant, principal and client id', async () => {
  const { resources, registered } = await start();
  const view = await resources.view((await resources.get(one))!);
  const { principalId, clientId } = registered.get(one.toLowerCase())!;
  expect(view.properties).toEqual({ isolationScope: 'None', tenantId, principalId, clientId });
});

it('deleting the identity deletes its principal', async () => {
  const { resources, registered } = await start();
  await resources.delete(one);
  expect(registered.size).toBe(0);
});

it('federated credentials reach the directory and leave it', async () => {
  const { put, resources, federated } = await start();
  await put(credential('first'), { properties });
  expect(federated.get(one.toLowerCase())).toEqual([{ name: 'first', ...properties }]);
  await resources.delete(credential('first'));
  expect(federated.get(one.toLowerCase())).toEqual([]);
});

it.each([
  ['a name that is too short', 'ab', properties, /name 'ab' is not valid/],
  ['two audiences', 'abc', { ...properties, audiences: ['a', 'b'] }, /exactly one audience/],
  ['no subject', 'abc', { ...properties, subject: '' }, /must not be empty/],
  ['a subject beyond 600 characters', 'abc', { ...properties, subject: 'x'.repeat(601) }, /600/],
  ['no properties', 'abc', undefined, /properties are missing/],
])('refuses %s', async (_, name, given, message) => {
  const { put } = await start();
  const attempt = put(credential(name), given === undefined ? {} : { properties: given });
  await expect(attempt).rejects.toThrow(message);
  await expect(attempt).rejects.toThrow(ResourceError);
});

it('issuer and subject are unique within the identity', async () => {
  const { put } = await start();
  await put(credential('first'), { properties });
  await put(credential('first'), { properties });
  await expect(put(credential('second'), { properties })).rejects.toThrow(/already exists/);
});

it('the twenty-first credential is one too many', async () => {
  const { put } = await start();
  for (let index = 0; index < 20; index++) {
    await put(credential(`number${index}`), { properties: { ...properties, subject: `${index}` } });
  }
  await expect(put(credential('more'), { properties })).rejects.toThrow(/20 are allowed/);
});

it('an identity whose principal the directory has lost gets a new one', async () => {
  const { resources, registered } = await start();
  const before = registered.get(one.toLowerCase())!.clientId;
  registered.delete(one.toLowerCase());
  registered.set('taken', { principalId: '', clientId: '', certificate: Buffer.alloc(0) });
  const view = await resources.view((await resources.get(one))!);
  expect(view.properties.clientId).not.toBe(before);
  expect(view.properties.clientId).toBe(registered.get(one.toLowerCase())!.clientId);
});
