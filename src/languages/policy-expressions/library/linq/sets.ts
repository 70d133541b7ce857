// System.Linq.Enumerable: Distinct, Union, Intersect and Except.
import { required } from '../../running/exceptions.ts';
import { iterate, listOf, type Sequence, tick } from '../../running/sequences.ts';
import type { Type } from '../../types/type.ts';
import { equalityKeys } from '../collections/comparing.ts';
import { lazy, source } from './deferred.ts';

/** Elements whose keys were not met before; `holds` may refuse one. */
function* unmet(
  sources: readonly unknown[],
  type: Type | undefined,
  key: (item: unknown) => unknown,
  holds: (id: unknown) => boolean = () => true,
): Generator<unknown> {
  const seen = new Set<unknown>();
  for (const from of sources) {
    for (const item of iterate(from, type)) {
      tick();
      const id = key(item);
      if (seen.has(id) || !holds(id)) continue;
      seen.add(id);
      yield item;
    }
  }
}

function distinct([type]: Type[], given: unknown, comparer: unknown = null): Sequence {
  return lazy(type!, given, () => unmet([given], type, equalityKeys(comparer, type!)));
}

function union([type]: Type[], first: unknown, second: unknown, comparer: unknown = null) {
  required(first, 'first');
  required(second, 'second');
  return lazy(type!, first, () => unmet([first, second], type, equalityKeys(comparer, type!)));
}

/** Elements of the first that the second has, or has not. */
function compared(wanted: boolean) {
  return ([type]: Type[], first: unknown, second: unknown, comparer: unknown = null): Sequence => {
    required(first, 'first');
    required(second, 'second');
    return lazy(type!, first, function* () {
      const key = equalityKeys(comparer, type!);
      const others = new Set(listOf(second, type).map((item) => key(item)));
      yield* unmet([first], type, key, (id) => others.has(id) === wanted);
    });
  };
}

const comparer = 'IEqualityComparer<T> comparer';

function binary(name: string, operate: unknown): Record<string, unknown> {
  const head = `static IEnumerable<T> ${name}<T>(this IEnumerable<T> first, IEnumerable<T> second`;
  return { [`${head})`]: operate, [`${head}, ${comparer})`]: operate };
}

export const setMembers: Readonly<Record<string, unknown>> = {
  [`static IEnumerable<T> Distinct<T>(${source})`]: distinct,
  [`static IEnumerable<T> Distinct<T>(${source}, ${comparer})`]: distinct,
  ...binary('Union', union),
  ...binary('Intersect', compared(true)),
  ...binary('Except', compared(false)),
};
