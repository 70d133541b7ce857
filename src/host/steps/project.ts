// A step that publishes a Standard project folder to its site.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { ConfigurationError, describeProblem, type Json } from '../../base/index.ts';
import { type StepContext, type StepOutputs, stepFailure, subscriptionOf } from './context.ts';

/** Folders that tools leave in a project and that are never deployed. */
const leftOut = new Set(['node_modules', '.git', '.vscode', 'workflow-designtime', '.lazurite']);

export function projectInputs(context: StepContext): Json {
  const { folder, ...rest } = context.step.project!;
  return { ...rest, files: Object.fromEntries(readProject(context)) } as unknown as Json;
}

export async function runProject(context: StepContext): Promise<StepOutputs> {
  const { subscription, resourceGroup, site } = context.step.project!;
  const { id } = subscriptionOf(context.environment, subscription);
  const siteId = `/subscriptions/${id}/resourceGroups/${resourceGroup}/providers/Microsoft.Web/sites/${site}`;
  try {
    await context.publishProject(siteId, readProject(context));
    return {};
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw stepFailure(context, ['project', 'folder'], inFolder(context, error));
  }
}

/** Every fault with its file as it is called from the environment's folder. */
function inFolder({ step }: StepContext, { problems }: ConfigurationError): string {
  const { folder } = step.project!;
  return problems
    .map((each) => ({ ...each, file: each.file && `${folder}/${each.file}` }))
    .map(describeProblem)
    .join('\n  ');
}

/** Text by path with forward slashes, from the project's folder. */
export function readProject({ environment, step }: StepContext): Map<string, string> {
  const root = resolve(environment.folder, step.project!.folder);
  const files = new Map<string, string>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (entry.isFile() && !path.split('/').some((part) => leftOut.has(part))) {
      files.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  return files;
}
