// The door of Key Vault: the data plane as an Exchange, its ARM types, its audit log.
import type { Access } from '../../access/index.ts';
import type { Clock } from '../../base/index.ts';
import { type CryptoPool, createCryptoPool } from '../../crypto/index.ts';
import {
  createTokenVerifier,
  type Exchange,
  type Outbound,
  type TokenVerifier,
} from '../../http/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import type { Resources, ResourceType } from '../../resources/index.ts';
import type { Store } from '../../store/index.ts';
import { type Audit, createAudit } from './audit.ts';
import { settlePending } from './certificate-issuing.ts';
import { renewByPolicy } from './certificates.ts';
import { createEvents, type EventSubscription, type Events } from './events.ts';
import { lifecycleHandler, lifecycleQueue } from './lifecycle.ts';
import { issuanceMsDefault, transitionMsDefault } from './limits.ts';
import { cachedRecords } from './records.ts';
import type { Room, Settings } from './room.ts';
import { rotateByPolicy } from './rotation.ts';
import { serve } from './service.ts';
import { kinds } from './state.ts';
import { createThrottle } from './throttling.ts';
import { vaultChildTypes } from './vault-children.ts';
import { vaultOperations } from './vault-operations.ts';
import { createVaultIndex, vaultPurgeHandler, vaultQueue, vaultResourceType } from './vaults.ts';

export type { Audit, AuditQuery } from './audit.ts';
export { coverage, renderCoverage } from './coverage.ts';
export type { EventSubscription } from './events.ts';

export interface KeyVaultOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Handlers are registered at once: before `jobs.start`. */
  readonly jobs: Jobs;
  readonly resources: Resources;
  readonly access: Access;
  readonly outbound: Outbound;
  /** Made over `outbound` where absent. */
  readonly verifier?: TokenVerifier;
  /** Made where absent, and closed by `close`. */
  readonly pool?: CryptoPool;
  readonly settings?: Partial<Settings>;
  /** Webhooks that are told of new versions and of expiry. */
  readonly eventSubscriptions?: readonly EventSubscription[];
}

export interface KeyVault {
  /** For the row `*.vault.azure.net`. */
  readonly exchange: Exchange;
  /** To be registered with `resources`. */
  readonly resourceTypes: readonly ResourceType[];
  readonly audit: Audit;
  readonly events: Events;
  close(): Promise<void>;
}

/** Key Vault over the given rooms. Nothing starts before the first request. */
export function createKeyVault(options: KeyVaultOptions): KeyVault {
  const { store, clock, jobs, resources, access, outbound } = options;
  const settings: Settings = {
    suffix: 'vault.azure.net',
    authority: 'https://login.microsoftonline.com',
    transitionMs: transitionMsDefault,
    issuanceMs: issuanceMsDefault,
    throttling: false,
    ...options.settings,
  };
  const pool = options.pool ?? createCryptoPool();
  const records = cachedRecords(store, [
    kinds.object,
    kinds.version,
    kinds.issuer,
    kinds.contacts,
    kinds.authority,
  ]);
  const subscriptions = options.eventSubscriptions ?? [];
  const events = createEvents({ clock, outbound, subscriptions });
  const room: Room = {
    store,
    records,
    clock,
    jobs,
    resources,
    access,
    outbound,
    verifier: options.verifier ?? createTokenVerifier({ outbound, clock }),
    pool,
    settings,
    inOrder: serialiser(),
    notify: (event) => events.notify(event),
  };
  const index = createVaultIndex(resources, settings.suffix);
  jobs.handle(
    lifecycleQueue,
    lifecycleHandler(room, {
      async vaultOf(resourceId, instance) {
        const vault = await index.byId(resourceId);
        return vault?.instance === instance ? vault : undefined;
      },
      rotate: rotateByPolicy,
      renew: renewByPolicy,
      async issue(_room, vault, { name }) {
        await settlePending(room, vault, name);
      },
    }),
  );
  jobs.handle(vaultQueue, vaultPurgeHandler(room, index));
  const audit = createAudit(store, clock);
  const throttle = createThrottle(clock, settings.throttling);
  const pipeline = { room, vaultOf: index.byHost, audit, throttle };
  return {
    exchange: (request) => serve(pipeline, request),
    resourceTypes: [
      { ...vaultResourceType(room, index), providerOperations: vaultOperations(room, index) },
      ...vaultChildTypes(room, index),
    ],
    audit,
    events,
    async close() {
      index.close();
      records.close();
      await audit.flush();
      if (!options.pool) await pool.close();
    },
  };
}

/** Runs the work of one key in the order it came; what failed does not stop what follows. */
function serialiser(): Room['inOrder'] {
  const tails = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = tails.get(key);
    const result = before ? before.then(work, work) : work();
    const tail = result
      .catch(() => undefined)
      .finally(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
    tails.set(key, tail);
    return result;
  };
}
