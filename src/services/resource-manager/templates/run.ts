// Runs a plan: every resource as soon as what it depends on is there; a failure keeps what came before.
import type { Clock, Json, JsonObject } from '../../../base/index.ts';
import {
  type EvaluationScope,
  evaluateTree,
  type HostFunction,
  isObject,
  TemplateExpressionError,
} from '../../../languages/template-expressions/index.ts';
import { ResourceError } from '../../../resources/index.ts';
import { decide } from '../../../telemetry/index.ts';
import { rightToWrite } from '../assignment-rights.ts';
import { authorize, authorizeIdentities } from '../authorization.ts';
import { type ErrorBody, errorBody } from '../errors.ts';
import { parallelMax } from '../limits.ts';
import type { Caller, Room } from '../room.ts';
import { evaluateOutputs, type Outputs } from './outputs.ts';
import type { Instance, Plan } from './plan.ts';
import {
  createReferences,
  type Progress,
  type References,
  type Result,
  resultOfResource,
  whenReady,
} from './references.ts';
import { invalidTemplate } from './template.ts';

export interface NestedInput {
  readonly instance: Instance;
  /** The nested deployment's properties with its parameters evaluated, its template untouched. */
  readonly properties: JsonObject;
  /** For outer scope: the scope and runtime functions of the template around it. */
  readonly outer?: {
    readonly scope: EvaluationScope;
    readonly host: ReadonlyMap<string, HostFunction>;
  };
}

export interface OperationRecord {
  readonly instance: Instance;
  readonly state: 'Running' | 'Succeeded' | 'Failed' | 'Canceled';
  readonly startMs: number;
  readonly endMs?: number;
  readonly created?: boolean;
  readonly error?: ErrorBody;
  readonly status?: number;
}

export interface RunInput {
  readonly room: Room;
  readonly caller: Caller;
  readonly plan: Plan;
  readonly outer?: ReadonlyMap<string, HostFunction>;
  deployNested(input: NestedInput): Promise<Result>;
  onOperation(record: OperationRecord): void;
  isCanceled(): boolean;
}

export interface RunOutcome {
  readonly state: 'Succeeded' | 'Failed' | 'Canceled';
  readonly outputs: Outputs;
  readonly outputResources: readonly string[];
  /** What each failed resource said. */
  readonly errors: readonly ErrorBody[];
}

/** Never rejects for what a resource or an expression refuses; that is in the outcome. */
export async function runPlan(input: RunInput): Promise<RunOutcome> {
  const progress = new Map<Instance, Progress>();
  const { room, caller, plan, outer } = input;
  const references = createReferences({ room, caller, plan, progress, outer });
  const errors: ErrorBody[] = [];
  const slots = semaphore(parallelMax);
  const work: Work = { ...input, references, slots };
  for (const instance of plan.instances) start(instance, work, progress, errors);
  await Promise.all([...progress.values()].map((each) => each.settled));
  const outputResources = plan.instances
    .filter(
      (each) => progress.get(each)?.result && each.kind !== 'existing' && each.kind !== 'directory',
    )
    .map((each) => each.id);
  if (input.isCanceled()) return { state: 'Canceled', outputs: noOutputs, outputResources, errors };
  if (errors.length > 0) return { state: 'Failed', outputs: noOutputs, outputResources, errors };
  try {
    const outputs = await evaluateOutputs(plan.context, references(undefined));
    return { state: 'Succeeded', outputs, outputResources, errors };
  } catch (error) {
    const body = errorBody(refusalOf(error, 'outputs', room));
    return { state: 'Failed', outputs: noOutputs, outputResources, errors: [body] };
  }
}

const noOutputs: Outputs = { shown: {}, all: {} };

interface Work extends RunInput {
  readonly references: References;
  readonly slots: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Registers the instance before anything runs, so that whoever refers to it can wait. */
function start(
  instance: Instance,
  work: Work,
  progress: Map<Instance, Progress>,
  errors: ErrorBody[],
): void {
  const run = async (): Promise<void> => {
    await Promise.resolve();
    const before = [...instance.dependsOn].map((each) => progress.get(each)!);
    await Promise.all(before.map((each) => each.settled));
    const state = progress.get(instance)!;
    if (!instance.active || instance.kind === 'existing') return;
    if (before.some((each) => each.failed) || work.isCanceled()) {
      state.failed = true;
      return;
    }
    const { clock } = work.room;
    const startMs = clock.now();
    work.onOperation({ instance, state: 'Running', startMs });
    try {
      const { result, created } = await write(instance, work);
      state.result = result;
      report(work, instance, { state: 'Succeeded', startMs, created }, clock);
    } catch (error) {
      state.failed = true;
      const refusal = refusalOf(error, instance.id, work.room);
      const body = { ...errorBody(refusal), target: refusal.target ?? instance.id };
      if (refusal.code !== 'DependencyFailed') errors.push(body);
      report(
        work,
        instance,
        { state: 'Failed', startMs, error: body, status: refusal.status },
        clock,
      );
    }
  };
  const promise = run();
  progress.set(instance, { settled: promise });
}

function report(
  work: Work,
  instance: Instance,
  record: Omit<OperationRecord, 'instance' | 'endMs'>,
  clock: Clock,
): void {
  work.onOperation({ ...record, instance, endMs: clock.now() });
  decide({
    rule: 'template resource',
    outcome: record.state === 'Failed' ? 'refused' : 'done',
    reason: record.error
      ? `${record.error.code}: ${record.error.message}`
      : `${instance.id} ${record.created ? 'was created' : 'is as the template says'}`,
    input: { id: instance.id, type: instance.type, path: instance.entry.path },
  });
}

/** Members that describe the deployment of the resource and are not part of its body. */
const notBody = new Set([
  'type',
  'apiVersion',
  'name',
  'dependsOn',
  'condition',
  'copy',
  'scope',
  'existing',
  'resources',
  'comments',
  'metadata',
  'import',
  'extension',
  'resourceGroup',
  'subscriptionId',
]);

interface Written {
  readonly result: Result;
  readonly created: boolean;
}

async function write(instance: Instance, work: Work): Promise<Written> {
  const { room, caller } = work;
  const host = new Map([...instance.scope.host, ...work.references(instance)]);
  const scope = { ...instance.scope, host };
  if (instance.kind === 'directory') return writeDirectory(instance, scope, work);
  if (instance.kind === 'deployment') return writeNested(instance, scope, host, work);
  const body = await evaluateMembers(instance, scope, notBody);
  const right = await rightToWrite(room, instance.type, instance.id, body);
  await authorize(room, caller, right);
  await authorizeIdentities(room, caller, body, right);
  return work.slots(async () => {
    const { resource, created } = await room.resources.put({
      id: instance.id,
      apiVersion: instance.apiVersion,
      body,
      callerObjectId: caller.objectId,
    });
    const view = await room.resources.view(resource);
    return { result: resultOfResource(view, instance.apiVersion), created };
  });
}

async function evaluateMembers(
  { entry }: Instance,
  scope: EvaluationScope,
  without: ReadonlySet<string>,
): Promise<JsonObject> {
  const members = Object.fromEntries(
    Object.entries(entry.raw).filter(([name]) => !without.has(name)),
  ) as JsonObject;
  const made = await whenReady(() => evaluateTree(members, scope, { path: entry.path }));
  return made as JsonObject;
}

async function writeDirectory(
  instance: Instance,
  scope: EvaluationScope,
  { room, slots }: Work,
): Promise<Written> {
  const { raw } = instance.entry;
  const { properties, ...others } = await evaluateMembers(instance, scope, notBody);
  const { tenantId } = instance.place;
  // Compiled templates put everything into properties; a key beside them counts all the same.
  const wanted = { ...others, ...(isObject(properties) ? properties : {}) } as JsonObject;
  const found = await slots(async () =>
    raw.existing === true
      ? room.directoryExtension.find(tenantId, instance.type, wanted)
      : room.directoryExtension.apply(tenantId, instance.type, wanted),
  );
  if (found) return { result: { properties: found, full: found }, created: false };
  throw new ResourceError(
    404,
    'DirectoryObjectNotFound',
    `The directory object '${String(wanted.uniqueName ?? wanted.appId ?? '')}' of type ` +
      `'${instance.type}' was not found.`,
    instance.entry.path,
  );
}

async function writeNested(
  instance: Instance,
  scope: EvaluationScope,
  host: ReadonlyMap<string, HostFunction>,
  work: Work,
): Promise<Written> {
  const { raw, path } = instance.entry;
  if (!isObject(raw.properties)) throw invalidTemplate('A deployment needs properties', path);
  const { template, ...rest } = raw.properties;
  if (template === undefined || rest.templateLink !== undefined) {
    throw invalidTemplate(
      "A nested deployment must hold its template: 'templateLink' is not supported",
      `${path}.properties`,
    );
  }
  const others = await whenReady(() => evaluateTree(rest, scope, { path: `${path}.properties` }));
  const options = isObject(others) ? others.expressionEvaluationOptions : undefined;
  const inner = isObject(options) && String(options.scope).toLowerCase() === 'inner';
  const result = await work.deployNested({
    instance,
    properties: { ...(others as JsonObject), template: template as Json },
    ...(!inner && { outer: { scope: instance.scope, host } }),
  });
  return { result, created: true };
}

/** What an evaluation or a service refuses; anything else is a defect and told as such. */
export function refusalOf(error: unknown, id: string, { defect }: Room): ResourceError {
  if (error instanceof ResourceError) return error;
  if (error instanceof TemplateExpressionError) {
    return new ResourceError(
      400,
      'InvalidTemplate',
      `Unable to process template language expressions for resource '${id}' at '${error.path ?? ''}'. ` +
        `'${error.message}'`,
      error.path,
    );
  }
  defect(error);
  return new ResourceError(500, 'InternalServerError', 'Encountered internal server error.');
}

/** At most `count` at a time; the others wait their turn. */
function semaphore(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = count;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (free === 0) await new Promise<void>((resolve) => void queue.push(resolve));
    else free--;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else free++;
    }
  };
}
