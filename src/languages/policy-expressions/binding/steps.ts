// How statements run: blocks with their labels, loops, and the signals that leave them.
import { LimitExceeded, run } from '../running/run.ts';
import type { Statement } from '../syntax/tree.ts';
import { elementTypeOf, known } from '../types/hierarchy.ts';
import type { Type } from '../types/type.ts';
import type { Code, Locals } from './bound.ts';
import type { Step } from './lambdas.ts';

export const breaking = Symbol('break');
export const continuing = Symbol('continue');
export const returning = Symbol('return');

/** A jump to a label, looked for in ever wider blocks. */
export interface Jump {
  readonly label: string;
}

export function returnStep(code: Code): Step {
  return (locals) => {
    locals[0] = code(locals);
    return returning;
  };
}

export function elementIsObject(type: Type): boolean {
  return (
    type.kind !== 'array' && elementTypeOf(type) === known.object && type.arguments.length === 0
  );
}

export function labelPositions(statements: readonly Statement[]): ReadonlyMap<string, number> {
  const labels = new Map<string, number>();
  statements.forEach((statement, index) => {
    for (let inner = statement; inner.kind === 'label'; inner = inner.body) {
      labels.set(inner.name, index);
    }
  });
  return labels;
}

export function blockStep(
  cells: ((locals: Locals) => void) | undefined,
  functions: readonly Step[],
  steps: readonly Step[],
  labels: ReadonlyMap<string, number>,
): Step {
  const { length } = steps;
  const plain = !cells && functions.length === 0 && labels.size === 0;
  if (plain && length === 1) return steps[0]!;
  if (plain) {
    return (locals) => {
      for (let index = 0; index < length; index += 1) {
        const signal = steps[index]!(locals);
        if (signal !== undefined) return signal;
      }
      return undefined;
    };
  }
  return (locals) => {
    cells?.(locals);
    for (const make of functions) make(locals);
    let index = 0;
    while (index < length) {
      const signal = steps[index]!(locals);
      index += 1;
      if (signal === undefined) continue;
      const label = typeof signal === 'object' ? (signal as Jump).label : undefined;
      const position = label === undefined ? undefined : labels.get(label);
      if (position === undefined) return signal;
      index = position;
    }
    return undefined;
  };
}

export function loopStep(
  cells: ((locals: Locals) => void) | undefined,
  condition: Code,
  body: Step,
  next: ((locals: Locals) => void) | undefined,
  bodyFirst: boolean,
): Step {
  return (locals) => {
    let skipTest = bodyFirst;
    // Variables of the condition are new in each round.
    for (cells?.(locals); skipTest || condition(locals); cells?.(locals)) {
      skipTest = false;
      run.stepsLeft -= 1;
      if (run.stepsLeft < 0) throw new LimitExceeded('steps');
      const signal = body(locals);
      if (signal !== undefined && signal !== continuing) {
        if (signal === breaking) break;
        return signal;
      }
      next?.(locals);
    }
    return undefined;
  };
}

export function foreachStep(
  items: (locals: Locals) => Iterable<unknown>,
  take: (locals: Locals, entry: unknown) => void,
  body: Step,
): Step {
  return (locals) => {
    for (const entry of items(locals)) {
      run.stepsLeft -= 1;
      if (run.stepsLeft < 0) throw new LimitExceeded('steps');
      take(locals, entry);
      const signal = body(locals);
      if (signal === undefined || signal === continuing) continue;
      if (signal === breaking) break;
      return signal;
    }
    return undefined;
  };
}
