// The attributes a condition may ask about, and the operators each can be compared with.
// Source: Microsoft Learn, "Authorization actions and attributes", "Azure role assignment condition format".
import type { Token } from './scan.ts';
import { type Attribute, ConditionError } from './tree.ts';

export type ValueKind = 'Guid' | 'String';

const sources = new Map<string, Attribute['source']>([
  ['request', 'request'],
  ['resource', 'resource'],
]);

const names = new Map<string, readonly [name: Attribute['name'], kind: ValueKind]>([
  ['roledefinitionid', ['roleDefinitionId', 'Guid']],
  ['principalid', ['principalId', 'Guid']],
  ['principaltype', ['principalType', 'String']],
]);

const prefix = 'microsoft.authorization/roleassignments:';

/** `@Request[Microsoft.Authorization/roleAssignments:PrincipalId]`. Throws ConditionError. */
export function readAttribute({ value, at }: Token): [attribute: Attribute, kind: ValueKind] {
  const [, sourceName = '', path = ''] = /^@(\w+)\[(.*)\]$/s.exec(value) ?? [];
  const source = sources.get(sourceName.toLowerCase());
  if (!source) {
    throw new ConditionError(`the attribute source '@${sourceName}' is not supported`, at);
  }
  const lower = path.trim().toLowerCase();
  const found = lower.startsWith(prefix) && names.get(lower.slice(prefix.length));
  if (!found)
    throw new ConditionError(`the attribute '${path.slice(0, 128)}' is not supported`, at);
  return [{ source, name: found[0] }, found[1]];
}

export interface Operator {
  readonly kind: ValueKind;
  readonly negated: boolean;
  readonly ignoreCase: boolean;
  readonly everyValue: boolean;
  /** With `For…Of…Values:` in front it takes a set, without it one value. */
  readonly takesSet: boolean;
}

const functions = new Map<string, Pick<Operator, 'kind' | 'negated' | 'ignoreCase'>>([
  ['guidequals', { kind: 'Guid', negated: false, ignoreCase: true }],
  ['guidnotequals', { kind: 'Guid', negated: true, ignoreCase: true }],
  ['stringequals', { kind: 'String', negated: false, ignoreCase: false }],
  ['stringnotequals', { kind: 'String', negated: true, ignoreCase: false }],
  ['stringequalsignorecase', { kind: 'String', negated: false, ignoreCase: true }],
  ['stringnotequalsignorecase', { kind: 'String', negated: true, ignoreCase: true }],
]);

/** `ForAnyOfAnyValues:GuidEquals`, `StringEquals`, in any letter case. Throws ConditionError. */
export function readOperator({ kind, value, at }: Token): Operator {
  if (kind !== 'word') throw new ConditionError(`an operator is expected, not '${value}'`, at);
  const [, quantifier, name = ''] = /^(?:(.*):)?(.*)$/s.exec(value.toLowerCase()) ?? [];
  const known = functions.get(name);
  // The attributes here have one value, so that any and all of them are the same.
  const set =
    quantifier === undefined ? null : /^forof$|^for(?:any|all)of(any|all)values$/.exec(quantifier);
  if (!known || (quantifier !== undefined && !set?.[1])) {
    throw new ConditionError(`the operator '${value.slice(0, 128)}' is not supported`, at);
  }
  return { ...known, everyValue: set?.[1] === 'all', takesSet: quantifier !== undefined };
}
