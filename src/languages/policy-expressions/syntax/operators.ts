// Expressions above the primary ones: unary and binary operators, casts, patterns, lambdas, queries.
import { PrimaryParser } from './primary.ts';
import { type QueryParserHost, queryExpression } from './queries.ts';
import {
  type Block,
  type Expression,
  type LambdaSyntax,
  type Parameter,
  type Pattern,
  predefinedTypes,
  type TypeSyntax,
} from './tree.ts';

/** Operators in one expression beyond this are refused, so that no later stage recurses too deep. */
export const operatorsMax = 1_000;

/** Binding strengths of the binary operators, weakest first. */
const levels: readonly (readonly string[])[] = [
  ['??'],
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>=', 'is', 'as'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=']);
const unaries = new Set(['+', '-', '!', '~', '++', '--']);

export abstract class OperatorParser extends PrimaryParser {
  private operatorCount = 0;
  /** Whether a type is read that a declaration may begin with. */
  protected declaring = false;

  protected abstract block(): Block;

  expression(): Expression {
    return this.nested(() => this.assignment());
  }

  private assignment(): Expression {
    if (this.is('throw')) return this.throwExpression();
    if (this.queryAhead()) return queryExpression(this.queryHost());
    const target = this.conditional();
    const operator = this.operatorAhead();
    if (!assignments.has(operator.text)) return target;
    this.index += operator.tokens;
    const value = this.expression();
    const { start } = target;
    return { kind: 'assign', operator: operator.text, target, value, start, end: value.end };
  }

  private throwExpression(): Expression {
    const { start } = this.advance();
    const value = this.expression();
    return { kind: 'throw', value, start, end: value.end };
  }

  /** The operator ahead; `>>`, `>>=` are made of adjacent tokens, because `>` also ends generics. */
  private operatorAhead(): { text: string; tokens: number } {
    const { token } = this;
    if (token.kind !== 'punctuation' && token.kind !== 'keyword') return { text: '', tokens: 0 };
    const next = this.peek();
    if (token.text === '>' && next.start === token.end && next.kind === 'punctuation') {
      if (next.text === '>') return { text: '>>', tokens: 2 };
      if (next.text === '>=') return { text: '>>=', tokens: 2 };
    }
    return { text: token.text, tokens: 1 };
  }

  private conditional(): Expression {
    const condition = this.binary(0);
    if (!this.is('?')) return condition;
    this.advance();
    const whenTrue = this.expression();
    this.expect(':');
    const whenFalse = this.expression();
    const { start } = condition;
    return { kind: 'conditional', condition, whenTrue, whenFalse, start, end: whenFalse.end };
  }

  private binary(level: number): Expression {
    const operators = levels[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const operator = this.operatorAhead();
      if (operator.tokens === 0 || !operators.includes(operator.text)) return left;
      this.operatorCount += 1;
      if (this.operatorCount > operatorsMax) {
        throw this.fault('CS8078', 'An expression is too long or complex to compile');
      }
      this.index += operator.tokens;
      left = this.operation(left, operator.text, level);
    }
  }

  private operation(left: Expression, operator: string, level: number): Expression {
    const { start } = left;
    if (operator === 'is') {
      const pattern = this.pattern();
      return { kind: 'is', operand: left, pattern, start, end: pattern.end };
    }
    if (operator === 'as') {
      const type = this.type();
      return { kind: 'as', operand: left, type, start, end: type.end };
    }
    // `??` is right-associative and may end in a throw expression.
    const right =
      operator !== '??'
        ? this.binary(level + 1)
        : this.is('throw')
          ? this.throwExpression()
          : this.nested(() => this.binary(level));
    return { kind: 'binary', operator, left, right, start, end: right.end };
  }

  protected override questionIsConditional(): boolean {
    const { index } = this;
    if (!this.is('?')) return false;
    const next = this.peek();
    // After `T?` nothing that begins an operand may follow, except where a name is declared.
    if (next.kind === 'identifier') {
      this.index = index;
      const { text } = this.peek(2);
      // At the start of a statement, `int? F(` and `T? F<` declare a function.
      if (this.declaring && /^[(<]$/.test(text)) return false;
      return !/^[=;,)]$|^in$/.test(text) && this.peek(2).kind !== 'end';
    }
    if (next.kind === 'keyword') return !['in', 'is', 'as'].includes(next.text);
    return (
      ['number', 'string', 'interpolated', 'char'].includes(next.kind) ||
      (next.kind === 'punctuation' && /^[(!~+-]$/.test(next.text))
    );
  }

  protected pattern(): Pattern {
    const { start } = this.token;
    if (this.isWord('var') && this.peek().kind === 'identifier') {
      this.advance();
      const nameStart = this.token.start;
      const name = this.identifier();
      const end = this.previousEnd;
      return { kind: 'varPattern', ...(name !== '_' && { name }), nameStart, start, end };
    }
    const typed = this.attempt(() => this.typePattern(start));
    if (typed) return typed;
    if (/^[);}]?$/.test(this.token.text) && !this.token.value) {
      throw this.fault('CS1031', 'Type expected');
    }
    const value = this.nested(() => this.binary(8));
    return { kind: 'constantPattern', value, start, end: value.end };
  }

  private typePattern(start: number): Pattern | undefined {
    const type = this.type();
    // `(int, string) t` would be a pattern of C# 8.
    if (type.kind === 'tuple') return undefined;
    const nameStart = this.token.start;
    if (this.token.kind === 'identifier' && !this.isWord('when')) {
      const name = this.identifier();
      return {
        kind: 'typePattern',
        type,
        ...(name !== '_' && { name }),
        nameStart,
        start,
        end: this.previousEnd,
      };
    }
    const { kind, text } = this.token;
    const ends = kind === 'end' || this.isWord('when') || kind === 'keyword';
    const follows = /^(\)|\]|\}|;|,|:|\?|\?\?|&&|\|\||\||&|\^|==|!=)$/;
    if (!ends && !(kind === 'punctuation' && follows.test(text))) return undefined;
    return { kind: 'typePattern', type, nameStart, start, end: this.previousEnd };
  }

  private unary(): Expression {
    const { token } = this;
    if (token.kind === 'punctuation' && unaries.has(token.text)) {
      return this.nested(() => {
        this.advance();
        const operand = this.unary();
        const { start } = token;
        return { kind: 'unary', operator: token.text, operand, start, end: operand.end };
      });
    }
    if (this.isWord('await') && this.awaits()) {
      const message =
        "The 'await' operator can only be used within an async method. Consider marking this method with the 'async' modifier and changing its return type to 'Task<object>'.";
      throw this.fault('CS4032', message);
    }
    if (this.is('(')) {
      const cast = this.attempt(() => this.castType());
      if (cast) {
        const operand = this.nested(() => this.unary());
        return { kind: 'cast', type: cast, operand, start: token.start, end: operand.end };
      }
    }
    return this.primary();
  }

  /** Whether what follows `await` can only be what is awaited. */
  protected awaits(): boolean {
    const { kind, text } = this.peek();
    return kind === 'keyword'
      ? /^(new|this)$/.test(text)
      : /^(identifier|string|number)$/.test(kind);
  }

  /** `(T)` where what follows makes it a cast (C# 7.0, 7.7.6). */
  private castType(): TypeSyntax | undefined {
    this.expect('(');
    const type = this.type();
    if (!this.take(')')) return undefined;
    const { kind, text } = this.token;
    if (kind === 'keyword') return text === 'is' || text === 'as' ? undefined : type;
    if (kind !== 'punctuation') return kind === 'end' ? undefined : type;
    if (text === '=>') return undefined;
    if (/^[(!~]$/.test(text)) return type;
    // A predefined type can be nothing but a cast; a name may be a parenthesised operand.
    const first = type.kind === 'named' ? type.parts[0]!.name : '';
    const onlyType = type.kind !== 'named' || predefinedTypes.has(first);
    return onlyType && /^([+-]|\+\+|--)$/.test(text) ? type : undefined;
  }

  protected lambdaAhead(): Expression | undefined {
    const { start } = this.token;
    if (this.token.kind === 'identifier') {
      if (!this.is('=>', 1)) return undefined;
      const { text: name, end } = this.advance();
      return this.lambdaBody([{ name, nameStart: start, start, end }], start);
    }
    const parameters = this.attempt(() => {
      this.expect('(');
      const list = this.parameters(')', true);
      return this.is('=>') ? list : undefined;
    });
    return parameters && this.lambdaBody(parameters, start);
  }

  private lambdaBody(parameters: Parameter[], start: number): LambdaSyntax {
    const { start: arrowStart } = this.expect('=>');
    const body = this.is('{') ? this.block() : this.expression();
    return { kind: 'lambda', parameters, body, arrowStart, start, end: body.end };
  }

  protected anonymousMethod(): Expression {
    const { start } = this.expect('delegate');
    const any = !this.take('(');
    const parameters = any ? [] : this.parameters(')', false);
    const body = this.block();
    const span = { arrowStart: start, start, end: body.end };
    const node = { kind: 'lambda', parameters, body, isDelegate: true, ...span } as const;
    return any ? { ...node, anyParameters: true } : node;
  }

  /** Parameters up to `close`; types may be left out where `implicit`. */
  protected parameters(close: ')', implicit: boolean): Parameter[] {
    const list: Parameter[] = [];
    if (this.take(close)) return list;
    do {
      const { start } = this.token;
      const bare =
        implicit && this.token.kind === 'identifier' && (this.is(',', 1) || this.is(')', 1));
      if (bare) {
        list.push({ name: this.identifier(), nameStart: start, start, end: this.previousEnd });
        continue;
      }
      const modifier = (['out', 'ref', 'in', 'params'] as const).find((word) => this.take(word));
      const type = this.type();
      const nameStart = this.token.start;
      const name = this.identifier();
      const initial = !implicit && this.take('=') ? this.expression() : undefined;
      list.push({
        name,
        nameStart,
        type,
        ...(modifier && { modifier }),
        ...(initial && { initial }),
        start,
        end: this.previousEnd,
      });
    } while (this.take(','));
    this.expect(close);
    return list;
  }

  private queryAhead(): boolean {
    if (!this.isWord('from')) return false;
    const next = this.peek();
    if (next.kind === 'identifier') return this.peek(2).kind === 'identifier' || this.is('in', 2);
    return next.kind === 'keyword' && predefinedTypes.has(next.text);
  }

  private queryHost(): QueryParserHost {
    return {
      start: () => this.token.start,
      end: () => this.previousEnd,
      isWord: (text) => this.isWord(text),
      word: (text) => {
        if (!this.isWord(text)) throw this.fault('CS1003', `Syntax error, '${text}' expected`);
        this.advance();
      },
      take: (text) => this.take(text),
      expect: (text) => this.expect(text),
      identifier: () => this.identifier(),
      expression: () => this.expression(),
      rangeType: () => (this.is('in', 1) ? undefined : this.type()),
      fault: (code, message) => this.fault(code, message),
    };
  }
}
