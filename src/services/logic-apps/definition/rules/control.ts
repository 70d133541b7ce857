// What control actions hold: expressions of a fitting kind, actions only where they run; and the workflow's kind.
import { DotnetError, findTimeZone, parseInstant } from '../../../../dotnet/index.ts';
import type { Rule, Subject } from '../finding.ts';
import { suggestion } from '../finding.ts';
import type { ActionNode, TriggerNode } from '../model.ts';
import {
  isAbsent,
  isTreeArray,
  isTreeObject,
  memberOf,
  opaque,
  type Tree,
  unknownText,
  valueAt,
} from '../tree.ts';

function isComputed(value: Tree | undefined): boolean {
  return (
    value === opaque ||
    (typeof value === 'string' && (value.includes('@') || value.includes(unknownText)))
  );
}

/** The member that a control action evaluates, and what it may be. */
const evaluated: Readonly<
  Record<string, readonly [member: string, fits: (value: Tree) => boolean, words: string]>
> = {
  if: [
    'expression',
    (value) => typeof value === 'string' || isTreeObject(value),
    'an expression or a condition object',
  ],
  until: [
    'expression',
    (value) => typeof value === 'string' || isTreeObject(value),
    'an expression or a condition object',
  ],
  foreach: [
    'foreach',
    (value) => isTreeArray(value) || isComputed(value),
    'an expression or an array',
  ],
};

/** Types that run the actions they hold. */
const containers: Readonly<Record<string, readonly string[]>> = {
  actions: ['scope', 'foreach', 'until', 'if'],
  else: ['if'],
  cases: ['switch'],
  default: ['switch'],
  tools: ['agent'],
};

function checkControl({ report }: Subject, action: ActionNode): void {
  const [member, fits, words] = evaluated[action.typeKey] ?? [];
  const found = member === undefined ? undefined : memberOf(action.body, member);
  if (found && fits && !isAbsent(found.value) && found.value !== opaque && !fits(found.value)) {
    report('control-expression', [...action.path, found.name], {
      message: `'${found.name}' of '${action.name}' is not ${words}.`,
      fix: 'Write an expression that begins with @.',
    });
  }
  if (action.typeKey === '') return;
  for (const [name, types] of Object.entries(containers)) {
    const held = memberOf(action.body, name);
    if (!held || isAbsent(held.value) || types.includes(action.typeKey)) continue;
    report('nested-actions', [...action.path, held.name], {
      message: `'${action.name}' of type '${action.type}' holds '${held.name}', which only ${types.join(', ')} run.`,
      fix: `Move the actions out, or into a Scope.`,
    });
  }
}

function checkDelta({ report }: Subject, action: ActionNode): void {
  if (!/^(?:in|de)crementvariable$/.test(action.typeKey)) return;
  const value = valueAt(action.body, ['inputs', 'value']);
  if (isAbsent(value) || isComputed(value) || typeof value === 'number') return;
  if (typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(value)) return;
  report('variable-type', [...action.path, 'inputs', 'value'], {
    message: `'${action.name}' changes its variable by ${JSON.stringify(value)}, which is no number.`,
    fix: 'Write a number or an expression.',
  });
}

/** JavaScriptCode names the actions that its script reads. */
function checkDependencies({ report, model }: Subject, action: ActionNode): void {
  const named = valueAt(action.body, ['inputs', 'explicitDependencies', 'actions']);
  if (!isTreeArray(named) || model.open) return;
  for (const [index, name] of named.entries()) {
    if (typeof name !== 'string' || isComputed(name)) continue;
    if (model.byName.has(name.toLowerCase())) continue;
    const names = [...model.byName.values()].map((other) => other.name);
    const path = [...action.path, 'inputs', 'explicitDependencies', 'actions', index];
    report('unknown-action', path, {
      message: `The action '${name}' that the code of '${action.name}' depends on is not defined.`,
      fix: suggestion(name, names, 'Remove it.'),
    });
  }
}

function checkRecurrence({ report }: Subject, trigger: TriggerNode): void {
  const recurrence = valueAt(trigger.body, ['recurrence']);
  if (!isTreeObject(recurrence)) return;
  const path = [...trigger.path, 'recurrence'];
  const zone = memberOf(recurrence, 'timeZone')?.value;
  if (typeof zone === 'string' && zone !== '' && !isComputed(zone) && !isZone(zone)) {
    report('setting-value', [...path, 'timeZone'], {
      message: `'${zone}' is not a time zone.`,
      fix: 'Write the Windows name of a zone, such as "W. Europe Standard Time" or "UTC".',
    });
  }
  for (const name of ['startTime', 'endTime']) {
    const time = memberOf(recurrence, name)?.value;
    if (isAbsent(time) || time === '' || isComputed(time)) continue;
    if (typeof time === 'string' && isDate(time)) continue;
    report('setting-value', [...path, name], {
      message: `'${name}' of '${trigger.name}' is ${JSON.stringify(time)}, which is no date and time.`,
      fix: 'Write a date such as 2026-01-31T08:00:00Z, without Z where a timeZone is given.',
    });
  }
}

function isZone(id: string): boolean {
  return succeeds(() => findTimeZone(id));
}

function isDate(text: string): boolean {
  return succeeds(() => parseInstant(text));
}

function succeeds(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (error instanceof DotnetError) return false;
    throw error;
  }
}

const kinds = ['Stateful', 'Stateless', 'Agent', 'Agentic'];

function checkWorkflow({ source, definition, report }: Subject): void {
  if (!kinds.some((kind) => kind.toLowerCase() === source.kind.toLowerCase())) {
    report('workflow-kind', [], {
      message: `'${source.kind}' is not a kind of workflow.`,
      fix: suggestion(source.kind, kinds, ''),
    });
  }
  const holds = (name: string) => memberOf(definition, name) !== undefined;
  if (!holds('triggers') && !holds('actions')) {
    report('definition-shape', [], {
      message: 'The definition has neither triggers nor actions.',
      fix: 'Add "triggers": {} and "actions": {}.',
    });
  }
}

export const control: Rule = {
  name: 'control-expression',
  about:
    'Control actions evaluate something of a fitting kind (control-expression), only they hold actions (nested-actions), the workflow is of a known kind (workflow-kind).',
  check(subject) {
    checkWorkflow(subject);
    for (const action of subject.model.actions) {
      checkControl(subject, action);
      checkDelta(subject, action);
      checkDependencies(subject, action);
    }
    for (const trigger of subject.model.triggers) checkRecurrence(subject, trigger);
  },
};
