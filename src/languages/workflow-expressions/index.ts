// The door of `workflow-expressions`: the Workflow Definition Language, text to tree to value.
export { Decimal } from '../../dotnet/index.ts';

export { equalValues, orderValues } from './compare.ts';
export {
  argumentCountProblem,
  compileExpression,
  compileParsed,
  type Evaluator,
  unknownFunction,
} from './compile.ts';
export {
  type EvaluationContext,
  type Given,
  outputsOf,
  recordOf,
  ticksOfMilliseconds,
  withItem,
} from './context.ts';
export {
  type ExpressionErrorCode,
  ExpressionEvaluationError,
  ExpressionSyntaxError,
  pointAt,
} from './errors.ts';
export { type FunctionDefinition, findFunction, functions } from './functions/registry.ts';
export { contextOf } from './given.ts';
export { numberOfToken, parseJsonValue } from './json-values.ts';
export { expressionCharactersMax } from './limits.ts';
export { parseExpression, parseTemplate } from './parser.ts';
export { printExpression, printTemplate } from './print.ts';
export {
  expressionReferences,
  type Reference,
  type ReferenceKind,
  references,
  templateReferences,
} from './references.ts';
export {
  type Envelope,
  envelopeBytes,
  envelopeOf,
  envelopeText,
  isEnvelope,
  isXmlEnvelope,
  stringify,
  stringifyJsonValue,
} from './stringify.ts';
export type { Call, Expression, Literal, Member, Template } from './syntax.ts';
export {
  type Compiled,
  type CompiledCondition,
  compileCondition,
  compileTemplate,
  evaluate,
} from './templates.ts';
export {
  DoubleValue,
  findMember,
  findMemberName,
  integerOf,
  isArray,
  isObject,
  kindName,
  kindOf,
  type ObjectValue,
  objectOf,
  toBigInt,
  type Value,
  type ValueKind,
} from './values.ts';
