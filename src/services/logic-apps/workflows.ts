// The workflows that exist: saving a definition, and loading it at the version a run needs.
import { randomBytes } from 'node:crypto';
import { type Clock, ConfigurationError } from '../../base/index.ts';
import type { Store, Write } from '../../store/index.ts';
import {
  compile,
  type EvaluationContext,
  errorOf,
  findMember,
  isObject,
  type ObjectValue,
  objectOf,
  parseJsonValue,
  stringifyJsonValue,
  type Value,
} from './language.ts';
import { versionsKeptMax } from './limits.ts';
import { invertedTicks, scaleUnit, workflowHexId } from './names.ts';
import { checkExpressions, missingParameters } from './plan/expressions.ts';
import { type Plan, planOf } from './plan/plan.ts';
import type { LoadedWorkflow } from './run/engine.ts';
import type { WorkflowFacts } from './run/facts.ts';
import {
  type KeysDocument,
  kinds,
  type VersionDocument,
  versionKey,
  type WorkflowDocument,
} from './state.ts';
import { checkTriggers } from './triggers/registry.ts';

/** What surrounds a workflow and may change without a new version of it. */
export interface Surrounding {
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly appSettings: Readonly<Record<string, string>>;
  readonly hasIntegrationAccount: boolean;
}

export interface WorkflowToSave {
  readonly hosting: 'consumption' | 'standard';
  readonly name: string;
  /** ARM id of the workflow, or of the site. */
  readonly resourceId: string;
  readonly kind: 'Stateful' | 'Stateless';
  readonly enabled: boolean;
  readonly definition: Value;
  /** Values by name; a definition's own defaults fill what is absent. */
  readonly parameters: ObjectValue;
  readonly surrounding: Surrounding;
  /** Named in problems. */
  readonly file?: string;
}

export interface WorkflowsOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Location, settings and the like of the resource as it is now. */
  readonly surroundingOf: (resourceId: string) => Promise<Surrounding>;
}

/** A workflow as callers of triggers and the history see it. */
export interface Workflow {
  readonly document: WorkflowDocument;
  readonly loaded: LoadedWorkflow;
}

export const hexIdOf = ({
  hosting,
  resourceId,
  name,
}: Pick<WorkflowToSave, 'hosting' | 'resourceId' | 'name'>) =>
  workflowHexId(hosting === 'consumption' ? resourceId : `${resourceId}/workflows/${name}`);

/** Checks all that can be checked before anything is written. Throws ConfigurationError. */
export function checkWorkflow(input: WorkflowToSave): Plan {
  const { hosting, kind, surrounding, definition, parameters, file } = input;
  const facts = { hosting, kind, hasIntegrationAccount: surrounding.hasIntegrationAccount };
  const plan = planOf(definition, { facts, file });
  checkTriggers(plan, hosting, file);
  checkExpressions(plan, file);
  const missing = isObject(definition) ? missingParameters(definition, parameters) : [];
  if (missing.length > 0) {
    throw new ConfigurationError(
      missing.map((name) => ({
        file,
        field: `definition.parameters.${name}`,
        message: `the parameter '${name}' has no value`,
        fix: 'Give a value beside the definition, or a defaultValue in it.',
      })),
    );
  }
  return plan;
}

export class Workflows {
  private readonly options: WorkflowsOptions;
  private readonly loaded = new Map<string, Promise<LoadedWorkflow | undefined>>();
  private readonly documents = new Map<string, WorkflowDocument>();

  constructor(options: WorkflowsOptions) {
    this.options = options;
  }

  /** Writes a new version unless nothing changed. `more` is committed with it. */
  async save(
    input: WorkflowToSave,
    more: (workflow: WorkflowDocument, plan: Plan) => Promise<Write[]> = async () => [],
  ): Promise<WorkflowDocument> {
    const { store, clock } = this.options;
    const plan = checkWorkflow(input);
    const hexId = hexIdOf(input);
    const found = await store.get<WorkflowDocument>(kinds.workflow, hexId);
    const value: VersionDocument = {
      definition: stringifyJsonValue(input.definition),
      parameters: stringifyJsonValue(input.parameters),
    };
    const old =
      found &&
      (await store.get<VersionDocument>(kinds.version, versionKey(hexId, found.value.version)));
    const same =
      old?.value.definition === value.definition && old.value.parameters === value.parameters;
    const nowMs = clock.now();
    const version = found && same ? found.value.version : invertedTicks(nowMs);
    const document: WorkflowDocument = {
      hexId,
      name: input.name,
      hosting: input.hosting,
      kind: input.kind,
      resourceId: input.resourceId,
      version,
      enabled: input.enabled,
      createdMs: found?.value.createdMs ?? nowMs,
      changedMs: same ? found!.value.changedMs : nowMs,
    };
    await store.write([
      { put: { kind: kinds.workflow, key: hexId, value: document } },
      ...(same
        ? []
        : [{ put: { kind: kinds.version, key: versionKey(hexId, version), value, sealed: true } }]),
      ...(found ? [] : [{ put: { kind: kinds.keys, key: hexId, value: newKeys(), sealed: true } }]),
      ...(await more(document, plan)),
    ]);
    this.forget(hexId);
    if (!same) await this.dropOldVersions(hexId);
    return document;
  }

  /** By hex id; undefined where it does not exist. */
  async find(hexId: string): Promise<Workflow | undefined> {
    const document = await this.document(hexId);
    const loaded = document && (await this.load(hexId, document.version));
    return document && loaded ? { document, loaded } : undefined;
  }

  async document(hexId: string): Promise<WorkflowDocument | undefined> {
    const known = this.documents.get(hexId);
    if (known) return known;
    const found = await this.options.store.get<WorkflowDocument>(kinds.workflow, hexId);
    if (found) this.documents.set(hexId, found.value);
    return found?.value;
  }

  async keys(hexId: string): Promise<KeysDocument | undefined> {
    return (await this.options.store.get<KeysDocument>(kinds.keys, hexId))?.value;
  }

  async regenerateKey(hexId: string, which: 'primary' | 'secondary'): Promise<void> {
    const found = await this.options.store.get<KeysDocument>(kinds.keys, hexId);
    const value = { ...(found?.value ?? newKeys()), [which]: randomBytes(32).toString('base64') };
    await this.options.store.write([
      {
        put: { kind: kinds.keys, key: hexId, value, sealed: true },
        ifVersion: found?.version ?? 0,
      },
    ]);
  }

  async remove(hexId: string): Promise<void> {
    const { store } = this.options;
    const versions = await store.scan(kinds.version, { prefix: `${hexId}/` });
    await store.write([
      { delete: { kind: kinds.workflow, key: hexId } },
      { delete: { kind: kinds.keys, key: hexId } },
      ...versions.map(({ key }) => ({ delete: { kind: kinds.version, key } })),
    ]);
    this.forget(hexId);
  }

  /** The site's workflows, or all. */
  async list(resourceId?: string): Promise<WorkflowDocument[]> {
    const all: WorkflowDocument[] = [];
    for (let after: string | undefined; ; ) {
      const page = await this.options.store.scan<WorkflowDocument>(kinds.workflow, {
        after,
        limit: 500,
      });
      all.push(...page.map(({ value }) => value));
      if (page.length < 500) break;
      after = page.at(-1)!.key;
    }
    const wanted = resourceId?.toLowerCase();
    return wanted === undefined
      ? all
      : all.filter((each) => each.resourceId.toLowerCase() === wanted);
  }

  /** Drops what is kept in memory: settings, tags or the definition changed. */
  forget(hexId: string): void {
    this.documents.delete(hexId);
    for (const key of this.loaded.keys()) if (key.startsWith(`${hexId}/`)) this.loaded.delete(key);
  }

  /** The plan and facts at a version. */
  load(hexId: string, version: string): Promise<LoadedWorkflow | undefined> {
    const key = versionKey(hexId, version);
    let loading = this.loaded.get(key);
    if (!loading) {
      loading = this.read(hexId, version);
      this.loaded.set(key, loading);
      loading.catch(() => this.loaded.delete(key));
    }
    return loading;
  }

  private async read(hexId: string, version: string): Promise<LoadedWorkflow | undefined> {
    const { store, surroundingOf } = this.options;
    const document = await this.document(hexId);
    const found = await store.get<VersionDocument>(kinds.version, versionKey(hexId, version));
    if (!document || !found) return undefined;
    const surrounding = await surroundingOf(document.resourceId);
    const definition = parseJsonValue(found.value.definition);
    const given = parseJsonValue(found.value.parameters);
    const values =
      document.hosting === 'standard' ? withSettings(given, surrounding.appSettings) : given;
    const facts = factsOf({ ...document, version }, surrounding, parametersOf(definition, values));
    return { facts, plan: planOf(definition, { facts }) };
  }

  private async dropOldVersions(hexId: string): Promise<void> {
    const { store } = this.options;
    const old = await store.scan(kinds.version, {
      prefix: `${hexId}/`,
      limit: versionsKeptMax + 50,
    });
    const dropped = old.slice(versionsKeptMax);
    if (dropped.length > 0)
      await store.write(dropped.map(({ key }) => ({ delete: { kind: kinds.version, key } })));
  }
}

const newKeys = (): KeysDocument => ({
  primary: randomBytes(32).toString('base64'),
  secondary: randomBytes(32).toString('base64'),
});

function factsOf(
  document: WorkflowDocument,
  surrounding: Surrounding,
  parameters: ObjectValue,
): WorkflowFacts {
  const { hosting, hexId, name, resourceId, version, kind } = document;
  const site = resourceId.split('/').at(-1)!.toLowerCase();
  const region = surrounding.location.toLowerCase().replace(/\s/g, '') || 'westeurope';
  return {
    hosting,
    kind,
    hexId,
    name,
    resourceId,
    workflowId: hosting === 'consumption' ? resourceId : `${resourceId}/workflows/${name}`,
    version,
    parameters,
    ...surrounding,
    endpoint:
      hosting === 'consumption'
        ? `https://prod-${scaleUnit(hexId)}.${region}.logic.azure.com:443`
        : `https://${site}.azurewebsites.net:443`,
  };
}

/** `@appsetting('X')` in parameters.json; a value whose setting is missing stays without one. */
function withSettings(given: Value, settings: Readonly<Record<string, string>>): Value {
  if (!isObject(given)) return given;
  const context = {
    appsetting: (name: string) =>
      Object.entries(settings).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1],
  } as EvaluationContext;
  return objectOf(
    Object.entries(given).flatMap(([name, value]): [string, Value][] => {
      try {
        return [[name, compile(value)(context)]];
      } catch (error) {
        if (errorOf(error)) return [];
        throw error;
      }
    }),
  );
}

/** Declared parameters with their values: given ones first, then defaults. */
function parametersOf(definition: Value, given: Value): ObjectValue {
  const declared = isObject(definition) ? findMember(definition, 'parameters') : undefined;
  const values = new Map<string, Value>(Object.entries(isObject(given) ? given : {}));
  for (const [name, parameter] of Object.entries(
    isObject(declared ?? null) ? (declared as ObjectValue) : {},
  )) {
    if (
      !isObject(parameter) ||
      [...values.keys()].some((each) => each.toLowerCase() === name.toLowerCase())
    )
      continue;
    const value = findMember(parameter, 'value') ?? findMember(parameter, 'defaultValue');
    if (value !== undefined) values.set(name, value);
  }
  return objectOf([...values]);
}
