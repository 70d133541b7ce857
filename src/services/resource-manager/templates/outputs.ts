// Outputs: evaluated when everything is deployed; secure ones are kept from view.
import type { Json, JsonObject } from '../../../base/index.ts';
import {
  checkCopyCount,
  type EvaluationScope,
  evaluateTree,
  type HostFunction,
  isObject,
  withLoop,
} from '../../../languages/template-expressions/index.ts';
import { whenReady } from './references.ts';
import type { TemplateContext } from './scope.ts';
import { invalidTemplate, type Named } from './template.ts';
import { echoedType, faultOfValue, isKnownType, isSecure, resolveType } from './types.ts';

export interface Outputs {
  /** `{name: {type, value}}`, secure ones without value. */
  readonly shown: JsonObject;
  /** The same with every value, for the template around this one. */
  readonly all: JsonObject;
}

export async function evaluateOutputs(
  { template, scope }: TemplateContext,
  host: ReadonlyMap<string, HostFunction>,
): Promise<Outputs> {
  const runtime: EvaluationScope = { ...scope, host: new Map([...scope.host, ...host]) };
  const shown: [string, Json][] = [];
  const all: [string, Json][] = [];
  for (const output of template.outputs) {
    const value = await whenReady(() => evaluateOutput(output, runtime));
    if (value === undefined) continue;
    const type = typeOf(output, value, template.definitions);
    all.push([output.name, { type: echoedType(type), value }]);
    shown.push([
      output.name,
      isSecure(type) ? { type: echoedType(type) } : { type: echoedType(type), value },
    ]);
  }
  return { shown: Object.fromEntries(shown), all: Object.fromEntries(all) };
}

/** Undefined where its condition is false. */
function evaluateOutput({ value: output, path }: Named, scope: EvaluationScope): Json | undefined {
  if (output.condition !== undefined) {
    if (evaluateTree(output.condition, scope, { path: `${path}.condition` }) !== true) {
      return undefined;
    }
  }
  const { copy } = output;
  if (!isObject(copy)) return evaluateTree(output.value ?? null, scope, { path: `${path}.value` });
  const counted = evaluateTree(copy.count ?? null, scope, { path: `${path}.copy.count` });
  return Array.from({ length: checkCopyCount(counted, `${path}.copy`) }, (_each, index) =>
    evaluateTree(copy.input ?? null, withLoop(scope, 'output', index, true), {
      path: `${path}.copy.input`,
    }),
  );
}

function typeOf({ name, value: output, path }: Named, value: Json, definitions: JsonObject) {
  const type = resolveType(output, definitions);
  if (!type || !isKnownType(type)) {
    throw invalidTemplate(`The type of the output '${name}' is not valid`, path);
  }
  const fault = faultOfValue(value, output, definitions);
  if (fault) {
    throw invalidTemplate(
      `The template output '${name}' is not valid: Template output JToken type is not valid. ${fault}.`,
      path,
    );
  }
  return type;
}
