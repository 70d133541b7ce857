// Local declarations, constants and deconstruction.
import type { DeclarationStatement, Declarator, Expression, Span } from '../syntax/tree.ts';
import { known } from '../types/hierarchy.ts';
import { numericKind } from '../types/numeric.ts';
import { errorType, nullType, type Type, voidType } from '../types/type.ts';
import { type Bound, complain, describe, failure, type Value } from './bound.ts';
import { copied } from './convert.ts';
import { FunctionBinder } from './functions.ts';
import type { Step } from './lambdas.ts';
import type { Local } from './scope.ts';

/** A declaration that does nothing at run time. */
const nothing = () => (): undefined => undefined;

export abstract class DeclarationBinder extends FunctionBinder {
  protected bindDeclaration(statement: DeclarationStatement): () => Step {
    this.requireType(statement);
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

  /** What `var` may not declare. */
  private requireType({ type, constant, declarators, typeStart }: DeclarationStatement): void {
    if (type) return;
    const span = { start: typeStart, end: typeStart + 3 };
    if (constant) {
      this.note(complain('CS0822', 'Implicitly-typed variables cannot be constant', span));
    } else if (declarators.length > 1) {
      const message = 'Implicitly-typed variables cannot have multiple declarators';
      this.note(complain('CS0819', message, span));
    }
  }

  private bindDeclarator(statement: DeclarationStatement, declarator: Declarator): () => Step {
    const { initial } = declarator;
    if (!statement.type && !initial) {
      const message = 'Implicitly-typed variables must be initialized';
      this.note(complain('CS0818', message, declarator));
      this.flow |= this.introduce(declarator.name, errorType, declarator).bit;
      return nothing;
    }
    let type = statement.type && this.type(statement.type);
    if (statement.constant && !initial) {
      const message = 'A const field requires a value to be provided';
      this.note(complain('CS0145', message, declarator));
      this.introduce(declarator.name, type ?? errorType, declarator, { constant: { value: null } });
      return nothing;
    }
    if (type === voidType) {
      this.note(complain('CS1547', "Keyword 'void' cannot be used in this context", statement));
      type = errorType;
    }
    // The name is in scope in its own initialiser, though not assigned there.
    if (type && !statement.constant) {
      const local = this.introduce(declarator.name, type, declarator);
      if (!initial) return nothing;
      const content = this.initialValue(initial, type);
      this.flow |= local.bit;
      return this.storing(local, content, declarator);
    }
    const before = this.failures;
    const content = this.recovering(
      () => (type ? this.initialValue(initial!, type) : this.inferred(initial!, declarator)),
      () => failure(declarator, type),
    );
    if (statement.constant) {
      const isNull = initial?.kind === 'literal' && initial.literal.type === 'null';
      const isConstant = content.constant || content.type === known.string || isNull;
      if (content.type.kind !== 'error' && !isConstantType(content.type)) {
        const message = `The type '${content.type.display}' cannot be declared const`;
        this.note(complain('CS0283', message, statement.type ?? declarator));
      } else if (!isConstant && this.failures === before) {
        const message = `The expression being assigned to '${declarator.name}' must be constant`;
        this.note(complain('CS0133', message, initial!));
      }
      const { constant = { value: null } } = content;
      this.introduce(declarator.name, content.type, declarator, { constant });
      return nothing;
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
      throw complain('CS0820', message, span);
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
    return copied(content);
  }
}

/** Numbers, bool, char, enumerations, and references: text or null. */
function isConstantType(type: Type): boolean {
  const simple = numericKind(type) !== undefined || type === known.bool;
  return simple || type.kind === 'enum' || type.isReference;
}
