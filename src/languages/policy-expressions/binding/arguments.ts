// Arguments before it is known which parameters take them.
import { SyntaxFault } from '../syntax/tokens.ts';
import type { Argument, Expression } from '../syntax/tree.ts';
import { errorType } from '../types/type.ts';
import { type Bound, type BoundArgument, complain } from './bound.ts';
import { NameBinder } from './names.ts';

export abstract class ArgumentBinder extends NameBinder {
  protected abstract bindPlace(expression: Expression): Bound;
  protected abstract isDiscarded(expression: Expression): boolean;
  protected abstract bindOutVariable(expression: Expression & { kind: 'declaration' }): Bound;

  protected bindArguments(list: readonly Argument[]): BoundArgument[] {
    return list.map((argument) => this.bindArgument(argument));
  }

  private bindArgument(argument: Argument): BoundArgument {
    const { name, modifier, value: expression } = argument;
    const { start, end } = expression;
    const named = name !== undefined && { name, nameStart: argument.start };
    const base = { ...named, ...(modifier && { modifier }), start, end };
    if (expression.kind === 'declaration') {
      return { ...base, bound: this.bindOutVariable(expression) };
    }
    if (modifier === 'out' && this.isDiscarded(expression)) {
      return {
        ...base,
        bound: this.bindOutVariable({ kind: 'declaration', nameStart: start, start, end }),
      };
    }
    if (modifier === 'out' || modifier === 'ref') {
      const bound = modifier === 'out' ? this.bindPlace(expression) : this.bind(expression);
      if (bound.kind === 'value' && (!bound.place?.reference || bound.place.refusal)) {
        const message = 'A ref or out value must be an assignable variable';
        throw complain('CS1510', message, expression);
      }
      return { ...base, bound };
    }
    return { ...base, bound: this.bind(expression) };
  }

  /** Lambdas that no parameter takes are bound all the same, for what is wrong in them. */
  protected bindUnused(list: readonly BoundArgument[]): void {
    for (const { bound } of list) {
      if (bound.kind !== 'lambda') continue;
      if (bound.lastErrors().length === 0) {
        bound.bind(bound.explicit ?? bound.syntax.parameters.map(() => errorType));
      }
      const errors = bound.lastErrors();
      if (errors.length > 0) this.note(new SyntaxFault(errors));
    }
  }

  /** What a call that is wrong would have assigned counts as assigned. */
  protected declareOuts(list: readonly BoundArgument[]): void {
    for (const { bound, modifier } of list) {
      if (bound.kind === 'outVariable') bound.declare(errorType).place!.assigned?.();
      else if (modifier === 'out' && bound.kind === 'value') bound.place?.assigned?.();
    }
  }
}
