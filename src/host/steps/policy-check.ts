// Checks the policy files that deployment steps hand over, before anything is written.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JsonObject, Problem } from '../../base/index.ts';
import { checkDocument } from '../../languages/policy-documents/index.ts';
import type { Environment } from '../environment.ts';

/** What begins as a policy document or fragment; other text files are not looked into. */
const policyStart = /^\s*(<!--[\s\S]*?-->\s*)*<(policies|fragment)[\s/>]/;

/**
 * Faults of every policy file, with line and column in the file itself. The template names the format,
 * and may compute it: a document that is sound in one of both is left to API Management.
 */
export function checkPolicyFiles(environment: Environment): Problem[] {
  return environment.steps.flatMap(({ deployment, name }) => {
    const values = Object.values((deployment?.parameters ?? {}) as JsonObject);
    const paths = values.flatMap((value) => fileOf(value) ?? []);
    return [...new Set(paths)].flatMap((path) =>
      checkPolicyFile(resolve(environment.folder, path), name),
    );
  });
}

function fileOf(value: unknown): string | undefined {
  const file = (value as { file?: unknown } | null)?.file;
  return typeof file === 'string' ? file : undefined;
}

function checkPolicyFile(file: string, step: string): Problem[] {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  if (!policyStart.test(text)) return [];
  const { ok, findings } = checkDocument(text, { format: 'rawxml', file });
  if (ok || checkDocument(text, { format: 'xml', file }).ok) return [];
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ line, column, message }) => ({
      file,
      line,
      column,
      message,
      fix: `The policy is deployed by step '${step}'. More: lazurite policy check.`,
    }));
}
