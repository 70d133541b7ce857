// System.Collections: the types in order of declaration.
import { comparerTypes } from './comparer.ts';
import { dictionaryTypes } from './dictionary.ts';
import { enumeratorTypes } from './enumerator.ts';
import { equalityComparerTypes } from './equality-comparer.ts';
import { hashSetType } from './hash-set.ts';
import { collectionInterfaces } from './interfaces.ts';
import { keyValuePairType } from './key-value-pair.ts';
import { listType } from './list.ts';
import { queueType } from './queue.ts';
import { readOnlyCollectionType } from './read-only-collection.ts';
import { stackType } from './stack.ts';
import { stringComparerType } from './string-comparer.ts';

export const collectionTypes = [
  ...enumeratorTypes,
  ...collectionInterfaces,
  keyValuePairType,
  ...comparerTypes,
  ...equalityComparerTypes,
  stringComparerType,
  listType,
  readOnlyCollectionType,
  ...dictionaryTypes,
  hashSetType,
  queueType,
  stackType,
];
