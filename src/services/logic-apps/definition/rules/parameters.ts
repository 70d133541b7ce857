// Parameters that expressions name are declared, and connections that operations name exist.
import { references } from '../../../../languages/workflow-expressions/index.ts';
import type { Rule, Subject } from '../finding.ts';
import { suggestion } from '../finding.ts';
import type { ActionNode, TriggerNode } from '../model.ts';
import { connectionNames } from '../project.ts';
import {
  isTreeObject,
  memberOf,
  opaque,
  type Path,
  type Tree,
  unknownText,
  valueAt,
} from '../tree.ts';

/** Declared names; undefined where only a deployment knows them. */
function declaredNames({ definition, project, source }: Subject): string[] | undefined {
  const own = memberOf(definition, 'parameters')?.value;
  if (own === opaque) return undefined;
  const names = isTreeObject(own) ? Object.keys(own) : [];
  if (names.some((name) => name.includes(unknownText) || /^\[.*\]$/s.test(name))) return undefined;
  if (project?.parameters) names.push(...Object.keys(project.parameters));
  if (source.parameterValues && source.host === 'standard') {
    names.push(...Object.keys(source.parameterValues));
  }
  return names;
}

export const parameters: Rule = {
  name: 'unknown-parameter',
  about: 'Parameters that expressions name are declared in the definition or in parameters.json.',
  check(subject) {
    const names = declaredNames(subject);
    if (!names) return;
    const known = new Set(names.map((name) => name.toLowerCase()));
    const { source, project } = subject;
    // A lone workflow.json may belong to a project whose parameters.json is not at hand.
    const alone = source.host !== 'consumption' && !project;
    for (const use of subject.expressions) {
      for (const { kind, name, start } of use.references) {
        if (kind !== 'parameter' || name === undefined || name.includes(unknownText)) continue;
        if (known.has(name.toLowerCase()) || name.toLowerCase() === '$authentication') continue;
        const connections = name.toLowerCase() === '$connections';
        subject.report('unknown-parameter', use.path, {
          severity: alone || connections ? 'warning' : 'error',
          offset: start,
          message: `The parameter '${name}' is not declared${project ? ' in the definition or in parameters.json' : ' in the definition'}.`,
          fix: suggestion(
            name,
            names,
            `Add '${name}' to ${source.host === 'standard' ? 'parameters.json' : "the definition's 'parameters'"}.`,
          ),
        });
      }
    }
  },
};

/** Where a type of operation names its connection, and in which section of connections.json. */
const sections: Readonly<Record<string, readonly [section: string, path: readonly string[]]>> = {
  apiconnection: ['managedApiConnections', ['host', 'connection', 'referenceName']],
  apiconnectionwebhook: ['managedApiConnections', ['host', 'connection', 'referenceName']],
  apiconnectionnotification: ['managedApiConnections', ['host', 'connection', 'referenceName']],
  serviceprovider: [
    'serviceProviderConnections',
    ['serviceProviderConfiguration', 'connectionName'],
  ],
  function: ['functionConnections', ['function', 'connectionName']],
  apimanagement: ['apiManagementConnections', ['apiManagement', 'connection']],
};

function checkConnection(subject: Subject, node: ActionNode | TriggerNode): void {
  const inputs = memberOf(node.body, 'inputs');
  if (!inputs) return;
  const place = sections[node.typeKey];
  if (place) {
    const [section, path] = place;
    const name = valueAt(inputs.value, path);
    if (typeof name === 'string' && !name.includes('@') && !name.includes(unknownText)) {
      checkReference(subject, section, name, [...node.path, inputs.name, ...path]);
    }
  }
  const expression = valueAt(inputs.value, ['host', 'connection', 'name']);
  if (typeof expression === 'string') {
    checkConsumption(subject, expression, [
      ...node.path,
      inputs.name,
      'host',
      'connection',
      'name',
    ]);
  }
}

function checkReference(subject: Subject, section: string, name: string, path: Path): void {
  const { project, report } = subject;
  const names = project ? connectionNames(project, section) : undefined;
  if (!project || project.problems.some(({ file }) => file?.endsWith('connections.json'))) return;
  if (!names) {
    report('unknown-connection', path, {
      severity: 'warning',
      message: `The connection '${name}' is named, but the project has no connections.json.`,
      fix: `Add connections.json with '${name}' under '${section}'.`,
    });
    return;
  }
  if (names.some((known) => known.toLowerCase() === name.toLowerCase())) return;
  report('unknown-connection', path, {
    message: `connections.json has no '${name}' under '${section}'.`,
    fix: suggestion(name, names, `Add '${name}' under '${section}' of connections.json.`),
  });
}

/** `@parameters('$connections')['x']['connectionId']` names a value of the resource. */
function checkConsumption(subject: Subject, text: string, path: Path): void {
  const { source, report } = subject;
  const given = source.parameterValues;
  const value = given ? valueAt(given, ['$connections', 'value']) : undefined;
  if (!isTreeObject(value)) return;
  const names = Object.keys(value);
  if (names.some((name) => name.includes(unknownText) || name.startsWith('['))) return;
  for (const name of connectionsNamedIn(text)) {
    if (names.some((known) => known.toLowerCase() === name.toLowerCase())) continue;
    report('unknown-connection', path, {
      message: `The resource's '$connections' have no '${name}'.`,
      fix: suggestion(name, names, `Add '${name}' to the value of '$connections'.`),
    });
  }
}

function connectionsNamedIn(text: string): string[] {
  try {
    return references(text).flatMap(({ kind, name, path }) => {
      const [first] = path;
      const named = kind === 'parameter' && name?.toLowerCase() === '$connections';
      return named && typeof first === 'string' && !first.includes(unknownText) ? [first] : [];
    });
  } catch {
    return [];
  }
}

export const connections: Rule = {
  name: 'unknown-connection',
  about:
    'Connections that operations name exist: in connections.json, or in the $connections of the resource.',
  check(subject) {
    for (const node of [...subject.model.actions, ...subject.model.triggers]) {
      checkConnection(subject, node);
    }
  },
};

/** Functions that parameters.json and connections.json may use. */
const allowedInFiles: Readonly<Record<string, ReadonlySet<string>>> = {
  'parameters.json': new Set(['appsetting']),
  'connections.json': new Set(['appsetting', 'parameters']),
};

export const projectFiles: Rule = {
  name: 'project-files',
  about:
    'The files around workflow.json can be read, and use only the functions that are evaluated there.',
  check({ project, report, definition }) {
    if (!project) return;
    checkValues(project, definition, report);
    for (const problem of project.problems) {
      report('project-files', [], {
        message: `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`,
        fix: 'Mend the JSON of that file.',
      });
    }
    for (const [file, tree] of [
      ['parameters.json', project.parameters],
      ['connections.json', project.connections],
    ] as const) {
      if (file === 'connections.json') checkConnectionParameters(project, tree, report);
      for (const name of functionsIn(tree ?? null)) {
        if (allowedInFiles[file]?.has(name.toLowerCase())) continue;
        report('project-files', [], {
          message: `${file} uses ${name}(), which is not evaluated there.`,
          fix: `Use only ${[...(allowedInFiles[file] ?? [])].map((each) => `${each}()`).join(' and ')}.`,
        });
      }
    }
  },
};

/** A declared parameter needs a default or a value. */
function checkValues(
  project: NonNullable<Subject['project']>,
  definition: Subject['definition'],
  report: Subject['report'],
): void {
  const declared = memberOf(definition, 'parameters');
  if (!isTreeObject(declared?.value)) return;
  if (project.problems.some(({ file }) => file?.endsWith('parameters.json'))) return;
  for (const [name, entry] of Object.entries(declared.value)) {
    if (!isTreeObject(entry) || name.toLowerCase() === '$connections') continue;
    if (memberOf(entry, 'defaultValue') || memberOf(entry, 'value')) continue;
    if (project.parameters && memberOf(project.parameters, name)) continue;
    report('parameter-value', [declared.name, name], {
      // A deployment may still bring it.
      severity: 'warning',
      message: `The parameter '${name}' has no default value, and parameters.json gives it none.`,
      fix: `Add '${name}' to parameters.json.`,
    });
  }
}

/** parameters() in connections.json reads parameters.json. */
function checkConnectionParameters(
  project: NonNullable<Subject['project']>,
  tree: Tree | undefined,
  report: Subject['report'],
): void {
  for (const name of parametersIn(tree ?? null)) {
    if (project.parameters && memberOf(project.parameters, name)) continue;
    if (project.problems.some(({ file }) => file?.endsWith('parameters.json'))) continue;
    report('unknown-parameter', [], {
      severity: 'warning',
      message: `connections.json uses the parameter '${name}', which parameters.json does not have.`,
      fix: suggestion(
        name,
        Object.keys(project.parameters ?? {}),
        `Add '${name}' to parameters.json.`,
      ),
    });
  }
}

function parametersIn(value: Tree): string[] {
  if (typeof value === 'string') {
    try {
      return references(value).flatMap(({ kind, name }) =>
        kind === 'parameter' && name !== undefined ? [name] : [],
      );
    } catch {
      return [];
    }
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((item: Tree) => parametersIn(item));
}

function functionsIn(value: Tree): string[] {
  if (typeof value === 'string') {
    try {
      return references(value).flatMap(({ kind, via }) => (kind === 'function' ? [via] : []));
    } catch {
      return [];
    }
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((item: Tree) => functionsIn(item));
}
