// The door of `entra`: token authority, discovery, directory.
import type { Clock } from '../../base/index.ts';
import { createTokenVerifier, type Outbound, type Service } from '../../http/index.ts';
import type { DirectoryExtension, ManagedIdentityDirectory } from '../../resources/index.ts';
import type { Store } from '../../store/index.ts';
import { createDirectory } from './directory.ts';
import { directoryExtension } from './directory-extension.ts';
import { graphService } from './graph/routes.ts';
import { managedIdentityDirectory } from './managed-identities.ts';
import {
  ensureHostPrincipal,
  ensureTenant,
  type HostPrincipal,
  type NewHostPrincipal,
  type NewTenant,
} from './provisioning.ts';
import { loginService } from './routes.ts';
import { openSigningKeys } from './signing-keys.ts';
import type { TokenService } from './token-request.ts';

export { entraCoverage } from './coverage.ts';
export type { HostPrincipal, NewHostPrincipal, NewTenant } from './provisioning.ts';
export { authorityAliases, type DirectoryRoleName } from './well-known.ts';

export interface EntraOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** For the keys of other issuers (federated identity credentials). */
  readonly outbound: Outbound;
  /** As Math.random: decides token lifetimes between 60 and 90 minutes. */
  readonly random?: () => number;
}

export interface Entra {
  /** login.microsoftonline.com and its aliases. */
  readonly service: Service;
  /** graph.microsoft.com. */
  readonly graph: Service;
  readonly managedIdentityDirectory: ManagedIdentityDirectory;
  readonly directoryExtension: DirectoryExtension;
  /** Creates or updates; throws ConfigurationError. */
  ensureTenant(tenant: NewTenant): Promise<void>;
  /** A principal of the host's own (its deployer) in an existing tenant, with a new secret each time. */
  ensureHostPrincipal(principal: NewHostPrincipal): Promise<HostPrincipal>;
  /** A new key signs from now on; the replaced one stays published while its tokens live. */
  rotateSigningKey(): Promise<void>;
}

/** Opens the directory and the cloud's signing keys; makes the first key in an empty store. */
export async function createEntra(options: EntraOptions): Promise<Entra> {
  const { store, clock, outbound, random = Math.random } = options;
  const directory = createDirectory(store);
  const keys = await openSigningKeys(store, clock);
  const verifier = createTokenVerifier({ outbound, clock });
  const parts: TokenService = { clock, directory, keys, verifier, random };
  return {
    service: loginService(parts),
    graph: graphService(parts),
    managedIdentityDirectory: managedIdentityDirectory(parts),
    directoryExtension: directoryExtension(parts),
    ensureTenant: (tenant) => ensureTenant(parts, tenant),
    ensureHostPrincipal: (principal) => ensureHostPrincipal(parts, principal),
    rotateSigningKey: () => keys.rotate(),
  };
}
