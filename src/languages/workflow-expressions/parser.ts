// Text to tree: expressions, and the template strings that hold them.
import { ExpressionSyntaxError } from './errors.ts';
import { Lexer, type Token, type TokenKind } from './lexer.ts';
import { accessorsMax, nestingMax, templateCharactersMax } from './limits.ts';
import type { Expression, InterpolationPart, Member, Template, TextPart } from './syntax.ts';

/**
 * Parses a bare expression such as `concat('a', body('B'))`, without its leading `@`.
 * Throws ExpressionSyntaxError with the offset of the first thing that is wrong.
 */
export function parseExpression(text: string): Expression {
  checkLength(text);
  return new Parser(text, 0).whole('EndOfData').expression;
}

/**
 * Parses a JSON string of a definition. `@@…` is literal; `@name(…)` is one expression; elsewhere
 * every `@{ … }` is one and `@@{` escapes it. Throws ExpressionSyntaxError; its offset counts in `text`.
 */
export function parseTemplate(text: string): Template {
  if (text.length < 2 || !text.includes('@')) return { kind: 'literal', text };
  checkLength(text);
  if (text.startsWith('@@')) return { kind: 'literal', text: text.slice(1) };
  if (text.startsWith('@') && text[1] !== '{') {
    return {
      kind: 'expression',
      expression: new Parser(text, 1).whole('EndOfData').expression,
      source: text.slice(1),
    };
  }
  return parseInterpolation(text);
}

function parseInterpolation(text: string): Template {
  const parts: (TextPart | InterpolationPart)[] = [];
  let literal = '';
  let at = 0;
  let found = false;
  for (let next = text.indexOf('@{'); next >= 0; next = text.indexOf('@{', at)) {
    if (next > at && text[next - 1] === '@') {
      literal += `${text.slice(at, next - 1)}@{`;
      at = next + 2;
      continue;
    }
    found = true;
    literal += text.slice(at, next);
    if (literal !== '') parts.push({ kind: 'text', text: literal });
    literal = '';
    const inner = new Parser(text, next + 2).whole('RightCurlyBracket');
    parts.push({
      kind: 'interpolation',
      expression: inner.expression,
      start: next + 2,
      end: inner.end - 1,
    });
    at = inner.end;
  }
  literal += text.slice(at);
  if (!found) return { kind: 'literal', text: literal };
  if (literal !== '') parts.push({ kind: 'text', text: literal });
  return { kind: 'interpolation', parts, source: text };
}

function checkLength(text: string): void {
  if (text.length > templateCharactersMax) {
    throw new ExpressionSyntaxError(
      `The template language expression is longer than ${templateCharactersMax} characters.`,
      text.slice(0, 100),
      0,
    );
  }
}

class Parser {
  private readonly lexer: Lexer;
  private ahead: Token;
  private depth = 0;

  constructor(text: string, start: number) {
    this.lexer = new Lexer(text, start);
    this.ahead = this.lexer.next();
  }

  /** One expression and the token that must follow it; nothing behind that token is read. */
  whole(end: TokenKind): { expression: Expression; end: number } {
    const expression = this.expression();
    if (this.ahead.kind !== end) this.unexpected(end);
    return { expression, end: this.ahead.end };
  }

  private unexpected(expected: TokenKind): never {
    const { start, kind } = this.ahead;
    throw new ExpressionSyntaxError(
      `Unable to parse template language expression '${this.lexer.text}': expected token '${expected}' and actual '${kind}'.`,
      this.lexer.text,
      start,
    );
  }

  private take(kind: TokenKind): Token {
    const token = this.ahead;
    if (token.kind !== kind) this.unexpected(kind);
    this.ahead = this.lexer.next();
    return token;
  }

  private at(kind: TokenKind): boolean {
    return this.ahead.kind === kind;
  }

  private taken(kind: TokenKind): boolean {
    if (this.ahead.kind !== kind) return false;
    this.ahead = this.lexer.next();
    return true;
  }

  private expression(): Expression {
    const token = this.ahead;
    switch (token.kind) {
      case 'StringLiteral':
      case 'IntegerLiteral':
      case 'FloatLiteral':
        this.ahead = this.lexer.next();
        return { kind: 'literal', value: token.value, start: token.start, end: token.end };
      case 'Identifier':
        this.ahead = this.lexer.next();
        return this.named(token, token.value as string);
      default:
        return this.unexpected('Identifier');
    }
  }

  private named(token: Token, name: string): Expression {
    if (!this.at('LeftParenthesis')) {
      const value = constants.get(name.toLowerCase());
      if (value === undefined) this.unexpected('LeftParenthesis');
      return { kind: 'literal', value, start: token.start, end: token.end };
    }
    if (++this.depth > nestingMax) this.tooDeep();
    this.take('LeftParenthesis');
    const args: Expression[] = [];
    if (!this.at('RightParenthesis')) {
      do args.push(this.expression());
      while (this.taken('Comma'));
    }
    // Closing by hand: the token behind `)` may be a name after a dot, lexed only when asked for.
    const close = this.take('RightParenthesis');
    this.depth--;
    const call: Expression = {
      kind: 'call',
      name,
      nameEnd: token.end,
      args,
      start: token.start,
      end: close.end,
    };
    return this.accessors(call);
  }

  private accessors(target: Expression): Expression {
    for (let count = 0; ; count++) {
      const safe = this.ahead.kind === 'QuestionMark';
      if (safe) this.ahead = this.lexer.next();
      if (this.ahead.kind === 'Dot') target = this.dotted(target, safe);
      else if (this.ahead.kind === 'LeftSquareBracket') target = this.indexed(target, safe);
      else if (safe) return this.unexpected('Dot');
      else return target;
      if (count >= accessorsMax) this.tooDeep();
    }
  }

  private dotted(target: Expression, safe: boolean): Member {
    const name = this.lexer.memberName();
    this.ahead = name;
    if (name.kind !== 'Identifier') this.unexpected('Identifier');
    this.ahead = this.lexer.next();
    return {
      kind: 'member',
      target,
      key: { kind: 'literal', value: name.value, start: name.start, end: name.end },
      safe,
      notation: 'dot',
      start: target.start,
      end: name.end,
    };
  }

  private indexed(target: Expression, safe: boolean): Member {
    if (++this.depth > nestingMax) this.tooDeep();
    this.take('LeftSquareBracket');
    const key = this.expression();
    const close = this.take('RightSquareBracket');
    this.depth--;
    return {
      kind: 'member',
      target,
      key,
      safe,
      notation: 'bracket',
      start: target.start,
      end: close.end,
    };
  }

  private tooDeep(): never {
    throw new ExpressionSyntaxError(
      `The template language expression is nested too deeply: more than ${nestingMax} levels or ${accessorsMax} accessors.`,
      this.lexer.text,
      this.ahead.start,
    );
  }
}

/** Names that are values; any letter case, as the designer's parser takes them. */
const constants = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
