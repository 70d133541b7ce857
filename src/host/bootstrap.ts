// Before the steps: tenants, and the deploying principal with its real roles.
import { guidFromName } from '../base/index.ts';
import type { Composition } from './compose.ts';
import { createDeployer, type Deployer, type DeployerCredential } from './deployer.ts';
import type { Environment } from './environment.ts';

/** The display name of the principal that runs the steps. */
export const deployerName = 'Lazurite deployer';
const ownerRole = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
/** Makes the name of the deployer's role assignment; random, ours. */
const assignmentNamespace = '0d3f2f5c-6d0e-4c38-9a0b-5a6f1c6f4a11';

export interface Bootstrap {
  readonly deploy: Deployer;
  /** By tenant id. */
  readonly credentials: ReadonlyMap<string, DeployerCredential>;
  /** Object id of the deployer, by tenant name. */
  readonly deployerIds: ReadonlyMap<string, string>;
}

/** Owner on every subscription, Global Administrator in every tenant: what deploying needs. */
export async function bootstrap(
  environment: Environment,
  { entra, resources, table, clock }: Composition,
): Promise<Bootstrap> {
  const credentials = new Map<string, DeployerCredential>();
  const deployerIds = new Map<string, string>();
  for (const tenant of environment.tenants) {
    await entra.ensureTenant(tenant);
    const principal = await entra.ensureHostPrincipal({
      tenantId: tenant.id,
      displayName: deployerName,
      directoryRoles: ['Global Administrator'],
    });
    const { clientId, clientSecret } = principal;
    credentials.set(tenant.id, { clientId, clientSecret });
    deployerIds.set(tenant.name, principal.principalId);
  }
  for (const subscription of environment.subscriptions) {
    const scope = `/subscriptions/${subscription.id}`;
    const principalId = deployerIds.get(subscription.tenant)!;
    const name = guidFromName(assignmentNamespace, `${scope} ${principalId}`);
    const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
    if (await resources.get(id)) continue;
    const roles = `${scope}/providers/Microsoft.Authorization/roleDefinitions`;
    const properties = { roleDefinitionId: `${roles}/${ownerRole}`, principalId };
    const body = { properties: { ...properties, principalType: 'ServicePrincipal' } };
    await resources.put({ id, apiVersion: '2022-04-01', body, callerObjectId: '' });
  }
  return { deploy: createDeployer(table.outbound, clock, credentials), credentials, deployerIds };
}
