// Local declarations, constants and deconstruction.
import type { DeclarationStatement, Declarator, Expression, Span } from '../syntax/tree.ts';
import { known } from '../types/hierarchy.ts';
import { nullType, type Type, voidType } from '../types/type.ts';
import { type Bound, complain, describe, type Value } from './bound.ts';
import { LambdaBinder, type Step } from './lambdas.ts';
import type { Local } from './scope.ts';

export abstract class DeclarationBinder extends LambdaBinder {
  protected bindDeclaration(statement: DeclarationStatement): () => Step {
    const steps = statement.declarators.map((declarator) =>
      this.bindDeclarator(statement, declarator),
    );
    return () => {
      const codes = steps.map((step) => step());
      const [only] = codes;
      if (codes.length === 1) return only!;
      return (locals) => {
        for (const code of codes) code(locals);
        return undefined;
      };
    };
  }

  private bindDeclarator(statement: DeclarationStatement, declarator: Declarator): () => Step {
    const { initial } = declarator;
    if (!statement.type && !initial) {
      const message = 'Implicitly-typed variables must be initialized';
      throw complain('CS0818', message, declarator);
    }
    const type = statement.type && this.type(statement.type);
    if (type === voidType)
      throw complain('CS1547', "Keyword 'void' cannot be used in this context", statement);
    // The name is in scope in its own initialiser, though not assigned there.
    if (type && !statement.constant) {
      const local = this.introduce(declarator.name, type, declarator);
      if (!initial) return () => () => undefined;
      const content = this.initialValue(initial, type);
      this.flow |= local.bit;
      return this.storing(local, content, declarator);
    }
    const content = type ? this.initialValue(initial!, type) : this.inferred(initial!, declarator);
    if (statement.constant) {
      if (!content.constant && !(content.type === known.string)) {
        const message = `The expression being assigned to '${declarator.name}' must be constant`;
        throw complain('CS0133', message, initial!);
      }
      this.introduce(declarator.name, content.type, declarator, { constant: content.constant });
      return () => () => undefined;
    }
    const local = this.introduce(declarator.name, content.type, declarator);
    this.flow |= local.bit;
    return this.storing(local, content, declarator);
  }

  private storing(local: Local, content: Value, span: Span): () => Step {
    const target = this.readLocal(local, span).place!;
    return () => {
      const store = target.store(content.emit());
      return (locals) => {
        store(locals);
        return undefined;
      };
    };
  }

  private initialValue(expression: Expression, type: Type): Value {
    if (expression.kind !== 'arrayInitializer') return this.bindTo(expression, type);
    if (type.kind !== 'array') {
      const message =
        'Can only use array initializer expressions to assign to array types. Try using a new expression instead.';
      throw complain('CS0622', message, expression);
    }
    return this.arrayFrom(expression, type);
  }

  private inferred(expression: Expression, span: Span): Value {
    if (expression.kind === 'arrayInitializer') {
      const message = 'Cannot initialize an implicitly-typed variable with an array initializer';
      throw complain('CS0820', message, expression);
    }
    const bound: Bound = this.bind(expression);
    const refuse = (what: string) =>
      complain('CS0815', `Cannot assign ${what} to an implicitly-typed variable`, span);
    if (bound.kind === 'lambda') throw refuse('lambda expression');
    if (bound.kind === 'methods') throw refuse('method group');
    if (bound.kind === 'tuple') throw refuse(describe(bound));
    const content = this.asValue(bound);
    if (content.type === nullType) throw refuse('<null>');
    if (content.type === voidType) throw refuse('void');
    return content;
  }
}
