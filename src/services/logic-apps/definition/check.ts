// Checks a file: every workflow in it against every rule, findings in order of their places.
import { ConfigurationError } from '../../../base/index.ts';
import { expressionCount, expressionsOf } from './expressions.ts';
import type { Finding, Report, Subject } from './finding.ts';
import { modelOf } from './model.ts';
import type { Project } from './project.ts';
import { rules } from './rules/index.ts';
import { type DefinitionFile, readDefinitionFile, type WorkflowSource } from './source.ts';
import { isTreeObject, memberOf, opaque, type Path } from './tree.ts';

/** The outcome for one file, as `workflow check --json` prints it. */
export interface FileReport {
  readonly file: string;
  /** No finding is an error. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly actions: number;
  readonly expressions: number;
}

/** Names and descriptions of the rules, for help and documentation. */
export { rules } from './rules/index.ts';

/** Checks the text of a file; never throws for what stands in it. */
export function checkText(file: string, text: string, project?: Project): FileReport {
  let read: DefinitionFile;
  try {
    read = readDefinitionFile(file, text);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return unreadable(file, error);
  }
  return checkFile(read, project);
}

function unreadable(file: string, error: ConfigurationError): FileReport {
  const findings = error.problems.map(
    (problem): Finding => ({
      severity: 'error',
      line: problem.line ?? 1,
      column: problem.column ?? 1,
      rule: 'json-syntax',
      message: problem.message,
      fix: problem.fix ?? 'Mend the JSON at this place.',
    }),
  );
  return { file, ok: false, findings, actions: 0, expressions: 0 };
}

/** Checks a file that was read. */
export function checkFile(read: DefinitionFile, project?: Project): FileReport {
  const findings: Finding[] = [];
  let actions = 0;
  let expressions = 0;
  if (read.workflows.length === 0) {
    // A template may well deploy other things, or workflows only under a condition.
    const template = isTreeObject(read.root) && memberOf(read.root, 'resources') !== undefined;
    findings.push({
      severity: template ? 'warning' : 'error',
      line: 1,
      column: 1,
      rule: 'no-definition',
      message: 'The file holds no workflow definition.',
      fix: 'Name a workflow.json, a definition with triggers and actions, or a template with Microsoft.Logic/workflows.',
    });
  }
  for (const source of read.workflows) {
    const counts = checkWorkflow(read, source, project, findings);
    actions += counts.actions;
    expressions += counts.expressions;
  }
  findings.sort((a, b) => a.line - b.line || a.column - b.column);
  const ok = findings.every(({ severity }) => severity !== 'error');
  return { file: read.file, ok, findings: distinct(findings), actions, expressions };
}

function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify(finding);
    return seen.has(key) ? false : seen.add(key);
  });
}

function checkWorkflow(
  read: DefinitionFile,
  source: WorkflowSource,
  project: Project | undefined,
  findings: Finding[],
): { readonly actions: number; readonly expressions: number } {
  if (source.definition === opaque) return { actions: 0, expressions: 0 };
  const report = (rule: string, path: Path, given: Report): void => {
    findings.push({
      severity: given.severity ?? 'error',
      ...placeOf(read, [...source.path, ...path], given.offset),
      rule,
      message: given.message,
      fix: given.fix,
    });
  };
  const { definition } = source;
  if (!isTreeObject(definition)) {
    report('definition-shape', [], {
      message: 'The definition is not an object.',
      fix: 'Write an object with $schema, contentVersion, triggers and actions.',
    });
    return { actions: 0, expressions: 0 };
  }
  const model = modelOf(definition);
  const uses = expressionsOf(definition, model);
  const subject: Subject = { source, definition, model, expressions: uses, project, report };
  for (const rule of rules) rule.check(subject);
  return {
    actions: model.actions.length,
    expressions: uses.reduce((sum, use) => sum + expressionCount(use), 0),
  };
}

/** The place of a value; `offset` counts inside its string, JSON escapes allowed for. */
function placeOf(
  read: DefinitionFile,
  path: Path,
  offset: number | undefined,
): { readonly line: number; readonly column: number } {
  const start = read.positionOf(path);
  if (offset === undefined) return start;
  const index = indexOfPosition(read.text, start.line, start.column);
  if (read.text[index] !== '"') return start;
  let at = index + 1;
  for (let left = offset; left > 0 && read.text[at] !== '"'; left--) {
    if (read.text[at] === '\\') at += read.text[at + 1] === 'u' ? 6 : 2;
    else at += 1;
  }
  // A string of a file never spans lines unless it was read loosely; then the start must do.
  const column = start.column + at - index;
  return read.text.slice(index, at).includes('\n') ? start : { line: start.line, column };
}

function indexOfPosition(text: string, line: number, column: number): number {
  let index = 0;
  for (let at = 1; at < line; at++) index = text.indexOf('\n', index) + 1;
  return index + column - 1;
}
