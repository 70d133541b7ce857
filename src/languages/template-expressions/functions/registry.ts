// All template functions, in the order of the documentation's pages.
import { cidrFunctions } from './cidr.ts';
import { collectionFunctions } from './collections.ts';
import { dateFunctions } from './dates.ts';
import { lambdaFunctions } from './lambdas.ts';
import { logicFunctions } from './logic.ts';
import { numberFunctions } from './numbers.ts';
import { resourceIdFunctions } from './resource-ids.ts';
import type { FunctionRule } from './rule.ts';
import { templateFunctions } from './template.ts';
import { textFunctions } from './texts.ts';

export const functionRules: readonly FunctionRule[] = [
  ...collectionFunctions,
  ...logicFunctions,
  ...cidrFunctions,
  ...dateFunctions,
  ...templateFunctions,
  ...lambdaFunctions,
  ...numberFunctions,
  ...resourceIdFunctions,
  ...textFunctions,
];

const byName = new Map(functionRules.map((each) => [each.name.toLowerCase(), each]));

/** The rule of a function in any letter case; `listKeys` and its like are `list*`. */
export function functionRule(name: string): FunctionRule | undefined {
  const lower = name.toLowerCase();
  return byName.get(lower) ?? (/^list[a-z]+$/.test(lower) ? byName.get('list*') : undefined);
}
