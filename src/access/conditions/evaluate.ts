// Whether a condition holds for one question.
import type { AccessQuestion, AssignmentAttributes } from '../contract.ts';
import { parseCondition } from './parse.ts';
import { type Attribute, type Comparison, ConditionError, type ConditionNode } from './tree.ts';

export type ConditionFacts = Pick<AccessQuestion, 'action' | 'dataAction' | 'request' | 'resource'>;

export interface Condition {
  readonly text: string;
  /** For everything asked. An attribute that the question does not carry equals nothing. */
  holds(facts: ConditionFacts): boolean;
}

/** Throws ConditionError. */
export function compileCondition(text: string): Condition {
  const tree = parseCondition(text);
  return {
    text,
    holds: (facts) =>
      [facts.action, facts.dataAction].every(
        (action) => action === undefined || evaluate(tree, action.toLowerCase(), facts),
      ),
  };
}

/** One that was stored without being checked grants nothing, whatever it says. */
export function compileStoredCondition(text: string): Condition {
  try {
    return compileCondition(text);
  } catch (error) {
    if (error instanceof ConditionError) return { text, holds: () => false };
    throw error;
  }
}

/** What is wrong with a condition, and where, in one sentence; undefined where nothing is. */
export function faultOfCondition(text: string): string | undefined {
  try {
    parseCondition(text);
    return undefined;
  } catch (error) {
    if (error instanceof ConditionError) return error.message;
    throw error;
  }
}

function evaluate(node: ConditionNode, action: string, facts: ConditionFacts): boolean {
  switch (node.kind) {
    case 'and':
      return node.parts.every((part) => evaluate(part, action, facts));
    case 'or':
      return node.parts.some((part) => evaluate(part, action, facts));
    case 'not':
      return !evaluate(node.part, action, facts);
    case 'actionMatches':
      return node.matches(action);
    case 'exists':
      return attributeValue(node.attribute, facts) !== undefined;
    case 'compare':
      return compare(node, facts);
  }
}

function attributeValue({ source, name }: Attribute, facts: ConditionFacts): string | undefined {
  const attributes: AssignmentAttributes | undefined = facts[source];
  return attributes?.[name];
}

function compare(node: Comparison, facts: ConditionFacts): boolean {
  const { attribute, negated, ignoreCase, everyValue, values } = node;
  const value = attributeValue(attribute, facts);
  if (value === undefined) return false;
  const asked = ignoreCase ? value.toLowerCase() : value;
  const test = (each: string) => (each === asked) !== negated;
  return everyValue ? values.every(test) : values.some(test);
}
