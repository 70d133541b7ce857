// Definitions inside ARM templates: expressions are evaluated where defaults and literals suffice.
import type { Json } from '../../../base/index.ts';
import {
  type EvaluationScope,
  evaluateExpression,
  isExpression,
  literalText,
  TemplateExpressionError,
} from '../../../languages/template-expressions/index.ts';
import { type Expression, parseExpression } from '../../../languages/workflow-expressions/index.ts';
import {
  isTreeArray,
  isTreeObject,
  memberOf,
  opaque,
  type Path,
  type Tree,
  type TreeObject,
  unknownText,
} from './tree.ts';

/** A `Microsoft.Logic/workflows` resource of a template. */
export interface WorkflowResource {
  readonly path: Path;
  readonly resource: TreeObject;
  readonly resolve: (value: Tree) => Tree;
}

/** Nested deployments are followed this deep; ARM itself allows five levels. */
const nestingMax = 8;

/** Workflow resources of a template, nested resources and deployments included. */
export function workflowResources(template: TreeObject, given?: TreeObject): WorkflowResource[] {
  const found: WorkflowResource[] = [];
  collect(template, [], resolverOf(template, given), found, 0);
  return found;
}

function collect(
  template: TreeObject,
  path: Path,
  resolve: (value: Tree) => Tree,
  found: WorkflowResource[],
  depth: number,
): void {
  if (depth > nestingMax) return;
  const list = memberOf(template, 'resources');
  const entries: [string | number, Tree][] = isTreeArray(list?.value)
    ? list.value.map((resource, index) => [index, resource])
    : Object.entries(isTreeObject(list?.value) ? list.value : {});
  for (const [step, resource] of entries) {
    if (!isTreeObject(resource)) continue;
    const at = [...path, list?.name ?? 'resources', step];
    if (isLeftOut(resource, resolve)) continue;
    const type = resolve(memberOf(resource, 'type')?.value ?? null);
    const kind = typeof type === 'string' ? (type.split('@')[0] ?? '').toLowerCase() : '';
    if (kind === 'microsoft.logic/workflows') found.push({ path: at, resource, resolve });
    if (kind === 'microsoft.resources/deployments') nested(resource, at, resolve, found, depth);
    collect(resource, at, resolve, found, depth + 1);
  }
}

/** Resources that the template does not deploy: a false condition, no copies, a mere reference. */
function isLeftOut(resource: TreeObject, resolve: (value: Tree) => Tree): boolean {
  const said = (name: string) => resolve(memberOf(resource, name)?.value ?? null);
  if (said('condition') === false || said('existing') === true) return true;
  const copy = said('copy');
  return isTreeObject(copy) && memberOf(copy, 'count')?.value === 0;
}

function nested(
  deployment: TreeObject,
  path: Path,
  outer: (value: Tree) => Tree,
  found: WorkflowResource[],
  depth: number,
): void {
  const properties = memberOf(deployment, 'properties');
  if (!isTreeObject(properties?.value)) return;
  const template = memberOf(properties.value, 'template');
  const inside = outer(template?.value ?? null);
  // Expressions inside stay as they are; only a template that is one expression as a whole is read.
  const body = isTreeObject(template?.value) ? template.value : inside;
  if (!template || !isTreeObject(body)) return;
  const options = memberOf(properties.value, 'expressionEvaluationOptions')?.value;
  const scope = isTreeObject(options) ? memberOf(options, 'scope')?.value : undefined;
  const inner = typeof scope === 'string' && scope.toLowerCase() === 'inner';
  const given = memberOf(properties.value, 'parameters')?.value;
  const own = inner
    ? resolverOf(body, isTreeObject(given) ? asTree(outer(given)) : undefined)
    : outer;
  collect(body, [...path, properties.name, template.name], own, found, depth + 1);
}

function asTree(value: Tree): TreeObject | undefined {
  return isTreeObject(value) ? value : undefined;
}

/** Thrown while evaluating where a value is known only at deployment. */
class Unknown extends Error {}

/** Replaces expressions in a tree by their values, by text with unknown stretches, or by `opaque`. */
function resolverOf(template: TreeObject, given?: TreeObject): (value: Tree) => Tree {
  const scope = scopeOf(template, given);
  const resolve = (value: Tree, depth = 0): Tree => {
    if (depth > 100) return opaque;
    if (typeof value === 'string') return resolveText(value, scope);
    if (isTreeArray(value)) return value.map((item) => resolve(item, depth + 1));
    if (!isTreeObject(value)) return value;
    const entries = Object.entries(value).map(([name, member]): [string, Tree] => {
      const resolved = isExpression(name) ? resolveText(name, scope) : literalText(name);
      return [typeof resolved === 'string' ? resolved : name, resolve(member, depth + 1)];
    });
    return Object.fromEntries(entries);
  };
  return (value) => resolve(value);
}

function scopeOf(template: TreeObject, given: TreeObject | undefined): EvaluationScope {
  const member = (section: string, name: string): Tree | undefined => {
    const all = memberOf(template, section)?.value;
    return isTreeObject(all) ? memberOf(all, name)?.value : undefined;
  };
  const active = new Set<string>();
  const scope: EvaluationScope = {
    parameter(name) {
      const supplied = given ? memberOf(given, name)?.value : undefined;
      if (isTreeObject(supplied) && supplied.value !== undefined) return known(supplied.value);
      const declared = member('parameters', name);
      if (!isTreeObject(declared) || declared.defaultValue === undefined) throw new Unknown();
      return guarded(active, `p:${name.toLowerCase()}`, () =>
        resolved(declared.defaultValue as Tree, scope),
      );
    },
    variable(name) {
      const value = member('variables', name);
      if (value === undefined) throw new Unknown();
      return guarded(active, `v:${name.toLowerCase()}`, () => resolved(value, scope));
    },
    host: new Map(),
    place: {},
  };
  return scope;
}

function guarded(active: Set<string>, key: string, run: () => Json): Json {
  if (active.has(key)) throw new Unknown();
  active.add(key);
  try {
    return run();
  } finally {
    active.delete(key);
  }
}

function known(value: Tree): Json {
  if (value === opaque) throw new Unknown();
  if (isTreeArray(value)) return value.map(known);
  if (isTreeObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, known(item)]));
  }
  return value as Json;
}

function resolved(value: Tree, scope: EvaluationScope): Json {
  if (typeof value === 'string') {
    return isExpression(value) ? evaluateExpression(value, scope) : literalText(value);
  }
  if (isTreeArray(value)) return value.map((item) => resolved(item, scope));
  if (isTreeObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, resolved(item, scope)]),
    );
  }
  return known(value);
}

function resolveText(text: string, scope: EvaluationScope): Tree {
  if (!isExpression(text)) return literalText(text);
  try {
    return evaluateExpression(text, scope);
  } catch (error) {
    if (!(error instanceof Unknown) && !(error instanceof TemplateExpressionError)) throw error;
    return partialText(text, scope) ?? opaque;
  }
}

/** `concat(…)` with some arguments known: the text with a mark for each stretch that is not. */
function partialText(text: string, scope: EvaluationScope): string | undefined {
  try {
    // ARM's grammar of calls and literals is that of the workflow language.
    const tree = parseExpression(text.slice(1, -1));
    if (tree.kind !== 'call' || tree.name.toLowerCase() !== 'concat') return undefined;
    const source = text.slice(1, -1);
    return tree.args.map((arg) => argumentText(arg, source, scope)).join('');
  } catch {
    return undefined;
  }
}

function argumentText(arg: Expression, source: string, scope: EvaluationScope): string {
  if (arg.kind === 'literal') return String(arg.value);
  const inner = resolveText(`[${source.slice(arg.start, arg.end)}]`, scope);
  return typeof inner === 'string' || typeof inner === 'number' ? String(inner) : unknownText;
}
