// Role definitions: their permissions compiled once, `*` crossing slashes, letter case ignored.
import { type ActionMatcher, compileActions } from './actions.ts';
import {
  type Condition,
  type ConditionFacts,
  compileStoredCondition,
} from './conditions/evaluate.ts';

export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  /** Of version 2.0; only built-in roles have one. */
  readonly condition?: string;
}

export interface RoleDefinition {
  /** GUID: the last part of its id in every scope. */
  readonly guid: string;
  readonly roleName: string;
  readonly description: string;
  readonly builtIn: boolean;
  readonly permissions: readonly Permission[];
  readonly assignableScopes: readonly string[];
}

export interface AskedActions {
  readonly action?: string;
  readonly dataAction?: string;
}

interface CompiledPermission {
  readonly actions: ActionMatcher;
  readonly notActions: ActionMatcher;
  readonly dataActions: ActionMatcher;
  readonly notDataActions: ActionMatcher;
  readonly condition: Condition | undefined;
}

/** A role ready to decide. */
export interface CompiledRole {
  readonly definition: RoleDefinition;
  /** Whether this role alone grants everything asked, its conditions apart. */
  grants(asked: AskedActions): boolean;
  /** The first condition of its permissions; most roles have none. */
  readonly condition: string | undefined;
  /** Whether it still grants everything asked where the conditions of its permissions count. */
  grantsUnder(facts: ConditionFacts): boolean;
}

export function compileRole(definition: RoleDefinition): CompiledRole {
  const permissions = definition.permissions.map(
    (permission): CompiledPermission => ({
      actions: compileActions(permission.actions),
      notActions: compileActions(permission.notActions),
      dataActions: compileActions(permission.dataActions),
      notDataActions: compileActions(permission.notDataActions),
      condition:
        permission.condition === undefined
          ? undefined
          : compileStoredCondition(permission.condition),
    }),
  );
  const grants = ({ action, dataAction }: AskedActions, of: readonly CompiledPermission[]) => {
    if (action === undefined && dataAction === undefined) return false;
    return (
      (action === undefined || grantsAction(action.toLowerCase(), of)) &&
      (dataAction === undefined || grantsData(dataAction.toLowerCase(), of))
    );
  };
  return {
    definition,
    condition: permissions.find((each) => each.condition)?.condition?.text,
    grants: (asked) => grants(asked, permissions),
    grantsUnder: (facts) =>
      grants(
        facts,
        permissions.filter(({ condition }) => condition === undefined || condition.holds(facts)),
      ),
  };
}

function grantsAction(action: string, permissions: readonly CompiledPermission[]): boolean {
  return permissions.some((each) => each.actions(action) && !each.notActions(action));
}

function grantsData(action: string, permissions: readonly CompiledPermission[]): boolean {
  return permissions.some((each) => each.dataActions(action) && !each.notDataActions(action));
}

/** The GUID at the end of a role definition id of any scope, in lower case. */
export function roleGuidOf(roleDefinitionId: string): string {
  return (roleDefinitionId.split('/').at(-1) ?? '').toLowerCase();
}
