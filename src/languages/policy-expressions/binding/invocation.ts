// The closures of calls: arguments in order, then the implementation.
import { run } from '../running/run.ts';
import { packed } from '../running/values.ts';
import { erased, type Type } from '../types/type.ts';
import type { Code, Locals } from './bound.ts';

type Function = (...given: unknown[]) => unknown;

/** The array of a `params` parameter. */
export function paramsArray(declared: Type, codes: readonly Code[]): Code {
  const element = erased(declared);
  return (locals) => {
    const items = codes.map((code) => code(locals));
    return packed(element, items);
  };
}

/** Calls an implementation with fixed first arguments; the common shapes avoid spreading. */
export function invoke(
  get: Function,
  first: readonly unknown[],
  codes: readonly Code[],
  at: number,
): Code {
  const [a, b, c] = codes;
  if (first.length === 0) {
    if (codes.length === 0) return () => called(at, get);
    if (codes.length === 1) {
      return (locals) => {
        const one = a!(locals);
        run.at = at;
        return get(one);
      };
    }
    if (codes.length === 2) {
      return (locals) => {
        const one = a!(locals);
        const two = b!(locals);
        run.at = at;
        return get(one, two);
      };
    }
    if (codes.length === 3) {
      return (locals) => {
        const one = a!(locals);
        const two = b!(locals);
        const three = c!(locals);
        run.at = at;
        return get(one, two, three);
      };
    }
  }
  return (locals: Locals) => {
    const list: unknown[] = [...first];
    for (const code of codes) list.push(code(locals));
    run.at = at;
    return get(...list);
  };
}

function called(at: number, get: Function): unknown {
  run.at = at;
  return get();
}

/** Named arguments run as they are written, whatever the order of the parameters. */
export function inWrittenOrder(
  codes: readonly Code[],
  order: readonly number[],
  slots: readonly number[],
): Code[] {
  const first = Math.min(...order);
  return codes.map((code, index) => {
    if (!order.includes(index)) return code;
    if (index !== first) return (locals) => locals[slots[index]!];
    return (locals) => {
      for (const own of order) locals[slots[own]!] = codes[own]!(locals);
      return locals[slots[index]!];
    };
  });
}
