// Workflow: calls another workflow and takes its Response as the outputs.
import { isObject, type ObjectValue, stringify } from '../language.ts';
import { codeOfStatus } from '../outgoing/reason-phrases.ts';
import type { ActionType } from './action.ts';
import { member, memberAt, messageOf, textMember } from './reading.ts';

export const workflow: ActionType = {
  type: 'Workflow',
  check({ inputs }, report, { facts }) {
    if (textMember(memberAt(inputs, 'host', 'workflow'), 'id') === undefined) {
      report('the workflow to call is not named', 'inputs.host.workflow.id');
    }
    if (
      facts.hosting === 'consumption' &&
      textMember(member(inputs, 'host'), 'triggerName') === undefined
    ) {
      report('the trigger to call is not named', 'inputs.host.triggerName');
    }
  },
  start({ action, evaluate }) {
    return { step: 'run', inputs: evaluate(action.inputs ?? null) };
  },
  effect(context, { inputs }) {
    const own = Object.entries((member(inputs, 'headers') ?? {}) as ObjectValue);
    const headers = own.flatMap(([name, value]): [string, string][] =>
      value === null ? [] : [[name, stringify(value)]],
    );
    return {
      effect: 'child',
      call: {
        workflow: textMember(memberAt(inputs, 'host', 'workflow'), 'id') ?? '',
        trigger: textMember(member(inputs, 'host'), 'triggerName') ?? '',
        headers: [
          ...context.outgoingHeaders().filter(([name]) => /tracking-id|correlation/i.test(name)),
          ...headers,
        ],
        body: member(inputs, 'body'),
      },
    };
  },
  resume(_, __, effect) {
    if (effect.effect !== 'child') return { step: 'stay' };
    const { result } = effect;
    if (!result.ok) {
      const { code, message } = result;
      return { step: 'finish', outcome: { status: 'Failed', code, error: { code, message } } };
    }
    const outputs = messageOf({
      statusCode: result.status,
      headers: isObject(result.headers) ? result.headers : {},
      body: result.body,
    });
    const code = codeOfStatus(result.status);
    if (result.status < 400)
      return { step: 'finish', outcome: { status: 'Succeeded', code, outputs } };
    const error = { code, message: `The called workflow answered ${result.status}.` };
    return { step: 'finish', outcome: { status: 'Failed', code, outputs, error } };
  },
};
