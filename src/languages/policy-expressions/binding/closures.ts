// The JavaScript functions of lambdas and local functions.
import { enter, leave, run } from '../running/run.ts';
import { Sequence } from '../running/sequences.ts';
import type { Cell, Reference } from '../running/values.ts';
import type { Type } from '../types/type.ts';
import type { Code, Locals } from './bound.ts';
import type { Step } from './lambdas.ts';
import type { FunctionScope, Local } from './scope.ts';
import { iteratorOf, type Walk } from './walks.ts';

/** The value a body leaves behind in slot 0. */
export function bodyCode(step: Step): Code {
  return (locals) => {
    step(locals);
    return locals[0];
  };
}

/** What a function's frame is made of. */
export interface Frame {
  readonly inner: FunctionScope;
  readonly outer: FunctionScope;
  readonly parameters: readonly Local[];
  /** Fresh cells for captured parameters. */
  readonly cells: () => ((locals: Locals) => void) | undefined;
  /** Which parameters stand for a variable of the caller. */
  readonly references?: readonly boolean[];
}

/** Code that makes the JavaScript function of a lambda. */
export function closure(frame: Frame, body: Code): Code {
  const prepare = frameCode(frame);
  return (locals) => {
    const open = prepare(locals);
    return (...given: unknown[]) => {
      const own = open(given);
      const { at } = run;
      enter();
      const result = body(own);
      leave();
      run.at = at;
      return result;
    };
  };
}

/** Code that makes the JavaScript function of an iterator: each enumeration has a frame of its own. */
export function iteratorClosure(frame: Frame, element: Type, walk: Walk): Code {
  const prepare = frameCode(frame);
  return (locals) => {
    const open = prepare(locals);
    return (...given: unknown[]) => new Sequence(element, () => iteratorOf(walk, open(given)));
  };
}

/** Takes the variables shared with the outer function, then the arguments of each call. */
function frameCode({ inner, outer, parameters, cells, references = [] }: Frame) {
  const captured = [...inner.captures].map(([local, slot]) => [outer.slotOf(local), slot] as const);
  const slots = parameters.map(({ slot }) => slot);
  const prepare = cells();
  const size = inner.slots;
  const boxed = parameters.map((parameter) => parameter.captured);
  return (locals: Locals) => {
    const shared = captured.map(([from, to]) => [to, locals[from]] as const);
    return (given: readonly unknown[]): Locals => {
      const own: Locals = new Array(size);
      own[0] = null;
      for (const [slot, cell] of shared) own[slot] = cell;
      prepare?.(own);
      for (let index = 0; index < slots.length; index += 1) {
        const slot = slots[index]!;
        if (references[index]) own[slot] = cellOver(given[index] as Reference);
        else if (boxed[index]) (own[slot] as Cell).v = given[index];
        else own[slot] = given[index];
      }
      return own;
    };
  };
}

export function isReference(modifier: string | undefined): boolean {
  return modifier === 'out' || modifier === 'ref';
}

/** A cell whose content is the caller's variable. */
function cellOver(reference: Reference): Cell {
  return {
    get v() {
      return reference.value;
    },
    set v(content: unknown) {
      reference.value = content;
    },
  };
}
