// Functions over arrays, and over text and objects taken as collections.
import { equalValues, identityOf, orderValues } from '../compare.ts';
import { failFunction } from '../errors.ts';
import { stringify } from '../stringify.ts';
import {
  findMember,
  findMemberName,
  isArray,
  isObject,
  kindName,
  type ObjectValue,
  objectOf,
  type Value,
} from '../values.ts';
import {
  arrayArgument,
  boundedItems,
  boundedText,
  definitionsOf,
  failArgument,
  integerArgument,
  stringArgument,
} from './definition.ts';

function contains(args: readonly Value[]): boolean {
  const [collection, sought] = args as [Value, Value];
  if (typeof collection === 'string')
    return collection.includes(stringArgument('contains', args, 1));
  if (isArray(collection)) return collection.some((item) => equalValues(item, sought));
  if (isObject(collection)) {
    return findMemberName(collection, stringArgument('contains', args, 1)) !== undefined;
  }
  return failFunction(
    'contains',
    `expects its first argument 'collection' to be a dictionary (object), an array or a string. The provided value is of type '${kindName(collection)}'.`,
  );
}

function length(args: readonly Value[]): number {
  const [collection] = args;
  if (typeof collection === 'string' || isArray(collection)) return collection.length;
  return failArgument('length', args, 0, 'be an array or a string', true);
}

function empty(args: readonly Value[]): boolean {
  const [collection] = args;
  if (collection === null) return true;
  if (typeof collection === 'string' || isArray(collection)) return collection.length === 0;
  if (isObject(collection)) return Object.keys(collection).length === 0;
  return failArgument('empty', args, 0, 'be an object, an array or a string', true);
}

function end(name: string, at: 0 | -1): (args: readonly Value[]) => Value {
  return (args) => {
    const [collection] = args;
    if (typeof collection === 'string') return collection.at(at) ?? '';
    if (isArray(collection)) return collection.at(at) ?? null;
    return failArgument(name, args, 0, 'be an array or a string', true);
  };
}

/** take and skip: a negative count fails, one beyond the end is fine. */
function part(
  name: string,
  cut: <T extends string | readonly Value[]>(collection: T, count: number) => T,
): (args: readonly Value[]) => Value {
  return (args) => {
    const [collection] = args;
    if (typeof collection !== 'string' && !isArray(collection)) {
      return failArgument(name, args, 0, 'be an array or a string');
    }
    const count = integerArgument(name, args, 1);
    if (count < 0) {
      return failFunction(
        name,
        `expects its second parameter to be a positive integer, not '${count}'.`,
      );
    }
    return cut(collection, count);
  };
}

function join(args: readonly Value[]): string {
  const items = arrayArgument('join', args, 0);
  const separator = stringArgument('join', args, 1);
  return boundedText(items.map(stringify).join(separator));
}

function chunk(args: readonly Value[]): Value {
  const [collection] = args;
  if (typeof collection !== 'string' && !isArray(collection)) {
    return failArgument('chunk', args, 0, 'be an array or a string');
  }
  const size = integerArgument('chunk', args, 1);
  if (size < 1) {
    return failFunction(
      'chunk',
      `expects its second parameter to be a positive integer, not '${size}'.`,
    );
  }
  const count = Math.ceil(collection.length / size);
  return boundedItems(
    Array.from({ length: count }, (_, index) => collection.slice(index * size, (index + 1) * size)),
  );
}

function rank(value: Value): number {
  return value === null ? 0 : typeof value === 'boolean' ? 1 : 2;
}

/** Null first, then false and true, then numbers or strings; numbers and strings do not mix. */
function compareForSort(left: Value, right: Value): number {
  const order = rank(left) - rank(right);
  if (order !== 0 || left === null) return order;
  if (typeof left === 'boolean') return Number(left) - Number(right);
  return orderValues('sort', left, right);
}

function sort(args: readonly Value[]): Value {
  const items = arrayArgument('sort', args, 0);
  if (args.length < 2) return [...items].sort(compareForSort);
  const by = stringArgument('sort', args, 1);
  const keyOf = (item: Value): Value => {
    if (isObject(item)) return findMember(item, by) ?? null;
    return failFunction(
      'sort',
      `expects the items of its first parameter to be objects when it sorts by '${by}'. The provided value is of type '${kindName(item)}'.`,
    );
  };
  return [...items].sort((left, right) => compareForSort(keyOf(left), keyOf(right)));
}

function reverse(args: readonly Value[]): Value {
  return [...arrayArgument('reverse', args, 0, 'be of type array')].reverse();
}

/** union and intersection take arrays only or objects only; the first argument decides. */
function alike<T extends Value>(
  name: string,
  args: readonly Value[],
  is: (value: Value) => value is T,
): readonly T[] {
  for (const [index, arg] of args.entries()) {
    if (!is(arg)) {
      return failArgument(
        name,
        args,
        index,
        `be of type ${isArray(args[0]) ? 'array' : 'object'} as the first`,
      );
    }
  }
  return args as readonly T[];
}

function distinct(items: Iterable<Value>): readonly Value[] {
  const seen = new Map<string, Value>();
  for (const item of items) {
    const identity = identityOf(item);
    if (!seen.has(identity)) seen.set(identity, item);
  }
  return [...seen.values()];
}

function collectionsOf(name: string, args: readonly Value[]): Value {
  if (!isArray(args[0]) && !isObject(args[0])) {
    return failArgument(name, args, 0, 'be an array or an object');
  }
  return args[0] as Value;
}

function union(args: readonly Value[]): Value {
  if (isArray(collectionsOf('union', args))) {
    return boundedItems(distinct(alike('union', args, isArray).flat()));
  }
  const members = new Map<string, Value>();
  for (const object of alike('union', args, isObject)) {
    for (const name of Object.keys(object)) members.set(name, object[name] as Value);
  }
  return objectOf([...members]);
}

function intersection(args: readonly Value[]): Value {
  if (isArray(collectionsOf('intersection', args))) {
    const [first, ...rest] = alike('intersection', args, isArray);
    const others = rest.map((items) => new Set(items.map(identityOf)));
    const kept = (first ?? []).filter((item) => {
      const identity = identityOf(item);
      return others.every((set) => set.has(identity));
    });
    return distinct(kept);
  }
  const [first, ...rest] = alike('intersection', args, isObject) as readonly ObjectValue[];
  const inAll = (name: string, value: Value) =>
    rest.every(
      (object) =>
        Object.hasOwn(object, name) && identityOf(object[name] as Value) === identityOf(value),
    );
  return objectOf(Object.entries(first ?? {}).filter(([name, value]) => inAll(name, value)));
}

export const collectionFunctions = definitionsOf('collection', [
  ['contains', 'collection, value', contains],
  ['length', 'collection', length],
  ['empty', 'collection', empty],
  ['first', 'collection', end('first', 0)],
  ['last', 'collection', end('last', -1)],
  [
    'take',
    'collection, count',
    part('take', (collection, count) => collection.slice(0, count) as typeof collection),
  ],
  [
    'skip',
    'collection, count',
    part('skip', (collection, count) => collection.slice(count) as typeof collection),
  ],
  ['join', 'collection, delimiter', join],
  ['chunk', 'collection, length', chunk],
  ['sort', 'collection, sortBy?', sort],
  ['reverse', 'collection', reverse],
  ['union', 'collection, …', union],
  ['intersection', 'collection, …', intersection],
]);
