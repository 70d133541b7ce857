// How switch, catch and finally run.
import { exceptionOf } from '../running/exceptions.ts';
import { run } from '../running/run.ts';
import { isInstance } from '../running/values.ts';
import type { Type } from '../types/type.ts';
import type { Code, Locals, Value } from './bound.ts';
import type { Step } from './lambdas.ts';
import type { Local } from './scope.ts';
import { breaking, type Jump } from './steps.ts';
import type { Plan } from './walks.ts';

export type Matcher = (content: unknown, locals: Locals) => boolean;

export interface Handler {
  readonly type: Type;
  readonly local: Local;
  readonly filter: Value | undefined;
  readonly step: Plan;
  readonly cells: () => ((locals: Locals) => void) | undefined;
}

export interface ReadyHandler {
  readonly type: Type;
  readonly slot: number;
  readonly captured: boolean;
  readonly filter: Code | undefined;
  readonly step: Step;
  readonly cells: ((locals: Locals) => void) | undefined;
}

export function readyHandler({ type, local, filter, step, cells }: Handler): ReadyHandler {
  return {
    type,
    slot: local.slot,
    captured: local.captured,
    filter: filter?.emit(),
    step: step(),
    cells: cells(),
  };
}

export function tryCatch(body: Step, handlers: readonly ReadyHandler[]): Step {
  return (locals) => {
    const { depthLeft } = run;
    try {
      return body(locals);
    } catch (error) {
      const exception = exceptionOf(error);
      if (!exception) throw error;
      run.depthLeft = depthLeft;
      for (const handler of handlers) {
        if (!isInstance(exception, handler.type)) continue;
        handler.cells?.(locals);
        locals[handler.slot] = handler.captured ? { v: exception } : exception;
        if (handler.filter && !passesFilter(handler.filter, locals)) continue;
        return handler.step(locals);
      }
      throw error;
    }
  };
}

/** An exception inside a filter counts as false. */
export function passesFilter(filter: Code, locals: Locals): boolean {
  try {
    return filter(locals) === true;
  } catch (error) {
    if (!exceptionOf(error)) throw error;
    return false;
  }
}

export function tryFinally(body: Step, last: Step): Step {
  return (locals) => {
    const { depthLeft } = run;
    let signal: unknown;
    try {
      signal = body(locals);
    } catch (error) {
      if (!exceptionOf(error)) throw error;
      run.depthLeft = depthLeft;
      const { at } = run;
      const replaced = last(locals);
      run.at = at;
      if (replaced !== undefined) return replaced;
      throw error;
    }
    // A return value computed before the finally block stays.
    const kept = locals[0];
    const replaced = last(locals);
    locals[0] = kept;
    return replaced ?? signal;
  };
}

/** A section of a switch: its tests, among which undefined is `default`, and its labels. */
export interface Section {
  readonly tests: readonly (Matcher | undefined)[];
  readonly names: readonly string[];
}

export function findSection<T extends Section>(
  sections: readonly T[],
  content: unknown,
  locals: Locals,
): T | undefined {
  return (
    sections.find(({ tests }) => tests.some((test) => test?.(content, locals))) ??
    sections.find(({ tests }) => tests.includes(undefined))
  );
}

export function switchStep(
  read: Code,
  sections: readonly (Section & { readonly step: Step })[],
  cells: ((locals: Locals) => void) | undefined,
): Step {
  return (locals) => {
    cells?.(locals);
    let section = findSection(sections, read(locals), locals);
    while (section) {
      const signal = section.step(locals);
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
