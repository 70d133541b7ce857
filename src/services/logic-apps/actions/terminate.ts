// Terminate: ends the run with a status of its own choice.
import { isArray } from '../language.ts';
import type { ActionType } from './action.ts';
import { invalid, memberAt, textMember } from './reading.ts';

const statuses = new Map(
  (['Failed', 'Cancelled', 'Succeeded'] as const).map((status) => [status.toLowerCase(), status]),
);

export const terminate: ActionType = {
  type: 'Terminate',
  check({ inputs }, report, { inLoop }) {
    if (inLoop) report('a Terminate action may not stand inside a loop');
    const status = textMember(inputs, 'runStatus');
    if (status === undefined || (!status.startsWith('@') && !statuses.has(status.toLowerCase()))) {
      report('the status must be Failed, Cancelled or Succeeded', 'inputs.runStatus');
    }
  },
  start({ action, evaluate }) {
    const inputs = evaluate(action.inputs ?? null);
    const status = statuses.get((textMember(inputs, 'runStatus') ?? '').toLowerCase());
    if (!status || isArray(inputs))
      return invalid('The status of a Terminate action must be Failed, Cancelled or Succeeded.');
    const code = textMember(memberAt(inputs, 'runError'), 'code');
    const message = textMember(memberAt(inputs, 'runError'), 'message');
    const error =
      status === 'Failed' ? { code: code ?? 'Terminated', message: message ?? '' } : undefined;
    return {
      step: 'finish',
      inputs,
      outcome: { status: 'Succeeded', code: 'NotSpecified', terminate: { status, error } },
    };
  },
};
