// Every function of the language, found by name in any letter case.
import { collectionFunctions } from './collections.ts';
import { conversionFunctions } from './conversion.ts';
import { dateFunctions } from './dates.ts';
import type { FunctionDefinition } from './definition.ts';
import { formFunctions } from './forms.ts';
import { logicFunctions } from './logic.ts';
import { mathFunctions } from './math.ts';
import { objectFunctions } from './objects.ts';
import { stringFunctions } from './strings.ts';
import { uriFunctions, xpathFunctions } from './uris.ts';
import { workflowFunctions } from './workflow.ts';

export type { FunctionDefinition } from './definition.ts';

/** In the order of the documentation's groups. */
export const functions: readonly FunctionDefinition[] = [
  ...stringFunctions,
  ...collectionFunctions,
  ...logicFunctions,
  ...conversionFunctions,
  ...formFunctions,
  ...mathFunctions,
  ...dateFunctions,
  ...workflowFunctions,
  ...uriFunctions,
  ...objectFunctions,
  ...xpathFunctions,
];

const byName = new Map(functions.map((definition) => [definition.name.toLowerCase(), definition]));

/** The function named `name`, in any letter case. */
export function findFunction(name: string): FunctionDefinition | undefined {
  return byName.get(name.toLowerCase());
}
