// Functions that need what runs: reference, references, resourceInfo, list…; they wait where they must.
import type { Json, JsonObject } from '../../../base/index.ts';
import {
  type HostFunction,
  isObject,
  textOf,
} from '../../../languages/template-expressions/index.ts';
import { parseResourceId, type ResourceDocument, ResourceError } from '../../../resources/index.ts';
import { actionOf, authorize } from '../authorization.ts';
import { notFound } from '../errors.ts';
import { evaluationAttemptsMax } from '../limits.ts';
import type { Caller, Room } from '../room.ts';
import { resourceBody } from '../wire.ts';
import { circular } from './dependencies.ts';
import type { Instance, Plan } from './plan.ts';
import { invalidTemplate } from './template.ts';

/** Thrown inside an evaluation that must be run again when `ready` resolves (it never rejects). */
export class NotReady extends Error {
  readonly ready: Promise<unknown>;

  constructor(ready: Promise<unknown>) {
    super('not ready');
    this.ready = ready;
  }
}

/** Runs `work` until it needs nothing more that is not there yet. It must be free of effects. */
export async function whenReady<T>(work: () => T): Promise<T> {
  for (let attempt = 0; attempt < evaluationAttemptsMax; attempt++) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof NotReady)) throw error;
      await error.ready;
    }
  }
  throw invalidTemplate('A value refers to more resources than can be awaited');
}

/** What a finished instance gives to `reference`. */
export interface Result {
  /** `reference(x)`. */
  readonly properties: JsonObject;
  /** `reference(x, v, 'Full')`. */
  readonly full: JsonObject;
  /** Of a nested deployment: all outputs with their values. */
  readonly outputs?: JsonObject;
}

/** How far an instance is; `settled` never rejects. */
export interface Progress {
  readonly settled: Promise<void>;
  result?: Result;
  failed?: boolean;
}

export interface ReferencesInput {
  readonly room: Room;
  readonly caller: Caller;
  readonly plan: Plan;
  readonly progress: ReadonlyMap<Instance, Progress>;
  /** Of the template around a nested one with outer scope. */
  readonly outer?: ReadonlyMap<string, HostFunction>;
}

/** Gives the functions as one instance (or the outputs) may call them. */
export type References = (asking: Instance | undefined) => ReadonlyMap<string, HostFunction>;

export function createReferences(input: ReferencesInput): References {
  const { plan, outer } = input;
  const waiting = new Map<Instance, Instance>();
  const load = loader();

  function single(name: string): Instance | undefined {
    const found = plan.find(name);
    if (found.length > 1) {
      throw invalidTemplate(
        `'${name}' is a copy loop: name one of its resources, as in '${name}[0]'`,
      );
    }
    return found[0];
  }
  /** The finished instance's result; waits for it, or throws where that would never end. */
  function await_(target: Instance, asking: Instance | undefined): Result | undefined {
    const state = input.progress.get(target)!;
    if (state.result) return state.result;
    if (state.failed) {
      throw new ResourceError(409, 'DependencyFailed', `'${target.id}' was not deployed.`);
    }
    if (asking) {
      waiting.set(asking, target);
      if (reaches(target, asking, waiting)) throw circular(asking);
    }
    throw new NotReady(state.settled);
  }
  function resultOf(name: string, asking: Instance | undefined): Result {
    const target = single(name);
    if (target?.active && target.kind !== 'existing') return await_(target, asking)!;
    const id = target?.id ?? name;
    if (!id.startsWith('/')) {
      throw invalidTemplate(
        `The resource '${name}' is not defined in the template. Please see ` +
          'https://aka.ms/arm-syntax-resources for usage details.',
      );
    }
    return load(id.toLowerCase(), () => readResource(input.room, input.caller, id));
  }
  function reference(args: readonly Json[], asking: Instance | undefined): Json {
    const name = textOf(args[0] ?? null);
    const full = args.slice(1).some((arg) => String(arg).toLowerCase() === 'full');
    if (plan.find(name).length === 0 && !name.startsWith('/') && outer?.has('reference')) {
      return outer.get('reference')!(args, 'reference');
    }
    const result = resultOf(name, asking);
    return full ? result.full : result.properties;
  }
  return (asking) => {
    const of = (name: Json) => (instance: Instance) => reference([instance.id, '', name], asking);
    return new Map<string, HostFunction>([
      ['reference', (args) => reference(args, asking)],
      [
        'references',
        ([name, mode]) =>
          plan
            .find(textOf(name ?? null))
            .filter((each) => each.active)
            .map(of(mode ?? '')),
      ],
      ['resourceinfo', ([name]) => infoOf(single(textOf(name ?? null)), textOf(name ?? null))],
      [
        'list*',
        (args, name) => {
          const target = single(textOf(args[0] ?? null));
          if (target?.active && target.kind !== 'existing') await_(target, asking);
          const id = target?.id ?? textOf(args[0] ?? null);
          const key = JSON.stringify([name.toLowerCase(), id.toLowerCase(), ...args.slice(1)]);
          return load(key, () => callList(input, id, name, args));
        },
      ],
      [
        'listoutputswithsecurevalues',
        ([name]) => {
          const { outputs } = resultOf(textOf(name ?? null), asking);
          if (outputs) return outputs;
          throw invalidTemplate(
            'listOutputsWithSecureValues() reads deployments of this template only',
          );
        },
      ],
    ]);
  };
}

/** Follows dependencies and what is being waited for. */
function reaches(from: Instance, to: Instance, waiting: ReadonlyMap<Instance, Instance>): boolean {
  const seen = new Set<Instance>();
  const stack = [from];
  for (let each = stack.pop(); each; each = stack.pop()) {
    if (each === to) return true;
    if (seen.has(each)) continue;
    seen.add(each);
    stack.push(...each.dependsOn);
    const next = waiting.get(each);
    if (next) stack.push(next);
  }
  return false;
}

/** Loads by key once; the evaluation that asked is run again when it is there. */
function loader(): <T>(key: string, work: () => Promise<T>) => T {
  const loaded = new Map<string, { value: unknown } | { error: unknown }>();
  return <T>(key: string, work: () => Promise<T>): T => {
    const found = loaded.get(key);
    if (found) {
      if ('error' in found) throw found.error;
      return found.value as T;
    }
    throw new NotReady(
      work().then(
        (value) => void loaded.set(key, { value }),
        (error: unknown) => void loaded.set(key, { error }),
      ),
    );
  };
}

function infoOf(instance: Instance | undefined, name: string): JsonObject {
  if (!instance) throw invalidTemplate(`The resource '${name}' is not defined in the template`);
  return {
    id: instance.id,
    name: instance.name,
    type: instance.type,
    apiVersion: instance.apiVersion,
  };
}

/** A resource that this template does not write, read as the caller. */
async function readResource(room: Room, caller: Caller, id: string): Promise<Result> {
  const parsed = parseResourceId(id);
  if (!parsed) throw invalidTemplate(`'${id}' is no resource id`);
  const type = room.resources.typeOf(parsed.type)?.type ?? parsed.type;
  await authorize(room, caller, { action: actionOf(type, 'read'), scope: id });
  const found = await room.resources.get(id);
  if (!found) throw notFound.resource(type, parsed.names.join('/'), parsed.resourceGroup);
  return resultOfResource(await room.resources.view(found), '');
}

/** The envelope as `reference(…, 'Full')` shows it: no id, name and type, but where it belongs. */
export function resultOfResource(resource: ResourceDocument, apiVersion: string): Result {
  const { id, name: _name, type: _type, ...rest } = resourceBody(resource);
  const parsed = parseResourceId(resource.id)!;
  return {
    properties: resource.properties,
    full: {
      apiVersion,
      ...rest,
      ...(parsed.subscriptionId && { subscriptionId: parsed.subscriptionId }),
      ...(parsed.resourceGroup && { resourceGroupName: parsed.resourceGroup }),
      scope: '',
      resourceId: id!,
    },
  };
}

/** `list…` is a POST action of the resource, made as the caller. */
async function callList(
  { room, caller }: ReferencesInput,
  id: string,
  name: string,
  args: readonly Json[],
): Promise<Json> {
  const parsed = parseResourceId(id);
  if (!parsed) throw invalidTemplate(`'${id}' is no resource id`);
  const apiVersion = textOf(args[1] ?? null);
  const body = isObject(args[2]) ? args[2] : null;
  for (let scope = parsed; scope.providers.length > 0; ) {
    const type = room.resources.typeOf(scope.type);
    const resource = type && (await room.resources.get(scope.id));
    if (type && resource) {
      const path = [...id.slice(scope.id.length).split('/').filter(Boolean), name];
      const types = path.filter((_segment, index) => index % 2 === 0).join('/');
      await authorize(room, caller, { action: `${type.type}/${types}/action`, scope: id });
      const common = {
        resource,
        apiVersion,
        body,
        query: {},
        origin: 'https://management.azure.com',
      };
      const action = Object.entries(type.actions ?? {}).find(
        ([each]) => path.length === 1 && each.toLowerCase() === name.toLowerCase(),
      )?.[1];
      const answer = action
        ? await action(common)
        : await type.subresource?.({ ...common, method: 'POST', path });
      if (answer && answer.status < 300) return answer.body ?? null;
      if (answer)
        throw new ResourceError(answer.status, 'ListFailed', `'${name}' of '${id}' failed.`);
    }
    const parent = scope.names.length > 1 ? parseResourceId(scope.parent!) : undefined;
    if (!parent) break;
    scope = parent;
  }
  throw notFound.resource(parsed.type, parsed.names.join('/'), parsed.resourceGroup);
}
