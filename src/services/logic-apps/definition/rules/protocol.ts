// What HTTP operations and triggers say: addresses, authentication, conditions.
import type { Rule, Subject } from '../finding.ts';
import { suggestion } from '../finding.ts';
import type { ActionNode, TriggerNode } from '../model.ts';
import {
  isAbsent,
  isTreeArray,
  isTreeObject,
  memberOf,
  opaque,
  type Path,
  type Tree,
  unknownText,
  valueAt,
} from '../tree.ts';

type Node = ActionNode | TriggerNode;

function isOpen(value: Tree | undefined): boolean {
  return (
    value === opaque ||
    (typeof value === 'string' && (value.includes('@') || value.includes(unknownText)))
  );
}

/** Types of authentication with the members each must have; `a|b` where one of two is enough. */
const authentications: Readonly<Record<string, readonly string[]>> = {
  None: [],
  Basic: ['username'],
  ClientCertificate: ['pfx'],
  ActiveDirectoryOAuth: ['tenant', 'audience', 'clientId', 'secret|pfx'],
  Raw: ['value|scheme'],
  ManagedServiceIdentity: [],
};

function checkAuthentication({ report }: Subject, node: Node, path: readonly string[]): void {
  const found = valueAt(node.body, path);
  if (!isTreeObject(found)) return;
  const place = [...node.path, ...path];
  const type = memberOf(found, 'type');
  if (isOpen(type?.value)) return;
  const given = typeof type?.value === 'string' ? type.value : '';
  const known = Object.keys(authentications).find(
    (name) => name.toLowerCase() === given.toLowerCase(),
  );
  if (known === undefined) {
    report('authentication', type ? [...place, type.name] : place, {
      message:
        given === ''
          ? `The authentication of '${node.name}' has no type.`
          : `'${given}' is not a type of authentication.`,
      fix: suggestion(given, Object.keys(authentications), ''),
    });
    return;
  }
  for (const member of authentications[known] ?? []) {
    const names = member.split('|');
    if (names.some((name) => !isAbsent(memberOf(found, name)?.value))) continue;
    report('authentication', place, {
      message: `The authentication of '${node.name}' of type '${known}' has no '${names.join("' or '")}'.`,
      fix: `Add '${names[0]}'.`,
    });
  }
}

function checkUri({ report }: Subject, node: Node, path: readonly string[]): void {
  const value = valueAt(node.body, path);
  if (typeof value !== 'string' || value === '' || isOpen(value)) return;
  if (/^https?:\/\/[^/\s]/i.test(value)) return;
  report('uri', [...node.path, ...path], {
    // Samples carry place holders that are filled in before they are saved.
    severity: 'warning',
    message: `'${path.join('.')}' of '${node.name}' is '${value.slice(0, 80)}', which is no absolute HTTP address.`,
    fix: 'Write an address that begins with https://.',
  });
}

function checkConditions({ report }: Subject, trigger: TriggerNode): void {
  const conditions = memberOf(trigger.body, 'conditions');
  if (!conditions || isAbsent(conditions.value) || conditions.value === opaque) return;
  const path: Path = [...trigger.path, conditions.name];
  if (!isTreeArray(conditions.value)) {
    report('trigger-conditions', path, {
      message: `The conditions of '${trigger.name}' are not an array.`,
      fix: 'Write [{ "expression": "@…" }].',
    });
    return;
  }
  for (const [index, condition] of conditions.value.entries()) {
    if (condition === opaque || isAbsent(condition)) continue;
    const expression = isTreeObject(condition)
      ? memberOf(condition, 'expression')?.value
      : undefined;
    if (typeof expression === 'string' || expression === opaque) continue;
    report('trigger-conditions', [...path, index], {
      message: `A condition of '${trigger.name}' has no expression.`,
      fix: 'Write { "expression": "@…" }.',
    });
  }
}

export const protocol: Rule = {
  name: 'authentication',
  about:
    'Authentication has a known type and what that type needs (authentication), literal addresses are absolute (uri), trigger conditions are expressions (trigger-conditions).',
  check(subject) {
    const { actions, triggers } = subject.model;
    for (const node of [...actions, ...triggers]) {
      if (!/^(?:http|httpwebhook|apimanagement|function)$/.test(node.typeKey)) continue;
      for (const part of [[], ['subscribe'], ['unsubscribe']]) {
        checkAuthentication(subject, node, ['inputs', ...part, 'authentication']);
        if (node.typeKey.startsWith('http')) checkUri(subject, node, ['inputs', ...part, 'uri']);
      }
    }
    for (const trigger of triggers) checkConditions(subject, trigger);
  },
};
