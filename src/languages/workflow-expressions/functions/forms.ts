// Form and multipart bodies of triggers and actions.
import type { EvaluationContext } from '../context.ts';
import { failFunction } from '../errors.ts';
import { envelopeBytes, isEnvelope } from '../stringify.ts';
import { findMember, isArray, isObject, type Value } from '../values.ts';
import { definitionsOf, integerArgument, stringArgument } from './definition.ts';

function bodyOf(record: Value | undefined): Value {
  const outputs = isObject(record) ? findMember(record, 'outputs') : undefined;
  return (isObject(outputs) ? findMember(outputs, 'body') : undefined) ?? null;
}

function source(
  name: string,
  args: readonly Value[],
  context: EvaluationContext,
  ofTrigger: boolean,
): Value {
  if (ofTrigger) return bodyOf(context.trigger());
  const action = stringArgument(name, args, 0);
  const record = context.action(action);
  if (record === undefined) {
    return failFunction(
      name,
      `is not expected to reference action '${action}': no action of that name has run.`,
    );
  }
  return bodyOf(record);
}

/** Pairs of a form body: `$formdata` where the host parsed it, else the urlencoded content. */
function formPairs(name: string, body: Value): readonly (readonly [string, string])[] {
  const parsed = isObject(body) ? findMember(body, '$formdata') : undefined;
  if (isArray(parsed)) {
    return parsed.flatMap((pair) => {
      if (!isObject(pair)) return [];
      return [[String(pair.key ?? ''), String(pair.value ?? '')] as const];
    });
  }
  if (isEnvelope(body) && /x-www-form-urlencoded/i.test(body['$content-type'])) {
    return [...new URLSearchParams(envelopeBytes(body).toString('utf8'))];
  }
  return failFunction(name, 'expects a body of form data or form-encoded content.');
}

function values(
  name: string,
  args: readonly Value[],
  context: EvaluationContext,
  ofTrigger: boolean,
): readonly string[] {
  const key = stringArgument(name, args, ofTrigger ? 0 : 1);
  return formPairs(name, source(name, args, context, ofTrigger))
    .filter(([found]) => found.toLowerCase() === key.toLowerCase())
    .map(([, value]) => value);
}

type Row = readonly [string, string, (args: readonly Value[], context: EvaluationContext) => Value];

function single(name: string, signature: string, ofTrigger: boolean): Row {
  return [
    name,
    signature,
    (args, context) => {
      const found = values(name, args, context, ofTrigger);
      if (found.length > 1) {
        return failFunction(
          name,
          `found ${found.length} values for the key; use the function for several values.`,
        );
      }
      return found[0] ?? null;
    },
  ];
}

function several(name: string, signature: string, ofTrigger: boolean): Row {
  return [name, signature, (args, context) => values(name, args, context, ofTrigger)];
}

function multipart(name: string, signature: string, ofTrigger: boolean): Row {
  return [
    name,
    signature,
    (args, context) => {
      const index = integerArgument(name, args, ofTrigger ? 0 : 1);
      const body = source(name, args, context, ofTrigger);
      const parts = isObject(body) ? findMember(body, '$multipart') : undefined;
      if (!isArray(parts))
        return failFunction(name, 'expects a body with several parts (multipart).');
      const part = parts[index];
      if (part === undefined) {
        return failFunction(
          name,
          `index '${index}' is outside bounds (0, ${parts.length - 1}) of the parts.`,
        );
      }
      return isObject(part) ? (findMember(part, 'body') ?? part) : part;
    },
  ];
}

export const formFunctions = definitionsOf('conversion', [
  single('triggerFormDataValue', 'key', true),
  several('triggerFormDataMultiValues', 'key', true),
  multipart('triggerMultipartBody', 'index', true),
  single('formDataValue', 'actionName, key', false),
  several('formDataMultiValues', 'actionName, key', false),
  multipart('multipartBody', 'actionName, index', false),
]);
