import { describe, expect, it } from 'vitest';
import { type ConditionFacts, compileCondition, compileStoredCondition } from './evaluate.ts';

const a = '12338af0-0e69-4776-bea7-57ae8d297424';
const b = '4633458b-17de-408a-b874-0445c86b69e6';
const role = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]';
const oldRole = role.replace('Request', 'Resource');
const who = '@Request[Microsoft.Authorization/roleAssignments:PrincipalId]';
const type = '@Request[Microsoft.Authorization/roleAssignments:PrincipalType]';
const yes = "ActionMatches{'A/b/*'}";
const no = "ActionMatches{'A/c'}";

const facts: ConditionFacts = {
  action: 'a/B/write',
  request: { roleDefinitionId: a, principalType: 'User' },
};

describe('a condition', () => {
  const rows: [text: string, holds: boolean][] = [
    [yes, true],
    [no, false],
    [`!${yes}`, false],
    [`NOT ${no}`, true],
    [`${yes} AND ${no}`, false],
    [`${yes} OR ${no}`, true],
    [`${no} || ${no} || ${yes}`, true],
    [`(${no} AND ${no}) OR ${yes}`, true],
    [`${no} AND (${no} OR ${yes})`, false],
    [`!(${no} AND (${yes} OR !(${yes} && ${yes})))`, true],
    [`${role} GuidEquals ${a}`, true],
    [`${role} GuidEquals ${a.toUpperCase()}`, true],
    [`${role} GuidEquals ${a.replaceAll('-', '')}`, true],
    [`${role} GuidEquals ${b}`, false],
    [`${role} GuidNotEquals ${a}`, false],
    [`${role} GuidNotEquals ${b}`, true],
    [`${role} ForAnyOfAnyValues:GuidEquals {${b}, ${a}}`, true],
    [`${role} ForAllOfAnyValues:GuidEquals {${b}, ${a}}`, true],
    [`${role} ForAnyOfAllValues:GuidEquals {${b}, ${a}}`, false],
    [`${role} ForAnyOfAllValues:GuidNotEquals {${b}, ${a}}`, false],
    [`${role} ForAllOfAllValues:GuidNotEquals {${b}}`, true],
    [`${role} ForAnyOfAnyValues:GuidNotEquals {${b}, ${a}}`, true],
    [`${type} StringEquals 'User'`, true],
    [`${type} StringEquals 'user'`, false],
    [`${type} StringEqualsIgnoreCase 'user'`, true],
    [`${type} StringNotEquals 'user'`, true],
    [`${type} StringNotEqualsIgnoreCase 'user'`, false],
    [`${type} ForAnyOfAnyValues:StringEqualsIgnoreCase {'group', 'user'}`, true],
    [`Exists ${role}`, true],
    [`Exists ${who}`, false],
    [`Exists ${oldRole}`, false],
    [`${who} GuidEquals ${a}`, false],
    [`${who} GuidNotEquals ${a}`, false],
    [`${oldRole} GuidEquals ${a}`, false],
  ];
  it.each(rows)('%s holds: %s', (text, holds) => {
    expect(compileCondition(text).holds(facts)).toBe(holds);
  });

  it('asks @Resource for what is there and @Request for what is to be', () => {
    const { holds } = compileCondition(`${role} GuidEquals ${a} AND ${oldRole} GuidEquals ${b}`);
    expect(holds({ ...facts, resource: { roleDefinitionId: b } })).toBe(true);
    expect(holds({ ...facts, resource: { roleDefinitionId: a } })).toBe(false);
  });

  it('must hold for the action and for the data action', () => {
    const { holds } = compileCondition(`!${no}`);
    expect(holds({ action: 'a/b', dataAction: 'a/d' })).toBe(true);
    expect(holds({ action: 'a/b', dataAction: 'a/c' })).toBe(false);
    expect(holds({ action: 'a/c', dataAction: 'a/b' })).toBe(false);
  });

  it('that was stored and cannot be read never holds', () => {
    expect(compileStoredCondition('NOT nonsense').holds(facts)).toBe(false);
    expect(compileStoredCondition(yes).holds(facts)).toBe(true);
  });
});
