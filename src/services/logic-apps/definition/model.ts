// A definition as triggers and containers of actions, with what encloses each.
import {
  isTreeObject,
  memberOf,
  opaque,
  type Path,
  type Tree,
  type TreeObject,
  unknownText,
} from './tree.ts';

/** One action; `path` leads to it from the definition's root. */
export interface ActionNode {
  readonly name: string;
  readonly path: Path;
  readonly body: TreeObject;
  /** As written; undefined where it is missing or known only at deployment. */
  readonly type: string | undefined;
  /** In lower case, empty where unknown. */
  readonly typeKey: string;
  readonly container: Container;
  readonly containers: readonly Container[];
}

/** A set of sibling actions: the definition's, a scope's, a branch's, a case's, an agent tool's. */
export interface Container {
  readonly path: Path;
  readonly owner: ActionNode | undefined;
  /** `else`, a case's name, …; undefined for plain `actions`. */
  readonly branch: string | undefined;
  /** By name in lower case. */
  readonly actions: Map<string, ActionNode>;
}

export interface TriggerNode {
  readonly name: string;
  readonly path: Path;
  readonly body: TreeObject;
  readonly type: string | undefined;
  readonly typeKey: string;
}

export interface WorkflowModel {
  readonly root: Container;
  /** Every action, outermost first, in document order. */
  readonly actions: readonly ActionNode[];
  readonly triggers: readonly TriggerNode[];
  /** First of each name, in lower case, over the whole definition. */
  readonly byName: ReadonlyMap<string, ActionNode>;
  /** Some actions are known only at deployment: a name that is missing may be one of theirs. */
  readonly open: boolean;
}

/** Nesting beyond this is not followed; Azure stops at 8. */
const depthMax = 64;

/** Builds the model; members of a wrong kind are passed over and reported by the rules. */
export function modelOf(definition: TreeObject): WorkflowModel {
  const actions: ActionNode[] = [];
  const found = memberOf(definition, 'actions');
  const root = container([found?.name ?? 'actions'], undefined, undefined);
  fill(root, found?.value, actions, 0);
  const byName = new Map<string, ActionNode>();
  for (const action of actions) {
    const key = action.name.toLowerCase();
    if (!byName.has(key)) byName.set(key, action);
  }
  const open = isOpen(found?.value) || actions.some(hasOpenBranch);
  return { root, actions, triggers: triggersOf(definition), byName, open };
}

/** Actions, or one of them or its name, that only a deployment gives. */
function isOpen(actions: Tree | undefined): boolean {
  if (actions === opaque) return true;
  if (!isTreeObject(actions)) return false;
  return Object.entries(actions).some(
    ([name, body]) => body === opaque || name.includes(unknownText) || /^\[.*\]$/s.test(name),
  );
}

function hasOpenBranch(action: ActionNode): boolean {
  const { body } = action;
  return (
    branchesOf(body).some(([, , actions]) => isOpen(actions)) ||
    ['else', 'default', 'cases', 'tools'].some((name) => {
      const value = memberOf(body, name)?.value;
      return (
        value === opaque || (isTreeObject(value) && Object.values(value).some((v) => v === opaque))
      );
    })
  );
}

function container(
  path: Path,
  owner: ActionNode | undefined,
  branch: string | undefined,
): Container {
  return { path, owner, branch, actions: new Map() };
}

function typeOf(body: TreeObject): string | undefined {
  const type = memberOf(body, 'type')?.value;
  return typeof type === 'string' ? type : undefined;
}

function fill(into: Container, members: Tree | undefined, all: ActionNode[], depth: number): void {
  if (!isTreeObject(members) || depth > depthMax) return;
  for (const [name, body] of Object.entries(members)) {
    if (!isTreeObject(body)) continue;
    const type = typeOf(body);
    const action: ActionNode & { containers: Container[] } = {
      name,
      path: [...into.path, name],
      body,
      type,
      typeKey: type?.toLowerCase() ?? '',
      container: into,
      containers: [],
    };
    if (!into.actions.has(name.toLowerCase())) into.actions.set(name.toLowerCase(), action);
    all.push(action);
    for (const [path, branch, inner] of branchesOf(body)) {
      const child = container([...action.path, ...path, 'actions'], action, branch);
      action.containers.push(child);
      fill(child, inner, all, depth + 1);
    }
  }
}

type Branch = readonly [path: Path, branch: string | undefined, actions: Tree | undefined];

/** The places where an action holds others, whatever its type says. */
function branchesOf(body: TreeObject): Branch[] {
  const branches: Branch[] = [];
  const own = memberOf(body, 'actions');
  if (own) branches.push([[], undefined, own.value]);
  for (const name of ['else', 'default']) {
    const branch = memberOf(body, name);
    if (isTreeObject(branch?.value)) {
      branches.push([[branch.name], name, memberOf(branch.value, 'actions')?.value]);
    }
  }
  for (const name of ['cases', 'tools']) {
    const group = memberOf(body, name);
    if (!isTreeObject(group?.value)) continue;
    for (const [key, entry] of Object.entries(group.value)) {
      if (!isTreeObject(entry)) continue;
      branches.push([[group.name, key], key, memberOf(entry, 'actions')?.value]);
    }
  }
  return branches;
}

function triggersOf(definition: TreeObject): TriggerNode[] {
  const found = memberOf(definition, 'triggers');
  if (!isTreeObject(found?.value)) return [];
  return Object.entries(found.value).flatMap(([name, body]) => {
    if (!isTreeObject(body)) return [];
    const type = typeOf(body);
    return [{ name, path: [found.name, name], body, type, typeKey: type?.toLowerCase() ?? '' }];
  });
}

/** The actions around `action`, innermost first. */
export function ownersOf(action: ActionNode): ActionNode[] {
  const owners: ActionNode[] = [];
  for (let at = action.container.owner; at; at = at.container.owner) owners.push(at);
  return owners;
}

/** Names in `runAfter`, as written. */
export function predecessorNames(action: ActionNode): string[] {
  const runAfter = memberOf(action.body, 'runAfter')?.value;
  return isTreeObject(runAfter) ? Object.keys(runAfter) : [];
}

const predecessorSets = new WeakMap<ActionNode, ReadonlySet<ActionNode>>();

/** Siblings that run before `action`, however far. A cycle ends the walk. */
export function predecessors(action: ActionNode): ReadonlySet<ActionNode> {
  const known = predecessorSets.get(action);
  if (known) return known;
  const made = findPredecessors(action);
  predecessorSets.set(action, made);
  return made;
}

function findPredecessors(action: ActionNode): Set<ActionNode> {
  const found = new Set<ActionNode>();
  const open = [action];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const name of predecessorNames(at)) {
      const before = at.container.actions.get(name.toLowerCase());
      if (before && !found.has(before)) {
        found.add(before);
        open.push(before);
      }
    }
  }
  return found;
}

/** Whether `inner` is `outer` or stands inside it. */
export function isWithin(inner: ActionNode, outer: ActionNode): boolean {
  return inner === outer || ownersOf(inner).includes(outer);
}

/** Whether only a deployment knows what `action`, or something before it, runs after. */
function hasOpenOrder(action: ActionNode): boolean {
  return [action, ...predecessors(action)].some((at) => {
    const runAfter = memberOf(at.body, 'runAfter')?.value;
    if (runAfter === opaque) return true;
    return predecessorNames(at).some(
      (name) => name.includes(unknownText) || /^\[.*\]$/s.test(name),
    );
  });
}

/**
 * Whether outputs of `target` may be read by `reader`: it runs before the reader or before something
 * that encloses it, or stands inside an action that does.
 */
export function isReachable(target: ActionNode, reader: ActionNode): boolean {
  for (const at of [reader, ...ownersOf(reader)]) {
    if (hasOpenOrder(at)) return true;
    for (const before of predecessors(at)) if (isWithin(target, before)) return true;
  }
  return false;
}
