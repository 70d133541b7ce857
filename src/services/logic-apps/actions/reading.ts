// Small readers of evaluated inputs, so that every action words a wrong input the same way.
import {
  ExpressionEvaluationError,
  findMember,
  isObject,
  kindName,
  type ObjectValue,
  stringify,
  type Value,
} from '../language.ts';

/** The member of an object value in any letter case; undefined where absent or null. */
export function member(value: Value | undefined, name: string): Value | undefined {
  const found = isObject(value) ? findMember(value, name) : undefined;
  return found === null ? undefined : found;
}

export function textMember(value: Value | undefined, name: string): string | undefined {
  const found = member(value, name);
  return found === undefined ? undefined : typeof found === 'string' ? found : stringify(found);
}

/** A nested member by path. */
export function memberAt(value: Value | undefined, ...path: string[]): Value | undefined {
  return path.reduce<Value | undefined>((at, name) => member(at, name), value);
}

/** Fails the action as the service does for inputs of the wrong kind. */
export function invalid(
  message: string,
  code: 'InvalidTemplate' | 'ExpressionEvaluationFailed' = 'ExpressionEvaluationFailed',
): never {
  throw new ExpressionEvaluationError(message, code);
}

export function requireArray(value: Value, action: string, what: string): readonly Value[] {
  if (Array.isArray(value)) return value;
  return invalid(
    `the result of the evaluation of '${what}' in action '${action}' is of type '${kindName(value)}'. The result must be a valid array.`,
  );
}

/** Whole number of an evaluated value: an integer, or its text. */
export function wholeNumber(value: Value | undefined): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'string' && /^\s*[+-]?\d{1,15}\s*$/.test(value)) return Number(value);
  if (isObject(value) || value === undefined || value === null) return undefined;
  const number = Number(stringify(value));
  return Number.isSafeInteger(number) ? number : undefined;
}

/** `{statusCode, headers, body}` with the absent left out. */
export function messageOf(parts: {
  statusCode?: number;
  headers?: ObjectValue;
  body?: Value;
}): ObjectValue {
  return {
    ...(parts.statusCode !== undefined && { statusCode: parts.statusCode }),
    ...(parts.headers && { headers: parts.headers }),
    ...(parts.body !== undefined && { body: parts.body }),
  };
}
