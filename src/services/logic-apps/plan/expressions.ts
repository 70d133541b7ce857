// Expressions checked when a workflow is saved: they parse, and what they name exists.
import { ConfigurationError } from '../../../base/index.ts';
import {
  argumentCountProblem,
  ExpressionSyntaxError,
  findFunction,
  references,
  unknownFunction,
} from '../../../languages/workflow-expressions/index.ts';
import { findMember, isArray, isObject, type ObjectValue, type Value } from '../language.ts';
import type { Plan } from './plan.ts';

type Report = (field: string, message: string, fix?: string) => void;

/** Members that hold no templates of their own: nested actions, and code. */
const skipped = new Set([
  'actions',
  'else',
  'cases',
  'default',
  'runafter',
  'metadata',
  'description',
]);

/** Throws ConfigurationError naming every expression that cannot be right. */
export function checkExpressions(plan: Plan, file?: string): void {
  const problems: { file?: string; field: string; message: string; fix?: string }[] = [];
  const report: Report = (field, message, fix) => problems.push({ file, field, message, fix });
  for (const action of plan.actions.values()) {
    const code = action.type.type === 'JavaScriptCode';
    const at = `definition.actions.${action.name}`;
    const own = Object.entries(action.definition).filter(
      ([name]) => !skipped.has(name.toLowerCase()),
    );
    for (const [name, value] of own) {
      const checked = code && isObject(value) ? withoutCode(value) : value;
      visit(checked, `${at}.${name}`, plan, report, action.name);
    }
  }
  for (const trigger of plan.triggers) {
    for (const [name, value] of Object.entries(trigger.definition)) {
      if (name === 'inputs' && trigger.type === 'request') continue;
      visit(value, `definition.triggers.${trigger.name}.${name}`, plan, report, trigger.name);
    }
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function withoutCode(inputs: ObjectValue): Value {
  const { code: _, ...rest } = inputs;
  return rest;
}

function visit(value: Value, field: string, plan: Plan, report: Report, owner: string): void {
  if (typeof value === 'string') checkText(value, field, plan, report, owner);
  else if (isArray(value)) {
    for (const [index, item] of value.entries())
      visit(item, `${field}[${index}]`, plan, report, owner);
  } else if (isObject(value)) {
    for (const name of Object.keys(value))
      visit(value[name]!, `${field}.${name}`, plan, report, owner);
  }
}

function checkText(text: string, field: string, plan: Plan, report: Report, owner: string): void {
  if (!text.includes('@')) return;
  try {
    for (const { kind, name, via, argumentCount } of references(text)) {
      if (kind === 'function') checkFunction(via, argumentCount, field, report);
      const known = name === undefined || plan.actions.has(name.toLowerCase());
      if ((kind === 'action' || kind === 'scope') && !known && !isTriggerForm(via)) {
        report(
          field,
          `The action(s) '${name}' referenced by '${owner}' are not defined in the template.`,
        );
      }
    }
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    report(field, error.pointed);
  }
}

const isTriggerForm = (via: string) => /^trigger/i.test(via);

function checkFunction(name: string, count: number, field: string, report: Report): void {
  const definition = findFunction(name);
  const problem = definition ? argumentCountProblem(definition, count) : unknownFunction(name);
  if (problem) report(field, problem);
}

/** Whether a definition's parameters all have values; the missing names. */
export function missingParameters(definition: ObjectValue, given: ObjectValue): string[] {
  const declared = findMember(definition, 'parameters');
  if (!isObject(declared)) return [];
  return Object.entries(declared).flatMap(([name, parameter]) => {
    const hasDefault =
      isObject(parameter) &&
      (findMember(parameter, 'defaultValue') !== undefined ||
        findMember(parameter, 'value') !== undefined);
    return hasDefault || findMember(given, name) !== undefined ? [] : [name];
  });
}
