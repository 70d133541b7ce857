// The evaluation under way: its clock, random source, budget and place. Evaluation is synchronous,
// so one record serves it, and the library's functions stay plain.
import { type EvaluationLimits, evaluationLimits } from '../limits.ts';

/** What an evaluation takes from its caller. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  now(): number;
  /** A number from 0 up to, but not including, 1. */
  random(): number;
  /** Fills with bytes fit for keys. */
  randomBytes(count: number): Uint8Array;
}

interface Run {
  surroundings: Surroundings;
  context: unknown;
  stepsLeft: number;
  memoryLeft: number;
  depthLeft: number;
  /** Offset in the source of the call or operation under way. */
  at: number;
}

const idle: Surroundings = {
  now: () => 0,
  random: () => 0,
  randomBytes: (count) => new Uint8Array(count),
};

/** Read and written by generated closures and by the library. */
export const run: Run = {
  surroundings: idle,
  context: null,
  stepsLeft: 0,
  memoryLeft: 0,
  depthLeft: 0,
  at: 0,
};

/** A bound was passed. C# code cannot catch it. */
export class LimitExceeded extends Error {
  readonly limit: 'steps' | 'memory' | 'depth';

  constructor(limit: LimitExceeded['limit']) {
    const words = {
      steps: 'The expression takes too many steps.',
      memory: 'The expression builds too much data.',
      depth: 'The expression calls itself too deeply.',
    };
    super(words[limit]);
    this.limit = limit;
  }
}

/** Counts work. */
export function charge(steps: number): void {
  run.stepsLeft -= steps;
  if (run.stepsLeft < 0) throw new LimitExceeded('steps');
}

/** Counts data made: units of text, elements of collections. */
export function allocate(units: number): void {
  run.memoryLeft -= units;
  if (run.memoryLeft < 0) throw new LimitExceeded('memory');
}

/** Enters a lambda or local function; `leave` undoes it. */
export function enter(): void {
  run.stepsLeft -= 1;
  run.depthLeft -= 1;
  if (run.stepsLeft < 0) throw new LimitExceeded('steps');
  if (run.depthLeft < 0) throw new LimitExceeded('depth');
}

export function leave(): void {
  run.depthLeft += 1;
}

/** Runs `work` as an evaluation of its own. */
export function within<T>(
  surroundings: Surroundings,
  context: unknown,
  limits: Partial<EvaluationLimits>,
  work: () => T,
): T {
  const { surroundings: outer, context: outerContext, stepsLeft, memoryLeft, depthLeft, at } = run;
  run.surroundings = surroundings;
  run.context = context;
  run.stepsLeft = limits.stepsMax ?? evaluationLimits.stepsMax;
  run.memoryLeft = limits.memoryMax ?? evaluationLimits.memoryMax;
  run.depthLeft = limits.depthMax ?? evaluationLimits.depthMax;
  run.at = 0;
  try {
    return work();
  } finally {
    run.surroundings = outer;
    run.context = outerContext;
    run.stepsLeft = stepsLeft;
    run.memoryLeft = memoryLeft;
    run.depthLeft = depthLeft;
    run.at = at;
  }
}
