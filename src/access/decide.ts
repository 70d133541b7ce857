// May a principal do an action at a scope, and why: over an index kept fresh by notifications.
import { isGuid, type JsonObject } from '../base/index.ts';
import { builtInRoles } from './built-in-roles.ts';
import { type Condition, compileStoredCondition } from './conditions/evaluate.ts';
import type { Access, AccessDecision, AccessQuestion } from './contract.ts';
import { readRoleDefinition } from './definition.ts';
import { advisedRolesMax } from './limits.ts';
import { type CompiledRole, compileRole, type RoleDefinition, roleGuidOf } from './roles.ts';

export const roleAssignmentType = 'Microsoft.Authorization/roleAssignments';
export const roleDefinitionType = 'Microsoft.Authorization/roleDefinitions';

interface Document {
  readonly id: string;
  readonly name: string;
  readonly properties: JsonObject;
}

/** Where assignments and custom roles are kept; `Resources` has this shape. */
export interface AccessSource {
  get(id: string): Promise<Document | undefined>;
  list(type: string): Promise<readonly Document[]>;
  watch(type: string, listener: (id: string) => void): () => void;
}

/** `Access`, and what the control plane needs to show role definitions. */
export interface AccessRoom extends Access {
  /** Built-in roles first, then custom ones. */
  roles(): Promise<readonly RoleDefinition[]>;
  role(roleDefinitionId: string): Promise<RoleDefinition | undefined>;
  /** Whether one of the principals has any role at, above or below the scope. */
  hasRoleAround(principalIds: readonly string[], scope: string): Promise<boolean>;
  close(): void;
}

interface Assignment {
  readonly id: string;
  /** Lower case, without a slash at the end; empty for the root. */
  readonly scope: string;
  readonly principal: string;
  readonly roleGuid: string;
  readonly condition: Condition | undefined;
}

/** Decides from the assignments and custom roles in `source`; built-in roles are always there. */
export function createAccess({ source }: { readonly source: AccessSource }): AccessRoom {
  const index = createIndex(source);
  return {
    async check(question) {
      await index.settle();
      return decideFrom(index, question);
    },
    async roles() {
      await index.settle();
      const custom = [...index.customRoles.values()];
      return [...builtInRoles, ...custom].map((role) => role.definition);
    },
    async role(roleDefinitionId) {
      await index.settle();
      return index.role(roleGuidOf(roleDefinitionId))?.definition;
    },
    async hasRoleAround(principalIds, scope) {
      await index.settle();
      const wanted = bareScope(scope);
      return principalIds.some((principal) =>
        [...(index.assignments.get(principal.toLowerCase())?.values() ?? [])].some(
          (each) => covers(each.scope, wanted) || covers(wanted, each.scope),
        ),
      );
    },
    close: () => index.close(),
  };
}

const bareScope = (scope: string) => scope.toLowerCase().replace(/\/+$/, '');

/** Both in lower case without a slash at the end; whole segments count. */
const covers = (outer: string, inner: string) => inner === outer || inner.startsWith(`${outer}/`);

interface Index {
  /** Resolves when every change committed before the call is in the index. */
  settle(): Promise<void>;
  /** By principal in lower case, then by assignment id. */
  readonly assignments: ReadonlyMap<string, ReadonlyMap<string, Assignment>>;
  readonly customRoles: ReadonlyMap<string, CompiledRole>;
  role(guid: string): CompiledRole | undefined;
  close(): void;
}

const builtInByGuid = new Map(builtInRoles.map((role) => [role.definition.guid, role]));

function createIndex(source: AccessSource): Index {
  const assignments = new Map<string, Map<string, Assignment>>();
  const principalOf = new Map<string, string>();
  const customRoles = new Map<string, CompiledRole>();
  const changed = new Set<string>();
  let loaded = false;
  let working: Promise<void> | undefined;

  function setAssignment(id: string, document: Document | undefined): void {
    const key = id.toLowerCase();
    const before = principalOf.get(key);
    if (before !== undefined) {
      const rest = assignments.get(before);
      rest?.delete(key);
      if (rest?.size === 0) assignments.delete(before);
      principalOf.delete(key);
    }
    const assignment = document && readAssignment(document);
    if (!assignment) return;
    const list = assignments.get(assignment.principal) ?? new Map<string, Assignment>();
    assignments.set(assignment.principal, list.set(key, assignment));
    principalOf.set(key, assignment.principal);
  }
  function setRole(id: string, document: Document | undefined): void {
    const guid = roleGuidOf(id);
    if (document) customRoles.set(guid, compileRole(readRoleDefinition(document)));
    else customRoles.delete(guid);
  }
  const set = (id: string, document: Document | undefined) =>
    isRoleId(id) ? setRole(id, document) : setAssignment(id, document);

  async function load(): Promise<void> {
    for (const type of [roleDefinitionType, roleAssignmentType]) {
      for (const document of await source.list(type)) set(document.id, document);
    }
    loaded = true;
  }
  async function work(): Promise<void> {
    if (!loaded) await load();
    while (changed.size > 0) {
      const [id] = changed;
      changed.delete(id!);
      set(id!, await source.get(id!));
    }
  }
  const note = (id: string) => void changed.add(id);
  const stops = [source.watch(roleAssignmentType, note), source.watch(roleDefinitionType, note)];
  return {
    async settle() {
      while (!loaded || changed.size > 0 || working) {
        working ??= work().finally(() => {
          working = undefined;
        });
        await working;
      }
    },
    assignments,
    customRoles,
    role: (guid) => builtInByGuid.get(guid) ?? customRoles.get(guid),
    close: () => stops.forEach((stop) => void stop()),
  };
}

function isRoleId(id: string): boolean {
  return id.toLowerCase().includes('/providers/microsoft.authorization/roledefinitions/');
}

function readAssignment({ id, properties }: Document): Assignment | undefined {
  const { principalId, roleDefinitionId, condition } = properties;
  const end = id.toLowerCase().lastIndexOf('/providers/microsoft.authorization/roleassignments/');
  if (typeof principalId !== 'string' || typeof roleDefinitionId !== 'string' || end < 0) {
    return undefined;
  }
  return {
    id,
    scope: id.slice(0, end).toLowerCase(),
    principal: principalId.toLowerCase(),
    roleGuid: roleGuidOf(roleDefinitionId),
    condition: typeof condition === 'string' ? compileStoredCondition(condition) : undefined,
  };
}

/** The way to a yes looks only at what applies; the reasons of a no are gathered afterwards. */
function decideFrom(index: Index, question: AccessQuestion): AccessDecision {
  const scope = bareScope(question.scope);
  const principals = [question.principalId, ...(question.groupIds ?? [])];
  const rejected = new Set<CompiledRole>();
  const unmet: Assignment[] = [];
  for (const principal of principals) {
    const assignments = index.assignments.get(principal.toLowerCase());
    if (!assignments) continue;
    for (const assignment of assignments.values()) {
      if (!covers(assignment.scope, scope)) continue;
      const role = index.role(assignment.roleGuid);
      if (!role || rejected.has(role)) continue;
      if (!role.grants(question)) rejected.add(role);
      else if (holds(assignment, role, question)) {
        return allowed(assignment, role.definition.roleName);
      } else unmet.push(assignment);
    }
  }
  if (unmet[0]) return refusedByCondition(index, question, unmet[0]);
  const all = principals.flatMap((principal) => [
    ...(index.assignments.get(principal.toLowerCase())?.values() ?? []),
  ]);
  const elsewhere = all.filter(({ roleGuid }) => index.role(roleGuid)?.grants(question));
  const tooNarrow = all.filter((each) => covers(each.scope, scope));
  return refused(index, question, elsewhere, tooNarrow);
}

/** The condition of the assignment and the one of the role count both. */
function holds({ condition }: Assignment, role: CompiledRole, question: AccessQuestion): boolean {
  if (condition !== undefined && !condition.holds(question)) return false;
  return role.condition === undefined || role.grantsUnder(question);
}

function allowed(assignment: Assignment, roleName: string): AccessDecision {
  const assignedAt = scopeOf(assignment);
  return {
    allowed: true,
    roleAssignmentId: assignment.id,
    roleName,
    assignedAt,
    reason: `the role '${roleName}' is assigned at ${assignedAt}`,
  };
}

const scopeOf = ({ id, scope }: Assignment) => (scope === '' ? '/' : id.slice(0, scope.length));

function refused(
  index: Index,
  question: AccessQuestion,
  elsewhere: readonly Assignment[],
  tooNarrow: readonly Assignment[],
): AccessDecision {
  const nameOf = ({ roleGuid }: Assignment) =>
    index.role(roleGuid)?.definition.roleName ?? roleGuid;
  const what = [question.action, question.dataAction].filter(Boolean).join("' and '");
  const why = elsewhere[0]
    ? `; '${nameOf(elsewhere[0])}' grants it, but is assigned at ${scopeOf(elsewhere[0])}`
    : tooNarrow.length > 0
      ? `; the roles there (${tooNarrow.map(nameOf).join(', ')}) do not grant it`
      : '';
  const advised = builtInRoles.find((role) => role.grantsUnder(question))?.definition;
  const who = whoAsks(question);
  return {
    allowed: false,
    reason: `no role assignment of ${who} grants '${what}' at or above ${question.scope}${why}`,
    fix: advised
      ? `assign '${advised.roleName}' to ${who} at ${question.scope}`
      : `create a custom role with '${what}' and assign it to ${who} at ${question.scope}`,
  };
}

const whoAsks = ({ principalId }: AccessQuestion) =>
  isGuid(principalId) ? principalId : 'the principal';

/** The assignment grants what is asked, but for its condition or that of its role. */
function refusedByCondition(
  index: Index,
  question: AccessQuestion,
  assignment: Assignment,
): AccessDecision {
  const role = index.role(assignment.roleGuid)!;
  const ofAssignment = assignment.condition && !assignment.condition.holds(question);
  const whose = ofAssignment ? 'its assignment' : 'the role';
  const text = ofAssignment ? assignment.condition.text : role.condition;
  const what = [question.action, question.dataAction].filter(Boolean).join("' and '");
  return {
    allowed: false,
    conditionUnmet: true,
    reason:
      `the role '${role.definition.roleName}', assigned to ${whoAsks(question)} at ` +
      `${scopeOf(assignment)}, grants '${what}', but the condition of ${whose} did not hold`,
    fix: fixOfCondition(index, question, assignment, role) ?? `the condition is: ${text}`,
  };
}

/** Asks again with every role there is in the place of the one that was asked for. */
function fixOfCondition(
  index: Index,
  question: AccessQuestion,
  assignment: Assignment,
  role: CompiledRole,
): string | undefined {
  if (!question.request?.roleDefinitionId && !question.resource?.roleDefinitionId) return undefined;
  const possible = [...builtInRoles, ...index.customRoles.values()].filter(({ definition }) => {
    const instead = { roleDefinitionId: definition.guid };
    const request = question.request && { ...question.request, ...instead };
    const resource = question.resource && { ...question.resource, ...instead };
    return holds(assignment, role, { ...question, request, resource });
  });
  if (possible.length === 0) return undefined;
  const names = possible.slice(0, advisedRolesMax).map(({ definition }) => definition.roleName);
  const more = possible.length - names.length;
  return (
    `the condition lets assignments of these roles pass: ${names.join(', ')}` +
    (more > 0 ? ` and ${more} more` : '')
  );
}
