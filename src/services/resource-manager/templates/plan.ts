// A template bound to its parameters → resource instances with ids and dependencies, nothing written.
import type { Json, JsonObject } from '../../../base/index.ts';
import {
  checkCopyCount,
  type EvaluationScope,
  evaluateTree,
  isObject,
  TemplateExpressionError,
  withLoop,
} from '../../../languages/template-expressions/index.ts';
import { parseResourceId, ResourceError, type Resources } from '../../../resources/index.ts';
import { resourceCountMax } from '../limits.ts';
import { linkDependencies } from './dependencies.ts';
import { instanceId, placeOf } from './instance-ids.ts';
import { UnknownValue } from './parameters.ts';
import type { TemplateContext } from './scope.ts';
import type { Place } from './surroundings.ts';
import { invalidTemplate, type ResourceEntry } from './template.ts';

/** `existing` is read, `directory` goes to the directory extension, `deployment` is a template. */
export type InstanceKind = 'resource' | 'deployment' | 'existing' | 'directory';

/** One resource of the template after its copy loop. */
export interface Instance {
  readonly kind: InstanceKind;
  readonly entry: ResourceEntry;
  /** ARM id; for the directory a key of our own. */
  readonly id: string;
  /** As registered, or as written where it is not. */
  readonly type: string;
  /** `vault/secret`: all names. */
  readonly name: string;
  readonly apiVersion: string;
  /** Its condition. */
  readonly active: boolean;
  readonly scope: EvaluationScope;
  /** Where it lies in its copy loop. */
  readonly loop?: { readonly name: string; readonly index: number };
  /** Where a nested deployment goes. */
  readonly place: Place;
  /** Filled by `linkDependencies`. */
  readonly dependsOn: Set<Instance>;
}

export interface Plan {
  readonly context: TemplateContext;
  readonly instances: readonly Instance[];
  /** By symbol, id, name or copy loop (lower case); several where a loop made them. */
  find(name: string): readonly Instance[];
}

export interface PlanOptions {
  readonly typeOf: Resources['typeOf'];
  /** Called with what an unknown parameter value hides; without it UnknownValue is thrown. */
  readonly unknown?: (path: string) => void;
}

/** Everything static: names, ids, types, copies, conditions, dependencies. Throws InvalidTemplate. */
export function planTemplate(context: TemplateContext, options: PlanOptions): Plan {
  const instances: Instance[] = [];
  const loops: { readonly instances: readonly Instance[]; readonly copy: JsonObject }[] = [];
  let hidden = false;
  for (const entry of context.template.resources) {
    try {
      const made = expand(entry, context, options.typeOf);
      if (isObject(entry.raw.copy)) loops.push({ instances: made, copy: entry.raw.copy });
      instances.push(...made);
    } catch (error) {
      if (!(error instanceof UnknownValue) || !options.unknown) throw located(error, entry);
      hidden = true;
      options.unknown(entry.path);
    }
    if (instances.length > resourceCountMax) {
      throw invalidTemplate(`The template makes more than ${resourceCountMax} resources`);
    }
  }
  checkDuplicates(instances);
  const find = index(instances);
  linkDependencies(instances, loops, find, hidden);
  return { context, instances, find };
}

/** The names a resource is known under are those of its entry and of its instance. */
function index(instances: readonly Instance[]): (name: string) => readonly Instance[] {
  const known = new Map<string, Instance[]>();
  const add = (name: string | undefined, instance: Instance) => {
    if (name === undefined) return;
    const key = name.toLowerCase();
    const list = known.get(key) ?? [];
    if (!list.includes(instance)) list.push(instance);
    known.set(key, list);
  };
  for (const instance of instances) {
    const { entry, loop } = instance;
    add(entry.symbol, instance);
    if (entry.symbol !== undefined && loop) add(`${entry.symbol}[${loop.index}]`, instance);
    add(loop?.name, instance);
    add(instance.id, instance);
    add(instance.name, instance);
    add(`${instance.type}/${instance.name}`, instance);
  }
  return (name) => known.get(name.toLowerCase().replace(/\/$/, '')) ?? [];
}

/** A fault says in which resource it is. */
function located(error: unknown, { path, raw }: ResourceEntry): unknown {
  if (!(error instanceof TemplateExpressionError)) return error;
  return invalidTemplate(
    `The template resource '${String(raw.name ?? raw.type)}' at '${error.path ?? path}' is not ` +
      `valid: ${error.message.replace(/\.$/, '')}. Please see https://aka.ms/arm-functions for usage details`,
    error.path ?? path,
  );
}

function expand(
  entry: ResourceEntry,
  context: TemplateContext,
  typeOf: Resources['typeOf'],
): Instance[] {
  const { copy } = entry.raw;
  if (copy === undefined) return [instanceOf(entry, context, context.scope, typeOf)];
  const path = `${entry.path}.copy`;
  if (!isObject(copy)) throw invalidTemplate('A copy loop of a resource must be an object', path);
  const name = evaluateTree(copy.name ?? entry.symbol ?? '', context.scope, {
    path: `${path}.name`,
  });
  const counted = evaluateTree(copy.count ?? null, context.scope, { path: `${path}.count` });
  const count = checkCopyCount(counted, path);
  if (typeof name !== 'string' || name === '')
    throw invalidTemplate('A copy loop needs a name', path);
  return Array.from({ length: count }, (_each, at) => {
    const scope = withLoop(context.scope, name, at, true);
    return instanceOf(entry, context, scope, typeOf, { name, index: at });
  });
}

function instanceOf(
  entry: ResourceEntry,
  context: TemplateContext,
  scope: EvaluationScope,
  typeOf: Resources['typeOf'],
  loop?: Instance['loop'],
): Instance {
  const { raw, path } = entry;
  const text = (value: Json | undefined, member: string): string => {
    const made = evaluateTree(value ?? null, scope, { path: `${path}.${member}` });
    if (typeof made === 'string' && made !== '') return made;
    throw invalidTemplate(`The '${member}' of a resource must be a string`, `${path}.${member}`);
  };
  const active = conditionOf(entry, scope);
  const base = { entry, scope, active, loop, dependsOn: new Set<Instance>() };
  const own = context.surroundings.place;
  const alias = raw.import ?? raw.extension;
  const provider =
    alias === undefined ? undefined : context.template.imports.get(String(alias).toLowerCase());
  if (alias !== undefined && !provider) {
    throw invalidTemplate(`The extension '${String(alias)}' is not imported`, path);
  }
  if (provider && /^MicrosoftGraph/i.test(provider)) {
    const id = `directory:${path}${loop ? `[${loop.index}]` : ''}`;
    const type = text(raw.type, 'type');
    return { ...base, kind: 'directory', id, type, name: id, apiVersion: '', place: own };
  }
  const writtenType = [...entry.inside.map((each) => String(each.type)), text(raw.type, 'type')];
  const name = [
    ...entry.inside.map((each) => text(each.name, 'name')),
    text(raw.name, 'name'),
  ].join('/');
  const type = writtenType.join('/');
  const apiVersion = text(raw.apiVersion, 'apiVersion');
  const place = placeOf(entry, scope, own);
  const id = instanceId({ entry, scope, type, name, place, own });
  const registered = typeOf(parseResourceId(id)!.type);
  const kind = kindOf(raw, parseResourceId(id)!.type);
  if (!registered && kind !== 'existing') throw unknownType(parseResourceId(id)!.type, path);
  return { ...base, kind, id, type: registered?.type ?? type, name, apiVersion, place };
}

function kindOf(raw: JsonObject, type: string): InstanceKind {
  if (raw.existing === true) return 'existing';
  return type.toLowerCase() === 'microsoft.resources/deployments' ? 'deployment' : 'resource';
}

function unknownType(type: string, path: string): ResourceError {
  return new ResourceError(
    400,
    'InvalidResourceType',
    `The resource type '${type}' is not supported by Lazurite.`,
    `${path}.type`,
  );
}

/** A condition of an outer entry holds for the children written inside it. */
function conditionOf({ raw, inside, path }: ResourceEntry, scope: EvaluationScope): boolean {
  return [...inside, raw].every(({ condition }) => {
    if (condition === undefined || condition === null) return true;
    const value = evaluateTree(condition, scope, { path: `${path}.condition` });
    const word = String(value).toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    throw invalidTemplate('The condition of a resource must be a boolean', `${path}.condition`);
  });
}

function checkDuplicates(instances: readonly Instance[]): void {
  const seen = new Set<string>();
  for (const { id, active, kind, entry } of instances) {
    if (!active || kind === 'existing') continue;
    const key = id.toLowerCase();
    if (seen.has(key)) {
      throw invalidTemplate(
        `The resource '${id}' is defined multiple times in a template. Please see ` +
          'https://aka.ms/arm-syntax-resources for usage details.',
        entry.path,
      );
    }
    seen.add(key);
  }
}
