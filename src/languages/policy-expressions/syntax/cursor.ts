// A place in the token list, and the parsing of types, which everything else needs.

import { type Diagnostic, SyntaxFault, type Token } from './tokens.ts';
import {
  type Argument,
  type Expression,
  predefinedTypes,
  type TypePart,
  type TypeSyntax,
} from './tree.ts';

/** Nesting of brackets, lambdas and statements beyond this is refused, as compilers do. */
export const nestingMax = 200;

const endToken: Token = { kind: 'end', text: '', start: 0, end: 0 };

const missingMarks: Readonly<Record<string, string>> = {
  ';': 'CS1002',
  ')': 'CS1026',
  '}': 'CS1513',
  '{': 'CS1514',
};
const operandWords = new Set(['new', 'true', 'false', 'null', 'typeof', 'default', 'this', 'base']);

export abstract class Cursor {
  protected tokens: readonly Token[];
  protected index = 0;
  private nesting = 0;
  /** What is wrong so far, where parsing could go on. */
  protected readonly faults: Diagnostic[] = [];
  private attempts = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  protected get token(): Token {
    return this.tokens[this.index] ?? this.tokens[this.tokens.length - 1] ?? endToken;
  }

  protected peek(distance = 1): Token {
    return this.tokens[this.index + distance] ?? this.tokens[this.tokens.length - 1] ?? endToken;
  }

  protected get previousEnd(): number {
    return this.tokens[this.index - 1]?.end ?? 0;
  }

  protected advance(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.index += 1;
    return token;
  }

  protected is(text: string, distance = 0): boolean {
    const token = this.peek(distance);
    return token.text === text && (token.kind === 'punctuation' || token.kind === 'keyword');
  }

  /** A contextual keyword such as `var`, `when` or `from`. */
  protected isWord(text: string, distance = 0): boolean {
    const token = this.peek(distance);
    return token.kind === 'identifier' && token.text === text && !token.verbatim;
  }

  protected take(text: string): boolean {
    if (!this.is(text)) return false;
    this.index += 1;
    return true;
  }

  protected fault(code: string, message: string, token: Token = this.token): SyntaxFault {
    return new SyntaxFault(code, message, token.start, Math.max(token.end, token.start));
  }

  /** Requires `text`; where it is missing, that is noted and parsing goes on as if it stood there. */
  protected expect(text: string): Token {
    if (this.is(text)) return this.advance();
    this.report(this.missing(text));
    const end = this.previousEnd;
    return { kind: 'punctuation', text, start: end, end };
  }

  protected missing(text: string): SyntaxFault {
    const code = Object.hasOwn(missingMarks, text) ? missingMarks[text] : undefined;
    return code
      ? this.absence(code, `${text} expected`)
      : this.absence('CS1003', `Syntax error, '${text}' expected`);
  }

  /** What is missing is reported at the next token; at the end of the line where that is on another. */
  private absence(code: string, message: string): SyntaxFault {
    const { token, previousEnd } = this;
    if (!token.lineBefore) return this.fault(code, message);
    return new SyntaxFault(code, message, previousEnd, previousEnd);
  }

  /** Notes a fault; on trial it is thrown instead. Two at one place are one. */
  protected report(fault: SyntaxFault): void {
    if (this.attempts > 0) throw fault;
    const [{ start }] = fault.diagnostics as readonly [Diagnostic];
    if (this.faults.at(-1)?.start !== start) this.faults.push(...fault.diagnostics);
  }

  /** Does `parse`; a fault that stops it is noted, and `skip` finds where to go on. */
  protected resuming(parse: () => void, skip: () => void): void {
    try {
      parse();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.report(error);
      skip();
    }
  }

  /** Whether an entry of a list follows; a comma that was left out before it is noted. */
  protected separated(): boolean {
    if (this.take(',')) return true;
    if (!this.beginsOperand()) return false;
    this.report(this.missing(','));
    return true;
  }

  /** Whether the token can only begin an operand. */
  protected beginsOperand(): boolean {
    const { kind, text } = this.token;
    if (kind === 'keyword') return operandWords.has(text) || predefinedTypes.has(text);
    return kind !== 'punctuation' && kind !== 'end';
  }

  protected identifier(): string {
    const { token } = this;
    if (token.kind === 'identifier') return this.advance().text;
    throw this.absence('CS1001', 'Identifier expected');
  }

  protected nested<T>(parse: () => T): T {
    this.nesting += 1;
    if (this.nesting > nestingMax) {
      throw this.fault('CS8078', 'An expression is too long or complex to compile');
    }
    try {
      return parse();
    } finally {
      this.nesting -= 1;
    }
  }

  /** Runs `parse`; where it fails or gives undefined, nothing is consumed. */
  protected attempt<T>(parse: () => T | undefined): T | undefined {
    const { index } = this;
    this.attempts += 1;
    try {
      const result = parse();
      if (result === undefined) this.index = index;
      return result;
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.index = index;
      return undefined;
    } finally {
      this.attempts -= 1;
    }
  }

  /** A type with its `?` and `[]`; array sizes of `new` are not part of it. */
  protected type(): TypeSyntax {
    return this.nested(() => {
      let type = this.typeWithoutRanks();
      for (;;) {
        const ranks = this.ranks();
        if (ranks.length === 0) return type;
        // `int[][,]` is an array of two-dimensional arrays: the leftmost rank is the outermost.
        for (const rank of ranks.reverse()) {
          type = { kind: 'array', element: type, rank, start: type.start, end: this.previousEnd };
        }
        if (this.is('?')) type = this.nullable(type);
      }
    });
  }

  private nullable(element: TypeSyntax): TypeSyntax {
    this.advance();
    return { kind: 'nullable', element, start: element.start, end: this.previousEnd };
  }

  protected typeWithoutRanks(): TypeSyntax {
    const type = this.typeWithoutMark();
    return this.is('?') && !this.questionIsConditional() ? this.nullable(type) : type;
  }

  /** Overridden where `x is T ? a : b` has to be told from `x is T? && …`. */
  protected questionIsConditional(): boolean {
    return false;
  }

  private typeWithoutMark(): TypeSyntax {
    const { start } = this.token;
    if (this.is('(')) return this.tupleType();
    if (this.token.kind === 'keyword' && predefinedTypes.has(this.token.text)) {
      const name = this.advance().text;
      return { kind: 'named', parts: [{ name, arguments: [] }], start, end: this.previousEnd };
    }
    if (this.token.kind !== 'identifier') throw this.fault('CS1031', 'Type expected');
    const global = this.isWord('global') && this.is('::', 1);
    if (global) this.index += 2;
    const parts: TypePart[] = [this.typePart()];
    while (this.is('.') && this.peek().kind === 'identifier') {
      this.advance();
      parts.push(this.typePart());
    }
    const node = { kind: 'named', parts, start, end: this.previousEnd } as const;
    return global ? { ...node, global } : node;
  }

  private typePart(): TypePart {
    const name = this.identifier();
    return { name, arguments: this.is('<') ? this.typeArguments() : [] };
  }

  protected typeArguments(): TypeSyntax[] {
    this.expect('<');
    const list = [this.type()];
    while (this.take(',')) list.push(this.type());
    if (!this.take('>')) throw this.fault('CS1003', "Syntax error, '>' expected");
    return list;
  }

  private tupleType(): TypeSyntax {
    const { start } = this.expect('(');
    const elements: { type: TypeSyntax; name?: string }[] = [];
    do {
      const type = this.type();
      elements.push(
        this.token.kind === 'identifier' ? { type, name: this.identifier() } : { type },
      );
    } while (this.take(','));
    this.expect(')');
    if (elements.length < 2)
      throw this.fault('CS8124', 'Tuple must contain at least two elements.');
    return { kind: 'tuple', elements, start, end: this.previousEnd };
  }

  /** Empty rank specifiers `[]` and `[,]` ahead. */
  protected ranks(): number[] {
    const ranks: number[] = [];
    while (this.is('[')) {
      let rank = 1;
      while (this.is(',', rank)) rank += 1;
      if (!this.is(']', rank)) break;
      this.index += rank + 1;
      ranks.push(rank);
    }
    return ranks;
  }

  protected abstract expression(): Expression;

  protected argumentList(close: ')' | ']'): Argument[] {
    const list: Argument[] = [];
    if (this.take(close)) return list;
    if (!this.is(';') && !this.is('}') && !this.is('return')) {
      do list.push(this.argument());
      while (this.separated());
    }
    this.expect(close);
    return list;
  }

  protected argument(): Argument {
    const { start } = this.token;
    const named = this.token.kind === 'identifier' && this.is(':', 1);
    const name = named ? this.identifier() : undefined;
    if (named) this.advance();
    const modifier = (['out', 'ref', 'in'] as const).find((word) => this.take(word));
    const value =
      (modifier === 'out' && this.attempt(() => this.outDeclaration())) || this.expression();
    return {
      ...(name !== undefined && { name }),
      ...(modifier && { modifier }),
      value,
      start,
      end: this.previousEnd,
    };
  }

  protected outDeclaration(): Expression | undefined {
    const { start } = this.token;
    const type = this.type();
    if (this.token.kind !== 'identifier') return undefined;
    const nameStart = this.token.start;
    const name = this.identifier();
    return {
      kind: 'declaration',
      ...(!isVar(type) && { type }),
      ...(name !== '_' && { name }),
      nameStart,
      start,
      end: this.previousEnd,
    };
  }
}

export function isVar(type: TypeSyntax): boolean {
  return (
    type.kind === 'named' &&
    type.parts.length === 1 &&
    type.parts[0]!.name === 'var' &&
    type.parts[0]!.arguments.length === 0
  );
}
