// What Consumption and Standard hosts bound differently, and what Consumption must have linked.
import type { Rule, Subject } from '../finding.ts';
import * as limits from '../limits.ts';
import type { ActionNode } from '../model.ts';
import { isAbsent, memberOf, unknownText, valueAt } from '../tree.ts';

function checkScript({ source, report }: Subject, action: ActionNode): void {
  const consumption = source.host === 'consumption';
  const { wrapper } = source;
  if (consumption && wrapper && isAbsent(memberOf(wrapper, 'integrationAccount')?.value)) {
    report('integration-account', action.path, {
      message: `'${action.name}' runs a script, and the workflow has no integration account; Consumption refuses to save that.`,
      fix: 'Add "integrationAccount": { "id": "…" } beside the definition, or use a Standard workflow.',
    });
  }
  const code = valueAt(action.body, ['inputs', 'code']);
  if (typeof code !== 'string' || code.includes(unknownText)) return;
  const max = consumption ? limits.scriptCharactersMax : limits.scriptCharactersStandardMax;
  if (code.length <= max) return;
  report('limits', [...action.path, 'inputs', 'code'], {
    message: `The script of '${action.name}' has ${code.length} characters; at most ${max} are allowed.`,
    fix: consumption
      ? 'Shorten it, call a Function, or use a Standard workflow.'
      : 'Shorten it, or call a Function.',
  });
}

function checkAddress({ report }: Subject, action: ActionNode): void {
  const uri = valueAt(action.body, ['inputs', 'uri']);
  if (typeof uri !== 'string' || uri.length <= limits.uriCharactersMax || uri.includes('@')) return;
  report('limits', [...action.path, 'inputs', 'uri'], {
    // Found out when the request is made, not when the workflow is saved.
    severity: 'warning',
    message: `The address of '${action.name}' has ${uri.length} characters; at most ${limits.uriCharactersMax} are sent.`,
    fix: 'Send the data in the body.',
  });
}

export const hosting: Rule = {
  name: 'integration-account',
  about:
    'Scripts of a Consumption workflow have an integration account (integration-account); scripts and addresses are not too long (limits).',
  check(subject) {
    for (const action of subject.model.actions) {
      if (action.typeKey === 'javascriptcode') checkScript(subject, action);
      if (action.typeKey === 'http') checkAddress(subject, action);
    }
  },
};
