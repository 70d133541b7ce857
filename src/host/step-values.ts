// Values of steps: plain JSON, the text of a file, or what an earlier step gave.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError, type Json, type Problem, readJsonText } from '../base/index.ts';
import type { Environment } from './environment.ts';

/** What the steps so far gave: values by `step.name`. */
export type Outputs = ReadonlyMap<string, Json>;

/** `deployer.<tenant>`: object id of the deploying principal in that tenant. */
export const deployerOutputs = 'deployer';

type Reference = { file: string } | { jsonFile: string } | { output: string };

function referenceIn(value: Json): Reference | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = Object.entries(value);
  const [first] = members;
  if (members.length !== 1 || !first || typeof first[1] !== 'string') return undefined;
  return ['file', 'jsonFile', 'output'].includes(first[0]) ? (value as Reference) : undefined;
}

/** Checks what is known before anything runs: files exist and are JSON, steps named come before. */
export function checkStepValue(
  environment: Environment,
  path: readonly (string | number)[],
  value: Json,
): Problem[] {
  const reference = referenceIn(value);
  if (!reference) return [];
  if ('output' in reference) {
    const [step] = reference.output.split('.');
    const before = environment.steps.slice(0, Number(path[1])).map((each) => each.name);
    if (step === deployerOutputs || before.includes(step!)) return [];
    const message = `no step before this one is named '${step}'; before it: ${before.join(', ') || 'none'}`;
    return [environment.problem(path, message)];
  }
  try {
    resolveFile(environment, reference);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return [...error.problems];
    const named = 'file' in reference ? reference.file : reference.jsonFile;
    return [environment.problem(path, `the file '${named}' cannot be read`, String(error))];
  }
}

/** The value to use. Throws ConfigurationError where an output is not there. */
export function resolveStepValue(
  environment: Environment,
  path: readonly (string | number)[],
  value: Json,
  outputs: Outputs,
): Json {
  const reference = referenceIn(value);
  if (!reference) return value;
  if (!('output' in reference)) return resolveFile(environment, reference);
  const found = outputs.get(reference.output);
  if (found !== undefined) return found;
  const step = `${reference.output.split('.')[0]}.`;
  const known = [...outputs.keys()].filter((key) => key.startsWith(step));
  throw new ConfigurationError(
    environment.problem(
      path,
      `there is no output '${reference.output}'`,
      `That step gives: ${known.join(', ') || 'nothing'}.`,
    ),
  );
}

function resolveFile(environment: Environment, reference: { file: string } | { jsonFile: string }) {
  if ('file' in reference) return readFileSync(resolve(environment.folder, reference.file), 'utf8');
  const file = resolve(environment.folder, reference.jsonFile);
  return readJsonText(readFileSync(file, 'utf8'), { file: reference.jsonFile }).value;
}
