// A Standard project on disk: the files around workflow.json, and which files to check.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ConfigurationError, type Problem, readJsonText } from '../../../base/index.ts';
import { isTreeObject, memberOf, type Tree, type TreeObject } from './tree.ts';

/** What a Standard project says beside its workflows. Absent files are undefined. */
export interface Project {
  readonly folder: string;
  readonly host: TreeObject | undefined;
  readonly settings: TreeObject | undefined;
  readonly connections: TreeObject | undefined;
  readonly parameters: TreeObject | undefined;
  /** Files that could not be read, with their places. */
  readonly problems: readonly Problem[];
  /** Names of the project's workflows: folders with a workflow.json. */
  readonly workflows: readonly string[];
  /** Paths under `Artifacts`, such as `Maps/a.xslt`. */
  readonly artifacts: readonly string[];
}

/** Folders that never hold workflows. */
const skipped = new Set(['node_modules', '.git', '.vscode', 'bin', 'obj', 'workflow-designtime']);
const depthMax = 12;
const filesMax = 20_000;

/** The project that a workflow.json belongs to; undefined for a file that stands alone. */
export function projectOf(file: string): Project | undefined {
  if (!/^workflow\.json$/i.test(basename(file))) return undefined;
  const folder = dirname(dirname(file));
  const markers = ['host.json', 'connections.json', 'parameters.json', 'local.settings.json'];
  if (!markers.some((name) => existsSync(join(folder, name)))) return undefined;
  return readProject(folder);
}

const projects = new Map<string, Project>();

/** Reads the files of a project folder once per process. */
export function readProject(folder: string): Project {
  const known = projects.get(folder);
  if (known) return known;
  const problems: Problem[] = [];
  const read = (name: string): TreeObject | undefined => {
    const file = join(folder, name);
    if (!existsSync(file)) return undefined;
    try {
      const value = readJsonText(readFileSync(file, 'utf8'), { file }).value as Tree;
      return isTreeObject(value) ? value : undefined;
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  const project: Project = {
    folder,
    host: read('host.json'),
    settings: read('local.settings.json'),
    connections: read('connections.json'),
    parameters: read('parameters.json'),
    problems,
    workflows: childFolders(folder).filter((name) =>
      existsSync(join(folder, name, 'workflow.json')),
    ),
    artifacts: filesUnder(join(folder, 'Artifacts'), '', 0),
  };
  projects.set(folder, project);
  return project;
}

function childFolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !skipped.has(entry.name))
    .map((entry) => entry.name);
}

function filesUnder(folder: string, prefix: string, depth: number): string[] {
  if (depth > depthMax || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesUnder(join(folder, entry.name), `${prefix}${entry.name}/`, depth + 1)
      : [`${prefix}${entry.name}`],
  );
}

/** Files of the project itself, and of tools, which hold no definitions. */
const companions =
  /^(?:host|local\.settings|connections|parameters|workflowparameters|package(?:-lock)?|tsconfig.*|launch|tasks|settings|extensions)\.json$/i;

/** JSON files under a folder that may hold definitions, in order of their paths. */
export function definitionFiles(folder: string): string[] {
  const found: string[] = [];
  const visit = (at: string, depth: number): void => {
    if (depth > depthMax || found.length >= filesMax) return;
    const entries = readdirSync(at, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) visit(path, depth + 1);
      } else if (/\.json$/i.test(entry.name) && !companions.test(entry.name)) found.push(path);
    }
  };
  visit(folder, 0);
  return found;
}

export function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}

/** Whether connections.json names `reference` in a section (`managedApiConnections`, …). */
export function connectionNames(project: Project, section: string): string[] | undefined {
  if (!project.connections) return undefined;
  const found = memberOf(project.connections, section)?.value;
  return isTreeObject(found) ? Object.keys(found) : [];
}
