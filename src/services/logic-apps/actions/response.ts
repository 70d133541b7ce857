// Response: the answer to the caller of a Request trigger; one per run.
import { isObject, type ObjectValue, objectOf, stringify, type Value } from '../language.ts';
import { schemaProblem } from '../schemas.ts';
import { type ActionType, failed } from './action.ts';
import { member, messageOf, wholeNumber } from './reading.ts';

/** Headers that the service drops from a Response without a word. */
const dropped = /^(allow|cookie|expires|last-modified|set-cookie|transfer-encoding)$/i;
const contentKept = /^content-(disposition|encoding|type)$/i;

export const response: ActionType = {
  type: 'Response',
  check({ inputs }, report, { inLoop }) {
    const status = member(inputs, 'statusCode');
    const code = wholeNumber(status);
    if (typeof status !== 'string' || !status.includes('@')) {
      if (code === undefined || !validStatus(code))
        report('the status code must be a 2xx, 4xx or 5xx', 'inputs.statusCode');
    }
    if (inLoop) report('a Response action may not stand inside a loop');
  },
  start({ action, caller, evaluate }) {
    if (caller === 'none') {
      const message = `The execution of template action '${action.name}' is skipped: the client application is not waiting for a response from service.`;
      const error = { code: 'ActionResponseSkipped', message };
      return { step: 'finish', outcome: { status: 'Skipped', code: 'ActionSkipped', error } };
    }
    const inputs = evaluate(action.inputs ?? null);
    if (caller === 'answered') {
      return failed(
        'ActionResponseSkipped',
        `The action '${action.name}' cannot answer: a response has been sent for this run already.`,
        inputs,
      );
    }
    const statusCode = wholeNumber(member(inputs, 'statusCode')) ?? 0;
    if (!validStatus(statusCode)) {
      return failed(
        'InvalidTemplate',
        `The status code of response action '${action.name}' is not valid: it must be a 2xx, 4xx or 5xx.`,
        inputs,
      );
    }
    const body = member(inputs, 'body');
    const schema = member(action.inputs, 'schema');
    const problem =
      schema === undefined || body === undefined ? undefined : schemaProblem(schema, body);
    if (problem)
      return failed(
        'ActionResponseSchemaValidationFailed',
        `The body does not fit the schema of '${action.name}': ${problem}`,
        inputs,
      );
    const reply = messageOf({ statusCode, headers: headersOf(member(inputs, 'headers')), body });
    return {
      step: 'finish',
      inputs,
      outcome: { status: 'Succeeded', code: 'NotSpecified', outputs: reply, reply },
    };
  },
};

const validStatus = (code: number) => code >= 200 && code < 600 && Math.floor(code / 100) !== 3;

function headersOf(value: Value | undefined): ObjectValue | undefined {
  if (!isObject(value)) return undefined;
  const kept = Object.entries(value).filter(
    ([name, each]) =>
      each !== null && !dropped.test(name) && (!/^content-/i.test(name) || contentKept.test(name)),
  );
  return objectOf(kept.map(([name, each]) => [name, stringify(each)] as const));
}
