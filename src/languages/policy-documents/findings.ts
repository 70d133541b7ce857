// What a check has to say about a document.
import type { Position } from '../../base/index.ts';

/** Closed list; each is explained in docs/guide/policy-documents.md. */
export const findingRules = [
  'syntax',
  'size',
  'comment',
  'root',
  'section',
  'unknown-policy',
  'misplaced-policy',
  'unknown-element',
  'missing-element',
  'repeated-element',
  'unknown-attribute',
  'missing-attribute',
  'conflicting-attributes',
  'attribute-value',
  'expression-not-allowed',
  'expression-partial',
  'expression',
  'text',
  'named-value',
  'fragment',
  'template-placeholder',
] as const;

export type FindingRule = (typeof findingRules)[number];

export interface Finding extends Position {
  /** An error is what API Management refuses to save or cannot run. */
  readonly severity: 'error' | 'warning';
  readonly rule: FindingRule;
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
}
