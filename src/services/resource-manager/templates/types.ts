// Types of parameters and outputs: names, constraints, and user-defined types by `$ref`.
import type { Json, JsonObject } from '../../../base/index.ts';
import {
  equalValues,
  isObject,
  kindOf,
  memberOf,
} from '../../../languages/template-expressions/index.ts';

/** JSON kinds that a type takes, as ARM's message lists them. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  string: ['String', 'Uri'],
  securestring: ['String', 'Uri'],
  int: ['Integer'],
  bool: ['Boolean'],
  array: ['Array'],
  object: ['Object'],
  secureobject: ['Object'],
};

const depthMax = 50;

/** A declaration with its `$ref` followed; its own members win over those of the definition. */
export function resolveType(
  declaration: JsonObject,
  definitions: JsonObject,
): JsonObject | undefined {
  let merged: JsonObject = declaration;
  for (let depth = 0; typeof merged.$ref === 'string'; depth++) {
    const name = /^#\/definitions\/(.+)$/.exec(merged.$ref)?.[1];
    const target = name === undefined ? undefined : memberOf(definitions, name);
    if (!isObject(target) || depth > depthMax) return undefined;
    const { $ref: _followed, ...own } = merged;
    merged = { ...target, ...own };
  }
  return merged;
}

export const typeName = (declaration: JsonObject) => String(declaration.type ?? '').toLowerCase();

export const isSecure = (declaration: JsonObject) => typeName(declaration).startsWith('secure');

/** `String`, `SecureString`, `Int`, …: how ARM echoes a type. */
export function echoedType(declaration: JsonObject): string {
  const names = ['String', 'SecureString', 'Int', 'Bool', 'Array', 'Object', 'SecureObject'];
  return names.find((name) => name.toLowerCase() === typeName(declaration)) ?? 'Object';
}

export const isKnownType = (declaration: JsonObject) => Object.hasOwn(kinds, typeName(declaration));

/** What is wrong with a value of a declared type, in ARM's words; undefined where nothing is. */
export function faultOfValue(
  value: Json,
  declared: JsonObject,
  definitions: JsonObject,
  depth = 0,
): string | undefined {
  const declaration = resolveType(declared, definitions);
  if (!declaration) return `the type '${String(declared.$ref)}' is not defined`;
  if (depth > depthMax) return 'the value is nested too deep';
  if (value === null && declaration.nullable === true) return undefined;
  const wanted = kinds[typeName(declaration)];
  const actual = kindOf(value);
  if (wanted && !wanted.includes(actual)) {
    return `Expected '${wanted.join(', ')}'. Actual '${actual}'`;
  }
  return (
    faultOfAllowed(value, declaration) ??
    faultOfSize(value, declaration) ??
    faultOfMembers(value, declaration, definitions, depth)
  );
}

/** Arrays may hold any of the allowed values; others must be one. */
function faultOfAllowed(value: Json, { allowedValues }: JsonObject): string | undefined {
  if (!Array.isArray(allowedValues)) return undefined;
  const isAllowed = (each: Json) => allowedValues.some((allowed) => equalValues(allowed, each));
  if (isAllowed(value) || (Array.isArray(value) && value.every(isAllowed))) return undefined;
  const listed = allowedValues.map((each) =>
    typeof each === 'string' ? each : JSON.stringify(each),
  );
  return `The value is not part of the allowed value(s): '${listed.join(',')}'`;
}

function faultOfSize(value: Json, declaration: JsonObject): string | undefined {
  const { minLength, maxLength, minValue, maxValue } = declaration;
  if (typeof value === 'string' || Array.isArray(value)) {
    const { length } = value;
    if (typeof minLength === 'number' && length < minLength) {
      return `Length of the value should be greater than or equal to '${minLength}'`;
    }
    if (typeof maxLength === 'number' && length > maxLength) {
      return `Length of the value should be less than or equal to '${maxLength}'`;
    }
  }
  if (typeof value === 'number') {
    if (typeof minValue === 'number' && value < minValue) {
      return `The value must be greater than or equal to '${minValue}'`;
    }
    if (typeof maxValue === 'number' && value > maxValue) {
      return `The value must be less than or equal to '${maxValue}'`;
    }
  }
  return undefined;
}

function faultOfMembers(
  value: Json,
  declaration: JsonObject,
  definitions: JsonObject,
  depth: number,
): string | undefined {
  const { properties, additionalProperties, items, prefixItems } = declaration;
  const inner = (member: Json, type: Json | undefined, name: string) => {
    const fault = isObject(type) && faultOfValue(member, type, definitions, depth + 1);
    return fault ? `${name}: ${fault}` : undefined;
  };
  if (Array.isArray(value)) {
    const leading = Array.isArray(prefixItems) ? prefixItems : [];
    return value
      .map((each, index) => inner(each, leading[index] ?? items, `[${index}]`))
      .find((fault) => fault !== undefined);
  }
  if (!isObject(value) || !isObject(properties)) return undefined;
  for (const [name, type] of Object.entries(properties)) {
    const member = memberOf(value, name);
    const resolved = isObject(type) ? resolveType(type, definitions) : undefined;
    if (member === undefined) {
      if (resolved && resolved.nullable !== true) return `the property '${name}' is missing`;
      continue;
    }
    const fault = inner(member, type, name);
    if (fault) return fault;
  }
  const extra = Object.keys(value).find((name) => memberOf(properties, name) === undefined);
  if (extra === undefined || additionalProperties === undefined) return undefined;
  if (additionalProperties === false) return `the property '${extra}' is not permitted`;
  return inner(value[extra]!, additionalProperties, extra);
}
