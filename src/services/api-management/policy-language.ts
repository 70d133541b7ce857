// The gateway's side of the policy expressions: the context they see, the values they give.
import type { Clock } from '../../base/index.ts';
import type { ExpressionLanguage } from './expressions.ts';

export function policyLanguage(_clock: Clock): ExpressionLanguage {
  return {
    compile: () => ({
      offset: 0,
      message: 'Policy expressions are not supported by this gateway yet.',
    }),
    text: (value) => (value === null || value === undefined ? '' : String(value)),
    boolean: (value) =>
      /^true$/i.test(String(value)) ? true : /^false$/i.test(String(value)) ? false : undefined,
    number: (value) =>
      String(value).trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined,
    bytes: () => undefined,
    response: () => undefined,
    object: ({ value }) => value,
  };
}
