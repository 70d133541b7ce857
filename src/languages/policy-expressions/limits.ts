// Bounds of one evaluation and one compilation; Azure publishes none, so they are ours.

/** Limits a caller may set for one evaluation. */
export interface EvaluationLimits {
  /** Loop rounds, calls and elements visited. */
  readonly stepsMax: number;
  /** UTF-16 units of text and elements of collections made, all together. */
  readonly memoryMax: number;
  /** Calls of lambdas and local functions inside each other. */
  readonly depthMax: number;
}

/** About a second of work, and far more than any published policy needs. */
export const evaluationLimits: EvaluationLimits = {
  stepsMax: 5_000_000,
  memoryMax: 64 * 1024 * 1024,
  depthMax: 400,
};

/** A policy document holds at most 256 KiB, and so does each of its expressions. */
export const sourceLengthMax = 256 * 1024;

/** Nodes bound while compiling one expression, lambdas tried for overloads included. */
export const boundNodesMax = 200_000;
