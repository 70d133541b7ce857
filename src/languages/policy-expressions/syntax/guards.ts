// try, using, lock and goto, and what several statements share.
import { isVar } from './cursor.ts';
import { OperatorParser } from './operators.ts';
import type {
  CatchClause,
  DeclarationStatement,
  Declarator,
  Expression,
  Statement,
  TypeParameter,
  TypeSyntax,
} from './tree.ts';

export abstract class GuardParser extends OperatorParser {
  protected abstract statement(): Statement;

  protected finish<T extends object>(node: T, start: number): T & { start: number; end: number } {
    this.expect(';');
    return { ...node, start, end: this.previousEnd };
  }

  protected declarators(): Declarator[] {
    const list: Declarator[] = [];
    do {
      const { start } = this.token;
      const name = this.identifier();
      const initial = this.take('=') ? this.valueOrArrayInitializer() : undefined;
      list.push({ name, ...(initial && { initial }), start, end: this.previousEnd });
    } while (this.take(','));
    return list;
  }

  protected parenthesisedCondition(): Expression {
    this.expect('(');
    const condition = this.expression();
    this.expect(')');
    return condition;
  }

  protected tryStatement(): Statement {
    const { start } = this.advance();
    const body = this.block();
    const catches: CatchClause[] = [];
    while (this.is('catch')) catches.push(this.catchClause());
    const last = this.take('finally') ? this.block() : undefined;
    if (catches.length === 0 && !last) throw this.fault('CS1524', 'Expected catch or finally');
    const end = this.previousEnd;
    return { kind: 'try', body, catches, ...(last && { finally: last }), start, end };
  }

  protected catchClause(): CatchClause {
    const { start } = this.advance();
    let type: TypeSyntax | undefined;
    let name: string | undefined;
    let nameStart = start;
    if (this.take('(')) {
      type = this.type();
      nameStart = this.token.start;
      if (this.token.kind === 'identifier') name = this.identifier();
      this.expect(')');
    }
    const filtered = this.isWord('when');
    if (filtered) this.advance();
    const filter = filtered ? this.parenthesisedCondition() : undefined;
    const body = this.block();
    return {
      ...(type && { type }),
      ...(name !== undefined && { name }),
      nameStart,
      ...(filter && { filter }),
      body,
      start,
      end: body.end,
    };
  }

  protected usingStatement(): Statement {
    const { start } = this.advance();
    this.expect('(');
    const type = this.attempt(() => {
      const read = this.type();
      return this.token.kind === 'identifier' && this.is('=', 1) ? read : undefined;
    });
    const typed = type && !isVar(type) ? { type } : {};
    const resource: DeclarationStatement | Expression = type
      ? {
          kind: 'declare',
          ...typed,
          constant: false,
          typeStart: type.start,
          declarators: this.declarators(),
          start: type.start,
          end: this.previousEnd,
        }
      : this.expression();
    this.expect(')');
    const body = this.statement();
    return { kind: 'using', resource, body, start, end: body.end };
  }

  protected lockStatement(): Statement {
    const { start } = this.advance();
    const value = this.parenthesisedCondition();
    const body = this.statement();
    return { kind: 'lock', value, body, start, end: body.end };
  }

  protected yieldStatement(): Statement {
    const { start } = this.advance();
    if (this.take('break')) return this.finish({ kind: 'yield' as const }, start);
    this.expect('return');
    const value = this.expression();
    return this.finish({ kind: 'yield' as const, value }, start);
  }

  /** Whether `name<T, …>(` stands here: the head of a generic local function. */
  protected typeParametersAhead(): boolean {
    let distance = 1;
    if (!this.is('<', distance)) return false;
    do distance += 2;
    while (this.peek(distance - 1).kind === 'identifier' && this.is(',', distance));
    return this.is('>', distance) && this.is('(', distance + 1);
  }

  protected typeParameterNames(): TypeParameter[] {
    const list: TypeParameter[] = [];
    this.expect('<');
    do {
      const { start } = this.token;
      list.push({ name: this.identifier(), bases: [], start, end: this.previousEnd });
    } while (this.take(','));
    this.expect('>');
    return list;
  }

  /** The parameters with the clauses `where T : …` that follow. */
  protected constrained(parameters: readonly TypeParameter[]): readonly TypeParameter[] {
    const list = [...parameters];
    while (this.isWord('where')) {
      const clause = this.constraintClause();
      const index = list.findIndex(({ name }) => name === clause.name);
      if (index < 0) {
        const message = `The type parameter list has no '${clause.name}' to constrain`;
        throw this.fault('CS0699', message);
      }
      const { start, end } = list[index]!;
      list[index] = { ...clause, start, end };
    }
    return list;
  }

  private constraintClause(): TypeParameter {
    const { start } = this.advance();
    const name = this.identifier();
    this.expect(':');
    const bases: TypeSyntax[] = [];
    let only: 'class' | 'struct' | undefined;
    let creates = false;
    do {
      const word = (['class', 'struct'] as const).find((text) => this.take(text));
      if (word) only = word;
      else if (this.take('new')) {
        this.expect('(');
        this.expect(')');
        creates = true;
      } else bases.push(this.type());
    } while (this.take(','));
    const more = { ...(only && { only }), ...(creates && { creates }) };
    return { name, bases, ...more, start, end: this.previousEnd };
  }

  protected gotoStatement(): Statement {
    const { start } = this.advance();
    if (this.take('default')) return this.finish({ kind: 'gotoCase' as const }, start);
    if (this.take('case')) {
      const value = this.expression();
      return this.finish({ kind: 'gotoCase' as const, value }, start);
    }
    const label = this.identifier();
    return this.finish({ kind: 'goto' as const, label }, start);
  }
}
