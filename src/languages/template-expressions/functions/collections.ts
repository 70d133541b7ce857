// Arrays, objects and what works on texts as well as on them.
import type { Json, JsonObject } from '../../../base/index.ts';
import { TemplateExpressionError } from '../errors.ts';
import { equalValues, isObject, kindOf, memberOf, objectOf, select, textOf } from '../values.ts';
import {
  arrayAt,
  type FunctionRule,
  fault,
  integerAt,
  objectAt,
  rule,
  textAt,
  wrongType,
} from './rule.ts';

const unlimited = Number.POSITIVE_INFINITY;

/** A text or an array; both have slices and a length. */
function sequenceAt(name: string, args: readonly Json[], index: number): string | Json[] {
  const value = args[index] ?? null;
  if (typeof value !== 'string' && !Array.isArray(value)) {
    throw wrongType(name, index, 'String or Array', value);
  }
  return value;
}

function lengthOf(name: string, value: Json): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  throw wrongType(name, 0, 'String, Array or Object', value);
}

function contains([container = null, item = null]: readonly Json[]): boolean {
  if (Array.isArray(container)) return container.some((each) => equalValues(each, item));
  if (typeof container === 'string') return container.includes(textOf(item));
  if (isObject(container)) return memberOf(container, textOf(item)) !== undefined;
  throw wrongType('contains', 0, 'String, Array or Object', container);
}

/** Texts are searched without letter case (documented), arrays by equality. */
function positionOf(name: 'indexOf' | 'lastIndexOf', args: readonly Json[]): number {
  const container = sequenceAt(name, args, 0);
  if (typeof container === 'string') {
    return container.toLowerCase()[name](textAt(name, args, 1).toLowerCase());
  }
  const item = args[1] ?? null;
  return name === 'indexOf'
    ? container.findIndex((each) => equalValues(each, item))
    : container.findLastIndex((each) => equalValues(each, item));
}

/** Unique elements in order, or objects merged member by member, the later one winning. */
function union(args: readonly Json[]): Json {
  if (Array.isArray(args[0])) {
    return distinct(args.flatMap((_each, index) => arrayAt('union', args, index)));
  }
  return args.map((_each, index) => objectAt('union', args, index)).reduce(mergeDeep);
}

function mergeDeep(left: JsonObject, right: JsonObject): JsonObject {
  const merged = new Map(Object.entries(left));
  for (const [name, value] of Object.entries(right)) {
    const key =
      [...merged.keys()].find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;
    const before = merged.get(key);
    merged.set(key, isObject(before) && isObject(value) ? mergeDeep(before, value) : value);
  }
  return objectOf(merged);
}

function intersection(args: readonly Json[]): Json {
  if (Array.isArray(args[0])) {
    const others = args.slice(1).map((_each, index) => arrayAt('intersection', args, index + 1));
    return distinct(args[0]).filter((item) =>
      others.every((other) => other.some((each) => equalValues(each, item))),
    );
  }
  const [first, ...rest] = args.map((_each, index) => objectAt('intersection', args, index));
  return objectOf(
    Object.entries(first!).filter(([name, value]) =>
      rest.every((other) => {
        const found = memberOf(other, name);
        return found !== undefined && equalValues(found, value);
      }),
    ),
  );
}

/** Texts and numbers are told apart by a set; only objects are compared one by one. */
function distinct(values: readonly Json[]): Json[] {
  const seen = new Set<Json>();
  const composite: Json[] = [];
  return values.filter((value) => {
    if (typeof value === 'object' && value !== null) {
      if (composite.some((each) => equalValues(each, value))) return false;
      composite.push(value);
      return true;
    }
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}

function createObject(args: readonly Json[]): JsonObject {
  if (args.length % 2 !== 0) throw fault('createObject', 'it takes pairs of names and values.');
  const pairs: [string, Json][] = [];
  for (let index = 0; index < args.length; index += 2) {
    pairs.push([textAt('createObject', args, index), args[index + 1]!]);
  }
  return objectOf(pairs);
}

/** Follows the keys as far as there is something; null where there is nothing. */
function tryGet([value = null, ...keys]: readonly Json[]): Json {
  let found: Json = value;
  for (const key of keys) {
    if (found === null) return null;
    if (!Array.isArray(found) && !isObject(found)) {
      throw wrongType('tryGet', 0, 'Object or Array', found);
    }
    try {
      found = select(found, key);
    } catch (error) {
      const missing = isObject(found) ? typeof key === 'string' : typeof key === 'number';
      if (missing && error instanceof TemplateExpressionError) return null;
      throw error;
    }
  }
  return found;
}

function fromEnd(name: string, args: readonly Json[]): Json | undefined {
  const array = arrayAt(name, args, 0);
  const back = integerAt(name, args, 1);
  return back >= 1 ? array[array.length - back] : undefined;
}

const sorted = (object: JsonObject) =>
  Object.entries(object).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

const byLowerName: readonly FunctionRule[] = [
  rule('array', 1, 1, ([value = null]) => (Array.isArray(value) ? value : [value])),
  rule('createArray', 0, unlimited, (args) => [...args]),
  rule('createObject', 0, unlimited, createObject),
  rule('object', 1, 1, (args) => objectAt('object', args, 0)),
];

export const collectionFunctions: readonly FunctionRule[] = [
  ...byLowerName,
  rule('length', 1, 1, ([value = null]) => lengthOf('length', value)),
  rule('empty', 1, 1, ([value = null]) => value === null || lengthOf('empty', value) === 0),
  rule('contains', 2, 2, contains),
  rule('indexOf', 2, 2, (args) => positionOf('indexOf', args)),
  rule('lastIndexOf', 2, 2, (args) => positionOf('lastIndexOf', args)),
  rule('concat', 1, unlimited, (args) => {
    if (Array.isArray(args[0])) {
      return args.flatMap((_each, index) => arrayAt('concat', args, index));
    }
    const wrong = args.findIndex((each) => typeof each === 'object');
    if (wrong >= 0) throw wrongType('concat', wrong, 'String, Integer or Boolean', args[wrong]!);
    return args.map(textOf).join('');
  }),
  rule('first', 1, 1, (args) => {
    const value = sequenceAt('first', args, 0);
    return typeof value === 'string' ? value.slice(0, 1) : (value[0] ?? null);
  }),
  rule('last', 1, 1, (args) => {
    const value = sequenceAt('last', args, 0);
    return typeof value === 'string' ? value.slice(-1) : (value.at(-1) ?? null);
  }),
  rule('take', 2, 2, (args) =>
    sequenceAt('take', args, 0).slice(0, Math.max(0, integerAt('take', args, 1))),
  ),
  rule('skip', 2, 2, (args) =>
    sequenceAt('skip', args, 0).slice(Math.max(0, integerAt('skip', args, 1))),
  ),
  rule('union', 1, unlimited, union),
  rule('intersection', 1, unlimited, intersection),
  rule('distinct', 1, 1, (args) => distinct(arrayAt('distinct', args, 0))),
  rule('flatten', 1, 1, (args) =>
    arrayAt('flatten', args, 0).flatMap((each) => {
      if (!Array.isArray(each)) {
        throw fault('flatten', `an element is of type '${kindOf(each)}', not 'Array'.`);
      }
      return each;
    }),
  ),
  rule('items', 1, 1, (args) =>
    sorted(objectAt('items', args, 0)).map(([key, value]) => ({ key, value })),
  ),
  rule('objectKeys', 1, 1, (args) => sorted(objectAt('objectKeys', args, 0)).map(([key]) => key)),
  rule('shallowMerge', 1, 1, (args) => {
    const parts = arrayAt('shallowMerge', args, 0);
    return objectOf(
      parts.flatMap((_each, index) => Object.entries(objectAt('shallowMerge', parts, index))),
    );
  }),
  rule('tryGet', 2, unlimited, tryGet),
  rule('indexFromEnd', 2, 2, (args) => {
    const found = fromEnd('indexFromEnd', args);
    if (found === undefined) throw fault('indexFromEnd', 'the index is out of bounds.');
    return found;
  }),
  rule('tryIndexFromEnd', 2, 2, (args) =>
    args[0] === null ? null : (fromEnd('tryIndexFromEnd', args) ?? null),
  ),
];
