// Statements, and the whole of a policy expression.
import { isVar } from './cursor.ts';
import { GuardParser } from './guards.ts';
import { tokenize } from './lexer.ts';
import { type Diagnostic, SyntaxFault, type Token } from './tokens.ts';
import type {
  Block,
  DeclarationStatement,
  Expression,
  InterpolationHole,
  LocalFunction,
  Parameter,
  Pattern,
  PolicyExpressionSyntax,
  Statement,
  SwitchLabel,
  SwitchSection,
  TypeSyntax,
} from './tree.ts';

/**
 * Parses `( … )` or `{ … }` from `start`, just behind the `@`, to the end of the text. Offsets
 * count from the start of `text`. Throws SyntaxFault.
 */
export function parsePolicyExpression(text: string, start = 1): PolicyExpressionSyntax {
  const faults: Diagnostic[] = [];
  const parser = new Parser(tokenize(text, { start, faults }));
  return parser.policyExpression(faults);
}

/** Parses one C# expression. */
export function parseExpression(text: string): Expression {
  return new Parser(tokenize(text)).whole((parser) => parser.expression());
}

/** A declaration of the library: `static int Max(int a, int b)`; see `types/signature.ts`. */
export class Parser extends GuardParser {
  whole<T>(parse: (parser: this) => T): T {
    const result = parse(this);
    this.requireEnd();
    this.requireSound([]);
    return result;
  }

  protected holeContent(tokens: readonly Token[]): Omit<InterpolationHole, 'format'> {
    return new Parser(tokens).whole((parser) => ({
      value: parser.expression(),
      ...(parser.take(',') && { alignment: parser.expression() }),
    }));
  }

  requireEnd(): void {
    if (this.token.kind !== 'end') this.report(this.fault('CS1002', '; expected'));
  }

  /** The whole; `faults` are what the lexer found. Throws all that is wrong. */
  policyExpression(faults: readonly Diagnostic[]): PolicyExpressionSyntax {
    let syntax: PolicyExpressionSyntax | undefined;
    this.resuming(
      () => {
        syntax = this.policyBody();
        this.requireEnd();
      },
      () => undefined,
    );
    this.requireSound(faults);
    return syntax!;
  }

  private policyBody(): PolicyExpressionSyntax {
    if (!this.take('(')) return { kind: 'block', block: this.block() };
    const value = this.expression();
    this.expect(')');
    return { kind: 'expression', value };
  }

  private requireSound(more: readonly Diagnostic[]): void {
    const all = [...this.faults, ...more].sort((left, right) => left.start - right.start);
    if (all.length > 0) throw new SyntaxFault(all);
  }

  override block(): Block {
    return this.nested(() => {
      if (!this.is('{')) throw this.missing('{');
      const { start } = this.advance();
      const statements: Statement[] = [];
      while (!this.is('}') && this.token.kind !== 'end') {
        const { index } = this;
        this.resuming(
          () => statements.push(this.statement()),
          () => this.skipStatement(index),
        );
      }
      this.expect('}');
      return { kind: 'block', statements, start, end: this.previousEnd };
    });
  }

  /** To the end of a statement that is wrong, one that began at `index`. */
  private skipStatement(index: number): void {
    let depth = 0;
    while (this.token.kind !== 'end') {
      if (depth <= 0 && this.index > index && this.is('}')) return;
      const { text, kind } = this.advance();
      if (kind !== 'punctuation') continue;
      if (text === '{') depth += 1;
      if (text === '}') depth -= 1;
      if (depth <= 0 && /^[;}]$/.test(text)) return;
    }
  }

  protected override statement(): Statement {
    return this.nested(() => {
      const { token } = this;
      const { start } = token;
      if (token.kind === 'punctuation') {
        if (token.text === '{') return this.block();
        if (this.take(';')) return { kind: 'empty', start, end: this.previousEnd };
      }
      if (this.isWord('yield') && (this.is('return', 1) || this.is('break', 1))) {
        return this.yieldStatement();
      }
      if (token.kind === 'identifier' && this.is(':', 1)) {
        const name = this.identifier();
        this.advance();
        const body = this.statement();
        return { kind: 'label', name, body, start, end: body.end };
      }
      const known = token.kind === 'keyword' ? this.keywordStatement(token) : undefined;
      return known ?? this.declarationAhead() ?? this.expressionStatement();
    });
  }

  private keywordStatement(token: Token): Statement | undefined {
    switch (token.text) {
      case 'if':
        return this.ifStatement();
      case 'else':
        throw this.fault('CS8641', "'else' cannot start a statement.");
      case 'unsafe': {
        const message = 'Unsafe code may only appear if compiling with /unsafe';
        throw this.fault('CS0227', message);
      }
      case 'while':
        return this.whileStatement();
      case 'do':
        return this.doStatement();
      case 'for':
        return this.forStatement();
      case 'foreach':
        return this.foreachStatement();
      case 'switch':
        return this.switchStatement();
      case 'try':
        return this.tryStatement();
      case 'using':
        return this.usingStatement();
      case 'lock':
        return this.lockStatement();
      case 'goto':
        return this.gotoStatement();
      case 'return':
      case 'throw': {
        const kind = this.advance().text as 'return' | 'throw';
        const value = this.is(';') ? undefined : this.expression();
        return this.finish({ kind, ...(value && { value }) }, token.start);
      }
      case 'break':
      case 'continue':
        this.advance();
        return this.finish({ kind: token.text }, token.start);
      case 'checked':
      case 'unchecked': {
        if (!this.is('{', 1)) return undefined;
        const checked = this.advance().text === 'checked';
        const body = this.block();
        return { kind: 'checkedBlock', checked, body, start: token.start, end: body.end };
      }
      case 'const':
        this.advance();
        return this.declarationRest(this.type(), true, token.start);
      default:
        return undefined;
    }
  }

  private expressionStatement(): Statement {
    const { start } = this.token;
    const value = this.expression();
    return this.finish({ kind: 'expression' as const, value }, start);
  }

  /** A local declaration or local function, if one begins here. */
  private declarationAhead(): Statement | undefined {
    const { start } = this.token;
    if (this.isWord('await') && this.awaits() && /^[.(]$/.test(this.peek(2).text)) return undefined;
    const type = this.attempt(() => {
      const keyword = this.token.kind === 'keyword';
      const read = this.declaredType();
      // After `int` nothing but a name can stand, unless one of its members is meant.
      if (keyword && !this.is('.')) return read;
      if (this.token.kind !== 'identifier') return undefined;
      const { text } = this.peek();
      if (text === '(' || (text === '<' && this.peek().kind === 'punctuation')) return read;
      // Anything else after a name is a missing `;` or `=`, reported by the declaration itself.
      return read;
    });
    if (!type) return undefined;
    if (this.is('(', 1) || this.typeParametersAhead()) return this.localFunction(type, start);
    return this.declarationRest(type, false, start);
  }

  private declaredType(): TypeSyntax {
    this.declaring = true;
    try {
      return this.type();
    } finally {
      this.declaring = false;
    }
  }

  private declarationRest(
    type: TypeSyntax,
    constant: boolean,
    start: number,
  ): DeclarationStatement {
    const declarators = this.declarators();
    const typed = isVar(type) ? {} : { type };
    const node = { kind: 'declare' as const, ...typed, constant, typeStart: type.start };
    return this.finish({ ...node, declarators }, start);
  }

  private localFunction(returns: TypeSyntax, start: number): LocalFunction {
    const nameStart = this.token.start;
    const name = this.identifier();
    const names = this.is('<') ? this.typeParameterNames() : [];
    this.expect('(');
    const parameters: Parameter[] = this.parameters(')', false);
    const typeParameters = this.constrained(names);
    const node = {
      kind: 'function' as const,
      name,
      nameStart,
      returns,
      ...(names.length > 0 && { typeParameters }),
      parameters,
    };
    if (this.take('=>')) {
      const body = this.expression();
      return this.finish({ ...node, body }, start);
    }
    const body = this.block();
    return { ...node, body, start, end: body.end };
  }

  private ifStatement(): Statement {
    const { start } = this.advance();
    const condition = this.parenthesisedCondition();
    const whenTrue = this.statement();
    const whenFalse = this.take('else') ? this.statement() : undefined;
    const end = this.previousEnd;
    return { kind: 'if', condition, whenTrue, ...(whenFalse && { whenFalse }), start, end };
  }

  private whileStatement(): Statement {
    const { start } = this.advance();
    const condition = this.parenthesisedCondition();
    const body = this.statement();
    return { kind: 'while', condition, body, start, end: body.end };
  }

  private doStatement(): Statement {
    const { start } = this.advance();
    const body = this.statement();
    this.expect('while');
    const condition = this.parenthesisedCondition();
    return this.finish({ kind: 'do' as const, body, condition }, start);
  }

  private forStatement(): Statement {
    const { start } = this.advance();
    this.expect('(');
    const initial = this.forInitial();
    const condition = this.is(';') ? undefined : this.expression();
    this.expect(';');
    const steps = this.is(')') ? [] : this.expressions();
    this.expect(')');
    const body = this.statement();
    return {
      kind: 'for',
      ...(initial && { initial }),
      ...(condition && { condition }),
      steps,
      body,
      start,
      end: body.end,
    };
  }

  private forInitial(): DeclarationStatement | Expression[] | undefined {
    if (this.take(';')) return undefined;
    const declared = this.declarationAhead();
    if (declared) {
      if (declared.kind === 'declare') return declared;
      throw this.fault('CS1525', "Invalid expression term '('");
    }
    const list = this.expressions();
    this.expect(';');
    return list;
  }

  private expressions(): Expression[] {
    const list = [this.expression()];
    while (this.take(',')) list.push(this.expression());
    return list;
  }

  private foreachStatement(): Statement {
    const { start } = this.advance();
    this.expect('(');
    const targets = this.foreachTargets();
    if (targets) return this.foreachRest({ name: '', nameStart: start, targets }, start);
    const type = this.type();
    if (this.token.kind !== 'identifier') {
      throw this.fault('CS0230', 'Type and identifier are both required in a foreach statement');
    }
    const nameStart = this.token.start;
    const name = this.identifier();
    return this.foreachRest({ name, nameStart, ...(!isVar(type) && { type }) }, start);
  }

  private foreachRest(
    variable: Pick<Statement & { kind: 'foreach' }, 'name' | 'nameStart' | 'type' | 'targets'>,
    start: number,
  ): Statement {
    if (!this.take('in')) this.report(this.fault('CS1515', "'in' expected"));
    const source = this.expression();
    this.expect(')');
    const body = this.statement();
    return { kind: 'foreach', ...variable, source, body, start, end: body.end };
  }

  private foreachTargets(): (Expression & { kind: 'tuple' }) | undefined {
    return this.attempt(() => {
      const read = this.designation() ?? (this.is('(') ? this.parenthesised() : undefined);
      return read?.kind === 'tuple' && this.is('in') ? read : undefined;
    });
  }

  private switchStatement(): Statement {
    const { start } = this.advance();
    const value = this.parenthesisedCondition();
    this.expect('{');
    const sections: SwitchSection[] = [];
    while (this.is('case') || this.is('default')) sections.push(this.switchSection());
    this.expect('}');
    return { kind: 'switch', value, sections, start, end: this.previousEnd };
  }

  private switchSection(): SwitchSection {
    const { start } = this.token;
    const labels: SwitchLabel[] = [];
    for (;;) {
      const from = this.token.start;
      if (this.is('default') && !this.is('(', 1) && !this.is('.', 1)) {
        this.advance();
        this.expect(':');
        labels.push({ kind: 'default', start: from, end: this.previousEnd });
      } else if (this.take('case')) labels.push(this.caseLabel(from));
      else break;
    }
    const body: Statement[] = [];
    while (!this.is('case') && !(this.is('default') && this.is(':', 1)) && !this.is('}')) {
      if (this.token.kind === 'end') break;
      const { index } = this;
      this.resuming(
        () => body.push(this.statement()),
        () => this.skipStatement(index),
      );
    }
    return { labels, body, start, end: this.previousEnd };
  }

  private caseLabel(start: number): SwitchLabel {
    const pattern: Pattern = this.pattern();
    const guarded = this.isWord('when');
    if (guarded) this.advance();
    const guard = guarded ? this.expression() : undefined;
    this.expect(':');
    return { kind: 'case', pattern, ...(guard && { guard }), start, end: this.previousEnd };
  }
}
