import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../base/index.ts';
import {
  endsInGuid,
  faultOfRoleDefinition,
  isAssignableAt,
  readRoleDefinition,
} from './definition.ts';
import { compileRole } from './roles.ts';

const good: JsonObject = {
  roleName: 'Signer',
  assignableScopes: ['/subscriptions/s'],
  permissions: [{ actions: ['*/read'], notActions: ['A/b/read'] }],
};

describe('a custom role', () => {
  it('is accepted where it is whole', () => expect(faultOfRoleDefinition(good)).toBeUndefined());

  const faults: [rule: string, change: JsonObject, fault: string][] = [
    ['no name', { roleName: '' }, 'roleName'],
    ['a name too long', { roleName: 'x'.repeat(513) }, 'roleName'],
    ['a description that is no text', { description: 1 }, 'description'],
    ['a description too long', { description: 'x'.repeat(2049) }, 'description'],
    ['no assignable scope', { assignableScopes: [] }, 'assignableScopes'],
    ['the root as assignable scope', { assignableScopes: ['/'] }, 'assignableScopes'],
    ['no permission', { permissions: [] }, 'permissions'],
    ['a permission that is no object', { permissions: ['*'] }, 'permission'],
    ['actions that are no list', { permissions: [{ actions: '*' }] }, 'actions'],
    ['an action with a blank', { permissions: [{ dataActions: ['a b'] }] }, 'dataActions'],
    ['a condition', { permissions: [{ actions: ['*'], condition: 'x' }] }, 'condition'],
    ['too many actions', { permissions: [{ actions: Array(2049).fill('a/b') }] }, '2048'],
  ];
  it.each(faults)('is refused with %s', (_rule, change, fault) => {
    expect(faultOfRoleDefinition({ ...good, ...change })).toContain(fault);
  });

  const matches: [action: string, granted: boolean][] = [
    ['a/c/read', true],
    ['A/B/READ', false],
    ['read', false],
    ['/read', true],
    ['a/read/write', false],
  ];
  it.each(matches)("'*/read' without 'A/b/read' grants %s: %s", (action, granted) => {
    const role = compileRole(readRoleDefinition({ id: '/x/y', properties: good }));
    expect(role.grants({ action })).toBe(granted);
  });

  it.each([
    ['*', 'a', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'acb', false],
    ['a*bc*c', 'abc', false],
    ['aa*aa', 'aaa', false],
  ])("the pattern '%s' matches '%s': %s", (pattern, action, matched) => {
    const properties = { ...good, permissions: [{ actions: [pattern] }] };
    expect(compileRole(readRoleDefinition({ id: '/x/y', properties })).grants({ action })).toBe(
      matched,
    );
  });

  it('is assignable at its scopes and below', () => {
    const role = readRoleDefinition({ id: '/x/y', properties: good });
    expect(isAssignableAt(role, '/subscriptions/S/resourceGroups/g')).toBe(true);
    expect(isAssignableAt(role, '/subscriptions/s2')).toBe(false);
  });

  it('has a GUID as its name', () => {
    expect(endsInGuid('/a/11111111-1111-1111-1111-111111111111')).toBe(true);
    expect(endsInGuid('/a/b')).toBe(false);
  });
});
