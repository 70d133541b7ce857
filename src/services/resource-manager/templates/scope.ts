// The scope in which a template's expressions are evaluated: parameters, variables, user functions.
import type { Json } from '../../../base/index.ts';
import {
  type EvaluationScope,
  evaluateTree,
  type HostFunction,
  isObject,
  TemplateExpressionError,
} from '../../../languages/template-expressions/index.ts';
import { type GivenParameters, type Parameters, readParameters } from './parameters.ts';
import type { Surroundings } from './surroundings.ts';
import type { Named, Template } from './template.ts';

/** A template bound to its parameters and its place. */
export interface TemplateContext {
  readonly template: Template;
  readonly surroundings: Surroundings;
  readonly parameters: Parameters;
  /** Without `reference` and its kin: for names, conditions, copies and variables. */
  readonly scope: EvaluationScope;
}

const callDepthMax = 50;

/**
 * Binds a template. `outerScope`: a nested template whose expressions belong to the one around it.
 * Throws InvalidTemplate for parameters that are not declared.
 */
export function createContext(
  template: Template,
  given: GivenParameters,
  surroundings: Surroundings,
  outerScope?: EvaluationScope,
): TemplateContext {
  const userFunction = userFunctionsOf(template, surroundings);
  const parameters = readParameters(template, given, surroundings, userFunction);
  const variable = variablesOf(template, () => scope);
  const scope: EvaluationScope = outerScope ?? {
    parameter: (name) => parameters.read(name),
    variable,
    host: surroundings.anywhere,
    userFunction,
    place: surroundings.place,
  };
  return { template, surroundings, parameters, scope };
}

/** Evaluated on first use, then kept; a variable that needs itself is refused. */
function variablesOf(template: Template, scope: () => EvaluationScope): (name: string) => Json {
  const known = new Map<string, Json>();
  const evaluating = new Set<string>();
  return (name) => {
    const key = name.toLowerCase();
    const before = known.get(key);
    if (before !== undefined) return before;
    const variable = template.variables.get(key);
    if (!variable) {
      throw new TemplateExpressionError(
        `The template variable '${name}' is not found. Please see ` +
          'https://aka.ms/arm-syntax-variables for usage details.',
      );
    }
    if (evaluating.has(key)) {
      throw new TemplateExpressionError(`The template variable '${name}' needs itself.`);
    }
    evaluating.add(key);
    try {
      const value = evaluateVariable(variable, { ...scope(), loops: undefined });
      known.set(key, value);
      return value;
    } finally {
      evaluating.delete(key);
    }
  };
}

function evaluateVariable({ name, value, path }: Named<Json>, scope: EvaluationScope): Json {
  const made = evaluateTree(value, scope, { path });
  const isCopy = path.startsWith('variables.copy[');
  return isCopy && isObject(made) ? (made[name] ?? null) : made;
}

function userFunctionsOf(
  template: Template,
  surroundings: Surroundings,
): (name: string) => HostFunction | undefined {
  let depth = 0;
  const find = (name: string): HostFunction | undefined => {
    const found = template.functions.get(name.toLowerCase());
    if (!found) return undefined;
    return (args) => {
      if (args.length !== found.parameters.length) {
        throw new TemplateExpressionError(
          `The function '${name}' takes ${found.parameters.length} argument(s), ${args.length} were given.`,
        );
      }
      const values = new Map(
        found.parameters.map((each, index) => [each.toLowerCase(), args[index]!]),
      );
      if (++depth > callDepthMax) {
        depth--;
        throw new TemplateExpressionError('User functions call each other without end.');
      }
      try {
        const inner = functionScope(values, find, surroundings);
        return evaluateTree(found.output, inner, { path: found.path });
      } finally {
        depth--;
      }
    };
  };
  return find;
}

function functionScope(
  values: ReadonlyMap<string, Json>,
  userFunction: (name: string) => HostFunction | undefined,
  { anywhere, place }: Surroundings,
): EvaluationScope {
  return {
    parameter(name) {
      const value = values.get(name.toLowerCase());
      if (value !== undefined) return value;
      throw new TemplateExpressionError(`The function has no parameter '${name}'.`);
    },
    host: anywhere,
    userFunction,
    place,
  };
}
