// Primary expressions: names, literals, calls, accesses, `new` in all its forms.
import { CreationParser } from './creation.ts';
import type { Hole, Token } from './tokens.ts';
import {
  type Argument,
  type Expression,
  type InterpolationHole,
  predefinedTypes,
  type TypeSyntax,
} from './tree.ts';

/** What is said of words that mean an instance, of which an expression has none. */
const staticWords = new Map<string, readonly [string, string]>([
  [
    'this',
    [
      'CS0026',
      "Keyword 'this' is not valid in a static property, static method, or static field initializer",
    ],
  ],
  ['base', ['CS1511', "Keyword 'base' is not available in a static method"]],
]);

export abstract class PrimaryParser extends CreationParser {
  protected abstract lambdaAhead(): Expression | undefined;
  protected abstract anonymousMethod(): Expression;
  /** Parses the tokens of a hole of an interpolated string. */
  protected abstract holeContent(tokens: readonly Token[]): Omit<InterpolationHole, 'format'>;

  /** A primary expression with everything that follows it: `.x`, `?.x`, `(…)`, `[…]`, `++`. */
  protected primary(): Expression {
    return this.suffixes(this.atom(), false);
  }

  /** Suffixes bind from left to right; inside `?.` the chain stops at nothing but the chain's end. */
  private suffixes(node: Expression, conditional: boolean): Expression {
    for (;;) {
      const next = this.suffix(node);
      if (next) node = next;
      else if (this.is('?.') || (this.is('?') && this.is('[', 1) && this.indexAfterQuestion())) {
        node = this.conditionalAccess(node);
      } else if (!conditional && (this.is('++') || this.is('--'))) {
        const operator = this.advance().text as '++' | '--';
        const { start } = node;
        node = { kind: 'postfix', operator, operand: node, start, end: this.previousEnd };
      } else return node;
    }
  }

  private suffix(target: Expression): Expression | undefined {
    const { start } = target;
    if (this.take('.')) return this.member(target);
    if (this.take('(')) {
      const list = this.argumentList(')');
      return { kind: 'call', callee: target, arguments: list, start, end: this.previousEnd };
    }
    if (this.is('[')) {
      this.advance();
      if (this.is(']')) throw this.fault('CS0443', 'Syntax error; value expected');
      const list = this.argumentList(']');
      return { kind: 'element', target, arguments: list, start, end: this.previousEnd };
    }
    return undefined;
  }

  private member(target: Expression): Expression {
    const nameStart = this.token.start;
    const name = this.identifier();
    const list = this.typeArgumentsOfName();
    return {
      kind: 'member',
      target,
      name,
      nameStart,
      ...(list && { arguments: list }),
      start: target.start,
      end: this.previousEnd,
    };
  }

  /** `a ? [b] : c` is a conditional over an array-like thing; C# 7 reads `a?[b]` as an access. */
  private indexAfterQuestion(): boolean {
    let depth = 0;
    for (let distance = 1; ; distance += 1) {
      const { kind, text } = this.peek(distance);
      if (kind === 'end') return true;
      if (kind !== 'punctuation') continue;
      if (/^[([{]$/.test(text)) depth += 1;
      else if (/^[)\]}]$/.test(text)) depth -= 1;
      if (depth === 0) return !this.is(':', distance + 1);
    }
  }

  private conditionalAccess(target: Expression): Expression {
    const question = this.advance();
    const receiver: Expression = { kind: 'receiver', start: question.start, end: question.start };
    const first = question.text === '?.' ? this.member(receiver) : this.suffix(receiver)!;
    const access = this.suffixes(first, true);
    return {
      kind: 'conditionalAccess',
      target,
      access,
      start: target.start,
      end: this.previousEnd,
    };
  }

  /** `<…>` after a name, where the token after it shows that it is no comparison (C# 7.0, 7.6.2). */
  private typeArgumentsOfName(): TypeSyntax[] | undefined {
    if (!this.is('<')) return undefined;
    return this.attempt(() => {
      const list = this.typeArguments();
      const { kind, text } = this.token;
      const follows = /^(\(|\)|\]|\}|:|;|,|\.|\?|\?\.|\?\?|==|!=|\||\^|&&|\|\||&|\[|=>|>|\{)$/;
      return kind === 'end' || (kind === 'punctuation' && follows.test(text)) ? list : undefined;
    });
  }

  private atom(): Expression {
    const { token } = this;
    switch (token.kind) {
      case 'number':
        this.advance();
        return this.literal(token, { type: 'number', value: token.number! });
      case 'string':
        this.advance();
        return this.literal(token, { type: 'string', value: token.value as string });
      case 'char':
        this.advance();
        return this.literal(token, { type: 'char', value: token.value as number });
      case 'interpolated':
        this.advance();
        return this.interpolated(token);
      case 'identifier':
        return this.lambdaAhead() ?? this.designationAhead() ?? this.nameExpression();
      case 'keyword':
        return this.keywordExpression(token);
      case 'punctuation':
        if (token.text === '(') return this.lambdaAhead() ?? this.parenthesised();
        break;
      default:
    }
    const term = token.kind === 'end' ? '}' : token.text;
    throw this.fault('CS1525', `Invalid expression term '${term}'`);
  }

  private literal(
    token: Token,
    literal: (Expression & { kind: 'literal' })['literal'],
  ): Expression {
    return { kind: 'literal', literal, start: token.start, end: token.end };
  }

  private nameExpression(): Expression {
    const { start } = this.token;
    const global = this.isWord('global') && this.is('::', 1);
    if (global) this.index += 2;
    const name = this.identifier();
    const list = this.typeArgumentsOfName();
    return {
      kind: 'name',
      name,
      ...(list && { arguments: list }),
      ...(global && { global }),
      start,
      end: this.previousEnd,
    };
  }

  private keywordExpression(token: Token): Expression {
    const { start } = token;
    switch (token.text) {
      case 'true':
      case 'false':
        this.advance();
        return this.literal(token, { type: 'bool', value: token.text === 'true' });
      case 'null':
        this.advance();
        return this.literal(token, { type: 'null' });
      case 'new':
        return this.newExpression();
      case 'typeof':
      case 'sizeof': {
        const kind = this.advance().text as 'typeof' | 'sizeof';
        this.expect('(');
        const type = this.type();
        this.expect(')');
        return { kind, type, start, end: this.previousEnd };
      }
      case 'default':
        return this.defaultExpression();
      case 'checked':
      case 'unchecked': {
        const checked = this.advance().text === 'checked';
        this.expect('(');
        const value = this.expression();
        this.expect(')');
        return { kind: 'checked', checked, value, start, end: this.previousEnd };
      }
      case 'delegate':
        return this.anonymousMethod();
      default:
    }
    const refusal = staticWords.get(token.text);
    if (refusal) throw this.fault(...refusal);
    if (!predefinedTypes.has(token.text)) {
      throw this.fault('CS1525', `Invalid expression term '${token.text}'`);
    }
    const type = this.typeWithoutRanks();
    if (!this.is('.')) throw this.fault('CS1525', `Invalid expression term '${token.text}'`, token);
    return { kind: 'typeName', type, start, end: this.previousEnd };
  }

  private defaultExpression(): Expression {
    const { start } = this.advance();
    if (!this.take('(')) return { kind: 'default', start, end: this.previousEnd };
    const type = this.type();
    this.expect(')');
    return { kind: 'default', type, start, end: this.previousEnd };
  }

  /** `var (a, (b, _))`, if it stands here. */
  protected designation(): (Expression & { kind: 'tuple' }) | undefined {
    if (!this.isWord('var') || !this.is('(', 1)) return undefined;
    return this.attempt(() => {
      const { start } = this.advance();
      return { ...this.designatedNames(), declares: true, start };
    });
  }

  /** Names are declared only where something is assigned to them. */
  private designationAhead(): Expression | undefined {
    return this.attempt(() => {
      const read = this.designation();
      return this.is('=') ? read : undefined;
    });
  }

  private designatedNames(): Expression & { kind: 'tuple' } {
    const { start } = this.expect('(');
    const elements: Argument[] = [];
    do {
      const from = this.token.start;
      const value: Expression = this.is('(')
        ? this.nested(() => this.designatedNames())
        : this.designatedName();
      elements.push({ value, start: from, end: this.previousEnd });
    } while (this.take(','));
    this.expect(')');
    return { kind: 'tuple', elements, start, end: this.previousEnd };
  }

  private designatedName(): Expression {
    const { start } = this.token;
    const name = this.identifier();
    const end = this.previousEnd;
    return { kind: 'declaration', ...(name !== '_' && { name }), nameStart: start, start, end };
  }

  protected parenthesised(): Expression {
    const { start } = this.expect('(');
    const first = this.tupleElement();
    if (this.is(',')) {
      const elements: Argument[] = [first];
      while (this.take(',')) elements.push(this.tupleElement());
      this.expect(')');
      return { kind: 'tuple', elements, start, end: this.previousEnd };
    }
    this.expect(')');
    return { kind: 'paren', value: first.value, start, end: this.previousEnd };
  }

  /** A declaration, as in `(int a, var b) = …`, or a value. */
  private tupleElement(): Argument {
    const { kind, start } = this.token;
    const names = this.attempt(() => {
      const read = this.designation();
      return this.is(',') || this.is(')') ? read : undefined;
    });
    if (names) return { value: names, start, end: this.previousEnd };
    const typed =
      kind === 'identifier' || kind === 'punctuation' || (kind === 'keyword' && !this.is('new'));
    const value = typed
      ? this.attempt(() => {
          const read = this.outDeclaration();
          return this.is(',') || this.is(')') ? read : undefined;
        })
      : undefined;
    return value ? { value, start, end: this.previousEnd } : this.argument();
  }

  private interpolated(token: Token): Expression {
    const parts = token.parts!.map((part) => (typeof part === 'string' ? part : this.hole(part)));
    return { kind: 'interpolated', parts, start: token.start, end: token.end };
  }

  private hole(hole: Hole): InterpolationHole {
    if (hole.tokens.length <= 1) {
      throw this.fault('CS1733', 'Expected expression', hole.tokens[0]);
    }
    return {
      ...this.nested(() => this.holeContent(hole.tokens)),
      ...(hole.format !== undefined && { format: hole.format }),
    };
  }
}
