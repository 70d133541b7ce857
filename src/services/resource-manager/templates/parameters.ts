// Parameters: what was given against what is declared; defaults in their own scope.
import type { Json, JsonObject } from '../../../base/index.ts';
import {
  type EvaluationScope,
  evaluateTree,
  isObject,
  TemplateExpressionError,
} from '../../../languages/template-expressions/index.ts';
import type { Surroundings } from './surroundings.ts';
import { invalidTemplate, type Named, type Template } from './template.ts';
import { echoedType, faultOfValue, isKnownType, isSecure, resolveType } from './types.ts';

export interface Parameter {
  readonly name: string;
  readonly value: Json;
  readonly secure: boolean;
  /** As ARM echoes it: `String`, `SecureString`, `Int`, … */
  readonly type: string;
}

/** A value that is not known yet: outputs of an earlier step, while a template is only checked. */
export class UnknownValue extends Error {}

export interface GivenParameters {
  /** Name → `{value}` as a deployment carries them. */
  readonly given: JsonObject;
  /** Names (lower case) that have a value which is not known yet. */
  readonly unknown?: ReadonlySet<string>;
}

/** A reader of parameters: values are checked and defaults evaluated on first use, then kept. */
export interface Parameters {
  read(name: string): Json;
  /** All of them, in the order of the template. Throws InvalidTemplate for the first fault. */
  all(): Parameter[];
}

/** Throws InvalidTemplate where a name is given that the template does not declare. */
export function readParameters(
  template: Template,
  { given, unknown = new Set() }: GivenParameters,
  surroundings: Surroundings,
  userFunction: EvaluationScope['userFunction'],
): Parameters {
  const values = readGiven(template, given);
  const known = new Map<string, Parameter>();
  const evaluating = new Set<string>();
  const scope: EvaluationScope = {
    parameter: (name) => read(name),
    host: surroundings.inDefaults,
    userFunction,
    place: surroundings.place,
  };

  function givenOrDefault(key: string, { name, value: declaration, path }: Named): Json {
    const value = values.get(key) ?? null;
    if (value !== null) return value;
    if (declaration.defaultValue === undefined) {
      const type = resolveType(declaration, template.definitions);
      if (type?.nullable === true) return null;
      throw invalidTemplate(
        `The value for the template parameter '${name}' is not provided. Please see ` +
          'https://aka.ms/arm-create-parameter-file for usage details.',
        path,
      );
    }
    if (evaluating.has(key)) throw invalidTemplate(`The default of '${name}' needs itself`, path);
    evaluating.add(key);
    try {
      return evaluateTree(declaration.defaultValue, scope, {
        path: `${path}.defaultValue`,
        copies: false,
      });
    } finally {
      evaluating.delete(key);
    }
  }
  function resolve(key: string, parameter: Named): Parameter {
    const before = known.get(key);
    if (before) return before;
    if (unknown.has(key)) throw new UnknownValue(parameter.name);
    const value = givenOrDefault(key, parameter);
    const resolved = check(template, parameter, value);
    known.set(key, resolved);
    return resolved;
  }
  function read(name: string): Json {
    const parameter = template.parameters.get(name.toLowerCase());
    if (!parameter) {
      throw new TemplateExpressionError(
        `The template parameter '${name}' is not found. Please see ` +
          'https://aka.ms/arm-syntax-parameters for usage details.',
      );
    }
    return resolve(name.toLowerCase(), parameter).value;
  }
  return {
    read,
    all: () => [...template.parameters].map(([key, parameter]) => resolve(key, parameter)),
  };
}

function readGiven(template: Template, given: JsonObject): Map<string, Json> {
  const values = new Map<string, Json>();
  const unknown = Object.keys(given).filter((name) => !template.parameters.has(name.toLowerCase()));
  if (unknown.length > 0) {
    const supported = [...template.parameters.values()].map((each) => each.name).join(', ');
    throw invalidTemplate(
      `The template parameters '${unknown.join(', ')}' in the parameters file are not valid; they ` +
        'are not present in the original template and can therefore not be provided at deployment ' +
        `time. The only supported parameters for this template are '${supported}'. Please see ` +
        'https://aka.ms/arm-pass-parameter-values for usage details.',
      `parameters.${unknown[0]}`,
    );
  }
  for (const [name, value] of Object.entries(given)) {
    if (!isObject(value)) {
      throw invalidTemplate(
        `The parameter '${name}' must be given as {"value": …}`,
        `parameters.${name}`,
      );
    }
    if (value.reference !== undefined) {
      throw invalidTemplate(
        `The parameter '${name}' refers to a key vault; Lazurite does not support 'reference'`,
        `parameters.${name}`,
      );
    }
    values.set(name.toLowerCase(), value.value ?? null);
  }
  return values;
}

function check(
  template: Template,
  { name, value: declaration, path }: Named,
  value: Json,
): Parameter {
  const type = resolveType(declaration, template.definitions);
  if (!type || !isKnownType(type)) {
    throw invalidTemplate(
      `The type '${String(declaration.$ref ?? declaration.type)}' of the parameter '${name}' is not valid`,
      path,
    );
  }
  const fault = faultOfValue(value, declaration, template.definitions);
  if (fault) {
    throw invalidTemplate(
      `The provided value for the template parameter '${name}' is not valid. ${fault}. Please see ` +
        'https://aka.ms/arm-parameter-file for usage details.',
      path,
    );
  }
  return { name, value, secure: isSecure(type), type: echoedType(type) };
}

/** What a deployment shows of its parameters: first letter in lower case, secure values left out. */
export function echoParameters(parameters: readonly Parameter[]): JsonObject {
  return Object.fromEntries(
    parameters.map(({ name, value, secure, type }): [string, JsonObject] => [
      name.slice(0, 1).toLowerCase() + name.slice(1),
      secure ? { type } : { type, value },
    ]),
  );
}
