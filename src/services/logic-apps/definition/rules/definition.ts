// The definition's own members: present, of the right kind, within the limits.
import type { Rule, Subject } from '../finding.ts';
import { suggestion } from '../finding.ts';
import * as limits from '../limits.ts';
import {
  isAbsent,
  isTreeArray,
  isTreeObject,
  memberOf,
  opaque,
  type Tree,
  type TreeObject,
} from '../tree.ts';

const known = [
  '$schema',
  'contentVersion',
  'parameters',
  'triggers',
  'actions',
  'outputs',
  'description',
  'metadata',
  'staticResults',
];

/** Members that, where present, are objects. */
const objects = ['parameters', 'triggers', 'actions', 'outputs', 'staticResults', 'metadata'];

export const definitionShape: Rule = {
  name: 'definition-shape',
  about: 'The definition and its sections are objects with known members.',
  check({ definition, report }) {
    for (const [name, value] of Object.entries(definition)) {
      if (!known.some((other) => other.toLowerCase() === name.toLowerCase())) {
        report('definition-shape', [name], {
          message: `The definition has no member '${name}'.`,
          fix: suggestion(name, known, 'Remove it.'),
        });
      } else if (objects.some((other) => other.toLowerCase() === name.toLowerCase())) {
        if (!isAbsent(value) && value !== opaque && !isTreeObject(value)) {
          report('definition-shape', [name], {
            message: `'${name}' is not an object.`,
            fix: `Write '${name}' as an object of names to entries.`,
          });
        }
      }
    }
    for (const section of ['triggers', 'actions', 'parameters', 'outputs']) {
      entriesAreObjects(section, definition, report);
    }
    for (const name of ['$schema', 'contentVersion']) {
      const value = memberOf(definition, name)?.value;
      if (isAbsent(value)) {
        report('definition-shape', [], {
          severity: 'warning',
          message: `The definition has no '${name}'.`,
          fix:
            name === '$schema'
              ? `Add "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#".`
              : 'Add "contentVersion": "1.0.0.0".',
        });
      } else if (typeof value !== 'string' && value !== opaque) {
        report('definition-shape', [name], {
          message: `'${name}' is not a string.`,
          fix: `Write '${name}' as a string.`,
        });
      }
    }
  },
};

function entriesAreObjects(
  section: string,
  definition: Subject['definition'],
  report: Subject['report'],
): void {
  const found = memberOf(definition, section);
  if (!isTreeObject(found?.value)) return;
  for (const [name, entry] of Object.entries(found.value)) {
    if (isAbsent(entry) || entry === opaque || isTreeObject(entry)) continue;
    report('definition-shape', [found.name, name], {
      message: `The entry '${name}' of '${section}' is not an object.`,
      fix: `Write '${name}' as an object.`,
    });
  }
}

function count(value: Tree | undefined): number {
  return isTreeObject(value) ? Object.keys(value).length : 0;
}

function tooMany(
  { report }: Subject,
  path: readonly string[],
  what: string,
  found: number,
  max: number,
  severity: 'error' | 'warning' = 'error',
): void {
  if (found <= max) return;
  report('limits', path, {
    severity,
    message: `${found} ${what}; at most ${max} are allowed.`,
    fix: 'Move a part into a workflow of its own and call it.',
  });
}

export const definitionLimits: Rule = {
  name: 'limits',
  about: 'Counts, lengths and nesting stay within the documented limits.',
  check(subject) {
    const { definition, model, source, report } = subject;
    const standard = source.host === 'standard';
    tooMany(subject, ['actions'], 'actions', model.actions.length, limits.actionsMax);
    tooMany(
      subject,
      ['triggers'],
      'triggers',
      model.triggers.length,
      standard ? limits.triggersStandardMax : limits.triggersMax,
    );
    tooMany(subject, ['outputs'], 'outputs', count(memberOf(definition, 'outputs')?.value), 10);
    const parameters = count(memberOf(definition, 'parameters')?.value);
    const parametersMax = standard ? limits.parametersStandardMax : limits.parametersMax;
    tooMany(subject, ['parameters'], 'parameters', parameters, parametersMax);
    for (const action of model.actions) {
      const depth = depthOf(action.container);
      if (depth === limits.nestingMax + 1 && [...action.container.actions.values()][0] === action) {
        report('limits', action.path, {
          severity: 'warning',
          message: `The actions beside '${action.name}' are nested ${depth} levels deep; ${limits.nestingMax} are allowed.`,
          fix: 'Move the inner part into a workflow of its own and call it.',
        });
      }
      const cases = memberOf(action.body, 'cases');
      if (count(cases?.value) > limits.switchCasesMax) {
        tooMany(
          subject,
          [...action.path.map(String), 'cases'],
          'cases',
          count(cases?.value),
          limits.switchCasesMax,
        );
      }
    }
    for (const { name, path, body } of [...model.actions, ...model.triggers]) {
      // Code points, as the service counts.
      if ([...name].length > limits.nameMax) {
        report('limits', path, {
          message: `The name '${name.slice(0, 40)}…' has more than ${limits.nameMax} characters.`,
          fix: 'Shorten it, and the expressions that name it.',
        });
      }
      const description = memberOf(body, 'description');
      if (
        typeof description?.value === 'string' &&
        [...description.value].length > limits.descriptionMax
      ) {
        report('limits', [...path, description.name], {
          message: `The description of '${name}' has more than ${limits.descriptionMax} characters.`,
          fix: 'Shorten it.',
        });
      }
    }
  },
};

function depthOf(container: {
  readonly owner: unknown;
  readonly path: readonly unknown[];
}): number {
  let depth = 1;
  let at = container as { owner?: { container: { owner?: unknown } } };
  while (at.owner) {
    depth++;
    at = at.owner.container as typeof at;
  }
  return depth;
}

const parameterTypes = [
  'Array',
  'Bool',
  'Float',
  'Int',
  'Object',
  'SecureObject',
  'SecureString',
  'String',
];

/** Whether a default has the kind that a type asks for; expressions and texts of numbers pass. */
const fitting: Readonly<Record<string, (value: Tree) => boolean>> = {
  array: isTreeArray,
  object: isTreeObject,
  secureobject: isTreeObject,
  string: (value) => typeof value === 'string',
  securestring: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean' || /^(?:true|false)$/i.test(String(value)),
  int: (value) => Number.isInteger(Number(value)) && !isTreeArray(value) && value !== '',
  float: (value) => Number.isFinite(Number(value)) && !isTreeArray(value) && value !== '',
};

function checkDefault(
  report: Subject['report'],
  path: readonly string[],
  entry: TreeObject,
  type: string,
): void {
  const found = memberOf(entry, 'defaultValue');
  if (!found || isAbsent(found.value) || found.value === opaque) return;
  const { value } = found;
  if (typeof value === 'string' && /[@[\uE000]/.test(value)) return;
  if (fitting[type.toLowerCase()]?.(value) !== false) return;
  report('parameter-declaration', [...path, found.name], {
    message: `The default value of '${path.at(-1)}' is not of type '${type}'.`,
    fix: `Write a value of type '${type}', or change the type.`,
  });
}

export const definitionParameters: Rule = {
  name: 'parameter-declaration',
  about: 'Declared parameters and outputs have a type the service knows.',
  check({ definition, report }) {
    for (const section of ['parameters', 'outputs']) {
      const found = memberOf(definition, section);
      if (!isTreeObject(found?.value)) continue;
      for (const [name, entry] of Object.entries(found.value)) {
        if (!isTreeObject(entry)) continue;
        const type = memberOf(entry, 'type');
        if (type?.value === opaque) continue;
        const known =
          typeof type?.value === 'string' &&
          parameterTypes.some((other) => other.toLowerCase() === String(type.value).toLowerCase());
        if (known) {
          checkDefault(report, [found.name, name], entry, String(type?.value));
          continue;
        }
        report('parameter-declaration', [found.name, name, ...(type ? [type.name] : [])], {
          message: isAbsent(type?.value)
            ? `'${name}' of '${section}' has no type.`
            : `'${String(type?.value)}' is not a type.`,
          fix: suggestion(String(type?.value ?? ''), parameterTypes, ''),
        });
        const allowed = memberOf(entry, 'allowedValues');
        if (allowed && !isAbsent(allowed.value) && allowed.value !== opaque) {
          if (!isTreeArray(allowed.value)) {
            report('parameter-declaration', [found.name, name, allowed.name], {
              message: `'allowedValues' of '${name}' is not an array.`,
              fix: 'Write an array of values.',
            });
          }
        }
      }
    }
  },
};
