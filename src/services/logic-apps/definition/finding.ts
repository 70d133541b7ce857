// What a check reports, and what a rule is handed.
import type { ExpressionUse } from './expressions.ts';
import type { WorkflowModel } from './model.ts';
import type { Project } from './project.ts';
import type { WorkflowSource } from './source.ts';
import type { Path, TreeObject } from './tree.ts';

/** `error`: Azure refuses it, or it cannot work. `warning`: accepted, but probably not meant. */
export type Severity = 'error' | 'warning';

export interface Finding {
  readonly severity: Severity;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
  readonly fix: string;
}

export interface Report {
  readonly severity?: Severity;
  readonly message: string;
  readonly fix: string;
  /** UTF-16 offset inside the string at the path. */
  readonly offset?: number;
}

/** A workflow under check. */
export interface Subject {
  readonly source: WorkflowSource;
  readonly definition: TreeObject;
  readonly model: WorkflowModel;
  readonly expressions: readonly ExpressionUse[];
  readonly project: Project | undefined;
  /** Reports at a path from the definition's root; an error unless told otherwise. */
  report(rule: string, path: Path, report: Report): void;
}

/** One rule: its name as findings show it, what it proves, and how. */
export interface Rule {
  readonly name: string;
  readonly about: string;
  check(subject: Subject): void;
}

/** The name among `known` that was probably meant: same but for blanks, case or up to two letters. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const plain = (text: string) => text.toLowerCase().replace(/[\s_-]/g, '');
  let best: string | undefined;
  let bestDistance = name.length < 4 ? 2 : 3;
  for (const candidate of known) {
    if (plain(candidate) === plain(name)) return candidate;
    const distance = editDistance(plain(name), plain(candidate), bestDistance);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein distance, or `bound` where it is at least that. */
function editDistance(left: string, right: string, bound: number): number {
  if (Math.abs(left.length - right.length) >= bound) return bound;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(row.at(-1) ?? bound, bound);
}

/** `'a', 'b' or 'c'`, at most eight of them. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map((name) => `'${name}'`);
  if (names.length > 8) return `${shown.join(', ')}, …`;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

/** "Write 'x'." where a near name exists, else what to choose from. */
export function suggestion(name: string, known: readonly string[], otherwise: string): string {
  const near = nearest(name, known);
  if (near !== undefined) return `Write '${near}'.`;
  return known.length > 0 ? `Write one of ${listed(known)}.` : otherwise;
}
