import { describe, expect, it } from 'vitest';
import { isWithin, normaliseLocation, parseResourceId, resourceIdOf } from './ids.ts';

const sub = '/subscriptions/11111111-1111-1111-1111-111111111111';

describe('a resource id', () => {
  const cases: [text: string, type: string, name: string, parent: string | undefined][] = [
    [sub, 'Microsoft.Resources/subscriptions', sub.slice(15), '/'],
    [`${sub}/resourcegroups/G`, 'Microsoft.Resources/resourceGroups', 'G', sub],
    [
      `${sub}/resourceGroups/G/providers/Microsoft.KeyVault/vaults/v`,
      'Microsoft.KeyVault/vaults',
      'v',
      `${sub}/resourceGroups/G`,
    ],
    [
      `${sub}//resourceGroups/G/providers/Microsoft.KeyVault//vaults/v/keys/k/`,
      'Microsoft.KeyVault/vaults/keys',
      'k',
      `${sub}/resourceGroups/G/providers/Microsoft.KeyVault/vaults/v`,
    ],
    [
      `${sub}/providers/Microsoft.Authorization/roleAssignments/r`,
      'Microsoft.Authorization/roleAssignments',
      'r',
      sub,
    ],
    [
      `${sub}/resourceGroups/G/providers/A.B/c/d/providers/Microsoft.Authorization/roleAssignments/r`,
      'Microsoft.Authorization/roleAssignments',
      'r',
      `${sub}/resourceGroups/G/providers/A.B/c/d`,
    ],
    ['/providers/A.B/c/d', 'A.B/c', 'd', '/'],
    ['/', 'Microsoft.Resources/tenants', '', undefined],
  ];
  it.each(cases)('%s is of type %s', (text, type, name, parent) => {
    expect(parseResourceId(text)).toMatchObject({ type, name, parent });
  });

  it.each([
    '',
    'x',
    '/subscriptions',
    `${sub}/vaults/v`,
    `${sub}/providers/A.B`,
    `${sub}/providers/A.B/c`,
  ])('is refused where a part is missing: %s', (text) =>
    expect(parseResourceId(text)).toBeUndefined(),
  );

  it('is put together from scope, type and names', () => {
    expect(resourceIdOf('/s', 'A.B/c/d', ['1', '2'])).toBe('/s/providers/A.B/c/1/d/2');
    expect(resourceIdOf('/', 'A.B/c', ['1'])).toBe('/providers/A.B/c/1');
  });

  it('lies within a scope by whole segments, in any letter case', () => {
    expect(isWithin('/subscriptions/S/resourceGroups/g1', '/subscriptions/s')).toBe(true);
    expect(isWithin('/subscriptions/s2', '/subscriptions/s')).toBe(false);
    expect(isWithin('/subscriptions/s', '/')).toBe(true);
  });

  it('has a location in any spelling', () => {
    expect(normaliseLocation('West Europe')).toBe('westeurope');
  });
});
