// Secured data spreads: who reads a secured output has secured inputs.
import { referencesOf } from '../language.ts';
import type { Plan, PlanAction } from './plan.ts';

/** Types without an own setting for outputs: securing their inputs secures these too. */
const outputsFollowInputs = new Set([
  'Compose',
  'ParseJson',
  'Response',
  'Query',
  'Select',
  'Join',
  'Table',
]);
const variableWriters = /^(initialize|set|appendto(string|array))variable$/i;

/** Marks every action that reads secured outputs, until nothing changes. */
export function securedActions(plan: Plan): void {
  const securedTrigger = plan.triggers.some(({ secured }) => secured.outputs);
  const variables = new Set<string>();
  const actions = [...plan.actions.values()];
  const reads = new Map(actions.map((action) => [action, referencesOf(ownTemplates(action))]));
  const isSecured = (name: string) => plan.actions.get(name)?.secured.outputs === true;
  for (const action of actions) follow(action);
  for (let changed = true; changed; ) {
    changed = false;
    for (const action of actions) {
      const { actions: names, variables: used, trigger } = reads.get(action)!;
      const tainted =
        (trigger && securedTrigger) ||
        [...names].some(isSecured) ||
        [...used].some((name) => variables.has(name));
      if (tainted && !action.secured.inputs) {
        action.secured = { ...action.secured, inputs: true };
        changed = true;
      }
      if (follow(action)) changed = true;
      if (action.secured.inputs && variableWriters.test(action.type.type)) {
        for (const name of variablesWritten(action)) {
          if (!variables.has(name)) changed = true;
          variables.add(name);
        }
      }
    }
  }
}

function follow(action: PlanAction): boolean {
  const { inputs, outputs } = action.secured;
  if (!inputs || outputs) return false;
  const writes = variableWriters.test(action.type.type);
  if (!writes && !outputsFollowInputs.has(action.type.type)) return false;
  action.secured = { inputs, outputs: true };
  return true;
}

/** Everything an action evaluates itself: not its nested actions. */
function ownTemplates(action: PlanAction) {
  const {
    actions: _,
    else: __,
    cases: ___,
    default: ____,
    runAfter: _____,
    ...own
  } = action.definition;
  return own;
}

function variablesWritten({ inputs }: PlanAction): string[] {
  const text = JSON.stringify(inputs, (_, value) => (typeof value === 'bigint' ? '' : value)) ?? '';
  return [...text.matchAll(/"name":"([^"]+)"/gi)].map((match) => match[1]!.toLowerCase());
}
