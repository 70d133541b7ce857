// The article's stories, as a new user runs them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lazurite, type RunningHost, startLazurite } from './lazurite.ts';

interface Stories {
  readonly stories: { name: string; expected: string; outcome: string; ok: boolean }[];
  readonly ok: boolean;
}

const names = ['figure-1', 'figure-1-across-tenants', 'figure-2-certificate', 'figure-2-signed'];

test('up --once --json runs every story and exits 0', async () => {
  const { code, stdout, stderr } = await lazurite([
    'up',
    'examples/article',
    '--memory',
    '--once',
    '--json',
  ]);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const last = lines.at(-1) as unknown as Stories;
  expect(last.stories.filter((story) => !story.ok)).toEqual([]);
  expect(last).toMatchObject({ ok: true });
  expect(last.stories.map((story) => story.name)).toEqual(names);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const services = new Set(lines.map((line) => line.service));
  for (const service of ['Key Vault', 'API Management', 'orders backend']) {
    expect([...services].some((each) => String(each).includes(service) || each === service)).toBe(
      true,
    );
  }
});

test('no hop, in JSON or in words, shows a secret or a token', async () => {
  const { stdout } = await lazurite(['up', 'examples/article', '--memory', '--once', '--json']);
  // Tokens and assertions are three parts of base64url that begin with {"; PFX begins with MII.
  expect(stdout).not.toMatch(/eyJ[\w-]{10,}\.eyJ[\w-]{10,}/);
  expect(stdout).not.toMatch(/MII[\w+/]{200,}/);
});

test('a story that does not end as it should makes the exit code 1', async () => {
  const { code, stdout } = await lazurite([
    'up',
    'conformance/fixtures/wrong-story',
    '--memory',
    '--once',
    '--json',
  ]);
  expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject({
    ok: false,
    stories: [{ ok: false, outcome: expect.stringContaining('there is no') }],
  });
  expect(code).toBe(1);
});

describe('while it is up', () => {
  let host: RunningHost;
  beforeAll(async () => {
    host = await startLazurite('examples/article');
  });
  afterAll(() => host?.stop());

  interface Action {
    readonly name: string;
    readonly status: string;
    readonly statusCode?: number;
    readonly message?: string;
    readonly text?: string;
  }

  test('figure 1 across tenants records both refusals, each with its reason', async () => {
    const run = await host.json<{ id: string; actions: Action[] }>([
      'run',
      'figure-1-across-tenants',
    ]);
    const action = (name: string) => run.actions.find((each) => each.name === name)!;
    expect(action('Get_orders_of_the_other_tenant')).toMatchObject({
      status: 'Failed',
      message: expect.stringContaining('AADSTS500011'),
    });
    expect(action('Get_shared_orders')).toMatchObject({ status: 'Failed', statusCode: 401 });
    const { hops } = await host.json<{
      hops: { decisions: { outcome: string; fix?: string }[] }[];
    }>(['explain', run.id]);
    const refused = hops
      .flatMap((hop) => hop.decisions)
      .filter(({ outcome }) => outcome === 'refused');
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(refused.some(({ fix }) => fix)).toBe(true);
  });

  test('secured inputs and outputs are not in the run history', async () => {
    const run = await host.json<{ id: string; actions: Action[] }>(['run', 'figure-2-certificate']);
    expect(run.actions.find((each) => each.name === 'Get_certificate')!.text).toBeUndefined();
    const explained = await host.command(['explain', run.id]);
    expect(explained.stdout).not.toMatch(/MII[\w+/]{200,}/);
    expect(explained.stdout).toMatch(/Key Vault/);
  });

  test('expressions are tried on a recorded run, without what is secured', async () => {
    const run = await host.json<{ id: string }>(['run', 'figure-2-certificate']);
    const input = [
      "outputs('Get_orders')['statusCode']",
      "actions('Get_certificate')?['outputs']",
      "actions('Response').status",
    ].join('\n');
    for (const id of [run.id, 'last']) {
      const { code, stdout } = await host.command(['repl', '--run', id], { input });
      expect(code).toBe(0);
      expect(stdout).toContain('200  (integer)');
      expect(stdout).toContain('null  (null)');
      expect(stdout).toContain('"Succeeded"  (string)');
    }
    const missing = await host.command(['repl', '--run', '08584000000000000000'], { input: '' });
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('lazurite runs') });
  });

  test('what the vault signed is not in the run history: with its input it is a credential', async () => {
    const { actions } = await host.json<{ actions: Action[] }>(['run', 'figure-2-signed']);
    for (const name of ['Sign', 'Request_token']) {
      expect(actions.find((each) => each.name === name)).toMatchObject({ status: 'Succeeded' });
      expect(actions.find((each) => each.name === name)!.text).toBeUndefined();
    }
  });

  test('runs lists what ran, newest first', async () => {
    const { stdout } = await host.command(['runs', 'figure-1-across-tenants', '--json']);
    const runs = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { status: string });
    expect(runs.length).toBeGreaterThan(0);
    expect(runs[0]!.status).toBe('Succeeded');
  });

  test('a site with one workflow stands for it', async () => {
    const run = await host.json<{ workflow: string }>(['run', 'figure-2-signed']);
    expect(run.workflow).toBe('figure-2-signed/call-contoso');
  });

  test('a workflow that is not there is bad usage, and the known ones are named', async () => {
    const { code, stderr } = await host.command(['run', 'no-such-workflow']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/no workflow 'no-such-workflow'[\s\S]*figure-1/);
  });

  test('clock: tokens of managed identities end with their 24 hours, and are had anew', async () => {
    expect((await host.command(['run', 'figure-1'])).code).toBe(0);
    await host.command(['clock', 'advance', 'PT25H']);
    expect((await host.command(['run', 'figure-1'])).code).toBe(0);
    const { stdout } = await host.command(['clock', 'reset', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ offsetMs: 0 });
  });
});
