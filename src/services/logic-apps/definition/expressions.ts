// Every expression of a definition with the place it stands in and what it refers to.
import {
  ExpressionSyntaxError,
  parseTemplate,
  type Reference,
  references,
  type Template,
} from '../../../languages/workflow-expressions/index.ts';
import type { ActionNode, TriggerNode, WorkflowModel } from './model.ts';
import type { TreeObject } from './tree.ts';
import { isTreeArray, isTreeObject, memberOf, type Path, type Tree, unknownText } from './tree.ts';

/** A string that holds expressions, or should and does not parse. */
export interface ExpressionUse {
  readonly path: Path;
  readonly text: string;
  readonly action: ActionNode | undefined;
  readonly trigger: TriggerNode | undefined;
  /** The member of the action, trigger or definition: `inputs`, `expression`, `outputs`, …. */
  readonly field: string;
  readonly template: Template | undefined;
  readonly error: ExpressionSyntaxError | undefined;
  readonly references: readonly Reference[];
  /** It stands inside a `JSON object` member name, not a value. */
  readonly isName: boolean;
}

/** Members that are not evaluated, or hold other actions. */
const passive = new Set([
  'type',
  'kind',
  'description',
  'metadata',
  'runafter',
  'actions',
  'else',
  'cases',
  'default',
  'tools',
  'operationoptions',
]);

/** Every expression of the definition, in document order of its parts. */
export function expressionsOf(definition: TreeObject, model: WorkflowModel): ExpressionUse[] {
  const uses: ExpressionUse[] = [];
  for (const trigger of model.triggers) members(trigger.body, trigger.path, { trigger }, uses);
  for (const action of model.actions) {
    members(action.body, action.path, { action }, uses);
    // A case's value is evaluated with the switch.
    const cases = memberOf(action.body, 'cases');
    if (!isTreeObject(cases?.value)) continue;
    for (const [name, entry] of Object.entries(cases.value)) {
      const value = isTreeObject(entry) ? memberOf(entry, 'case') : undefined;
      if (value) {
        walk(
          value.value,
          [...action.path, cases.name, name, value.name],
          { action, field: 'case' },
          uses,
        );
      }
    }
  }
  const outputs = memberOf(definition, 'outputs');
  if (outputs) walk(outputs.value, [outputs.name], { field: 'outputs' }, uses);
  return uses;
}

interface Place {
  readonly action?: ActionNode;
  readonly trigger?: TriggerNode;
  readonly field: string;
}

function members(
  body: TreeObject,
  path: Path,
  place: { readonly action?: ActionNode; readonly trigger?: TriggerNode },
  uses: ExpressionUse[],
): void {
  for (const [name, value] of Object.entries(body)) {
    if (passive.has(name.toLowerCase())) continue;
    walk(value, [...path, name], { ...place, field: name.toLowerCase() }, uses);
  }
}

/** Parts of inputs that are data for other languages: JSON schemas, code, swagger. */
function isForeign(path: Path, place: Place): boolean {
  const owner = place.action ?? place.trigger;
  if (!owner || place.field !== 'inputs') return false;
  const [first] = path.slice(owner.path.length + 1);
  const key = typeof first === 'string' ? first.toLowerCase() : '';
  if (key === 'schema') return true;
  return (key === 'code' || key === 'codefile') && /code$/.test(owner.typeKey);
}

function walk(value: Tree, path: Path, place: Place, uses: ExpressionUse[]): void {
  if (isForeign(path, place)) return;
  if (typeof value === 'string') {
    const use = useOf(value, path, place, false);
    if (use) uses.push(use);
  } else if (isTreeArray(value)) {
    for (const [index, item] of value.entries()) walk(item, [...path, index], place, uses);
  } else if (isTreeObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      const use = useOf(name, [...path, name], place, true);
      // Names such as `@odata.type` stand unescaped in many definitions.
      if (use && !use.error) uses.push(use);
      walk(item, [...path, name], place, uses);
    }
  }
}

function useOf(text: string, path: Path, place: Place, isName: boolean): ExpressionUse | undefined {
  if (!text.includes('@')) return undefined;
  const base = {
    path,
    text,
    action: place.action,
    trigger: place.trigger,
    field: place.field,
    isName,
  };
  try {
    const template = parseTemplate(text);
    if (template.kind === 'literal') return undefined;
    return { ...base, template, error: undefined, references: references(template) };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    // What stands where only a deployment knows may well make it whole.
    if (text.includes(unknownText)) return undefined;
    return { ...base, template: undefined, error, references: [] };
  }
}

/** How many expressions a use holds. */
export function expressionCount(use: ExpressionUse): number {
  if (use.template?.kind !== 'interpolation') return 1;
  return use.template.parts.filter((part) => part.kind === 'interpolation').length;
}
