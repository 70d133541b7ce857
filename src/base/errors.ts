// The user's faults and ours. Wire errors belong to the protocol that words them.

/** One thing wrong in the user's input: where, what, and what to write instead. */
export interface Problem {
  /** Path of the file as the user named it. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** The field inside the file, such as `steps[2].parameters.vaultName`. */
  readonly field?: string;
  readonly message: string;
  readonly fix?: string;
}

/** Input that the user must mend; shown without a stack, exit code 2. */
export class ConfigurationError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: Problem | readonly Problem[]) {
    const list = [problems].flat() as readonly Problem[];
    super(list.map(describeProblem).join('\n'));
    this.name = 'ConfigurationError';
    this.problems = list;
  }
}

/** `file:line:column: field: message. fix` with the parts that are known. */
export function describeProblem(problem: Problem): string {
  const { file, line, column } = problem;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const lead = [place, problem.field].filter(Boolean).join(': ');
  const text = problem.fix ? `${problem.message}\n  ${problem.fix}` : problem.message;
  return lead ? `${lead}: ${text}` : text;
}

/** States what must hold in our own code; its failure is a defect of Lazurite. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Lazurite defect: ${message}`);
}
