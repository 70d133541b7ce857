// Proves: directory, secrets and signing keys survive a restart, and lie sealed on disk.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { manualClock } from '../../base/index.ts';
import { createEnvelope, masterKeyBytes } from '../../crypto/index.ts';
import { openSqliteStore } from '../../store/index.ts';
import { connection, headerOf, home } from './fixtures/cloud.ts';
import { createEntra } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'lazurite-entra-'));
afterEach(() => rmSync(folder, { recursive: true }));

async function open() {
  const envelope = createEnvelope(Buffer.alloc(masterKeyBytes, 1));
  const store = await openSqliteStore({ path: join(folder, 'store.db'), envelope });
  const outbound = () => Promise.reject(new Error('no network'));
  const entra = await createEntra({ store, clock: manualClock(), outbound });
  return { store, entra };
}

it('a secret given before a restart gets a token signed with the same key after it', async () => {
  const first = await open();
  await first.entra.ensureTenant({ id: home, domain: 'home.onmicrosoft.com' });
  const host = await first.entra.ensureHostPrincipal({ tenantId: home, displayName: 'host' });
  const ask = async ({ entra }: typeof first) => {
    const response = await entra.service(
      new Request(`https://login.microsoftonline.com/${home}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: host.clientId,
          client_secret: host.clientSecret,
          scope: 'https://vault.azure.net/.default',
        }),
      }),
      connection('login.microsoftonline.com'),
    );
    const { access_token } = (await response.json()) as { access_token: string };
    return headerOf(access_token).kid;
  };
  const kid = await ask(first);
  const { value } = (await first.store.scan<{ privateKey: string }>('entra/signing-keys'))[0]!;
  await first.store.close();

  const onDisk = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  for (const text of onDisk) {
    expect(text).not.toContain(host.clientSecret);
    expect(text).not.toContain(value.privateKey.slice(40, 80));
  }
  const second = await open();
  expect(await ask(second)).toBe(kid);
  await second.store.close();
});
