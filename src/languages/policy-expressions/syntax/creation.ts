// `new` in all its forms, with initialisers.
import { Cursor } from './cursor.ts';
import type {
  ArrayInitializer,
  Expression,
  Initializer,
  MemberInitializer,
  TypeSyntax,
} from './tree.ts';

export abstract class CreationParser extends Cursor {
  protected newExpression(): Expression {
    const { start } = this.expect('new');
    if (this.is('{')) return this.anonymousObject(start);
    if (this.is('[')) {
      const rank = this.ranks()[0];
      if (rank === undefined) throw this.fault('CS1031', 'Type expected', this.peek());
      const initializer = this.arrayInitializer();
      return { kind: 'newArray', sizes: [], rank, initializer, start, end: this.previousEnd };
    }
    let type = this.typeWithoutRanks();
    if (this.is('?')) {
      // Behind `new` a mark can only belong to the type: `new DateTime?(x)`.
      this.advance();
      type = { kind: 'nullable', element: type, start: type.start, end: this.previousEnd };
    }
    if (this.is('[')) return this.newArray(start, type);
    const list = this.take('(') ? this.argumentList(')') : undefined;
    const initializer = this.is('{') ? this.initializer() : undefined;
    if (!list && !initializer) {
      const message = 'A new expression requires (), [], or {} after type';
      throw this.fault('CS1526', message);
    }
    return {
      kind: 'new',
      type,
      arguments: list ?? [],
      ...(initializer && { initializer }),
      start,
      end: this.previousEnd,
    };
  }

  private newArray(start: number, named: TypeSyntax): Expression {
    let element = named;
    const sizes: Expression[] = [];
    let rank = this.ranks();
    if (rank.length === 0) {
      this.expect('[');
      do sizes.push(this.expression());
      while (this.take(','));
      this.expect(']');
      rank = [sizes.length, ...this.ranks()];
      if (this.is('[')) throw this.fault('CS0178', "Invalid rank specifier: expected ',' or ']'");
    }
    for (const inner of rank.slice(1).reverse()) {
      element = { kind: 'array', element, rank: inner, start: named.start, end: this.previousEnd };
    }
    const initializer = this.is('{') ? this.arrayInitializer() : undefined;
    if (!initializer && sizes.length === 0) {
      const message = 'Array creation must have array size or array initializer';
      throw this.fault('CS1586', message);
    }
    return {
      kind: 'newArray',
      element,
      sizes,
      rank: rank[0]!,
      ...(initializer && { initializer }),
      start,
      end: this.previousEnd,
    };
  }

  protected arrayInitializer(): ArrayInitializer {
    return this.nested(() => {
      const { start } = this.expect('{');
      const elements: Expression[] = [];
      while (!this.is('}')) {
        elements.push(this.valueOrArrayInitializer());
        if (!this.separated()) break;
      }
      this.expect('}');
      return { elements, start, end: this.previousEnd };
    });
  }

  protected valueOrArrayInitializer(): Expression {
    if (!this.is('{')) return this.expression();
    return { kind: 'arrayInitializer', ...this.arrayInitializer() };
  }

  private anonymousObject(start: number): Expression {
    this.expect('{');
    const members: { name?: string; value: Expression; start: number; end: number }[] = [];
    while (!this.is('}')) {
      const from = this.token.start;
      const name =
        this.token.kind === 'identifier' && this.is('=', 1) ? this.identifier() : undefined;
      if (name !== undefined) this.advance();
      const value = this.expression();
      members.push({ ...(name !== undefined && { name }), value, start: from, end: value.end });
      if (!this.separated()) break;
    }
    this.expect('}');
    return { kind: 'newAnonymous', members, start, end: this.previousEnd };
  }

  private initializer(): Initializer {
    return this.nested(() => {
      const { start } = this.expect('{');
      const byMember = (this.token.kind === 'identifier' && this.is('=', 1)) || this.is('[');
      if (byMember) {
        const members: MemberInitializer[] = [];
        while (!this.is('}')) {
          members.push(this.memberInitializer());
          if (!this.separated()) break;
        }
        this.expect('}');
        return { kind: 'members', members, start, end: this.previousEnd };
      }
      const elements: Expression[][] = [];
      while (!this.is('}')) {
        elements.push(this.element());
        if (!this.separated()) break;
      }
      this.expect('}');
      return { kind: 'elements', elements, start, end: this.previousEnd };
    });
  }

  private memberInitializer(): MemberInitializer {
    const { start } = this.token;
    const index = this.take('[') ? this.argumentList(']') : undefined;
    const name = index ? undefined : this.identifier();
    this.expect('=');
    const value = this.is('{') ? this.initializer() : this.expression();
    return {
      ...(name !== undefined && { name }),
      ...(index && { index }),
      value,
      start,
      end: this.previousEnd,
    };
  }

  private element(): Expression[] {
    if (!this.take('{')) return [this.expression()];
    const list: Expression[] = [];
    while (!this.is('}')) {
      list.push(this.expression());
      if (!this.separated()) break;
    }
    this.expect('}');
    return list;
  }
}
