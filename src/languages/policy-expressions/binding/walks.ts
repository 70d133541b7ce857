// Statements of iterators: like the steps of `steps.ts` and `handlers.ts`, but they stop at each `yield`.
import { exceptionOf } from '../running/exceptions.ts';
import { enter, LimitExceeded, leave, run } from '../running/run.ts';
import type { Code, Locals } from './bound.ts';
import { findSection, type Section } from './handlers.ts';
import type { Step } from './lambdas.ts';
import { breaking, continuing, type Jump } from './steps.ts';

/** Runs up to the next `yield`, whose value it gives; ends with the signal of a step. */
export type Walk = (locals: Locals) => Generator<unknown, unknown, undefined>;

/** The code of a statement to be made; `walk` is there where a `yield` stands inside. */
export interface Plan {
  (): Step;
  readonly walk?: () => Walk;
}

/** The plan, with the way to walk it where one of its parts has to be walked. */
export function walking(
  plan: () => Step,
  parts: readonly (Plan | undefined)[],
  walk: () => Walk,
): Plan {
  return parts.some((part) => part?.walk) ? Object.assign(() => plan(), { walk }) : plan;
}

/** Any statement as a walk. */
export function walkOf(plan: Plan): Walk {
  if (plan.walk) return plan.walk();
  const step = plan();
  // biome-ignore lint/correctness/useYield: a statement without yield, among others that have one
  return function* (locals) {
    return step(locals);
  };
}

export function yieldWalk(code: Code): Walk {
  return function* (locals) {
    yield code(locals);
    return undefined;
  };
}

export function blockWalk(
  cells: ((locals: Locals) => void) | undefined,
  functions: readonly Step[],
  walks: readonly Walk[],
  labels: ReadonlyMap<string, number>,
): Walk {
  return function* (locals) {
    cells?.(locals);
    for (const make of functions) make(locals);
    let index = 0;
    while (index < walks.length) {
      const signal = yield* walks[index]!(locals);
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

export function ifWalk(choose: Code, yes: Walk, no: Walk | undefined): Walk {
  return function* (locals) {
    if (choose(locals)) return yield* yes(locals);
    return no && (yield* no(locals));
  };
}

export function loopWalk(
  cells: ((locals: Locals) => void) | undefined,
  condition: Code,
  body: Walk,
  next: ((locals: Locals) => void) | undefined,
  bodyFirst: boolean,
): Walk {
  return function* (locals) {
    let skipTest = bodyFirst;
    for (cells?.(locals); skipTest || condition(locals); cells?.(locals)) {
      skipTest = false;
      run.stepsLeft -= 1;
      if (run.stepsLeft < 0) throw new LimitExceeded('steps');
      const signal = yield* body(locals);
      if (signal !== undefined && signal !== continuing) {
        if (signal === breaking) break;
        return signal;
      }
      next?.(locals);
    }
    return undefined;
  };
}

export function foreachWalk(
  items: (locals: Locals) => Iterable<unknown>,
  take: (locals: Locals, entry: unknown) => void,
  body: Walk,
): Walk {
  return function* (locals) {
    for (const entry of items(locals)) {
      run.stepsLeft -= 1;
      if (run.stepsLeft < 0) throw new LimitExceeded('steps');
      take(locals, entry);
      const signal = yield* body(locals);
      if (signal === undefined || signal === continuing) continue;
      if (signal === breaking) break;
      return signal;
    }
    return undefined;
  };
}

export function switchWalk(
  read: Code,
  sections: readonly (Section & { readonly walk: Walk })[],
  cells: ((locals: Locals) => void) | undefined,
): Walk {
  return function* (locals) {
    cells?.(locals);
    let section = findSection(sections, read(locals), locals);
    while (section) {
      const signal = yield* section.walk(locals);
      if (signal === breaking || signal === undefined) return undefined;
      const label = typeof signal === 'object' ? (signal as Jump).label : undefined;
      const next =
        label === undefined ? undefined : sections.find(({ names }) => names.includes(label));
      if (!next) return signal;
      section = next;
    }
    return undefined;
  };
}

/** The last block also runs where the walk is given up at a `yield`. */
export function finallyWalk(body: Walk, last: Step): Walk {
  return function* (locals) {
    let isOver = false;
    try {
      const signal = yield* body(locals);
      isOver = true;
      return last(locals) ?? signal;
    } catch (error) {
      if (isOver || !exceptionOf(error)) throw error;
      isOver = true;
      last(locals);
      throw error;
    } finally {
      if (!isOver) last(locals);
    }
  };
}

/** The walk as an iterator; each round counts as a call. */
export function iteratorOf(walk: Walk, locals: Locals): Iterator<unknown> {
  const walker = walk(locals);
  return {
    next() {
      const { at } = run;
      enter();
      const result = walker.next();
      leave();
      run.at = at;
      return result.done ? { done: true, value: undefined } : result;
    },
    return(value) {
      walker.return(value);
      return { done: true, value };
    },
  };
}
