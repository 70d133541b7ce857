// Values as the gateway needs them: made from text and JavaScript, and read as text, bool or bytes.
import { parseDateTime, parseDecimal, parseGuid } from '../../dotnet/index.ts';
import type { PolicyResponse } from './context/model.ts';
import { ListValue } from './library/collections/list-value.ts';
import { AuthorizationValue, jwtOf, responseValue } from './library/context/index.ts';
import { loadLibrary } from './library/index.ts';
import { parseToken } from './library/json/loading.ts';
import { tokenText } from './library/json/token-text.ts';
import { Token } from './library/json/tokens/index.ts';
import { parseElement } from './library/xml/index.ts';
import { iterateBoxed } from './running/sequences.ts';
import { textOf } from './running/text.ts';
import {
  ArrayValue,
  Boxed,
  bytesValue,
  Instance,
  stringArray,
  stringOf,
  typeOf,
  unbox,
} from './running/values.ts';
import { derives, known } from './types/hierarchy.ts';
import { named } from './types/registry.ts';

/** A value of the language: null or something with a run-time type. Opaque to callers. */
export type PolicyValue = unknown;

function typed(name: string, content: unknown): PolicyValue {
  loadLibrary();
  return new Boxed(named(name), content);
}

/** Makes values; each call makes a reference of its own, as each variable is one. */
export const policyValues = {
  string: (text: string): PolicyValue => typed('System.String', text),
  bool: (value: boolean): PolicyValue => typed('System.Boolean', value),
  int: (value: number): PolicyValue => typed('System.Int32', value | 0),
  long: (value: bigint): PolicyValue => typed('System.Int64', BigInt.asIntN(64, value)),
  double: (value: number): PolicyValue => typed('System.Double', value),
  decimal: (text: string): PolicyValue => typed('System.Decimal', parseDecimal(text, 167)),
  /** From ISO text; its zone decides the kind. */
  dateTime: (text: string): PolicyValue =>
    typed('System.DateTime', parseDateTime(text, { styles: 128 })),
  guid: (text: string): PolicyValue => typed('System.Guid', parseGuid(text)),
  bytes: (bytes: Uint8Array): PolicyValue => within(() => bytesValue(bytes)),
  strings: (texts: readonly string[]): PolicyValue => within(() => stringArray([...texts])),
  stringList: (texts: readonly string[]): PolicyValue =>
    within(() => new ListValue(named('List', known.string), [...texts])),
  json: (text: string): PolicyValue => within(() => parseToken(text)),
  xml: (text: string): PolicyValue => within(() => parseElement(text)),
  response: (response: PolicyResponse): PolicyValue => within(() => responseValue(response)),
  /** Null where the text is no token. */
  jwt: (text: string): PolicyValue => within(() => jwtOf(text)),
  authorization: (accessToken: string, claims: ReadonlyMap<string, PolicyValue>): PolicyValue =>
    within(() => new AuthorizationValue(accessToken, claims)),
};

/** Values made outside of an evaluation are not counted against one. */
function within<T>(make: () => T): T {
  loadLibrary();
  const before = run.memoryLeft;
  const steps = run.stepsLeft;
  run.memoryLeft = Number.MAX_SAFE_INTEGER;
  run.stepsLeft = Number.MAX_SAFE_INTEGER;
  try {
    return make();
  } finally {
    run.memoryLeft = before;
    run.stepsLeft = steps;
  }
}

import { run } from './running/run.ts';

/** The full name of a value's run-time type; null for null. */
export function typeName(value: PolicyValue): string | null {
  return value === null || value === undefined ? null : typeOf(value).fullName;
}

/**
 * The text an attribute, header or query value takes: `ToString()`, null as undefined. Tokens and
 * nodes keep their indented text, byte arrays are UTF-8.
 */
export function toPolicyText(value: PolicyValue): string | undefined {
  if (value === null || value === undefined) return undefined;
  return within(() => {
    if (value instanceof ArrayValue && value.type === known.bytes) {
      return Buffer.from(value.items as Uint8Array).toString('utf8');
    }
    if (value instanceof ArrayValue && value.type.element === known.string) {
      return (value.items as (string | null)[]).join(',');
    }
    return textOf(value) ?? undefined;
  });
}

/** The bool of a condition: a bool, or the text of one; undefined for anything else. */
export function toPolicyBoolean(value: PolicyValue): boolean | undefined {
  const content = unbox(value);
  if (typeof content === 'boolean') return content;
  const text = stringOf(value)?.trim().toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** The number of a count or a status: a number, or the text of one; undefined for anything else. */
export function toPolicyNumber(value: PolicyValue): number | undefined {
  const content = unbox(value);
  if (typeof content === 'number' && typeOf(value) !== known.char) return content;
  if (typeof content === 'bigint') return Number(content);
  const text = toPolicyText(value)?.trim();
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** The bytes of a body: byte arrays as they are, everything else as UTF-8 text. */
export function toPolicyBytes(value: PolicyValue): Uint8Array | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof ArrayValue && value.type === known.bytes) return value.items as Uint8Array;
  return within(() => {
    if (value instanceof Token) return Buffer.from(tokenText(value, true), 'utf8');
    return Buffer.from(textOf(value) ?? '', 'utf8');
  });
}

/** The texts of a header or query value: one per element of a sequence, else one. */
export function toPolicyTexts(value: PolicyValue): readonly string[] {
  if (value === null || value === undefined) return [];
  const isSequence =
    value instanceof Instance &&
    stringOf(value) === undefined &&
    !(value instanceof Token) &&
    value.type !== known.bytes &&
    derives(value.type, known.enumerable);
  if (!isSequence) return [toPolicyText(value) ?? ''];
  return within(() => [...iterateBoxed(value)].map((item) => toPolicyText(item) ?? ''));
}
