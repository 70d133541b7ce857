// System.Linq.Enumerable: Min and Max.
import { invalidOperation, required } from '../../running/exceptions.ts';
import { iterate, tick } from '../../running/sequences.ts';
import { compareFunction } from '../../running/text.ts';
import { named } from '../../types/registry.ts';
import { nullableOf, type Type } from '../../types/type.ts';
import { type Map1, source } from './deferred.ts';
import { mapped } from './sums.ts';

/** The smallest (-1) or largest (1); nulls are passed over. */
function extreme(type: Type, values: Iterable<unknown>, sign: -1 | 1): unknown {
  const order = compareFunction(type);
  let best: { item: unknown } | undefined;
  for (const item of values) {
    tick();
    if (item === null) continue;
    if (!best) best = { item };
    else if (order(item, best.item) * sign > 0) best.item = item;
  }
  if (best) return best.item;
  if (type.isNullable) return null;
  throw invalidOperation('Sequence contains no elements');
}

const numbers = [
  ['int', 'Int32'],
  ['long', 'Int64'],
  ['double', 'Double'],
  ['float', 'Single'],
  ['decimal', 'Decimal'],
] as const;

function numberMembers(name: string, sign: -1 | 1): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const [keyword, bare] of numbers) {
    for (const mark of ['', '?']) {
      const number = keyword + mark;
      const typeOf = () => {
        const plain = named(`System.${bare}`);
        return mark ? nullableOf(plain) : plain;
      };
      members[`static ${number} ${name}(this IEnumerable<${number}> source)`] = (s: unknown) =>
        extreme(typeOf(), iterate(required(s, 'source')), sign);
      members[`static ${number} ${name}<T>(${source}, Func<T, ${number}> selector)`] = (
        [t]: Type[],
        s: unknown,
        f: Map1,
      ) => extreme(typeOf(), mapped(s, f, t), sign);
    }
  }
  return members;
}

function members(name: string, sign: -1 | 1): Record<string, unknown> {
  return {
    ...numberMembers(name, sign),
    [`static T ${name}<T>(${source})`]: ([t]: Type[], s: unknown) =>
      extreme(t!, iterate(required(s, 'source'), t), sign),
    [`static R ${name}<T, R>(${source}, Func<T, R> selector)`]: (
      [t, r]: Type[],
      s: unknown,
      f: Map1,
    ) => extreme(r!, mapped(s, f, t), sign),
  };
}

export const extremeMembers: Readonly<Record<string, unknown>> = {
  ...members('Min', -1),
  ...members('Max', 1),
};
