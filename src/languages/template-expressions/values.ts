// JSON values as the language sees them: kinds, members without letter case, deep equality.
import type { Json, JsonObject } from '../../base/index.ts';
import { TemplateExpressionError } from './errors.ts';

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Newtonsoft's name of a value's kind, as ARM's messages use it. */
export function kindOf(value: Json): string {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'Array';
  if (typeof value === 'object') return 'Object';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Float';
  return typeof value === 'string' ? 'String' : 'Boolean';
}

/** The own member whose name matches, first exactly, then in any letter case. */
export function memberOf(object: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  for (const key of Object.keys(object)) if (key.toLowerCase() === wanted) return object[key];
  return undefined;
}

/** An object from pairs; a later pair of the same name wins; `__proto__` stays a plain name. */
export function objectOf(pairs: Iterable<readonly [string, Json]>): JsonObject {
  return Object.fromEntries(pairs) as JsonObject;
}

export function equalValues(left: Json, right: Json): boolean {
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((each, index) => equalValues(each, right[index]!))
    );
  }
  if (isObject(left)) {
    if (!isObject(right)) return false;
    const names = Object.keys(left);
    return (
      names.length === Object.keys(right).length &&
      names.every((name) => Object.hasOwn(right, name) && equalValues(left[name]!, right[name]!))
    );
  }
  return left === right;
}

/** A value's member or element. Throws in ARM's words where there is none. */
export function select(value: Json, key: Json): Json {
  if (Array.isArray(value)) {
    if (typeof key !== 'number' || !Number.isInteger(key)) {
      throw new TemplateExpressionError(
        `The language expression property '${String(key)}' can't be evaluated, property name must be an integer: the value is an array.`,
      );
    }
    const element = value[key];
    if (element === undefined) {
      throw new TemplateExpressionError(
        `The language expression property array index '${key}' is out of bounds.`,
      );
    }
    return element;
  }
  if (isObject(value)) {
    if (typeof key !== 'string') {
      throw new TemplateExpressionError(
        `The language expression property '${String(key)}' can't be evaluated, property name must be a string.`,
      );
    }
    const member = memberOf(value, key);
    if (member === undefined) {
      const names = Object.keys(value).slice(0, 20).join(', ');
      throw new TemplateExpressionError(
        `The language expression property '${key}' doesn't exist, available properties are '${names}'.`,
      );
    }
    return member;
  }
  throw new TemplateExpressionError(
    `The language expression property '${String(key)}' can't be evaluated: the value is of type '${kindOf(value)}', not an object or array.`,
  );
}

/** As `string()` and `concat()` write a value. */
export function textOf(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}
