import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ForwardProxyOptions } from '../http/index.ts';
import { createExecSessions, type ExecSessions } from './exec-sessions.ts';

let folder: string;
let sessions: ExecSessions | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lazurite-sessions-'));
  writeFileSync(join(folder, 'ca.pem'), 'ours\n');
  writeFileSync(join(folder, 'ca.bundle.pem'), 'ours and public\n');
  writeFileSync(join(folder, 'company.pem'), 'of the company\n');
});
afterEach(async () => {
  await sessions?.close();
  rmSync(folder, { recursive: true });
});

function open(): ExecSessions {
  const trust = {
    certificatePath: join(folder, 'ca.pem'),
    bundlePath: join(folder, 'ca.bundle.pem'),
  };
  // No call goes through the proxy here: only its port is opened.
  const proxy = { table: { rows: [] }, allowNetwork: false } as unknown as ForwardProxyOptions;
  sessions = createExecSessions(proxy, trust, folder);
  return sessions;
}

const bundles = () => readdirSync(folder).filter((name) => name.startsWith('bundle-'));

test('what the user trusted is in the bundle of the session, which goes with the session', async () => {
  const all = open();
  const inherited = { SSL_CERT_FILE: join(folder, 'company.pem') };
  const first = await all.begin({ inherited });
  await all.begin({ inherited });
  const text = readFileSync(first.variables.CURL_CA_BUNDLE!, 'utf8');
  expect(text).toContain('ours and public');
  expect(text).toContain('of the company');
  expect(bundles()).toHaveLength(2);
  await all.end(first.id);
  expect(bundles()).toHaveLength(1);
  await all.close();
  expect(bundles()).toEqual([]);
});

test('bundles that a killed host left are removed, other files stay', () => {
  writeFileSync(join(folder, 'bundle-5d598455-5072-4293-b2b4-dacc714ccfc6.pem'), '');
  open();
  expect(readdirSync(folder).sort()).toEqual(['ca.bundle.pem', 'ca.pem', 'company.pem']);
});

test('a session that is not there is not ended, whatever its id says', async () => {
  await open().end('../ca');
  expect(readdirSync(folder)).toContain('ca.pem');
});

test('inherited credentials of the real Azure are named for removal', async () => {
  const inherited = { AZURE_CLIENT_SECRET: 'x', IDENTITY_HEADER: 'y', AZURE_CONFIG_DIR: '/c' };
  const { removed } = await open().begin({ inherited });
  expect(removed).toEqual(['AZURE_CLIENT_SECRET', 'IDENTITY_HEADER']);
});
