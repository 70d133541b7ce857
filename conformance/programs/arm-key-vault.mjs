// An unmodified program: the management client of Key Vault, from a free name to a purged vault.
import assert from 'node:assert/strict';
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { ClientSecretCredential } from '@azure/identity';

const { TENANT, CLIENT, SECRET, SUBSCRIPTION, PRINCIPAL } = process.env;
const group = 'integration';
const name = 'kv-managed-here';
const credential = new ClientSecretCredential(TENANT, CLIENT, SECRET);
const client = new KeyVaultManagementClient(credential, SUBSCRIPTION);
const done = [];
const all = async (pages) => {
  const list = [];
  for await (const item of pages) list.push(item);
  return list;
};
const step = async (what, work) => {
  const result = await work();
  done.push(what);
  return result;
};
const properties = {
  tenantId: TENANT,
  sku: { family: 'A', name: 'standard' },
  enableRbacAuthorization: false,
  accessPolicies: [],
};
const vaultType = 'Microsoft.KeyVault/vaults';

const free = await step('checkNameAvailability', () =>
  client.vaults.checkNameAvailability({ name, type: vaultType }),
);
assert.equal(free.nameAvailable, true);
const made = await step('createOrUpdate', () =>
  client.vaults.createOrUpdate(group, name, { location: 'westeurope', properties }),
);
assert.equal(made.properties.vaultUri, `https://${name}.vault.azure.net/`);
assert.equal(
  (await step('get', () => client.vaults.get(group, name))).properties.sku.name,
  'standard',
);
const listed = await step('listByResourceGroup', () =>
  all(client.vaults.listByResourceGroup(group)),
);
assert(listed.some((each) => each.name === name));
const bySubscription = await step('listBySubscription', () =>
  all(client.vaults.listBySubscription()),
);
assert(bySubscription.some((each) => each.name === name));
const updated = await step('update', () => client.vaults.update(group, name, { tags: { a: 'b' } }));
assert.equal(updated.tags.a, 'b');
const policies = await step('updateAccessPolicy', () =>
  client.vaults.updateAccessPolicy(group, name, 'add', {
    properties: {
      accessPolicies: [
        {
          tenantId: TENANT,
          objectId: PRINCIPAL,
          permissions: { keys: ['get'], secrets: ['list'] },
        },
      ],
    },
  }),
);
assert.equal(policies.properties.accessPolicies[0].objectId, PRINCIPAL);
assert.equal((await client.vaults.get(group, name)).properties.accessPolicies.length, 1);
const secret = await step('secrets.createOrUpdate', () =>
  client.secrets.createOrUpdate(group, name, 's', { properties: { value: 'v', contentType: 't' } }),
);
assert.match(secret.properties.secretUriWithVersion, /\/secrets\/s\/[0-9a-f]{32}$/);
assert.equal(
  (await step('secrets.get', () => client.secrets.get(group, name, 's'))).properties.contentType,
  't',
);
assert.equal((await step('secrets.list', () => all(client.secrets.list(group, name)))).length, 1);
const key = await step('keys.createIfNotExist', () =>
  client.keys.createIfNotExist(group, name, 'k', { properties: { kty: 'EC', curveName: 'P-256' } }),
);
const again = await client.keys.createIfNotExist(group, name, 'k', { properties: { kty: 'EC' } });
assert.equal(again.keyUriWithVersion, key.keyUriWithVersion);
assert.equal((await step('keys.get', () => client.keys.get(group, name, 'k'))).curveName, 'P-256');
await step('delete', () => client.vaults.delete(group, name));
const deleted = await step('getDeleted', () => client.vaults.getDeleted(name, 'westeurope'));
assert.equal(deleted.properties.vaultId, made.id);
assert(
  (await step('listDeleted', () => all(client.vaults.listDeleted()))).some(
    (each) => each.name === name,
  ),
);
await step('recover', () =>
  client.vaults.createOrUpdate(group, name, {
    location: 'westeurope',
    properties: { ...properties, createMode: 'recover' },
  }),
);
await client.vaults.delete(group, name);
await step('purgeDeleted', () => client.vaults.purgeDeleted(name, 'westeurope'));
const after = await client.vaults.checkNameAvailability({ name, type: vaultType });
assert.equal(after.nameAvailable, true);
process.stdout.write(`${JSON.stringify({ done })}\n`);
