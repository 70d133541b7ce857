// A template's shape: its sections read once, children flattened, both language versions alike.

import type { Json, JsonObject } from '../../../base/index.ts';
import { isObject } from '../../../languages/template-expressions/index.ts';
import { ResourceError } from '../../../resources/index.ts';
import {
  outputCountMax,
  parameterCountMax,
  resourceCountMax,
  variableCountMax,
} from '../limits.ts';

export interface Named<T = JsonObject> {
  /** As written. */
  readonly name: string;
  readonly value: T;
  readonly path: string;
}

/** One element of `resources`, not yet expanded by its copy loop. */
export interface ResourceEntry {
  readonly raw: JsonObject;
  readonly path: string;
  /** languageVersion 2.0: the key it stands under. */
  readonly symbol?: string;
  /** Classic nesting: the entries it stands inside, outermost first. */
  readonly inside: readonly JsonObject[];
}

export interface UserFunction {
  readonly parameters: readonly string[];
  readonly output: Json;
  readonly path: string;
}

export interface Template {
  readonly raw: JsonObject;
  /** By name in lower case. */
  readonly parameters: ReadonlyMap<string, Named>;
  readonly variables: ReadonlyMap<string, Named<Json>>;
  /** As `namespace.name` in lower case. */
  readonly functions: ReadonlyMap<string, UserFunction>;
  readonly definitions: JsonObject;
  readonly resources: readonly ResourceEntry[];
  readonly outputs: readonly Named[];
  /** Alias → provider name, such as `MicrosoftGraph`. */
  readonly imports: ReadonlyMap<string, string>;
}

/** A fault of the template, in ARM's code; `path` says where in its JSON. */
export function invalidTemplate(message: string, path?: string): ResourceError {
  return new ResourceError(
    400,
    'InvalidTemplate',
    `Deployment template validation failed: '${message}'.`,
    path,
  );
}

/** Reads the sections. Throws InvalidTemplate. */
export function readTemplate(raw: Json): Template {
  if (!isObject(raw)) throw invalidTemplate('The template must be a JSON object');
  checkEnvelope(raw);
  return {
    raw,
    parameters: named(raw, 'parameters', parameterCountMax),
    variables: readVariables(raw),
    functions: readFunctions(raw.functions ?? []),
    definitions: isObject(raw.definitions) ? raw.definitions : {},
    resources: readResources(raw.resources ?? []),
    outputs: [...named(raw, 'outputs', outputCountMax).values()],
    imports: readImports(raw),
  };
}

const sections = [
  '$schema',
  'languageVersion',
  'contentVersion',
  'apiProfile',
  'metadata',
  'parameters',
  'variables',
  'functions',
  'definitions',
  'imports',
  'extensions',
  'resources',
  'outputs',
];

function checkEnvelope(raw: JsonObject): void {
  for (const name of Object.keys(raw)) {
    if (!sections.includes(name)) {
      throw invalidTemplate(
        `The template has a member '${name}', which is not supported. Known are: ${sections.join(', ')}`,
        name,
      );
    }
  }
  const { languageVersion, contentVersion, $schema } = raw;
  if (typeof $schema !== 'string') {
    throw invalidTemplate("The template must have a '$schema' member", '$schema');
  }
  if (!/\/(deploymentTemplate|subscriptionDeploymentTemplate)\.json#?$/i.test($schema)) {
    throw invalidTemplate(
      `The schema '${$schema}' is not supported: deployments go to a resource group or a subscription`,
      '$schema',
    );
  }
  if (contentVersion !== undefined && !/^\d+\.\d+\.\d+\.\d+$/.test(String(contentVersion))) {
    throw invalidTemplate("'contentVersion' must look like '1.0.0.0'", 'contentVersion');
  }
  if (
    languageVersion !== undefined &&
    !/^(1\.\d+|2\.\d+(-experimental)?)$/.test(String(languageVersion))
  ) {
    throw invalidTemplate(
      `The language version '${String(languageVersion)}' is not supported`,
      'languageVersion',
    );
  }
}

function named(raw: JsonObject, section: string, countMax: number): Map<string, Named> {
  const found = new Map<string, Named>();
  const members = raw[section] ?? {};
  if (!isObject(members)) throw invalidTemplate(`'${section}' must be an object`, section);
  for (const [name, value] of Object.entries(members)) {
    const path = `${section}.${name}`;
    if (!isObject(value)) throw invalidTemplate(`'${name}' must be an object`, path);
    found.set(name.toLowerCase(), { name, value, path });
  }
  if (found.size > countMax) {
    throw invalidTemplate(`The template has more than ${countMax} ${section}`, section);
  }
  return found;
}

/** `copy` in variables makes variables; each is kept as a tree that makes itself. */
function readVariables(raw: JsonObject): Map<string, Named<Json>> {
  const found = new Map<string, Named<Json>>();
  const members = raw.variables ?? {};
  if (!isObject(members)) throw invalidTemplate("'variables' must be an object", 'variables');
  for (const [name, value] of Object.entries(members)) {
    if (name.toLowerCase() !== 'copy' || !Array.isArray(value)) {
      found.set(name.toLowerCase(), { name, value, path: `variables.${name}` });
      continue;
    }
    value.forEach((copy, index) => {
      const path = `variables.copy[${index}]`;
      if (!isObject(copy) || typeof copy.name !== 'string') {
        throw invalidTemplate('A copy of variables needs a name', path);
      }
      found.set(copy.name.toLowerCase(), { name: copy.name, value: { copy: [copy] }, path });
    });
  }
  if (found.size > variableCountMax) {
    throw invalidTemplate(`The template has more than ${variableCountMax} variables`, 'variables');
  }
  return found;
}

function readFunctions(value: Json): Map<string, UserFunction> {
  const found = new Map<string, UserFunction>();
  if (!Array.isArray(value)) throw invalidTemplate("'functions' must be an array", 'functions');
  value.forEach((space, index) => {
    const path = `functions[${index}]`;
    if (!isObject(space) || typeof space.namespace !== 'string' || !isObject(space.members)) {
      throw invalidTemplate('A function namespace needs a namespace and members', path);
    }
    for (const [name, member] of Object.entries(space.members)) {
      const place = `${path}.members.${name}`;
      if (!isObject(member) || !isObject(member.output)) {
        throw invalidTemplate('A user function needs an output', place);
      }
      const parameters = Array.isArray(member.parameters) ? member.parameters : [];
      found.set(`${space.namespace}.${name}`.toLowerCase(), {
        parameters: parameters.map((each) => (isObject(each) ? String(each.name) : '')),
        output: member.output.value ?? null,
        path: `${place}.output.value`,
      });
    }
  });
  return found;
}

function readImports(raw: JsonObject): Map<string, string> {
  const found = new Map<string, string>();
  for (const [section, member] of [
    ['imports', 'provider'],
    ['extensions', 'name'],
  ] as const) {
    const members = raw[section] ?? {};
    if (!isObject(members)) throw invalidTemplate(`'${section}' must be an object`, section);
    for (const [alias, value] of Object.entries(members)) {
      const provider = isObject(value) ? String(value[member] ?? '') : '';
      if (!/^(MicrosoftGraph(beta)?|AzureResourceManager|az)$/i.test(provider)) {
        throw invalidTemplate(
          `The extension '${provider}' is not supported: only MicrosoftGraph is`,
          `${section}.${alias}`,
        );
      }
      found.set(alias.toLowerCase(), provider);
    }
  }
  return found;
}

function readResources(value: Json): ResourceEntry[] {
  const entries: ResourceEntry[] = [];
  const add = (raw: Json, path: string, inside: readonly JsonObject[], symbol?: string): void => {
    if (!isObject(raw)) throw invalidTemplate('A resource must be an object', path);
    if (typeof raw.type !== 'string') throw invalidTemplate('A resource needs a type', path);
    entries.push({ raw, path, inside, ...(symbol !== undefined && { symbol }) });
    const children = raw.resources ?? [];
    if (!Array.isArray(children)) {
      throw invalidTemplate('The children of a resource must be an array', `${path}.resources`);
    }
    if (children.length > 0 && raw.copy !== undefined) {
      throw invalidTemplate('A resource with a copy loop cannot have nested children', path);
    }
    children.forEach((child, index) => {
      add(child, `${path}.resources[${index}]`, [...inside, raw]);
    });
  };
  if (Array.isArray(value)) {
    value.forEach((raw, index) => void add(raw, `resources[${index}]`, []));
  } else if (isObject(value)) {
    for (const [symbol, raw] of Object.entries(value)) {
      add(raw, `resources.${symbol}`, [], symbol);
    }
  } else throw invalidTemplate("'resources' must be an array or an object", 'resources');
  if (entries.length > resourceCountMax) {
    throw invalidTemplate(`The template has more than ${resourceCountMax} resources`, 'resources');
  }
  return entries;
}
