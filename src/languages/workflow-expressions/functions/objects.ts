// addProperty setProperty removeProperty mergeObjects. Objects are never changed in place.
import { failFunction } from '../errors.ts';
import { isEnvelope } from '../stringify.ts';
import {
  findMemberName,
  isArray,
  isObject,
  type ObjectValue,
  objectOf,
  type Value,
} from '../values.ts';
import { definitionsOf, failArgument, stringArgument } from './definition.ts';

function objectArgument(name: string, args: readonly Value[], index: number): ObjectValue {
  const value = args[index];
  return isObject(value) ? value : failArgument(name, args, index, 'be of type object');
}

function addProperty(args: readonly Value[]): Value {
  const object = objectArgument('addProperty', args, 0);
  const name = stringArgument('addProperty', args, 1);
  if (findMemberName(object, name) !== undefined) {
    return failFunction(
      'addProperty',
      `expects its second parameter's property to not exist in the object: '${name}' does. Use 'setProperty' to change it.`,
    );
  }
  return objectOf([...Object.entries(object), [name, args[2] as Value]]);
}

/** The spelling that exists stays, the member moves to the end. */
function setProperty(args: readonly Value[]): Value {
  const object = objectArgument('setProperty', args, 0);
  const name = stringArgument('setProperty', args, 1);
  return objectOf([
    ...Object.entries(object),
    [findMemberName(object, name) ?? name, args[2] as Value],
  ]);
}

function removeProperty(args: readonly Value[]): Value {
  const object = objectArgument('removeProperty', args, 0);
  const name = findMemberName(object, stringArgument('removeProperty', args, 1));
  if (name === undefined) return object;
  return objectOf(Object.entries(object).filter(([key]) => key !== name));
}

/** Members of both, in depth; the second wins, arrays of both are joined. */
function merge(left: Value, right: Value): Value {
  if (isArray(left) && isArray(right)) return [...left, ...right];
  if (!isObject(left) || !isObject(right) || isEnvelope(left) || isEnvelope(right)) return right;
  const members = new Map(Object.entries(left));
  for (const [name, value] of Object.entries(right)) {
    const own = members.get(name);
    members.set(name, own === undefined ? value : merge(own, value));
  }
  return objectOf([...members]);
}

export const objectFunctions = definitionsOf('object', [
  ['addProperty', 'object, property, value', addProperty],
  ['setProperty', 'object, property, value', setProperty],
  ['removeProperty', 'object, property', removeProperty],
  [
    'mergeObjects',
    'object1, object2',
    (args) =>
      merge(objectArgument('mergeObjects', args, 0), objectArgument('mergeObjects', args, 1)),
  ],
]);
