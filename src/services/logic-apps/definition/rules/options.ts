// operationOptions: tokens that the service knows, each where it changes something.
import type { Rule, Subject } from '../finding.ts';
import { suggestion } from '../finding.ts';
import type { ActionNode, TriggerNode } from '../model.ts';
import { isAbsent, memberOf, opaque, unknownText } from '../tree.ts';

/** Tokens and, where only some types heed them, the pattern of those types in lower case. */
const tokens: Readonly<Record<string, { readonly action?: RegExp; readonly trigger?: RegExp }>> = {
  None: { action: /./, trigger: /./ },
  Asynchronous: { action: /^response$/ },
  DisableAsyncPattern: { action: /./, trigger: /./ },
  DisableAutomaticDecompression: { action: /./, trigger: /./ },
  EnableSchemaValidation: { action: /./, trigger: /./ },
  FailWhenLimitsReached: { action: /^until$/ },
  IncludeAuthorizationHeadersInOutputs: { trigger: /^(?:request|manual|httpwebhook)$/ },
  Sequential: { action: /^foreach$/ },
  SingleInstance: { trigger: /./ },
  SuppressWorkflowHeaders: { action: /./, trigger: /./ },
  SuppressWorkflowHeadersOnResponse: { action: /./, trigger: /./ },
};

/** A setting of the application, which is easily taken for one of the definition. */
const history = 'withstatelessrunhistory';

function checkNode({ report }: Subject, node: ActionNode | TriggerNode, what: Role): void {
  const found = memberOf(node.body, 'operationOptions');
  if (!found || isAbsent(found.value) || found.value === opaque) return;
  const path = [...node.path, found.name];
  if (typeof found.value !== 'string') {
    report('operation-options', path, {
      severity: 'warning',
      message: `'operationOptions' of '${node.name}' is not a string.`,
      fix: 'Write the options in one string, separated by commas.',
    });
    return;
  }
  if (/[@[]/.test(found.value) || found.value.includes(unknownText)) return;
  for (const token of found.value.split(/[,\s]+/)) {
    const problem = token === '' ? undefined : problemOf(token, node, what);
    if (problem) report('operation-options', path, { severity: 'warning', ...problem });
  }
}

type Role = 'action' | 'trigger';

function problemOf(
  token: string,
  node: ActionNode | TriggerNode,
  what: Role,
): { readonly message: string; readonly fix: string } | undefined {
  const known = Object.keys(tokens).find((name) => name.toLowerCase() === token.toLowerCase());
  if (known === undefined) {
    return {
      message: `'${token}' is not an option of operations ('${node.name}').`,
      fix:
        token.toLowerCase() === history
          ? 'Set the app setting Workflows.<workflow>.OperationOptions to WithStatelessRunHistory instead.'
          : suggestion(token, Object.keys(tokens), ''),
    };
  }
  if (node.typeKey === '' || tokens[known]?.[what]?.test(node.typeKey)) return undefined;
  return {
    message: `The option '${known}' changes nothing at the ${what} '${node.name}' of type '${node.type}'.`,
    fix: `Remove '${known}', or put it where it belongs.`,
  };
}

export const operationOptions: Rule = {
  name: 'operation-options',
  about:
    'Options of operations are known and stand at operations that heed them (operation-options).',
  check(subject) {
    for (const action of subject.model.actions) checkNode(subject, action, 'action');
    for (const trigger of subject.model.triggers) checkNode(subject, trigger, 'trigger');
  },
};
