// System.Xml.Linq.XNodeDocumentOrderComparer and XNodeEqualityComparer.

import { hashOf } from '../../running/text.ts';
import { declareType, named } from '../../types/registry.ts';
import { ComparerValue } from '../collections/comparing.ts';
import { deepEquals } from './equality.ts';
import { compareOrder, type TreeValue } from './walking.ts';
import { plainText } from './writing.ts';

type Tree = TreeValue | null;

/** What is equal for XNodeEqualityComparer has one key: its kind and its text. */
const keyOf = (value: unknown) =>
  value === null ? null : `${(value as TreeValue).kind} ${plainText(value)}`;

function comparer(name: string): () => ComparerValue {
  let made: ComparerValue | undefined;
  return () => {
    made ??= new ComparerValue(
      named(`System.Xml.Linq.${name}`),
      (left, right) => compareOrder(left as Tree, right as Tree),
      keyOf,
    );
    return made;
  };
}

export const orderComparer = comparer('XNodeDocumentOrderComparer');
export const equalityComparer = comparer('XNodeEqualityComparer');

export const nodeComparerTypes = [
  declareType('sealed class System.Xml.Linq.XNodeDocumentOrderComparer : IComparer<XNode>', {
    'new()': () => orderComparer(),
    'int Compare(XNode x, XNode y)': (_comparer: ComparerValue, left: Tree, right: Tree) =>
      compareOrder(left, right),
  }),
  declareType('sealed class System.Xml.Linq.XNodeEqualityComparer : IEqualityComparer<XNode>', {
    'new()': () => equalityComparer(),
    'bool Equals(XNode x, XNode y)': (_comparer: ComparerValue, left: Tree, right: Tree) =>
      deepEquals(left, right),
    'int GetHashCode(XNode obj)': (_comparer: ComparerValue, node: Tree) => hashOf(keyOf(node)),
  }),
];
