// Builders of small definitions for the tests of the rules.
import { checkText } from '../check.ts';

export const head = {
  $schema:
    'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
};
export const request = { manual: { type: 'Request', kind: 'Http', inputs: {} } };
export const ok = { type: 'Compose', inputs: 1, runAfter: {} };

export function definition(actions: unknown, more: object = {}): object {
  return { ...head, triggers: request, actions, ...more };
}

export function behind(name: string, inputs: unknown = 1, status = 'Succeeded'): object {
  return { type: 'Compose', inputs, runAfter: { [name]: [status] } };
}

/** `severity rule` of each finding. */
export function check(value: unknown, file = 'definition.json'): string[] {
  const report = checkText(file, JSON.stringify(value, undefined, 2));
  return report.findings.map(({ severity, rule }) => `${severity} ${rule}`);
}

export const variable = (name: string, type = 'String', runAfter = {}) => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name, type }] },
  runAfter,
});
export const loop = (actions: object, runAfter = {}) => ({
  type: 'Foreach',
  foreach: '@triggerBody()',
  actions,
  runAfter,
});
export const until = (actions: object, expression = '@true') => ({
  type: 'Until',
  expression,
  actions,
  runAfter: {},
});
export const http = (inputs: object) => ({
  type: 'Http',
  inputs: { method: 'GET', uri: 'https://contoso.com', ...inputs },
  runAfter: {},
});
