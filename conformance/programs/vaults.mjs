// An unmodified program on the control plane: the vaults of a subscription.
import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { ClientSecretCredential } from '@azure/identity';

const { TENANT, CLIENT, SECRET, SUBSCRIPTION, GROUP } = process.env;
const credential = new ClientSecretCredential(TENANT, CLIENT, SECRET);
const client = new KeyVaultManagementClient(credential, SUBSCRIPTION);
const name = 'kv-conformance';
try {
  const made = await client.vaults.createOrUpdate(GROUP, name, parameters());
  const names = [];
  for await (const vault of client.vaults.listByResourceGroup(GROUP)) names.push(vault.name);
  const free = await client.vaults.checkNameAvailability({
    name,
    type: 'Microsoft.KeyVault/vaults',
  });
  await client.vaults.delete(GROUP, name);
  console.log(JSON.stringify({ uri: made.properties.vaultUri, names, free: free.nameAvailable }));
} catch ({ name: kind, code, statusCode, message }) {
  console.log(JSON.stringify({ failed: { kind, code, statusCode, message } }));
}

function parameters() {
  const sku = { family: 'A', name: 'standard' };
  return {
    location: 'westeurope',
    properties: { tenantId: TENANT, sku, enableRbacAuthorization: true },
  };
}
