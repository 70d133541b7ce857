// The door of `template-expressions`: the language of ARM templates, text in, value out.
export { compileExpression, evaluateExpression } from './compile.ts';
export { TemplateExpressionError } from './errors.ts';
export { formatUtc } from './functions/dates.ts';
export { guidOfTexts, uniqueStringOf } from './functions/hashes.ts';
export { functionRule, functionRules } from './functions/registry.ts';
export type { FunctionRule } from './functions/rule.ts';
export { copyCountMax } from './limits.ts';
export { isExpression, literalText, type Node, parseExpression } from './parse.ts';
export type { Compiled, EvaluationScope, HostFunction } from './scope.ts';
export {
  checkCopyCount,
  checkTree,
  evaluateTree,
  type Fault,
  type TreeOptions,
  withLoop,
} from './tree.ts';
export { equalValues, isObject, kindOf, memberOf, objectOf, textOf } from './values.ts';
