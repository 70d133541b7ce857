// Static results: what an action gives while it is being tested.
import type { Rule, Subject } from '../finding.ts';
import { suggestion } from '../finding.ts';
import type { ActionNode, TriggerNode } from '../model.ts';
import {
  isAbsent,
  isTreeObject,
  memberOf,
  opaque,
  type Path,
  type Tree,
  unknownText,
} from '../tree.ts';

const statuses = ['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'];
const members = ['status', 'outputs', 'error', 'code'];
const choices = ['Enabled', 'Disabled'];

function isOpen(value: Tree | undefined): boolean {
  return (
    isAbsent(value) ||
    value === opaque ||
    (typeof value === 'string' && (value.includes('@') || value.includes(unknownText)))
  );
}

function isOneOf(value: Tree | undefined, names: readonly string[]): boolean {
  return names.some((name) => name.toLowerCase() === String(value).toLowerCase());
}

function checkEntry(subject: Subject, name: string, entry: Tree, path: Path): void {
  const warn = (at: Path, message: string, fix: string) =>
    subject.report('static-results', at, { severity: 'warning', message, fix });
  if (isAbsent(entry) || entry === opaque) return;
  if (!isTreeObject(entry)) {
    warn(path, `The static result '${name}' is not an object.`, 'Write { "status", "outputs" }.');
    return;
  }
  for (const member of Object.keys(entry)) {
    if (isOneOf(member, members)) continue;
    warn(
      [...path, member],
      `The static result '${name}' has a member '${member}', which means nothing.`,
      suggestion(member, members, ''),
    );
  }
  const status = memberOf(entry, 'status');
  if (!status || isAbsent(status.value)) {
    warn(path, `The static result '${name}' has no status.`, 'Add "status": "Succeeded".');
  } else if (!isOpen(status.value) && !isOneOf(status.value, statuses)) {
    warn(
      [...path, status.name],
      `'${String(status.value)}' is not a status an action can end with.`,
      suggestion(String(status.value), statuses, ''),
    );
  }
  for (const member of ['outputs', 'error']) {
    const found = memberOf(entry, member);
    if (!found || isOpen(found.value) || isTreeObject(found.value)) continue;
    warn(
      [...path, found.name],
      `'${found.name}' of the static result '${name}' is not an object.`,
      `Write an object, such as ${member === 'error' ? '{ "code", "message" }' : '{ "statusCode": "OK" }'}.`,
    );
  }
}

/** What an operation says of the static result it uses. */
function checkUse({ report, definition }: Subject, node: ActionNode | TriggerNode): void {
  const runtime = memberOf(node.body, 'runtimeConfiguration');
  const setting = isTreeObject(runtime?.value) && memberOf(runtime.value, 'staticResult');
  if (!runtime || !setting || !isTreeObject(setting.value)) return;
  const path = [...node.path, runtime.name, setting.name];
  const option = memberOf(setting.value, 'staticResultOptions');
  if (option && !isOpen(option.value) && !isOneOf(option.value, choices)) {
    report('static-results', [...path, option.name], {
      severity: 'warning',
      message: `'${option.name}' of '${node.name}' is ${JSON.stringify(option.value)}.`,
      fix: suggestion(String(option.value), choices, ''),
    });
  }
  const name = memberOf(setting.value, 'name');
  const results = memberOf(definition, 'staticResults')?.value;
  if (!option || !isOneOf(option.value, ['Enabled']) || results === opaque) return;
  if (!name || isOpen(name.value)) return;
  const known = isTreeObject(results) ? Object.keys(results) : [];
  if (isOneOf(name.value, known) || known.some((key) => key.includes(unknownText))) return;
  report('static-results', [...path, name.name], {
    severity: 'warning',
    message: `'${node.name}' uses the static result '${String(name.value)}', which the definition does not have.`,
    fix: suggestion(String(name.value), known, `Add it under "staticResults".`),
  });
}

export const staticResults: Rule = {
  name: 'static-results',
  about:
    'Static results have a status, and those that are switched on exist (static-results). Shape: {status, outputs, error, code}.',
  check(subject) {
    const found = memberOf(subject.definition, 'staticResults');
    if (isTreeObject(found?.value)) {
      for (const [name, entry] of Object.entries(found.value)) {
        checkEntry(subject, name, entry, [found.name, name]);
      }
    }
    for (const node of [...subject.model.actions, ...subject.model.triggers]) {
      checkUse(subject, node);
    }
  },
};
