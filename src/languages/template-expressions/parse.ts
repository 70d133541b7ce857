// Text of an expression → syntax tree with offsets.
import { TemplateExpressionError } from './errors.ts';
import { depthMax, expressionCharsMax } from './limits.ts';

/** `start`: UTF-16 offset into the text, outer brackets included. */
export type Node =
  | { readonly kind: 'literal'; readonly value: string | number; readonly start: number }
  | {
      readonly kind: 'call';
      /** As written; members of user functions as `namespace.name`. */
      readonly name: string;
      readonly args: readonly Node[];
      readonly start: number;
    }
  | { readonly kind: 'member'; readonly of: Node; readonly name: string; readonly start: number }
  | { readonly kind: 'index'; readonly of: Node; readonly key: Node; readonly start: number };

/** Whether a string of a template is an expression: `[…]`, but not `[[…]`. */
export function isExpression(text: string): boolean {
  return text.length >= 2 && text[0] === '[' && text[1] !== '[' && text.endsWith(']');
}

/** The text that a string stands for that is no expression: `[[x]` is `[x]`. */
export function literalText(text: string): string {
  return text.startsWith('[[') && text.endsWith(']') ? text.slice(1) : text;
}

/** Parses `[…]`. Throws TemplateExpressionError. */
export function parseExpression(text: string): Node {
  if (text.length > expressionCharsMax) {
    throw new TemplateExpressionError(
      `The expression has ${text.length} characters; at most ${expressionCharsMax} are allowed.`,
    );
  }
  return new Parser(text).whole();
}

type Kind =
  | 'LeftParenthesis'
  | 'RightParenthesis'
  | 'LeftSquareBracket'
  | 'RightSquareBracket'
  | 'Comma'
  | 'Dot'
  | 'Identifier'
  | 'Integer'
  | 'String'
  | 'EndOfData';

interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly start: number;
}

const marks: Readonly<Record<string, Kind>> = {
  '(': 'LeftParenthesis',
  ')': 'RightParenthesis',
  '[': 'LeftSquareBracket',
  ']': 'RightSquareBracket',
  ',': 'Comma',
  '.': 'Dot',
};

class Parser {
  private readonly text: string;
  private at = 1;
  private token: Token;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
    this.token = this.read();
  }

  whole(): Node {
    const node = this.expression();
    this.take('RightSquareBracket');
    if (this.token.kind !== 'EndOfData') this.unexpected('EndOfData');
    return node;
  }

  private fail(message: string, offset: number): never {
    throw new TemplateExpressionError(
      `Unable to parse language expression '${this.text.slice(1, -1)}': ${message}`,
      { expression: this.text, offset },
    );
  }

  private unexpected(wanted: string): never {
    return this.fail(
      `expected token '${wanted}' and actual '${this.token.kind}'.`,
      this.token.start,
    );
  }

  private read(): Token {
    const blank = /\s*/y;
    blank.lastIndex = this.at;
    blank.exec(this.text);
    const start = blank.lastIndex;
    const character = this.text[start];
    if (character === undefined) return { kind: 'EndOfData', text: '', start };
    const mark = marks[character];
    if (mark) {
      this.at = start + 1;
      return { kind: mark, text: character, start };
    }
    if (character === "'") return this.readString(start);
    const word = /-?\d+(?![A-Za-z_$])|[\w$]+/y;
    word.lastIndex = start;
    const text = word.exec(this.text)?.[0];
    if (text === undefined) this.fail(`the character '${character}' is not expected.`, start);
    this.at = start + text.length;
    return { kind: /^-?\d+$/.test(text) ? 'Integer' : 'Identifier', text, start };
  }

  private readString(start: number): Token {
    let at = start + 1;
    let value = '';
    for (;;) {
      const end = this.text.indexOf("'", at);
      if (end < 0) this.fail('a string that begins here does not end.', start);
      value += this.text.slice(at, end);
      if (this.text[end + 1] !== "'") {
        this.at = end + 1;
        return { kind: 'String', text: value, start };
      }
      value += "'";
      at = end + 2;
    }
  }

  private take(kind: Kind): Token {
    const token = this.token;
    if (token.kind !== kind) this.unexpected(kind);
    this.token = this.read();
    return token;
  }

  private expression(): Node {
    if (++this.depth > depthMax) {
      this.fail(`it is nested deeper than ${depthMax} levels.`, this.token.start);
    }
    let node = this.primary();
    for (;;) {
      const { kind, start } = this.token;
      if (kind === 'Dot') {
        // `1.5` is no number of this language, and no member either.
        if (node.kind === 'literal') this.unexpected('RightSquareBracket');
        this.take('Dot');
        const { text: name, kind: named } = this.token;
        if (named !== 'Identifier' && named !== 'Integer') this.unexpected('Identifier');
        this.take(named);
        node = { kind: 'member', of: node, name, start };
      } else if (kind === 'LeftSquareBracket') {
        this.take('LeftSquareBracket');
        const key = this.expression();
        this.take('RightSquareBracket');
        node = { kind: 'index', of: node, key, start };
      } else break;
    }
    this.depth--;
    return node;
  }

  private primary(): Node {
    const { kind, text, start } = this.token;
    if (kind === 'String') {
      this.take(kind);
      return { kind: 'literal', value: text, start };
    }
    if (kind === 'Integer') {
      this.take(kind);
      return { kind: 'literal', value: Number(text), start };
    }
    if (kind !== 'Identifier') this.unexpected('Identifier');
    this.take(kind);
    let name = text;
    while (this.token.kind === 'Dot') {
      this.take('Dot');
      name += `.${this.take('Identifier').text}`;
    }
    this.take('LeftParenthesis');
    return { kind: 'call', name, args: this.args(), start };
  }

  private args(): Node[] {
    const args: Node[] = [];
    if (this.token.kind !== 'RightParenthesis') {
      args.push(this.expression());
      while (this.token.kind === 'Comma') {
        this.take('Comma');
        args.push(this.expression());
      }
    }
    this.take('RightParenthesis');
    return args;
  }
}
