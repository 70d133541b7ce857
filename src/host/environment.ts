// The environment file: tenants, subscriptions, hosts and the ordered steps that fill them.
import { readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ConfigurationError, type JsonText, type Problem, readJsonText } from '../base/index.ts';

const guid = z.guid({ error: 'must be a GUID such as 11111111-2222-4333-8444-555555555555' });
const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be 1 to 64 letters, digits, dots or dashes');
const host = z
  .string()
  .regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'must be a lower-case host, or *.suffix');

const tenant = z.strictObject({
  name,
  id: guid,
  /** The initial domain, such as contoso.onmicrosoft.com. */
  domain: host,
  displayName: z.string().optional(),
});

const subscription = z.strictObject({
  name,
  id: guid,
  /** Name of the tenant that the subscription trusts. */
  tenant: name,
  displayName: z.string().optional(),
});

const hostRow = z
  .strictObject({
    host,
    /** What traces call it. */
    service: z.string().optional(),
    /** A server that is already there. */
    origin: z.url({ protocol: /^https?$/ }).optional(),
    /** The real host of that name. */
    network: z.literal(true).optional(),
    /** A program of this environment: started with PORT set, stopped with Lazurite. */
    program: z.string().optional(),
  })
  .refine((row) => [row.origin, row.network, row.program].filter(Boolean).length === 1, {
    error: 'needs exactly one of "origin", "network" and "program"',
  });

const deployment = z.strictObject({
  subscription: name,
  /** Absent: a deployment at subscription scope. */
  resourceGroup: z.string().optional(),
  /** Of the resource group, or of a deployment at subscription scope. */
  location: z.string().default('westeurope'),
  /** Path of an ARM template, from the environment's folder. */
  template: z.string(),
  /**
   * Values by parameter name: plain JSON, `{"file": path}` (text), `{"jsonFile": path}` or
   * `{"output": "step.name"}`.
   */
  parameters: z.record(z.string(), z.json()).default({}),
});

const vaultObjects = z.strictObject({
  /** Name of the vault. */
  vault: z.string(),
  /** Policies as the data plane takes them, by certificate name; created only if absent. */
  certificates: z.record(z.string(), z.record(z.string(), z.json())).default({}),
  keys: z.record(z.string(), z.record(z.string(), z.json())).default({}),
  /** Values by secret name: a string, `{"file": path}` or `{"environment": variable}`. */
  secrets: z.record(z.string(), z.json()).default({}),
});

const project = z.strictObject({
  subscription: name,
  resourceGroup: z.string(),
  /** Name of the `Microsoft.Web/sites` resource that runs it. */
  site: z.string(),
  /** Folder with host.json, connections.json and `<workflow>/workflow.json`. */
  folder: z.string(),
  /** App settings over those of local.settings.json; values as a deployment's parameters. */
  settings: z.record(z.string(), z.json()).default({}),
});

const step = z
  .strictObject({
    name,
    deployment: deployment.optional(),
    vaultObjects: vaultObjects.optional(),
    project: project.optional(),
  })
  .refine((each) => stepKinds.filter((kind) => each[kind]).length === 1, {
    error: 'needs exactly one of "deployment", "vaultObjects" and "project"',
  });

const stepKinds = ['deployment', 'vaultObjects', 'project'] as const;

const story = z.strictObject({
  name,
  title: z.string(),
  /** `subscription/resourceGroup/logicApp`, or `…/site/workflow` for a Standard one. */
  workflow: z.string(),
  /** Sent to the workflow's Request trigger. */
  body: z.json().optional(),
  /** In words, for the report. */
  expected: z.string(),
  run: z.strictObject({
    status: z.string(),
    /** By action name: what its record must say. Texts must be contained. */
    actions: z.record(
      z.string(),
      z.strictObject({
        status: z.string(),
        statusCode: z.number().optional(),
        contains: z.array(z.string()).optional(),
      }),
    ),
  }),
});

const keyVault = z.strictObject({
  /** Refuses with 429 above the limits that Azure publishes. */
  throttling: z.boolean().default(false),
  /** Event Grid events of a vault go to these webhooks, after the validation handshake. */
  events: z
    .array(
      z.strictObject({
        vault: z.string(),
        endpoint: z.url(),
        /** `Microsoft.KeyVault.CertificateNearExpiry`, …; all where absent. */
        types: z.array(z.string()).optional(),
      }),
    )
    .default([]),
});

const schema = z.strictObject({
  $schema: z.string().optional(),
  name: name.optional(),
  tenants: z.array(tenant).min(1),
  subscriptions: z.array(subscription).default([]),
  /** Whether hosts that no row names go to the real network. */
  network: z.boolean().default(false),
  hosts: z.array(hostRow).default([]),
  keyVault: keyVault.prefault({}),
  steps: z.array(step).default([]),
  stories: z.array(story).default([]),
});

export type EnvironmentFile = z.infer<typeof schema>;
export type Tenant = EnvironmentFile['tenants'][number];
export type Subscription = EnvironmentFile['subscriptions'][number];
export type Step = EnvironmentFile['steps'][number];
export type Story = EnvironmentFile['stories'][number];

export interface Environment extends EnvironmentFile {
  readonly name: string;
  /** Absolute path of its folder. */
  readonly folder: string;
  /** A problem at a field of the file, with line and column. */
  problem(path: readonly (string | number)[], message: string, fix?: string): Problem;
}

/** The file's JSON Schema, for editors and the documentation. */
export function environmentJsonSchema(): unknown {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

/**
 * Reads `environment.json` (or `environment.ts`) of a folder and checks all that can be known
 * without running it. Throws ConfigurationError with every problem found.
 */
export async function loadEnvironment(folder: string): Promise<Environment> {
  const { file, text } = await readEnvironment(resolve(folder));
  const parsed = schema.safeParse(text.value);
  const problem = problemIn(file, text);
  if (!parsed.success) {
    throw new ConfigurationError(
      parsed.error.issues.map((issue) => problem(issue.path as string[], wordingOf(issue))),
    );
  }
  const environment: Environment = {
    ...parsed.data,
    name: parsed.data.name ?? basename(resolve(folder)),
    folder: resolve(folder),
    problem,
  };
  const problems = checkNames(environment);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return environment;
}

/** A member that is not there is said so, in place of "expected string, received undefined". */
function wordingOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return issue.message;
  const [, received] = /received (\w+)$/.exec(issue.message) ?? [];
  if (received === 'undefined') return `is missing; it must be ${issue.expected}`;
  return `must be ${issue.expected}, not ${received ?? 'this'}`;
}

async function readEnvironment(folder: string): Promise<{ file: string; text: JsonText }> {
  const file = join(folder, 'environment.json');
  const script = join(folder, 'environment.ts');
  if (exists(file)) return { file, text: readJsonText(readFileSync(file, 'utf8'), { file }) };
  if (exists(script)) {
    const module = await importScript(script);
    const value = JSON.parse(JSON.stringify(module.default ?? null));
    return { file: script, text: { value, positionOf: () => ({ line: 1, column: 1 }) } };
  }
  throw new ConfigurationError({
    file: folder,
    message: exists(folder) ? 'has no environment.json' : 'there is no such folder',
    fix: 'Name a folder with an environment.json, such as examples/article.',
  });
}

async function importScript(file: string): Promise<{ default?: unknown }> {
  let module: { default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    throw new ConfigurationError({ file, message: `cannot be run: ${String(error)}` });
  }
  if (module.default !== undefined) return module;
  throw new ConfigurationError({
    file,
    message: 'has no default export',
    fix: 'Write `export default { … }` with what environment.json would hold.',
  });
}

const exists = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;

function problemIn(file: string, text: JsonText): Environment['problem'] {
  return (path, message, fix) => ({
    file,
    ...text.positionOf(path),
    field: path
      .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
      .join('')
      .replace(/^\./, ''),
    message,
    fix,
  });
}

function checkNames(environment: Environment): Problem[] {
  const { tenants, subscriptions, steps, problem } = environment;
  return [
    ...duplicates(environment, 'tenants', ['name', 'id', 'domain']),
    ...duplicates(environment, 'subscriptions', ['name', 'id']),
    ...duplicates(environment, 'steps', ['name']),
    ...duplicates(environment, 'hosts', ['host']),
    ...duplicates(environment, 'stories', ['name']),
    ...subscriptions.flatMap((each, index) =>
      tenants.some((one) => one.name === each.tenant)
        ? []
        : [problem(['subscriptions', index, 'tenant'], unknown('tenant', each.tenant, tenants))],
    ),
    ...steps.flatMap((each, index) => {
      const kind = each.deployment ? 'deployment' : 'project';
      const named = each.deployment?.subscription ?? each.project?.subscription;
      if (named === undefined || subscriptions.some((one) => one.name === named)) return [];
      const message = unknown('subscription', named, subscriptions);
      return [problem(['steps', index, kind, 'subscription'], message)];
    }),
  ];
}

function unknown(what: string, given: string, known: readonly { name: string }[]): string {
  return `there is no ${what} '${given}'; known: ${known.map((each) => each.name).join(', ')}`;
}

function duplicates(
  environment: Environment,
  list: 'tenants' | 'subscriptions' | 'steps' | 'hosts' | 'stories',
  fields: readonly string[],
): Problem[] {
  const items = environment[list] as readonly Record<string, unknown>[];
  return fields.flatMap((field) =>
    items.flatMap((item, index) => {
      const first = items.findIndex((other) => other[field] === item[field]);
      if (first === index) return [];
      const message = `'${String(item[field])}' is also the ${field} of ${list}[${first}]`;
      return [environment.problem([list, index, field], message)];
    }),
  );
}
