// A Standard project folder as VS Code writes it: host.json, connections, parameters, workflows.
import { ConfigurationError, type Problem, readJsonText } from '../../base/index.ts';
import { isObject, numberOfToken, type ObjectValue, objectOf, type Value } from './language.ts';

export interface ProjectWorkflow {
  readonly name: string;
  readonly file: string;
  readonly kind: 'Stateful' | 'Stateless';
  readonly definition: Value;
}

export interface Project {
  readonly workflows: readonly ProjectWorkflow[];
  /** From parameters.json: values by name, not yet evaluated. */
  readonly parameters: ObjectValue;
  /** From local.settings.json; the site's own settings come first. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Reads the files of a project, by their paths in it. Throws ConfigurationError with file and line. */
export function readProject(files: ReadonlyMap<string, string>): Project {
  const problems: Problem[] = [];
  const byPath = new Map(
    [...files].map(([path, text]) => [path.replaceAll('\\', '/').replace(/^\.?\//, ''), text]),
  );
  const read = (file: string): Value | undefined => {
    const text = byPath.get(file);
    if (text === undefined) return undefined;
    try {
      return readJsonText(text, { file, number: numberOfToken }).value as unknown as Value;
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  checkHost(read('host.json'), byPath.has('host.json'), problems);
  checkConnections(read('connections.json'), problems);
  const parameters = valuesIn(read('parameters.json'));
  const settings = settingsIn(read('local.settings.json'));
  const workflows = [...byPath.keys()].flatMap((file) => {
    const name = /^([^/]+)\/workflow\.json$/i.exec(file)?.[1];
    const value = name === undefined ? undefined : read(file);
    const workflow = value === undefined ? undefined : workflowIn(name!, file, value, problems);
    return workflow ? [workflow] : [];
  });
  if (problems.length === 0 && workflows.length === 0) {
    problems.push({
      message: 'the project holds no <name>/workflow.json',
      fix: 'Name the folder that holds host.json.',
    });
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { workflows, parameters, settings };
}

function checkHost(host: Value | undefined, exists: boolean, problems: Problem[]): void {
  if (!exists) problems.push({ file: 'host.json', message: 'the project has no host.json' });
  if (isObject(host) && host.version !== '2.0')
    problems.push({ file: 'host.json', field: 'version', message: "the version must be '2.0'" });
}

/** Connections are refused by name: no connector is here to use them. */
function checkConnections(connections: Value | undefined, problems: Problem[]): void {
  if (!isObject(connections)) return;
  for (const [group, entries] of Object.entries(connections)) {
    if (!isObject(entries)) continue;
    for (const name of Object.keys(entries)) {
      problems.push({
        file: 'connections.json',
        field: `${group}.${name}`,
        message: `connections ('${name}') are not supported yet`,
        fix: 'Call the service with an HTTP action.',
      });
    }
  }
}

function valuesIn(file: Value | undefined): ObjectValue {
  if (!isObject(file)) return {};
  return objectOf(
    Object.entries(file).flatMap(([name, each]): [string, Value][] =>
      isObject(each) && each.value !== undefined ? [[name, each.value]] : [],
    ),
  );
}

function settingsIn(file: Value | undefined): Record<string, string> {
  const values = isObject(file) ? file.Values : undefined;
  return isObject(values)
    ? Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
    : {};
}

function workflowIn(
  name: string,
  file: string,
  value: Value,
  problems: Problem[],
): ProjectWorkflow | undefined {
  if (!isObject(value) || !isObject(value.definition ?? null)) {
    problems.push({ file, field: 'definition', message: 'the file has no definition' });
    return undefined;
  }
  const kind = typeof value.kind === 'string' ? value.kind.toLowerCase() : 'stateful';
  if (kind !== 'stateful' && kind !== 'stateless') {
    problems.push({
      file,
      field: 'kind',
      message: `workflows of kind '${String(value.kind)}' are not supported yet`,
    });
    return undefined;
  }
  return {
    name,
    file,
    kind: kind === 'stateful' ? 'Stateful' : 'Stateless',
    definition: value.definition as Value,
  };
}
