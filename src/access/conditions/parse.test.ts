import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOfCondition } from './evaluate.ts';

const role = '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]';
const type = '@Resource[Microsoft.Authorization/roleAssignments:PrincipalType]';
const guid = '12338af0-0e69-4776-bea7-57ae8d297424';
const action = "ActionMatches{'A/b/write'}";

describe('a condition', () => {
  it.each([
    [action],
    [`!(${action})`],
    [`NOT ${action}`],
    [`!!${action}`],
    [`Exists ${role}`],
    [`NOT Exists ${role}`],
    [`${role} GuidEquals ${guid}`],
    [`${role} GuidEquals {${guid}}`],
    [`${role} ForAnyOfAnyValues:GuidEquals{${guid},${guid.replaceAll('-', '')}}`],
    [`${type} stringequalsignorecase 'User'`],
    [`${type} ForAllOfAllValues:StringNotEquals {'User', 'Group'}`],
    [`${action} && ${action} AND ${action}`],
    [`(${action} || ${action}) and ${action}`],
    [`(\n  (${action})\r\n\tOR ${action}\n)`],
    [`${'('.repeat(64)}${action}${')'.repeat(64)}`],
  ])('is accepted: %s', (text) => expect(faultOfCondition(text)).toBeUndefined());

  const faults: [text: string, fault: string][] = [
    ['', "an expression is expected, not 'the end' at character 1"],
    ['true', "the function 'true' is not supported at character 1"],
    [`(${action}`, "')' is expected, not 'the end' at character 28"],
    [`${action})`, "')' is not expected at character 27"],
    [`${action} ${action}`, "'ActionMatches' is not expected at character 28"],
    [`${action} AND`, "an expression is expected, not 'the end' at character 31"],
    [`${action} AND ${action} OR ${action}`, 'AND beside OR needs parentheses at character 59'],
    ['ActionMatches{A/b}', "'/' is not expected at character 16"],
    ['ActionMatches{A}', 'an action in quotes is expected at character 15'],
    ["ActionMatches{'a b'}", 'an action in quotes is expected at character 15'],
    [`ActionMatches{'${'a'.repeat(1025)}'}`, 'an action in quotes is expected'],
    ["ActionMatches{'a/b'", "'}' is expected, not 'the end' at character 20"],
    ["ActionMatches 'a/b'", "'{' is expected, not 'a/b' at character 15"],
    ["ActionMatches{'a/b}", 'a text without its closing quote at character 15'],
    ["SubOperationMatches{'Blob.List'}", "the function 'SubOperationMatches' is not supported"],
    [`Exists '${guid}'`, 'an attribute is expected'],
    [`@Principal[x] StringEquals 'y'`, "the attribute source '@Principal' is not supported"],
    [`@Environment[isPrivateLink] BoolEquals true`, "the attribute source '@Environment'"],
    [`@Request[subOperation] StringEquals 'x'`, "the attribute 'subOperation' is not supported"],
    [
      `@Resource[Microsoft.Storage/storageAccounts:Name] StringEquals 'x'`,
      "the attribute 'Microsoft.Storage/storageAccounts:Name' is not supported at character 1",
    ],
    [
      '@Request[Microsoft.Authorization/roleAssignments:constructor]',
      "the attribute 'Microsoft.Authorization/roleAssignments:constructor' is not supported",
    ],
    [`${role}`, "an operator is expected, not 'the end' at character 67"],
    [`${role} = ${guid}`, "'=' is not expected at character 68"],
    [`${role} StringLike '*'`, "the operator 'StringLike' is not supported at character 68"],
    [`${role} ForSome:GuidEquals {${guid}}`, "the operator 'ForSome:GuidEquals' is not supported"],
    [`${role} :GuidEquals ${guid}`, "the operator ':GuidEquals' is not supported"],
    [`${role} toString ${guid}`, "the operator 'toString' is not supported"],
    [`${role} StringEquals 'x'`, `'StringEquals' does not compare the attribute '${role}'`],
    [`${type} GuidEquals ${guid}`, "'GuidEquals' does not compare the attribute"],
    [`${role} GuidEquals '${guid}'`, `a GUID is expected, not '${guid}'`],
    [`${role} GuidEquals abc`, "a GUID is expected, not 'abc' at character 79"],
    [`${role} GuidEquals {${guid}, ${guid}}`, "'}' is expected, not ','"],
    [`${role} ForAnyOfAnyValues:GuidEquals ${guid}`, "'{' is expected"],
    [`${role} ForAnyOfAnyValues:GuidEquals {}`, "a GUID is expected, not '}'"],
    [`${role} ForAnyOfAnyValues:GuidEquals {${guid},}`, "a GUID is expected, not '}'"],
    [`${type} StringEquals User`, "a text in quotes is expected, not 'User'"],
    [`${type} StringEquals ${type}`, 'an attribute as the value to compare with is not supported'],
    ['\u{1F512}', "'\u{1F512}' is not expected at character 1"],
    [' '.repeat(8193), 'more than 8192 characters'],
    [`${'('.repeat(65)}${action}${')'.repeat(65)}`, 'nested too deeply at character 66'],
    ['!'.repeat(8000), 'nested too deeply'],
  ];
  it.each(faults)('is refused with its place: %s', (text, fault) => {
    expect(faultOfCondition(text)).toContain(fault);
    expect(faultOfCondition(text)).toMatch(/ at character \d+$/);
  });

  it('of any words at all is accepted or refused, never more', () => {
    const words = fc.constantFrom(...'( ) { } , ! && || AND OR NOT Exists'.split(' '), role, type);
    const more = fc.constantFrom(
      action,
      guid,
      "'User'",
      "'",
      'GuidEquals',
      'StringEquals',
      '@',
      '[',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, more), { maxLength: 40 }), (parts) => {
        const fault = faultOfCondition(parts.join(' '));
        expect(fault === undefined || fault.includes(' at character ')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
