import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadEnvironment } from '../environment.ts';
import { checkPolicyFiles } from './policy-check.ts';

const folder = mkdtempSync(join(tmpdir(), 'lazurite-policies-'));
afterAll(() => rmSync(folder, { recursive: true }));

const id = '3f9c2a5e-7d41-4b6a-9c11-5a0e8f2d6b01';
const inbound = (text: string) =>
  `<policies>\n  <inbound>\n    <base />\n    ${text}\n  </inbound>\n</policies>`;

async function problemsOf(text: string) {
  writeFileSync(join(folder, 'policy.xml'), text);
  const deployment = {
    subscription: 's',
    template: 't.json',
    parameters: { policy: { file: 'policy.xml' }, again: { file: 'policy.xml' }, other: null },
  };
  const environment = {
    tenants: [{ name: 'home', id, domain: 'home.onmicrosoft.com' }],
    subscriptions: [{ name: 's', id, tenant: 'home' }],
    steps: [{ name: 'gateway', deployment }],
  };
  writeFileSync(join(folder, 'environment.json'), JSON.stringify(environment));
  return checkPolicyFiles(await loadEnvironment(folder));
}

test.each([
  ['an unknown policy', inbound('<validate-jwtt />'), 4, 'there is no policy <validate-jwtt>'],
  ['an element that is not closed', '<policies>\n  <inbound>', 2, '<inbound> is never closed'],
  [
    'an expression that does not compile',
    inbound('<set-variable name="a" value="@(1 +)" />'),
    4,
    '',
  ],
])('%s is told with its place in the policy file, once', async (_name, text, line, message) => {
  const problems = await problemsOf(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ file: join(folder, 'policy.xml'), line });
  expect(problems[0]!.message).toContain(message);
  expect(problems[0]!.fix).toContain("step 'gateway'");
});

test.each([
  ['a sound policy', inbound('<set-variable name="a" value="@(1 + 1)" />')],
  ['named values, which the gateway holds', inbound('<set-variable name="a" value="{{n}}" />')],
  [
    'entities of the xml format',
    inbound('<set-variable name="a" value="@(&quot;a&quot; + &quot;b&quot;)" />'),
  ],
  ['a text file of another kind', 'not a policy <policies>'],
  ['XML of another kind', '<order><policies/></order>'],
])('%s is left alone', async (_name, text) => {
  expect(await problemsOf(text)).toEqual([]);
});
