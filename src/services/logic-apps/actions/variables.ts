// What the variable actions share: the type names, their first values, what fits them.
import { DoubleValue, isArray, isObject, kindName, kindOf, type Value } from '../language.ts';
import type { ActionContext } from './action.ts';
import { invalid } from './reading.ts';

/** Canonical names by lower case. */
const typeNames = new Map(
  ['String', 'Integer', 'Float', 'Boolean', 'Array', 'Object'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);
// Definition parameters write these; designers of old wrote them for variables too.
typeNames.set('int', 'Integer').set('bool', 'Boolean');

export function variableType(name: Value | undefined): string | undefined {
  return typeof name === 'string' ? typeNames.get(name.toLowerCase()) : undefined;
}

/** The value of a variable declared without one. */
export function firstValue(type: string): Value {
  switch (type) {
    case 'String':
      return '';
    case 'Integer':
      return 0;
    case 'Float':
      return DoubleValue.of(0);
    case 'Array':
      return [];
    default:
      return null;
  }
}

/** The value as the variable holds it; fails where it does not fit the type. */
export function fitted(name: string, type: string, value: Value): Value {
  const kind = kindOf(value);
  if (value === null) return type === 'String' ? '' : null;
  switch (type) {
    case 'String':
      if (kind === 'string') return value;
      break;
    case 'Integer':
      if (kind === 'integer') return value;
      break;
    case 'Float':
      if (kind === 'float' || kind === 'decimal') return value;
      if (kind === 'integer') return DoubleValue.of(Number(value));
      break;
    case 'Boolean':
      if (kind === 'boolean') return value;
      break;
    case 'Array':
      if (isArray(value)) return value;
      break;
    default:
      if (isObject(value) || isArray(value)) return value;
  }
  return invalid(
    `The variable '${name}' of type '${type}' cannot be initialized or updated with value of type '${kindName(value)}'. The variable '${name}' only supports values of types '${type}'.`,
  );
}

/** The variable an action names; fails where it is not declared. */
export function variableNamed(context: ActionContext, name: Value | undefined) {
  const text = typeof name === 'string' ? name : '';
  const found = context.variable(text);
  if (!found) {
    invalid(
      `The variable '${text}' must be initialized before it can be used inside action '${context.action.name}'.`,
      'InvalidTemplate',
    );
  }
  return { name: text, ...found };
}
