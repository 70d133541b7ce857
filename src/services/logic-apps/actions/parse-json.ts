// ParseJson: text or a value, checked against a JSON schema, becomes the body.
import { isEnvelope, parseJsonValue, stringify, type Value } from '../language.ts';
import { schemaProblem } from '../schemas.ts';
import { type ActionType, done, failed } from './action.ts';
import { member } from './reading.ts';

export const parseJson: ActionType = {
  type: 'ParseJson',
  start({ action, evaluate }) {
    const inputs = evaluate(action.inputs ?? null);
    const content = member(inputs, 'content');
    if (content === undefined) {
      return failed(
        'InvalidTemplate',
        "Required property 'content' expects a value but got null. Path ''.",
        inputs,
      );
    }
    let body: Value;
    try {
      body =
        typeof content === 'string' || isEnvelope(content)
          ? parseJsonValue(stringify(content))
          : content;
    } catch (error) {
      const message = `The '${action.name}' action's 'content' is not valid JSON: ${(error as Error).message}`;
      return failed('InvalidTemplate', message, inputs);
    }
    const schema = member(inputs, 'schema');
    const problem = schema === undefined ? undefined : schemaProblem(schema, body);
    if (problem) {
      return {
        step: 'finish',
        inputs,
        outcome: {
          status: 'Failed',
          code: 'BadRequest',
          outputs: { body },
          error: { code: 'ActionFailed', message: `JSON validation failed: ${problem}` },
        },
      };
    }
    return done({ code: 'OK', outputs: { body } }, inputs);
  },
};
