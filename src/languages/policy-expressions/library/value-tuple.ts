// System.ValueTuple: the tuples of the language. Their elements are written by the binder, as variables are.
import { AnonymousValue } from '../running/anonymous.ts';
import { initialOf } from '../running/values.ts';
import { declareType } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { creation, elementNames, structural, tupleMembers } from './tuple.ts';

const initial = (type: Type) => new AnonymousValue(type, type.arguments.map(initialOf));

const restWords = 'The TRest type argument of ValueTuple`8 must be a ValueTuple.';

export const valueTupleTypes = [
  declareType('static class System.ValueTuple', creation('ValueTuple')),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((count) => {
    const names = elementNames(count);
    const header = `struct System.ValueTuple<${names.join(', ')}> : IComparable`;
    return declareType(header, tupleMembers(names, restWords), { ...structural, initial });
  }),
];
