import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../base/index.ts';
import { builtInRoles } from './built-in-roles.ts';
import {
  type AccessSource,
  createAccess,
  roleAssignmentType,
  roleDefinitionType,
} from './decide.ts';

const sub = '/subscriptions/11111111-1111-1111-1111-111111111111';
const group = `${sub}/resourceGroups/Rg`;
const vault = `${group}/providers/Microsoft.KeyVault/vaults/V`;
const who = 'aaaaaaaa-0000-0000-0000-000000000001';
const sign = 'Microsoft.KeyVault/vaults/keys/sign/action';
const getSecret = 'Microsoft.KeyVault/vaults/secrets/getSecret/action';

const guidOf = (name: string) =>
  builtInRoles.find(({ definition }) => definition.roleName === name)!.definition.guid;

/** A source that notifies at once, as the store does after its commit. */
function setUp() {
  const documents = new Map<string, { id: string; name: string; properties: JsonObject }>();
  const listeners = new Map<string, ((id: string) => void)[]>();
  const typeOf = (id: string) =>
    id.includes('/roledefinitions/') ? roleDefinitionType : roleAssignmentType;
  const source: AccessSource = {
    get: async (id) => documents.get(id.toLowerCase()),
    list: async (type) => [...documents].filter(([id]) => typeOf(id) === type).map(([, d]) => d),
    watch(type, listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
      return () => listeners.delete(type);
    },
  };
  const change = (id: string, properties?: JsonObject) => {
    const key = id.toLowerCase();
    if (properties) documents.set(key, { id, name: id.split('/').at(-1)!, properties });
    else documents.delete(key);
    for (const listener of listeners.get(typeOf(key)) ?? []) listener(key);
  };
  let count = 0;
  const assign = (scope: string, role: string, principalId = who, condition?: string) => {
    const id = `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/${++count}`;
    const guid = builtInRoles.some((each) => each.definition.roleName === role)
      ? guidOf(role)
      : role;
    change(id, {
      principalId,
      ...(condition !== undefined && { condition, conditionVersion: '2.0' }),
      roleDefinitionId: `${sub}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    });
    return id;
  };
  return { access: createAccess({ source }), assign, change };
}

describe('check', () => {
  const scopes: [assignedAt: string, askedAt: string, allowed: boolean][] = [
    ['/', vault, true],
    [sub, vault, true],
    [group, vault, true],
    [vault, vault, true],
    [vault, `${vault}/keys/k`, true],
    [`${vault}/keys/k`, `${vault.toLowerCase()}/KEYS/K`, true],
    [`${vault}/keys/k`, `${vault}/keys/k2`, false],
    [`${vault}/keys/k`, vault, false],
    [`${group}2`, vault, false],
  ];
  it.each(scopes)('an assignment at %s counts at %s: %s', async (assignedAt, askedAt, allowed) => {
    const { access, assign } = setUp();
    assign(assignedAt, 'Key Vault Crypto User');
    const decision = await access.check({ principalId: who, dataAction: sign, scope: askedAt });
    expect(decision.allowed).toBe(allowed);
  });

  it('names the assignment, the role and the scope that allowed it', async () => {
    const { access, assign } = setUp();
    const id = assign(group, 'Key Vault Crypto User');
    expect(await access.check({ principalId: who, dataAction: sign, scope: vault })).toEqual({
      allowed: true,
      roleAssignmentId: id,
      roleName: 'Key Vault Crypto User',
      assignedAt: group,
      reason: `the role 'Key Vault Crypto User' is assigned at ${group}`,
    });
  });

  it('without an assignment is refused, with the narrowest role as the fix', async () => {
    const { access } = setUp();
    expect(await access.check({ principalId: who, dataAction: getSecret, scope: vault })).toEqual({
      allowed: false,
      reason: `no role assignment of ${who} grants '${getSecret}' at or above ${vault}`,
      fix: `assign 'Key Vault Secrets User' to ${who} at ${vault}`,
    });
  });

  it('says so where the role is at the wrong scope, or grants something else', async () => {
    const { access, assign } = setUp();
    assign(vault, 'Key Vault Crypto User');
    const other = await access.check({ principalId: who, dataAction: getSecret, scope: vault });
    expect(other.reason).toContain('the roles there (Key Vault Crypto User) do not grant it');
    assign(`${vault}/secrets/a`, 'Key Vault Secrets User');
    const wrong = await access.check({
      principalId: who,
      dataAction: getSecret,
      scope: `${vault}/secrets/b`,
    });
    expect(wrong.reason).toContain(`is assigned at ${vault}/secrets/a`);
  });

  it('counts the assignments of groups', async () => {
    const { access, assign } = setUp();
    assign(sub, 'Reader', 'group-1');
    const question = { principalId: who, action: 'Microsoft.Logic/workflows/read', scope: group };
    expect((await access.check(question)).allowed).toBe(false);
    expect((await access.check({ ...question, groupIds: ['GROUP-1'] })).allowed).toBe(true);
  });

  it('sees an assignment as soon as it is committed, and its removal', async () => {
    const { access, assign, change } = setUp();
    const question = { principalId: who, dataAction: sign, scope: vault };
    expect((await access.check(question)).allowed).toBe(false);
    const id = assign(vault, 'Key Vault Crypto User');
    expect((await access.check(question)).allowed).toBe(true);
    change(id);
    expect((await access.check(question)).allowed).toBe(false);
  });

  it('follows a custom role as it is created, changed and deleted', async () => {
    const { access, assign, change } = setUp();
    const guid = 'bbbbbbbb-0000-0000-0000-000000000001';
    const id = `${sub}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
    assign(vault, guid);
    const question = { principalId: who, dataAction: sign, scope: vault };
    expect((await access.check(question)).allowed).toBe(false);
    const role = (dataActions: string[]) => ({
      roleName: 'Signer',
      assignableScopes: [sub],
      permissions: [{ dataActions }],
    });
    change(id, role([sign]));
    expect(await access.check(question)).toMatchObject({ allowed: true, roleName: 'Signer' });
    expect((await access.roles()).at(-1)).toMatchObject({ guid, builtIn: false });
    expect((await access.role(id))?.roleName).toBe('Signer');
    change(id, role([]));
    expect((await access.check(question)).allowed).toBe(false);
    change(id);
    expect(await access.role(id)).toBeUndefined();
  });

  it('refuses a question that asks for nothing', async () => {
    const { access, assign } = setUp();
    assign('/', 'Owner');
    expect((await access.check({ principalId: who, scope: vault })).allowed).toBe(false);
  });
});

describe('a condition', () => {
  const write = 'Microsoft.Authorization/roleAssignments/write';
  const attribute = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]';
  const only = (...roles: string[]) =>
    `!(ActionMatches{'${write}'}) OR (${attribute} ForAnyOfAnyValues:GuidEquals {${roles.map(guidOf).join(', ')}})`;
  const asking = (role: string) => ({
    principalId: who,
    action: write,
    scope: vault,
    request: { roleDefinitionId: guidOf(role) },
  });

  it('that does not hold takes away what the role grants, and says which roles pass', async () => {
    const { access, assign } = setUp();
    assign(group, 'Owner', who, only('Reader', 'Key Vault Reader'));
    expect(await access.check(asking('Reader'))).toMatchObject({ allowed: true });
    expect(await access.check(asking('Owner'))).toEqual({
      allowed: false,
      conditionUnmet: true,
      reason: `the role 'Owner', assigned to ${who} at ${group}, grants '${write}', but the condition of its assignment did not hold`,
      fix: 'the condition lets assignments of these roles pass: Key Vault Reader, Reader',
    });
  });

  it('that lets many roles pass names twelve of them', async () => {
    const { access, assign } = setUp();
    const none = `${attribute} GuidNotEquals ${guidOf('Owner')}`;
    assign(group, 'Owner', who, none);
    const { fix } = await access.check(asking('Owner'));
    expect(fix?.split(', ')).toHaveLength(12);
    expect(fix).toMatch(/ and \d+ more$/);
  });

  it('that no role satisfies is shown as it stands', async () => {
    const { access, assign } = setUp();
    const user =
      "@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEquals 'User'";
    assign(group, 'Owner', who, user);
    expect((await access.check(asking('Reader'))).fix).toBe(`the condition is: ${user}`);
  });

  it('leaves other actions as they are', async () => {
    const { access, assign } = setUp();
    assign(group, 'Owner', who, only('Reader'));
    const question = { principalId: who, action: 'Microsoft.KeyVault/vaults/write', scope: vault };
    expect((await access.check(question)).allowed).toBe(true);
  });

  it('is of no effect beside the same role without one', async () => {
    const { access, assign } = setUp();
    assign(group, 'Owner', who, only('Reader'));
    assign(sub, 'Owner', who);
    expect((await access.check(asking('Owner'))).allowed).toBe(true);
  });

  it('counts for data actions as well', async () => {
    const { access, assign } = setUp();
    assign(vault, 'Key Vault Administrator', who, `!(ActionMatches{'${sign}'})`);
    const ask = (dataAction: string) =>
      access.check({ principalId: who, dataAction, scope: vault });
    expect((await ask(getSecret)).allowed).toBe(true);
    expect(await ask(sign)).toMatchObject({ allowed: false, conditionUnmet: true });
  });

  it('that cannot be read grants nothing', async () => {
    const { access, assign } = setUp();
    assign(group, 'Owner', who, 'true');
    expect(await access.check(asking('Reader'))).toMatchObject({ conditionUnmet: true });
  });

  it('is followed as it is taken away', async () => {
    const { access, assign, change } = setUp();
    const id = assign(group, 'Owner', who, only('Reader'));
    expect((await access.check(asking('Owner'))).allowed).toBe(false);
    const roleDefinitionId = `/providers/Microsoft.Authorization/roleDefinitions/${guidOf('Owner')}`;
    change(id, { principalId: who, roleDefinitionId, condition: null });
    expect((await access.check(asking('Owner'))).allowed).toBe(true);
  });

  const delegated: [role: string, allowed: boolean][] = [
    ['Key Vault Administrator', true],
    ['Key Vault Certificates Officer', true],
    ['Key Vault Crypto Officer', true],
    ['Key Vault Crypto Service Encryption User', true],
    ['Key Vault Crypto User', true],
    ['Key Vault Reader', true],
    ['Key Vault Secrets Officer', true],
    ['Key Vault Secrets User', true],
    ['Key Vault Certificate User', false],
    ['Key Vault Crypto Service Release User', false],
    ['Key Vault Contributor', false],
    ['Key Vault Data Access Administrator', false],
    ['Reader', false],
    ['Owner', false],
  ];
  it.each(delegated)('of Data Access Administrator lets %s pass: %s', async (role, passes) => {
    const { access, assign } = setUp();
    assign(vault, 'Key Vault Data Access Administrator');
    expect((await access.check(asking(role))).allowed).toBe(passes);
    const { request, ...question } = asking(role);
    const action = write.replace('write', 'delete');
    const decision = await access.check({ ...question, action, resource: request });
    expect(decision.allowed).toBe(passes);
    // Each verb has its own source: the other one is not asked.
    expect((await access.check({ ...question, action, request })).allowed).toBe(false);
    expect((await access.check({ ...question, resource: request })).allowed).toBe(false);
  });

  it('of a role decides which role a refusal advises', async () => {
    const { access } = setUp();
    const fixOf = async (role: string) => (await access.check(asking(role))).fix;
    expect(await fixOf('Key Vault Reader')).toContain("'Key Vault Data Access Administrator'");
    expect(await fixOf('Owner')).toContain("'Role Based Access Control Administrator'");
  });
});

describe('built-in roles', () => {
  const rows: [role: string, kind: 'action' | 'dataAction', action: string, granted: boolean][] = [
    ['Owner', 'action', 'Microsoft.Authorization/roleAssignments/write', true],
    ['Owner', 'dataAction', sign, false],
    ['Contributor', 'action', 'Microsoft.KeyVault/vaults/write', true],
    ['Contributor', 'action', 'Microsoft.Authorization/roleAssignments/write', false],
    ['Contributor', 'action', 'Microsoft.Authorization/roleAssignments/read', true],
    ['Reader', 'action', 'Microsoft.KeyVault/vaults/read', true],
    ['Reader', 'action', 'Microsoft.Logic/workflows/triggers/listCallbackUrl/action', false],
    ['User Access Administrator', 'action', 'Microsoft.Authorization/roleAssignments/write', true],
    ['Key Vault Administrator', 'dataAction', 'Microsoft.KeyVault/vaults/keys/purge/action', true],
    ['Key Vault Crypto User', 'dataAction', sign, true],
    ['Key Vault Crypto User', 'dataAction', getSecret, false],
    ['Key Vault Crypto User', 'dataAction', 'Microsoft.KeyVault/vaults/keys/create/action', false],
    ['Key Vault Secrets User', 'dataAction', getSecret.toUpperCase(), true],
    ['Key Vault Secrets User', 'dataAction', sign, false],
    ['Key Vault Reader', 'dataAction', 'Microsoft.KeyVault/vaults/keys/read', true],
    ['Key Vault Reader', 'dataAction', getSecret, false],
    [
      'Key Vault Certificate User',
      'dataAction',
      'Microsoft.KeyVault/vaults/certificates/read',
      true,
    ],
    [
      'Key Vault Contributor',
      'action',
      'Microsoft.KeyVault/locations/deletedVaults/purge/action',
      false,
    ],
    ['Key Vault Contributor', 'dataAction', getSecret, false],
    [
      'Managed Identity Operator',
      'action',
      'Microsoft.ManagedIdentity/userAssignedIdentities/x/assign/action',
      true,
    ],
    ['Logic App Operator', 'action', 'Microsoft.Logic/workflows/enable/action', true],
    ['Logic App Operator', 'action', 'Microsoft.Logic/workflows/write', false],
    [
      'API Management Service Contributor',
      'action',
      'Microsoft.ApiManagement/service/apis/write',
      true,
    ],
    [
      'API Management Service Operator Role',
      'action',
      'Microsoft.ApiManagement/service/apis/write',
      false,
    ],
  ];
  it.each(rows)('%s, %s %s: %s', async (role, kind, action, granted) => {
    const { access, assign } = setUp();
    assign(vault, role);
    const decision = await access.check({ principalId: who, [kind]: action, scope: vault });
    expect(decision.allowed).toBe(granted);
  });

  it('have distinct GUIDs and names', () => {
    const guids = builtInRoles.map(({ definition }) => definition.guid);
    expect(new Set(guids).size).toBe(guids.length);
    expect(guids.every((guid) => /^[0-9a-f-]{36}$/.test(guid))).toBe(true);
  });
});
