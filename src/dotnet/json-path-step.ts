// How Newtonsoft joins one step to a token's Path.

const special = /[. '/"[\]()\t\n\r\f\b\\\u0085\u2028\u2029]/;

/** `.a` (`a` at the start), `['a b']` or `[0]`. */
export function jsonPathStep(step: string | number, first: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  if (special.test(step)) return `['${step.replace(/['\\]/g, '\\$&')}']`;
  return first ? step : `.${step}`;
}
