// System.Tuple, of one to eight elements, and what it shares with ValueTuple.
import { AnonymousValue } from '../running/anonymous.ts';
import { fault, nullReference } from '../running/exceptions.ts';
import { clrName, compareOf } from '../running/text.ts';
import { tupleValue } from '../running/tuples.ts';
import type { Reference } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

/** Equality, order and text by the elements. */
export const structural = {
  text: (value: AnonymousValue) => value.text(),
  key: (value: AnonymousValue) => value.key(),
  compare: ((left: AnonymousValue, right: AnonymousValue) => {
    if (right.type !== left.type) {
      const message = `Argument must be of type ${clrName(left.type)}.`;
      throw fault('ArgumentException', message, 'other');
    }
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

/** The constructor and the elements as properties; what holds the rest must be a tuple itself. */
export function tupleMembers(names: readonly string[], restWords: string): Record<string, unknown> {
  const label = (name: string, index: number) => (name === 'TRest' ? 'Rest' : `Item${index + 1}`);
  const list = names.map((name, index) => `${name} ${label(name, index).toLowerCase()}`).join(', ');
  const items = names.map((name, index) => [
    `${name} ${label(name, index)}`,
    (tuple: AnonymousValue) => tuple.values[index],
  ]);
  return {
    [`new(${list})`]: (type: Type, ...values: unknown[]) => {
      if (values.length === 8 && !(values[7] instanceof AnonymousValue)) {
        throw fault('ArgumentException', restWords);
      }
      return new AnonymousValue(type, values);
    },
    ...Object.fromEntries(items),
  };
}

/** `Create` for one to eight elements, as a member of the static class of the same name. */
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
  const seven = elementNames(7).join(', ');
  const list = Array.from({ length: 8 }, (_, index) => `T${index + 1} item${index + 1}`).join(', ');
  return {
    ...Object.fromEntries(members),
    [`static ${name}<${seven}, ${name}<T8>> Create<${seven}, T8>(${list})`]: (
      types: Type[],
      ...values: unknown[]
    ) => {
      const rest = new AnonymousValue(named(`System.${name}`, types[7]!), [values[7]]);
      const type = named(`System.${name}`, ...types.slice(0, 7), rest.type);
      return new AnonymousValue(type, [...values.slice(0, 7), rest]);
    },
  };
}

function present(tuple: AnonymousValue | null): AnonymousValue {
  if (tuple === null) throw nullReference();
  return tuple;
}

const extensions = [1, 2, 3, 4, 5, 6, 7].flatMap((count) => {
  const names = elementNames(count);
  const list = names.join(', ');
  const outs = names.map((name, index) => `out ${name} item${index + 1}`).join(', ');
  return [
    [
      `static void Deconstruct<${list}>(this Tuple<${list}> value, ${outs})`,
      (_: Type[], tuple: AnonymousValue | null, ...places: Reference[]) => {
        const { values } = present(tuple);
        places.forEach((place, index) => {
          place.value = values[index];
        });
      },
    ],
    [
      `static ValueTuple<${list}> ToValueTuple<${list}>(this Tuple<${list}> value)`,
      (types: Type[], tuple: AnonymousValue | null) =>
        tupleValue(named('System.ValueTuple', ...types), present(tuple).values),
    ],
    [
      `static Tuple<${list}> ToTuple<${list}>(this ValueTuple<${list}> value)`,
      (types: Type[], tuple: AnonymousValue) =>
        new AnonymousValue(named('System.Tuple', ...types), tuple.values),
    ],
  ];
});

const restWords = 'The last element of an eight element tuple must be a Tuple.';

export const tupleTypes = [
  declareType('static class System.Tuple', creation('Tuple')),
  declareType('static class System.TupleExtensions', Object.fromEntries(extensions)),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((count) => {
    const names = elementNames(count);
    const header = `class System.Tuple<${names.join(', ')}> : IComparable`;
    return declareType(header, tupleMembers(names, restWords), structural);
  }),
];
