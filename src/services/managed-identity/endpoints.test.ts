// Proves the rules of the identity endpoints, in their own words.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { guidFromName } from '../../base/index.ts';
import {
  identityBlock,
  otherWorkflow,
  startWith,
  userAssigned,
  workflow,
} from './fixtures/platform.ts';

const resource = 'resource=https://vault.azure.net';
const dayMs = 86_400_000;

const clientIn = (body: { [name: string]: string }) =>
  /token-(.*)-\d+$/.exec(body.access_token!)?.[1];

describe('IMDS', () => {
  it('answers decimal strings with the identity of the calling resource', async () => {
    const { imds, registered } = await startWith(true);
    const { status, headers, body } = await imds(resource);
    const { clientId } = registered.get(workflow.toLowerCase())!;
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('server')).toMatch(/^IMDS\//);
    expect(body).toEqual({
      access_token: expect.stringMatching(`token-${clientId}-`),
      client_id: clientId,
      expires_in: '86400',
      expires_on: '1767312000',
      ext_expires_in: '86400',
      not_before: '1767225300',
      resource: 'https://vault.azure.net',
      token_type: 'Bearer',
    });
  });

  it.each([
    ['no Metadata header', {}, 'Required metadata header not specified'],
    [
      'Metadata in another letter case',
      { Metadata: 'TRUE' },
      'Required metadata header not specified',
    ],
    [
      'a forwarded request',
      { Metadata: 'true', 'X-Forwarded-For': '10.0.0.1' },
      'X-Forwarded-For header is not allowed.',
    ],
  ])('refuses %s', async (_, headers, error_description) => {
    const { imds } = await startWith(true);
    const { status, body } = await imds(resource, workflow, headers);
    expect({ status, body }).toEqual({
      status: 400,
      body: { error: 'invalid_request', error_description },
    });
  });

  it.each([
    ['no resource', '?api-version=2018-02-01', "Required query variable 'resource' is missing"],
    ['no api-version', `?${resource}`, "Required query variable 'api-version' is missing"],
    [
      'an old api-version',
      `?${resource}&api-version=2017-12-01`,
      'Bad request. Invalid api-version.',
    ],
  ])('refuses %s', async (_, query, error_description) => {
    const { imdsAt } = await startWith(true);
    const headers = { Metadata: 'true' };
    const { status, body } = await imdsAt(`/metadata/identity/oauth2/token${query}`, { headers });
    expect({ status, body }).toEqual({
      status: 400,
      body: { error: 'invalid_request', error_description },
    });
  });

  it('echoes the id that the SDK gave the request', async () => {
    const { imds } = await startWith(true);
    const id = 'eeeeeeee-0000-4000-8000-000000000005';
    const { headers } = await imds(resource, workflow, {
      Metadata: 'true',
      'x-ms-client-request-id': id,
    });
    expect(headers.get('x-ms-client-request-id')).toBe(id);
  });

  it('takes a trailing slash and a content type without a body, as Node sends them', async () => {
    const { imdsAt } = await startWith(true);
    const path = `/metadata/identity/oauth2/token/?api-version=2018-02-01&${resource}`;
    const headers = { metadata: 'true', 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await imdsAt(path, { headers })).status).toBe(200);
  });

  it('knows no other path and no other method', async () => {
    const { imdsAt } = await startWith(true);
    const headers = { Metadata: 'true' };
    const probe = '/metadata/identity/getplatformmetadata?cred-api-version=2.0';
    expect((await imdsAt(probe, { headers })).status).toBe(404);
    expect(
      (await imdsAt('/metadata/identity/oauth2/token', { method: 'POST', headers })).status,
    ).toBe(405);
  });

  const notFound = { error: 'invalid_request', error_description: 'Identity not found' };
  const unknown = guidFromName('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'nobody');

  it('no calling resource: no identity', async () => {
    const { platform } = await startWith(true);
    const url = `http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&${resource}`;
    const response = await platform.imds(new Request(url, { headers: { Metadata: 'true' } }), {
      scheme: 'http',
      host: '169.254.169.254',
      port: 80,
      remoteAddress: '127.0.0.1',
      signal: new AbortController().signal,
      hops: 0,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual(notFound);
  });

  it.each([
    ['a resource without identity', [false] as const, '', notFound],
    ['a client id that is not assigned', [true, 'one'] as const, `&client_id=${unknown}`, notFound],
    ['an object id that is not assigned', [true] as const, `&object_id=${unknown}`, notFound],
    [
      'a resource id that is not assigned',
      [true] as const,
      `&msi_res_id=${userAssigned('two')}`,
      notFound,
    ],
    [
      'several user-assigned identities and none named',
      [false, 'one', 'two'] as const,
      '',
      {
        error: 'invalid_request',
        error_description:
          'Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request',
      },
    ],
    [
      'two selectors at once',
      [true] as const,
      `&client_id=${unknown}&object_id=${unknown}`,
      {
        error: 'invalid_request',
        error_description: 'Only one of client_id, object_id and msi_res_id may be specified',
      },
    ],
  ])('refuses %s', async (_, [system, ...names], query, expected) => {
    const { imds } = await startWith(system, ...names);
    const { status, body } = await imds(resource + query);
    expect({ status, body }).toEqual({ status: 400, body: expected });
  });

  it('a resource cannot get the token of another one', async () => {
    const { imds, registered } = await startWith(true);
    const { clientId, principalId } = registered.get(otherWorkflow.toLowerCase())!;
    expect((await imds(`${resource}&client_id=${clientId}`)).body).toEqual(notFound);
    expect((await imds(`${resource}&object_id=${principalId}`)).body).toEqual(notFound);
  });

  it('default: the system-assigned identity; without it the only user-assigned one', async () => {
    const both = await startWith(true, 'one');
    const system = both.registered.get(workflow.toLowerCase())!;
    expect((await both.imds(resource)).body.client_id).toBe(system.clientId);
    const single = await startWith(false, 'one');
    const user = single.registered.get(userAssigned('one').toLowerCase())!;
    expect((await single.imds(resource)).body.client_id).toBe(user.clientId);
  });

  it('names an identity by client, object or resource id, in any letter case', async () => {
    const { imds, registered } = await startWith(true, 'one', 'two');
    const { clientId, principalId } = registered.get(userAssigned('two').toLowerCase())!;
    for (const selector of [
      `client_id=${clientId.toUpperCase()}`,
      `object_id=${principalId}`,
      `msi_res_id=${userAssigned('two').toUpperCase()}`,
      `mi_res_id=${userAssigned('two')}`,
    ]) {
      expect((await imds(`${resource}&${selector}`)).body.client_id).toBe(clientId);
    }
  });

  it('passes Entra’s refusal on', async () => {
    const { imds } = await startWith(true);
    const { status, body } = await imds('resource=api://elsewhere');
    expect(status).toBe(400);
    expect(body.error).toBe('invalid_resource');
    expect(body.error_description).toMatch(/^AADSTS500011: /);
  });

  it('a token endpoint that is away is IMDS’s unknown error', async () => {
    const { imds, state } = await startWith(true);
    state.reachable = false;
    expect(await imds(resource)).toMatchObject({ status: 500, body: { error: 'unknown' } });
  });

  it('keeps a token for its 24 hours per identity and resource', async () => {
    const { imds, clock, requests } = await startWith(true, 'one');
    const first = (await imds(resource)).body;
    clock.advance(dayMs - 700_000);
    const kept = (await imds(resource)).body;
    expect(kept.access_token).toBe(first.access_token);
    expect(kept.expires_in).toBe('700');
    await imds('resource=https://management.azure.com');
    await imds(`${resource}&msi_res_id=${userAssigned('one')}`);
    expect(requests).toHaveLength(3);
    clock.advance(200_000);
    expect((await imds(resource)).body.access_token).not.toBe(first.access_token);
  });

  it('two requests at once ask one token', async () => {
    const { imds, requests } = await startWith(true);
    await Promise.all([imds(resource), imds(resource)]);
    expect(requests).toHaveLength(1);
  });

  it('token_sha256_to_refresh mints anew what its receiver refused', async () => {
    const { imds } = await startWith(true);
    const { access_token } = (await imds(resource)).body;
    const hash = createHash('sha256').update(access_token!).digest('hex');
    const other = '0'.repeat(64);
    expect((await imds(`${resource}&token_sha256_to_refresh=${other}`)).body.access_token).toBe(
      access_token,
    );
    expect((await imds(`${resource}&token_sha256_to_refresh=${hash}`)).body.access_token).not.toBe(
      access_token,
    );
  });

  it('an identity taken away is gone at once, kept tokens included', async () => {
    const { imds, put } = await startWith(true);
    await imds(resource);
    await put(workflow, { location: 'westeurope', identity: identityBlock(false) });
    expect((await imds(resource)).body).toEqual(notFound);
  });

  it('the platform’s certificate is rolled after 45 days, and the identity stays the same', async () => {
    const { imds, clock, registered } = await startWith(true);
    const before = registered.get(workflow.toLowerCase())!;
    clock.advance(45 * dayMs - 1000);
    expect(clientIn((await imds(resource)).body)).toBe(before.clientId);
    expect(registered.get(workflow.toLowerCase())!.certificate).toBe(before.certificate);
    clock.advance(dayMs);
    expect(clientIn((await imds(resource)).body)).toBe(before.clientId);
    expect(registered.get(workflow.toLowerCase())!.certificate).not.toEqual(before.certificate);
  });
});

describe('App Service', () => {
  const query = `api-version=2019-08-01&${resource}`;
  const withHeader = async (
    { platform, appService }: Awaited<ReturnType<typeof startWith>>,
    text: string,
  ) => appService(text, { 'X-IDENTITY-HEADER': await platform.identityHeaderOf(workflow) });

  it('2019-08-01 answers expires_on as a decimal string', async () => {
    const world = await startWith(true);
    const { clientId } = world.registered.get(workflow.toLowerCase())!;
    expect(await withHeader(world, query)).toMatchObject({
      status: 200,
      body: {
        access_token: expect.stringMatching(/^token-/),
        client_id: clientId,
        expires_on: '1767312000',
        not_before: '1767225300',
        resource: 'https://vault.azure.net',
        token_type: 'Bearer',
      },
    });
  });

  it('2017-09-01 answers expires_on as a date and takes the header secret', async () => {
    const { platform, appService } = await startWith(true);
    const secret = await platform.identityHeaderOf(workflow);
    const { body } = await appService(`api-version=2017-09-01&${resource}`, { secret });
    expect(body.expires_on).toBe('1/2/2026 12:00:00 AM +00:00');
  });

  it.each([
    ['missing', undefined],
    ['wrong', 'X'],
  ])('the identity header is %s: 403', async (_, value) => {
    const { appService } = await startWith(true);
    const headers = value === undefined ? {} : { 'X-IDENTITY-HEADER': value };
    expect(await appService(query, headers as Record<string, string>)).toMatchObject({
      status: 403,
      body: { statusCode: 403, message: 'Forbidden.' },
    });
  });

  it('the identity header of another resource is refused', async () => {
    const { platform, appService } = await startWith(true);
    const headers = { 'X-IDENTITY-HEADER': await platform.identityHeaderOf(otherWorkflow) };
    expect((await appService(query, headers)).status).toBe(403);
  });

  const notFound =
    'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.';

  it.each([
    ['a user-assigned identity is no default', [false, 'one'] as const, ''],
    ['a client id that is not assigned', [true] as const, '&client_id=x'],
    ['a resource id that is not assigned', [true] as const, `&mi_res_id=${userAssigned('x')}`],
    ['a principal id that is not assigned', [true] as const, '&principal_id=x'],
  ])('%s', async (_, [system, ...names], rest) => {
    const answer = await withHeader(await startWith(system, ...names), query + rest);
    expect(answer).toMatchObject({
      status: 400,
      body: {
        statusCode: 400,
        message: notFound,
        correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
  });

  it('2017-09-01 words its error in PascalCase', async () => {
    const { platform, appService } = await startWith(true);
    const secret = await platform.identityHeaderOf(workflow);
    const answer = await appService(`api-version=2017-09-01&${resource}&clientid=x`, { secret });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        StatusCode: 400,
        Message: 'No MSI found for specified ClientId/ResourceId.',
        CorrelationId: expect.any(String),
      },
    });
  });

  it.each([
    ['client_id', (one: { clientId: string }) => one.clientId],
    ['object_id', (one: { principalId: string }) => one.principalId],
    ['principal_id', (one: { principalId: string }) => one.principalId],
    ['mi_res_id', () => userAssigned('one')],
  ])('names a user-assigned identity by %s', async (name, value) => {
    const world = await startWith(true, 'one');
    const one = world.registered.get(userAssigned('one').toLowerCase())!;
    const answer = await withHeader(world, `${query}&${name}=${value(one as never)}`);
    expect(answer.body.client_id).toBe(one.clientId);
  });

  it.each([
    ['no resource', 'api-version=2019-08-01', 'The resource parameter is required.'],
    ['another api-version', `api-version=2015-01-01&${resource}`, 'Unsupported api-version.'],
    ['two selectors', `${query}&client_id=x&object_id=y`, 'Only one identity may be specified.'],
  ])('refuses %s', async (_, text, message) => {
    const answer = await withHeader(await startWith(true), text);
    expect(answer).toMatchObject({ status: 400, body: { statusCode: 400, message } });
  });

  it('hides Entra’s refusal', async () => {
    const answer = await withHeader(
      await startWith(true),
      'api-version=2019-08-01&resource=api://elsewhere',
    );
    expect(answer).toMatchObject({
      status: 500,
      body: { statusCode: 500, message: expect.stringContaining('An unexpected error occured') },
    });
  });
});
