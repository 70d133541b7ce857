import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { createCloud, group, home, owner, reader, stranger } from './fixtures/cloud.ts';

const roleIdOf = (guid: string) => `/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
const cryptoUser = roleIdOf('12338af0-0e69-4776-bea7-57ae8d297424');
const certificateUser = roleIdOf('db79e9a7-68ee-4b58-9aeb-b90e7c24fcba');
const dataAccessAdministrator = roleIdOf('8b54135c-b56d-4d72-a534-26097cfdc8d8');
const at = (name: string = crypto.randomUUID(), scope = group) =>
  `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
const request = (name: string) => `@Request[Microsoft.Authorization/roleAssignments:${name}]`;
const assigning = (roleDefinitionId: string, more: JsonObject = {}): JsonObject => ({
  properties: { principalId: home, roleDefinitionId, ...more },
});

/** `stranger` has the role at the group, under the condition. */
async function setUp(role: string = dataAccessAdministrator, condition: string | null = null) {
  const cloud = await createCloud();
  await cloud.withGroup();
  const path = at();
  const properties = { principalId: stranger, roleDefinitionId: role, condition };
  const given = await cloud.send('PUT', path, { properties });
  expect(given.status).toBe(201);
  const send = async (method: string, to: string, body?: JsonObject) => {
    const answer = await cloud.send(method, to, body, { as: stranger });
    const { code, message } = (answer.body.error ?? {}) as JsonObject;
    return { ...answer, code, message: String(message) };
  };
  return { asOwner: cloud.send, deploy: cloud.deploy, send, given };
}

describe('Data Access Administrator', () => {
  it('assigns the roles of its condition, and takes them away', async () => {
    const { send } = await setUp();
    const path = at();
    expect((await send('PUT', path, assigning(cryptoUser))).status).toBe(201);
    expect((await send('PUT', path, assigning(cryptoUser, { description: 'x' }))).status).toBe(200);
    expect((await send('GET', path)).status).toBe(200);
    expect((await send('DELETE', path)).status).toBe(200);
  });

  it.each([
    ['Owner', owner],
    ['Reader', reader],
    ['Key Vault Certificate User', certificateUser],
    ['itself', dataAccessAdministrator],
    ['a role that does not exist', roleIdOf(home)],
    ['no role', ''],
  ])('does not assign %s', async (_name, role) => {
    const { send } = await setUp();
    const path = at();
    const { status, code, message } = await send('PUT', path, assigning(role));
    expect([status, code]).toEqual([403, 'AuthorizationFailed']);
    expect(message).toContain(
      'does not have authorization or an ABAC condition not fulfilled to perform action ' +
        `'Microsoft.Authorization/roleAssignments/write' over scope '${path}'`,
    );
  });

  it('does not delete the assignments of other roles', async () => {
    const { send, given, asOwner } = await setUp();
    const path = at();
    await asOwner('PUT', path, assigning(reader));
    for (const each of [path, String(given.body.id), at()]) {
      const { status, code, message } = await send('DELETE', each);
      expect([status, code]).toEqual([403, 'AuthorizationFailed']);
      expect(message).toContain('or an ABAC condition not fulfilled to perform action');
    }
    expect((await asOwner('GET', path)).status).toBe(200);
  });

  it('is refused before its body is looked at, where the body is none', async () => {
    const { asOwner } = await setUp();
    for (const raw of ['{"properties": [', '', '[]']) {
      const refused = await asOwner('PUT', at(), undefined, { as: stranger, raw });
      expect(refused.status).toBe(403);
      expect((await asOwner('PUT', at(), undefined, { raw })).status).toBe(400);
    }
  });

  it('shows its condition, as other roles show none', async () => {
    const { send } = await setUp();
    const permissionOf = async (role: string) => {
      const { body } = await send('GET', `${group}${role}`);
      return ((body.properties as JsonObject).permissions as JsonObject[])[0]!;
    };
    expect(await permissionOf(cryptoUser)).not.toHaveProperty('condition');
    expect(await permissionOf(dataAccessAdministrator)).toMatchObject({
      condition: expect.stringMatching(/^\(\(!\(ActionMatches\{'[^']+\/write'}\)\) OR \(@Request/),
      conditionVersion: '2.0',
    });
  });

  it('deploys a template that assigns a role of its condition, and no other', async () => {
    const { deploy } = await setUp();
    const run = async (name: string, role: string) => {
      const resource = {
        type: 'Microsoft.Authorization/roleAssignments',
        apiVersion: '2022-04-01',
        name: crypto.randomUUID(),
        properties: { principalId: home, roleDefinitionId: `[concat('${role}', '')]` },
      };
      const template = {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        resources: [resource],
      };
      const { body } = await deploy(template, {}, { as: stranger, name });
      return body.properties as JsonObject;
    };
    expect(await run('good', cryptoUser)).toMatchObject({ provisioningState: 'Succeeded' });
    const failed = await run('bad', owner);
    expect(failed.provisioningState).toBe('Failed');
    expect(JSON.stringify(failed.error)).toContain('an ABAC condition not fulfilled');
  });
});

describe('the condition of an assignment', () => {
  const users = `${request('PrincipalType')} ForAnyOfAnyValues:StringEqualsIgnoreCase {'User'}`;
  const them = `${request('PrincipalId')} GuidEquals ${home}`;
  const writes = "ActionMatches{'Microsoft.Authorization/roleAssignments/write'}";

  it('is kept and shown, of version 2.0 where none is named', async () => {
    const { given, asOwner } = await setUp(owner, users);
    const kept = { condition: users, conditionVersion: '2.0' };
    expect(given.body.properties).toMatchObject(kept);
    expect((await asOwner('GET', String(given.body.id))).body.properties).toMatchObject(kept);
  });

  it.each([
    ['a principal of the type', users, { principalType: 'User' }, 201],
    ['a principal of another type', users, { principalType: 'Group' }, 403],
    ['a principal without a type: a service principal', users, {}, 403],
    ['the principal', them, {}, 201],
    ['another principal', them, { principalId: stranger }, 403],
    ['one of two that hold', `(!(${writes})) OR (${users} OR ${them})`, {}, 201],
    ['one of two that must', `(!(${writes})) OR (${users} AND ${them})`, {}, 403],
    ['an action it is not about', `${writes}`, {}, 201],
    ['the action it forbids', `!${writes}`, {}, 403],
  ])('about %s', async (_rule, condition, change, status) => {
    const { send } = await setUp(owner, condition);
    expect((await send('PUT', at(), assigning(reader, change))).status).toBe(status);
  });

  it('is taken away by a PUT without one', async () => {
    const { given, asOwner, send } = await setUp(owner, users);
    expect((await send('PUT', at(), assigning(reader))).status).toBe(403);
    const properties = { principalId: stranger, roleDefinitionId: owner };
    const answer = await asOwner('PUT', String(given.body.id), { properties });
    expect(answer.body.properties).toMatchObject({ condition: null, conditionVersion: null });
    expect((await send('PUT', at(), assigning(reader))).status).toBe(201);
  });

  const faults: [rule: string, change: JsonObject, words: string][] = [
    [
      'an attribute that is not known',
      { condition: "@Resource[Microsoft.Storage/storageAccounts:Name] StringEquals 'x'" },
      "invalid: the attribute 'Microsoft.Storage/storageAccounts:Name' is not supported at character 1.",
    ],
    ['no closing parenthesis', { condition: `(${writes}` }, "')' is expected, not 'the end'"],
    ['no words', { condition: '' }, 'an expression is expected'],
    ['no text', { condition: 1 }, "'condition' must be a text"],
    ['version 1.0', { condition: writes, conditionVersion: '1.0' }, "must be '2.0'"],
  ];
  it.each(faults)('is refused with %s', async (_rule, change, words) => {
    const { asOwner } = await setUp();
    const answer = await asOwner('PUT', at(), assigning(reader, change));
    const { code, message } = answer.body.error as JsonObject;
    expect([answer.status, code]).toEqual([400, 'InvalidConditionFormat']);
    expect(message).toContain('The given role assignment condition is invalid');
    expect(message).toContain(words);
  });

  it('is refused by an api-version that has none', async () => {
    const { asOwner } = await setUp();
    const path = `${at()}?api-version=2018-07-01`;
    const answer = await asOwner('PUT', path, assigning(reader, { condition: writes }));
    expect((answer.body.error as JsonObject).message).toContain('2018-07-01 has no conditions');
  });
});
