// Checks the workflow definitions that steps hand over, before anything is written.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JsonObject, Problem } from '../../base/index.ts';
import { checkText, definitionFiles, projectOf } from '../../services/logic-apps/index.ts';
import type { Environment } from '../environment.ts';

/** Names the schema of workflow definitions; other JSON files are not looked into. */
const definitionSchema = /workflowdefinition\.json/i;

/**
 * Errors of every definition, with line and column in its own file: of `jsonFile` parameters and of
 * Standard projects. Warnings are for `workflow check`.
 */
export function checkWorkflowFiles(environment: Environment): Problem[] {
  return environment.steps.flatMap(({ deployment, project, name }) => {
    const values = Object.values((deployment?.parameters ?? {}) as JsonObject);
    const named = values
      .flatMap((value) => jsonFileOf(value) ?? [])
      .map((path) => resolve(environment.folder, path))
      .filter((path) => definitionSchema.test(readFileSync(path, 'utf8')));
    const published = project
      ? definitionFiles(resolve(environment.folder, project.folder)).filter((path) =>
          /[\\/]workflow\.json$/i.test(path),
        )
      : [];
    return [...new Set([...named, ...published])].flatMap((file) => checkWorkflowFile(file, name));
  });
}

function jsonFileOf(value: unknown): string | undefined {
  const file = (value as { jsonFile?: unknown } | null)?.jsonFile;
  return typeof file === 'string' ? file : undefined;
}

function checkWorkflowFile(file: string, step: string): Problem[] {
  const { findings } = checkText(file, readFileSync(file, 'utf8'), projectOf(file));
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ line, column, message, fix }) => ({
      file,
      line,
      column,
      message,
      fix: `${fix} The workflow is deployed by step '${step}'.`.trim(),
    }));
}
