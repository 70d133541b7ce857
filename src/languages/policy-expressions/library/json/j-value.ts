// Newtonsoft.Json.Linq.JValue.
import { required } from '../../running/exceptions.ts';
import { concatText, formatOf } from '../../running/text.ts';
import { box, stringOf, typeOf } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { castToken, typeByKeyword } from './casts.ts';
import { valueToken } from './content.ts';
import { valueKey } from './deep-key.ts';
import { becomeOther, operateOnValue } from './dynamic-value.ts';
import { compareContents, nullToken, tokenTypes, ValueToken } from './tokens/index.ts';

function format({ content }: ValueToken, text: string | null, provider: unknown = null): string {
  return content === null ? '' : formatOf(content, text, provider);
}

const withProvider = (token: ValueToken, provider: unknown) => format(token, null, provider);

function text({ content }: ValueToken): string {
  return content === null ? '' : concatText(content);
}

/** Another type changes the kind, too, except that a comment or raw JSON stays one as a string. */
function assign(token: ValueToken, content: unknown): void {
  const sameType =
    token.content !== null && content !== null && typeOf(token.content) === typeOf(content);
  const { Comment, Raw } = tokenTypes;
  const staysText =
    stringOf(content) !== undefined && (token.tokenType === Comment || token.tokenType === Raw);
  if (!sameType && !staysText) token.tokenType = valueToken(content).tokenType;
  token.content = content;
}

function compare(token: ValueToken, other: unknown): number {
  if (other === null) return 1;
  if (!(other instanceof ValueToken)) {
    return compareContents(token.tokenType, token.content, other);
  }
  const isText = token.tokenType === tokenTypes.String;
  const kind = isText ? other.tokenType : token.tokenType;
  return compareContents(kind, token.content, other.content);
}

/** IComparable hands over a bare value; its exact type does not matter to the order. */
function boxedAgain(plain: unknown): unknown {
  if (typeof plain === 'number') return box(plain, known.double);
  if (typeof plain === 'bigint') return box(plain, known.long);
  return typeof plain === 'boolean' ? box(plain, known.bool) : plain;
}

const typed = [
  'long',
  'decimal',
  'ulong',
  'double',
  'float',
  'DateTime',
  'DateTimeOffset',
  'bool',
  'Guid',
  'TimeSpan',
];

const constructors = Object.fromEntries(
  typed.map((name) => [
    `new(${name} value)`,
    (_type: Type, value: unknown) => valueToken(box(value, typeByKeyword(name))),
  ]),
);

const ofText = (kind: number) => (content: unknown) => new ValueToken(content, kind);
const ofString = ofText(tokenTypes.String);

export const jValueType = declareType(
  'class Newtonsoft.Json.Linq.JValue : JToken, IComparable, IComparable<JValue>, IFormattable, IEquatable<JValue>',
  {
    ...constructors,
    'new(string value)': (_type: Type, value: string | null) => ofString(value),
    'new(char value)': (_type: Type, value: number) => ofString(box(value, typeByKeyword('char'))),
    'new(Uri value)': (_type: Type, value: unknown) =>
      new ValueToken(value, value === null ? tokenTypes.Null : tokenTypes.Uri),
    'new(object value)': (_type: Type, value: unknown) => valueToken(value),
    'new(JValue other)': (_type: Type, other: ValueToken | null) => {
      const { content, tokenType } = required(other, 'other');
      return new ValueToken(content, tokenType);
    },
    'static JValue CreateNull()': nullToken,
    'static JValue CreateUndefined()': () => new ValueToken(null, tokenTypes.Undefined),
    'static JValue CreateString(string value)': ofString,
    'static JValue CreateComment(string value)': ofText(tokenTypes.Comment),
    'object Value': { get: (token: ValueToken) => token.content, set: assign },
    'string ToString()': text,
    'string ToString(string format)': format,
    'string ToString(IFormatProvider formatProvider)': withProvider,
    'string ToString(string format, IFormatProvider formatProvider)': format,
    'bool Equals(JValue other)': (left: ValueToken, right: ValueToken | null) =>
      right !== null && left.equals(right),
    'int CompareTo(JValue obj)': compare,
  },
  {
    key: valueKey,
    format: format as never,
    text,
    compare: ((left: ValueToken, right: unknown) => compare(left, boxedAgain(right))) as never,
    operate: operateOnValue as never,
    become: becomeOther,
    convert: castToken,
    explicit: ['CompareTo'],
  },
);
