// The private key of the article's certificate, searched for wherever a copy could be left.
import { createPrivateKey, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPfx } from '../src/crypto/index.ts';
import {
  type Administrator,
  administrator,
  expectStatus,
  integration,
  vault,
} from './directory.ts';
import { type RunningHost, startLazurite } from './lazurite.ts';

const data = mkdtempSync(join(tmpdir(), 'lazurite-secrecy-'));
const workflows = ['figure-2-certificate', 'figure-2-signed/call-contoso'];
const secretsUser = '4633458b-17de-408a-b874-0445c86b69e6';
let host: RunningHost;
let home: Administrator;
/** Spellings of the key: its private exponent and the PFX that holds it. */
let needles: Buffer[];

beforeAll(async () => {
  host = await startLazurite('examples/article', ['--data', data]);
  home = await administrator(host, 'fabrikam');
  const pfx = await readCertificateSecret();
  const { privateKey } = await readPfx(Buffer.from(pfx, 'base64'), '');
  const key = createPrivateKey({ key: privateKey!, format: 'der', type: 'pkcs8' });
  const exponent = Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url').subarray(8, 72);
  needles = [exponent, ...spellings(exponent), Buffer.from(pfx.slice(200, 300))];
});
afterAll(async () => {
  await host?.stop();
  rmSync(data, { recursive: true, force: true });
});

/** Base64 at each of the three offsets a text may have put it at, and hex. */
function spellings(bytes: Buffer): Buffer[] {
  const base64 = [0, 1, 2].flatMap((offset) => {
    const text = bytes.subarray(offset, offset + 48).toString('base64');
    return [text, text.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const hex = bytes.toString('hex');
  return [...base64, hex, hex.toUpperCase()].map((text) => Buffer.from(text));
}

async function readCertificateSecret(): Promise<string> {
  const token = await home.token('https://vault.azure.net');
  const { oid } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
  const scope = `${integration}/providers/Microsoft.KeyVault/vaults/kv-fabrikam-article`;
  const assignment = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  const subscription = integration.split('/resourceGroups')[0];
  const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${secretsUser}`;
  const properties = { roleDefinitionId, principalId: oid, principalType: 'ServicePrincipal' };
  expectStatus(await home.arm('PUT', assignment, { properties }), 201);
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await host.http(`${vault}/secrets/partner-client?api-version=7.4`, { headers });
  return (expectStatus(answer, 200) as { value: string }).value;
}

function expectNone(where: string, bytes: Buffer): void {
  for (const needle of needles) expect(bytes.includes(needle), where).toBe(false);
}

test('the search finds the key where it is', () => {
  const text = Buffer.from(`{"d":"${needles[0]!.toString('base64url')}"}`);
  expect(needles.length).toBeGreaterThan(8);
  expect(needles.some((needle) => text.includes(needle))).toBe(true);
});

test.each(workflows)('not in the history, the trace or the output of %s', async (workflow) => {
  const run = await host.command(['run', workflow, '--json']);
  expect(run.code).toBe(0);
  const { id } = JSON.parse(run.stdout) as { id: string };
  expectNone('run', Buffer.from(run.stdout));
  expectNone('explain', Buffer.from((await host.command(['explain', id, '--json'])).stdout));
  expectNone('audit', Buffer.from((await host.command(['audit'])).stdout));
});

test('not in what Resource Manager tells of the runs, contents included', async () => {
  const flow = `${integration}/providers/Microsoft.Logic/workflows/figure-2-certificate`;
  const runs = await home.arm('GET', `${flow}/runs`, undefined, '2019-05-01');
  const { value } = expectStatus(runs, 200) as { value: { name: string }[] };
  expect(value.length).toBeGreaterThan(0);
  const actions = await home.arm(
    'GET',
    `${flow}/runs/${value[0]!.name}/actions`,
    undefined,
    '2019-05-01',
  );
  expectStatus(actions, 200);
  expectNone('actions', Buffer.from(actions.text));
  const links = [...actions.text.matchAll(/"uri":"([^"]+)"/g)].map(([, uri]) => uri!);
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expectNone(link, Buffer.from((await host.http(link)).text));
});

test('not in any file of the data folder', async () => {
  await host.stop();
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    expectNone(path, readFileSync(path));
  }
});
