// Tokens of the expression grammar.
import { ExpressionSyntaxError } from './errors.ts';
import { DoubleValue, int64Max, int64Min, integerOf, type Value } from './values.ts';

/** Named as the service names them in its messages. */
export type TokenKind =
  | 'Identifier'
  | 'StringLiteral'
  | 'IntegerLiteral'
  | 'FloatLiteral'
  | 'Dot'
  | 'Comma'
  | 'LeftParenthesis'
  | 'RightParenthesis'
  | 'LeftSquareBracket'
  | 'RightSquareBracket'
  | 'RightCurlyBracket'
  | 'QuestionMark'
  | 'EndOfData';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** The literal's value, or the identifier's name. */
  readonly value: Value;
}

const punctuation = new Map<string, TokenKind>([
  ['.', 'Dot'],
  [',', 'Comma'],
  ['(', 'LeftParenthesis'],
  [')', 'RightParenthesis'],
  ['[', 'LeftSquareBracket'],
  [']', 'RightSquareBracket'],
  ['}', 'RightCurlyBracket'],
  ['?', 'QuestionMark'],
]);

const blank = /\s*/y;
const number = /[+-]?(?:(\d+)(\.\d*)?|(\.\d+))([eE][+-]?\d+)?/y;
const identifier = /[^.,(){}@[\]?'"\s]+/y;

function isNumeric(character: string): boolean {
  return (character >= '0' && character <= '9') || character === '+' || character === '-';
}

/** Reads tokens of `text` from an offset; the parser holds one token of look-ahead. */
export class Lexer {
  readonly text: string;
  private at: number;

  constructor(text: string, start: number) {
    this.text = text;
    this.at = start;
  }

  next(): Token {
    const start = this.afterBlanks();
    const character = this.text[start];
    if (character === undefined) return this.token('EndOfData', start, start, null);
    const sign = punctuation.get(character);
    if (sign) return this.token(sign, start, start + 1, null);
    if (character === "'") return this.quoted(start);
    if (isNumeric(character)) return this.numeric(start);
    if (character === '"') {
      throw new ExpressionSyntaxError(
        `The template language expression '${this.text}' is not valid: the string character '"' at position '${start}' is not expected; string literals stand in single quotes.`,
        this.text,
        start,
      );
    }
    identifier.lastIndex = start;
    const name = identifier.exec(this.text)?.[0];
    if (name === undefined) return this.unexpected(start);
    if (this.text[start + name.length] === '"') return this.unexpected(start + name.length);
    return this.token('Identifier', start, start + name.length, name);
  }

  /** A name after a dot: digits and signs may begin it there. */
  memberName(): Token {
    const start = this.afterBlanks();
    identifier.lastIndex = start;
    const name = identifier.exec(this.text)?.[0];
    if (name === undefined) return this.next();
    return this.token('Identifier', start, start + name.length, name);
  }

  private afterBlanks(): number {
    const code = this.text.charCodeAt(this.at);
    // Most tokens touch: only what may be white space asks the expression.
    if (code > 32 && code < 128) return this.at;
    blank.lastIndex = this.at;
    blank.exec(this.text);
    return blank.lastIndex;
  }

  private token(kind: TokenKind, start: number, end: number, value: Value): Token {
    this.at = end;
    return { kind, start, end, value };
  }

  private unexpected(offset: number): never {
    throw new ExpressionSyntaxError(
      `Unable to parse template language expression '${this.text}': the character '${this.text[offset]}' at position '${offset}' is not expected.`,
      this.text,
      offset,
    );
  }

  private quoted(start: number): Token {
    let end = this.text.indexOf("'", start + 1);
    while (end >= 0 && this.text[end + 1] === "'") end = this.text.indexOf("'", end + 2);
    if (end < 0) {
      throw new ExpressionSyntaxError(
        `Unable to parse template language expression '${this.text}': the string that begins at position '${start}' is not terminated.`,
        this.text,
        start,
      );
    }
    const inner = this.text.slice(start + 1, end);
    return this.token('StringLiteral', start, end + 1, inner.replaceAll("''", "'"));
  }

  private numeric(start: number): Token {
    // `+.5` is a number; a lone `.5` is not reached here, for a dot is a token of its own.
    number.lastIndex = start;
    const match = number.exec(this.text);
    if (!match) return this.unexpected(start);
    const end = start + match[0].length;
    identifier.lastIndex = end;
    if (identifier.test(this.text)) return this.unexpected(end);
    if (match[2] === undefined && match[3] === undefined && match[4] === undefined) {
      const value = BigInt(match[0].replace('+', ''));
      if (value > int64Max || value < int64Min) {
        throw new ExpressionSyntaxError(
          `Unable to parse template language expression '${this.text}': the integer '${match[0]}' at position '${start}' is outside the range of Int64.`,
          this.text,
          start,
        );
      }
      return this.token('IntegerLiteral', start, end, integerOf(value));
    }
    return this.token('FloatLiteral', start, end, DoubleValue.of(Number(match[0])));
  }
}
