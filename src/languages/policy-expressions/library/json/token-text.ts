// Tokens as JSON text, as JsonTextWriter writes it.
import { Buffer } from 'node:buffer';
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  type Decimal,
  formatTimeSpan,
  jsonDate,
  jsonDecimal,
  jsonDouble,
  jsonSingle,
  jsonString,
  type TimeSpanValue,
} from '../../../../dotnet/index.ts';
import { charge } from '../../running/run.ts';
import { concatText, made } from '../../running/text.ts';
import { ArrayValue, type Boxed, bytesOf, stringOf, unbox } from '../../running/values.ts';
import { UriInstance } from '../uri.ts';
import {
  ConstructorToken,
  type Container,
  type ObjectToken,
  type PropertyToken,
  type Token,
  tokenTypes,
  type ValueToken,
} from './tokens/index.ts';

/** `ToString(formatting)`. */
export function tokenText(token: Token, indented: boolean): string {
  return made(write(token, indented ? '\n' : ''));
}

/** `line` is the break before a child of the parent; empty where nothing is indented. */
function write(token: Token, line: string): string {
  switch (token.tokenType) {
    case tokenTypes.Object:
      return writeObject(token as ObjectToken, line);
    case tokenTypes.Array:
      return writeItems(token as Container, '[', ']', line);
    case tokenTypes.Constructor: {
      const { name } = token as ConstructorToken;
      return writeItems(token as Container, `new ${name ?? ''}(`, ')', line);
    }
    case tokenTypes.Property:
      return writeProperty(token as PropertyToken, line);
    default:
      return writeValue(token as ValueToken);
  }
}

function writeProperty({ name, value }: PropertyToken, line: string): string {
  return `${jsonString(name)}:${line === '' ? '' : ' '}${write(value, line)}`;
}

function writeObject(token: ObjectToken, line: string): string {
  const { properties } = token;
  if (properties.size === 0) return '{}';
  charge(properties.size);
  const inner = line === '' ? '' : `${line}  `;
  let text = '{';
  for (const property of properties.values()) {
    text += text === '{' ? inner : `,${inner}`;
    text += writeProperty(property, inner);
  }
  return `${text}${line}}`;
}

/** Comments take no comma, and alone they leave an array as if it were empty. */
function writeItems(token: Container, open: string, close: string, line: string): string {
  const { items } = token;
  const isConstructor = token instanceof ConstructorToken;
  charge(items.length);
  const inner = line === '' ? '' : `${line}  `;
  let text = open;
  let begun = false;
  for (const item of items) {
    const isComment = item.tokenType === tokenTypes.Comment;
    text += begun && !isComment ? `,${inner}` : inner;
    text += write(item, inner);
    if (!isComment || isConstructor) begun = true;
  }
  return text + (begun || isConstructor ? line : '') + close;
}

function writeValue({ content, tokenType }: ValueToken): string {
  if (tokenType === tokenTypes.Comment) return `/*${concatText(content)}*/`;
  if (tokenType === tokenTypes.Raw) return concatText(content);
  if (content === null) return tokenType === tokenTypes.Undefined ? 'undefined' : 'null';
  return contentText(content);
}

/** JsonConvert.ToString of a value that a JValue can hold. */
export function contentText(content: unknown): string {
  const text = stringOf(content);
  if (text !== undefined) return jsonString(text);
  if (content instanceof ArrayValue) {
    return `"${Buffer.from(bytesOf(content)).toString('base64')}"`;
  }
  if (content instanceof UriInstance) return jsonString(content.uri.originalString);
  const { type } = content as Boxed;
  const value = unbox(content);
  switch (type.fullName) {
    case 'System.Boolean':
      return value ? 'true' : 'false';
    case 'System.Double':
      return jsonDouble(value as number);
    case 'System.Single':
      return jsonSingle(value as number);
    case 'System.Decimal':
      return jsonDecimal(value as Decimal);
    case 'System.Char':
      return jsonString(String.fromCharCode(value as number));
    case 'System.DateTime':
    case 'System.DateTimeOffset':
      return `"${jsonDate(value as DateTimeValue | DateTimeOffsetValue)}"`;
    case 'System.TimeSpan':
      return `"${formatTimeSpan(value as TimeSpanValue)}"`;
    case 'System.Guid':
      return `"${value}"`;
    default:
      return String(value);
  }
}
