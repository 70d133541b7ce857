// The door of `policy-documents`: API Management's policy XML, text to typed tree and back.
export { catalogue, resolverPolicies } from './catalogue.ts';
export { type CheckOptions, type CheckResult, checkDocument } from './check.ts';
export {
  type CompileExpression,
  type ExpressionProblem,
  expressionCompiler,
} from './check-expressions.ts';
export {
  type EffectiveInput,
  type EffectivePolicy,
  type EffectiveProblem,
  effectivePolicy,
  type ScopePolicies,
} from './effective.ts';
export { type EffectiveLine, effectiveLines } from './effective-lines.ts';
export type { Finding, FindingRule } from './findings.ts';
export { type NamedValues, namedValuesIn, substituteNamedValues } from './named-values.ts';
export { type ParseOptions, parseDocument } from './parse.ts';
export {
  type Origin,
  type Policies,
  type PoliciesOptions,
  type PolicyNode,
  type PolicyValue,
  policiesOf,
  type Scope,
  type SectionName,
  scopes,
  sectionNames,
} from './policies.ts';
export { convertDocument, formatDocument, printDocument } from './print.ts';
export type { AttributeChoice, AttributeRule, ElementRule, PolicyRule } from './rules.ts';
export { PolicySyntaxError } from './syntax-error.ts';
export type {
  AttributeNode,
  ElementNode,
  Format,
  OpaqueNode,
  PolicyDocument,
  TextNode,
  TreeNode,
} from './tree.ts';
