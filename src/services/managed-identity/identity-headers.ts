// The secret that a resource's own programs send to the App Service endpoint.
import { createHmac, randomBytes } from 'node:crypto';
import type { Store } from '../../store/index.ts';

const kind = 'managed-identity/header-key';

/** One key per data folder, sealed; each resource's header follows from it and survives restarts. */
export function createIdentityHeaders(store: Store): (resourceId: string) => Promise<string> {
  let key: Promise<Buffer> | undefined;

  async function open(): Promise<Buffer> {
    const found = await store.get<string>(kind, 'key');
    if (found) return Buffer.from(found.value, 'base64');
    const made = randomBytes(32);
    const value = made.toString('base64');
    await store.write([{ put: { kind, key: 'key', value, sealed: true }, ifVersion: 0 }]);
    return made;
  }
  return async (resourceId) => {
    key ??= open();
    const mac = createHmac('sha256', await key).update(resourceId.toLowerCase());
    return mac.digest('hex').slice(0, 32).toUpperCase();
  };
}
