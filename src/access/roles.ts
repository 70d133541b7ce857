// Role definitions: their permissions compiled once, `*` crossing slashes, letter case ignored.

export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
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

type Matcher = (action: string) => boolean;

interface CompiledPermission {
  readonly actions: Matcher;
  readonly notActions: Matcher;
  readonly dataActions: Matcher;
  readonly notDataActions: Matcher;
}

/** A role ready to decide. */
export interface CompiledRole {
  readonly definition: RoleDefinition;
  /** Whether this role alone grants everything asked. */
  grants(asked: AskedActions): boolean;
}

export function compileRole(definition: RoleDefinition): CompiledRole {
  const permissions = definition.permissions.map(
    (permission): CompiledPermission => ({
      actions: compileActions(permission.actions),
      notActions: compileActions(permission.notActions),
      dataActions: compileActions(permission.dataActions),
      notDataActions: compileActions(permission.notDataActions),
    }),
  );
  const grantsAction = (action: string) =>
    permissions.some((each) => each.actions(action) && !each.notActions(action));
  const grantsData = (action: string) =>
    permissions.some((each) => each.dataActions(action) && !each.notDataActions(action));
  return {
    definition,
    grants({ action, dataAction }) {
      if (action === undefined && dataAction === undefined) return false;
      return (
        (action === undefined || grantsAction(action.toLowerCase())) &&
        (dataAction === undefined || grantsData(dataAction.toLowerCase()))
      );
    },
  };
}

/** The matcher takes an action in lower case. */
function compileActions(patterns: readonly string[]): Matcher {
  const exact = new Set<string>();
  const wild: string[][] = [];
  for (const pattern of patterns) {
    const lower = pattern.toLowerCase();
    if (lower.includes('*')) wild.push(lower.split('*'));
    else exact.add(lower);
  }
  return (action) => exact.has(action) || wild.some((parts) => matchesWild(parts, action));
}

/** `parts` are the texts between the stars; each is looked for behind the one before it. */
function matchesWild(parts: readonly string[], action: string): boolean {
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (action.length < first.length + last.length) return false;
  if (!action.startsWith(first) || !action.endsWith(last)) return false;
  let at = first.length;
  const end = action.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = action.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return at <= end;
}

/** The GUID at the end of a role definition id of any scope, in lower case. */
export function roleGuidOf(roleDefinitionId: string): string {
  return (roleDefinitionId.split('/').at(-1) ?? '').toLowerCase();
}
