// System.Linq.Enumerable: Aggregate.
import { invalidOperation, required } from '../../running/exceptions.ts';
import { iterate, tick } from '../../running/sequences.ts';
import type { Type } from '../../types/type.ts';
import { type Map1, type Map2, source } from './deferred.ts';

function fromFirst([type]: Type[], from: unknown, step: Map2): unknown {
  required(from, 'source');
  required(step, 'func');
  let result: { value: unknown } | undefined;
  for (const item of iterate(from, type)) {
    tick();
    result = { value: result ? step(result.value, item) : item };
  }
  if (!result) throw invalidOperation('Sequence contains no elements');
  return result.value;
}

function fromSeed([type]: Type[], from: unknown, seed: unknown, step: Map2): unknown {
  required(from, 'source');
  required(step, 'func');
  let result = seed;
  for (const item of iterate(from, type)) {
    tick();
    result = step(result, item);
  }
  return result;
}

function finished(types: Type[], from: unknown, seed: unknown, step: Map2, finish: Map1): unknown {
  required(from, 'source');
  required(step, 'func');
  required(finish, 'resultSelector');
  return finish(fromSeed(types, from, seed, step));
}

export const aggregateMembers: Readonly<Record<string, unknown>> = {
  [`static T Aggregate<T>(${source}, Func<T, T, T> func)`]: fromFirst,
  [`static A Aggregate<T, A>(${source}, A seed, Func<A, T, A> func)`]: fromSeed,
  [`static R Aggregate<T, A, R>(${source}, A seed, Func<A, T, A> func, Func<A, R> resultSelector)`]:
    finished,
};
