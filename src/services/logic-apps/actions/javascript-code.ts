// JavaScriptCode ("Inline code"): a script reads `workflowContext` and returns the body.
import { isArray, type ObjectValue, objectOf, stringify, type Value } from '../language.ts';
import { scriptLimits } from '../limits.ts';
import { type ActionContext, type ActionType, done } from './action.ts';
import { member, memberAt, textMember, wholeNumber } from './reading.ts';

export const javascriptCode: ActionType = {
  type: 'JavaScriptCode',
  check({ inputs }, report, { facts }) {
    const code = textMember(inputs, 'code');
    if (code === undefined) return report('the code is missing', 'inputs.code');
    const { charactersMax } = scriptLimits[facts.hosting];
    if (code.length > charactersMax) {
      report(
        `the code has ${code.length} characters; at most ${charactersMax} are allowed here`,
        'inputs.code',
      );
    }
    if (facts.hosting === 'consumption' && !facts.hasIntegrationAccount) {
      report(
        'inline code in a Consumption workflow needs a linked integration account (properties.integrationAccount)',
      );
    }
  },
  start({ action, evaluate }) {
    // The code is not a template: `@` in it stays as it is.
    const { inputs } = action;
    const dependencies = member(inputs, 'explicitDependencies');
    const kept: ObjectValue = {
      code: textMember(inputs, 'code') ?? '',
      ...(dependencies !== undefined && { explicitDependencies: evaluate(dependencies) }),
    };
    return { step: 'run', inputs: kept };
  },
  effect(context, record) {
    const ownMs = wholeNumber(context.action.timeoutMs) ?? Number.POSITIVE_INFINITY;
    const timeoutMs = Math.min(ownMs, scriptLimits[context.facts.hosting].timeoutMs);
    const code = textMember(record.inputs, 'code') ?? '';
    return { effect: 'script', call: { code, context: workflowContext(context, code), timeoutMs } };
  },
  resume(_, __, effect) {
    if (effect.effect !== 'script') return { step: 'stay' };
    const { result } = effect;
    if (result.ok) return done({ code: 'OK', outputs: { body: result.value } });
    const { code, message } = result;
    return { step: 'finish', outcome: { status: 'Failed', code, error: { code, message } } };
  },
};

/** The trigger, the actions the script names or lists, and the workflow. */
function workflowContext({ action, scope }: ActionContext, code: string): Value {
  const listed = memberAt(action.inputs, 'explicitDependencies', 'actions');
  const names = new Set(isArray(listed) ? listed.map((name) => stringify(name)) : []);
  const pattern =
    /workflowContext\s*\.\s*actions\s*(?:\.\s*([\p{L}\p{N}_$]+)|\[\s*(['"])(.*?)\2\s*\])/gu;
  for (const match of code.matchAll(pattern)) names.add(match[1] ?? match[3]!);
  const actions = [...names].flatMap((name): [string, Value][] => {
    const record = scope.action(name);
    return record === undefined ? [] : [[name, record]];
  });
  return {
    actions: objectOf(actions),
    trigger: scope.trigger() ?? null,
    workflow: scope.workflow?.() ?? null,
  };
}
