// The door of `policy-expressions`: API Management's C# compiled to closures.

export {
  type CompiledExpression,
  type CompileError,
  type CompileOptions,
  compileExpression,
  type EvaluateOptions,
  PolicyRuntimeError,
  readPolicyValue,
  type SourcePosition,
} from './compile.ts';
export { contextFromJson, policyContextFromJson, variableFromJson } from './context/from-json.ts';
export type {
  PolicyApi,
  PolicyBody,
  PolicyCertificate,
  PolicyContext,
  PolicyDeployment,
  PolicyGraphQL,
  PolicyGroup,
  PolicyHeaders,
  PolicyLastError,
  PolicyMessage,
  PolicyProduct,
  PolicyRequest,
  PolicyResponse,
  PolicySubscription,
  PolicyUrl,
  PolicyUser,
  PolicyVirtualNetwork,
} from './context/model.ts';
export { contextValue } from './library/context/index.ts';
export { type EvaluationLimits, evaluationLimits } from './limits.ts';
export { type RenderedJson, type RenderedValue, renderValue } from './render.ts';
export { endOfExpression } from './syntax/expression-end.ts';
export {
  type PolicyValue,
  policyValues,
  toPolicyBoolean,
  toPolicyBytes,
  toPolicyNumber,
  toPolicyText,
  toPolicyTexts,
  typeName,
} from './values.ts';
