// JSON schemas of triggers, ParseJson and Response: compiled once, draft 4 habits forgiven.
import { Ajv, type ValidateFunction } from 'ajv';
import { isObject, stringifyJsonValue, type Value } from './language.ts';

const ajv = new Ajv({
  strict: false,
  allErrors: false,
  validateFormats: false,
  validateSchema: false,
  addUsedSchema: false,
  logger: false,
  // Patterns come from users: no look-behind tricks, and never a thrown RegExp.
  unicodeRegExp: false,
});
const compiled = new WeakMap<object, ValidateFunction | string>();

/** What is wrong with `value` by `schema`, in one sentence; undefined where it fits. */
export function schemaProblem(schema: Value, value: Value): string | undefined {
  if (!isObject(schema) || Object.keys(schema).length === 0) return undefined;
  const validate = validatorOf(schema);
  if (typeof validate === 'string') return validate;
  if (validate(JSON.parse(stringifyJsonValue(value)))) return undefined;
  const [first] = validate.errors ?? [];
  return `${first?.message ?? 'the value does not fit the schema'}. Path '${first?.instancePath ?? ''}'.`;
}

function validatorOf(schema: object & Value): ValidateFunction | string {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    try {
      const { $schema: _, $id: __, id: ___, ...plain } = JSON.parse(stringifyJsonValue(schema));
      validate = ajv.compile(plain);
    } catch (error) {
      validate = `the schema itself is not valid: ${(error as Error).message}`;
    }
    compiled.set(schema, validate);
  }
  return validate;
}
