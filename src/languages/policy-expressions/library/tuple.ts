// System.Tuple, of one to eight elements, and what it shares with ValueTuple.
import { AnonymousValue } from '../running/anonymous.ts';
import { compareOf } from '../running/text.ts';
import { tupleValue } from '../running/tuples.ts';
import type { Reference } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

/** Equality, order and text by the elements. */
export const structural = {
  text: (value: AnonymousValue) => value.text(),
  key: (value: AnonymousValue) => value.key(),
  compare: ((left: AnonymousValue, right: AnonymousValue) => {
    for (const index of left.values.keys()) {
      const result = compareOf(left.boxed(index), right.boxed(index));
      if (result !== 0) return result;
    }
    return 0;
  }) as never,
};

/** `T1`, `T2`, … and, in the eighth place, what holds the rest. */
export function elementNames(count: number): readonly string[] {
  const names = Array.from({ length: count }, (_, index) => `T${index + 1}`);
  return count === 8 ? [...names.slice(0, 7), 'TRest'] : names;
}

/** The constructor and the elements as properties. */
export function tupleMembers(names: readonly string[]): Record<string, unknown> {
  const label = (name: string, index: number) => (name === 'TRest' ? 'Rest' : `Item${index + 1}`);
  const list = names.map((name, index) => `${name} ${label(name, index).toLowerCase()}`).join(', ');
  const items = names.map((name, index) => [
    `${name} ${label(name, index)}`,
    (tuple: AnonymousValue) => tuple.values[index],
  ]);
  return {
    [`new(${list})`]: (type: Type, ...values: unknown[]) => new AnonymousValue(type, values),
    ...Object.fromEntries(items),
  };
}

/** `Create` for one to seven elements, as a member of the static class of the same name. */
export function creation(name: string): Record<string, unknown> {
  const members = [1, 2, 3, 4, 5, 6, 7].map((count) => {
    const names = elementNames(count);
    const list = names.map((own, index) => `${own} item${index + 1}`).join(', ');
    return [
      `static ${name}<${names.join(', ')}> Create<${names.join(', ')}>(${list})`,
      (types: Type[], ...values: unknown[]) =>
        new AnonymousValue(named(`System.${name}`, ...types), values),
    ];
  });
  return Object.fromEntries(members);
}

const extensions = [1, 2, 3, 4, 5, 6, 7].flatMap((count) => {
  const names = elementNames(count);
  const list = names.join(', ');
  const outs = names.map((name, index) => `out ${name} item${index + 1}`).join(', ');
  return [
    [
      `static void Deconstruct<${list}>(this Tuple<${list}> value, ${outs})`,
      (_: Type[], tuple: AnonymousValue, ...places: Reference[]) => {
        places.forEach((place, index) => {
          place.value = tuple.values[index];
        });
      },
    ],
    [
      `static ValueTuple<${list}> ToValueTuple<${list}>(this Tuple<${list}> value)`,
      (types: Type[], tuple: AnonymousValue) =>
        tupleValue(named('System.ValueTuple', ...types), tuple.values),
    ],
  ];
});

export const tupleTypes = [
  declareType('static class System.Tuple', creation('Tuple')),
  declareType('static class System.TupleExtensions', Object.fromEntries(extensions)),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((count) => {
    const names = elementNames(count);
    const header = `class System.Tuple<${names.join(', ')}> : IComparable`;
    return declareType(header, tupleMembers(names), structural);
  }),
];
