// Files to workflows: Standard workflow.json, bare definitions, resources and ARM templates.
import { type JsonText, type Position, readJsonText } from '../../../base/index.ts';
import { workflowResources } from './arm.ts';
import { isTreeObject, memberOf, type Path, type Tree, type TreeObject, treeOf } from './tree.ts';

export type Host = 'standard' | 'consumption' | 'unknown';

/** One workflow found in a file. */
export interface WorkflowSource {
  readonly name: string;
  readonly host: Host;
  /** `Stateful` where the file says nothing. */
  readonly kind: string;
  /** Where the definition stands in the file. */
  readonly path: Path;
  readonly definition: Tree;
  /** The object around the definition: `workflow.json`'s root, or the resource's `properties`. */
  readonly wrapper: TreeObject | undefined;
  /** Values of parameters that the resource gives. */
  readonly parameterValues: TreeObject | undefined;
}

/** A file that was read: its workflows and the places of its values. */
export interface DefinitionFile {
  readonly file: string;
  readonly text: string;
  readonly workflows: readonly WorkflowSource[];
  /** The file's root, for those who need more than its workflows. */
  readonly root: Tree;
  positionOf(path: Path): Position;
}

/**
 * Reads a file's text: BOM, comments and trailing commas are accepted. `workflows` is empty for JSON
 * that holds no definition. Throws ConfigurationError with line and column for text that is no JSON.
 */
export function readDefinitionFile(file: string, text: string): DefinitionFile {
  const json: JsonText = readJsonText(text, { file, loose: true });
  const root = treeOf(json.value);
  return {
    file,
    text: text.startsWith('\uFEFF') ? text.slice(1) : text,
    workflows: isTreeObject(root) ? workflowsOf(file, root) : [],
    root,
    positionOf: (path) => json.positionOf(path),
  };
}

/** Name of a Standard workflow: its folder. */
function folderName(file: string): string {
  const parts = file.split(/[\\/]/);
  const last = parts.at(-1) ?? file;
  return /^workflow\.json$/i.test(last)
    ? (parts.at(-2) ?? 'workflow')
    : last.replace(/\.json$/i, '');
}

function workflowsOf(file: string, root: TreeObject): WorkflowSource[] {
  const name = folderName(file);
  const schema = memberOf(root, '$schema')?.value;
  const isTemplate = typeof schema === 'string' && /deploymentTemplate\.json/i.test(schema);
  const resources = memberOf(root, 'resources')?.value;
  if (isTemplate || (resources !== undefined && !looksLikeDefinition(root))) {
    return workflowResources(root).flatMap(({ path, resource, resolve }) =>
      resourceWorkflow(name, resource, path, resolve),
    );
  }
  const type = memberOf(root, 'type')?.value;
  if (typeof type === 'string' && /^microsoft\.logic\/workflows$/i.test(type)) {
    return resourceWorkflow(name, root, [], (value) => value);
  }
  const wrapped = memberOf(root, 'definition');
  if (wrapped) return [wrappedWorkflow(file, name, root, wrapped)];
  const properties = memberOf(root, 'properties');
  if (isTreeObject(properties?.value) && memberOf(properties.value, 'definition')) {
    return resourceWorkflow(name, root, [], (value) => value);
  }
  if (!looksLikeDefinition(root)) return [];
  return [
    {
      name,
      host: 'unknown',
      kind: 'Stateful',
      path: [],
      definition: root,
      wrapper: undefined,
      parameterValues: undefined,
    },
  ];
}

function looksLikeDefinition(root: TreeObject): boolean {
  const schema = memberOf(root, '$schema')?.value;
  if (typeof schema === 'string' && /workflowdefinition\.json/i.test(schema)) return true;
  return isTreeObject(memberOf(root, 'triggers')?.value) && memberOf(root, 'actions') !== undefined;
}

function wrappedWorkflow(
  file: string,
  name: string,
  root: TreeObject,
  wrapped: { readonly name: string; readonly value: Tree },
): WorkflowSource {
  const kind = memberOf(root, 'kind')?.value;
  const standard = /(^|[\\/])workflow\.json$/i.test(file) || typeof kind === 'string';
  const values = memberOf(root, 'parameters')?.value;
  return {
    name,
    host: standard ? 'standard' : 'unknown',
    kind: typeof kind === 'string' ? kind : 'Stateful',
    path: [wrapped.name],
    definition: wrapped.value,
    wrapper: root,
    parameterValues: isTreeObject(values) ? values : undefined,
  };
}

function resourceWorkflow(
  name: string,
  resource: TreeObject,
  path: Path,
  resolve: (value: Tree) => Tree,
): WorkflowSource[] {
  const properties = memberOf(resource, 'properties');
  if (!isTreeObject(properties?.value)) return [];
  const definition = memberOf(properties.value, 'definition');
  if (!definition) return [];
  const values = resolve(memberOf(properties.value, 'parameters')?.value ?? null);
  const given = resolve(memberOf(resource, 'name')?.value ?? null);
  return [
    {
      name: typeof given === 'string' ? given : name,
      host: 'consumption',
      kind: 'Stateful',
      path: [...path, properties.name, definition.name],
      definition: resolve(definition.value),
      wrapper: properties.value,
      parameterValues: isTreeObject(values) ? values : undefined,
    },
  ];
}
