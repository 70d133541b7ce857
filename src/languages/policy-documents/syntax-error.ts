// A document that cannot be read.
import type { Position } from '../../base/index.ts';

/** Where reading stopped, why, and what to write instead. */
export class PolicySyntaxError extends Error {
  readonly position: Position;
  readonly fix: string | undefined;

  constructor(message: string, position: Position, fix?: string) {
    super(message);
    this.name = 'PolicySyntaxError';
    this.position = position;
    this.fix = fix;
  }
}
