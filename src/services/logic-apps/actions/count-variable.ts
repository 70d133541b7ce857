// IncrementVariable and DecrementVariable: adds to a number, takes from it.
import {
  DoubleValue,
  type EvaluationContext,
  findFunction,
  kindName,
  kindOf,
  type Value,
} from '../language.ts';
import { type ActionType, done } from './action.ts';
import { invalid, member } from './reading.ts';
import { variableNamed } from './variables.ts';

function counter(type: string, functionName: 'add' | 'sub'): ActionType {
  return {
    type,
    check({ inputs }, report) {
      if (typeof member(inputs, 'name') !== 'string')
        report('the variable is not named', 'inputs.name');
    },
    start(context) {
      const { inputs } = context.action;
      const variable = variableNamed(context, context.evaluate(member(inputs, 'name') ?? null));
      const { name } = variable;
      if (variable.type !== 'Integer' && variable.type !== 'Float') {
        invalid(
          `The variable '${name}' of type '${variable.type}' cannot be counted; it must be 'Integer' or 'Float'.`,
        );
      }
      const by = context.evaluate(member(inputs, 'value') ?? 1);
      const wanted = kindOf(by);
      if (wanted !== 'integer' && (variable.type === 'Integer' || wanted !== 'float')) {
        invalid(
          `The value to count variable '${name}' by is of type '${kindName(by)}', not '${variable.type}'.`,
        );
      }
      const from = variable.value ?? (variable.type === 'Integer' ? 0 : DoubleValue.of(0));
      const value = combine(functionName, from, by, context.scope);
      const body = { name, value };
      return done({ variables: [body], outputs: { body } }, { name, value: by });
    },
  };
}

/** The language's own arithmetic, so that Int64 overflows and doubles behave as in expressions. */
function combine(name: string, left: Value, right: Value, scope: EvaluationContext): Value {
  const found = findFunction(name)!;
  return found.call([left, right], scope);
}

export const incrementVariable = counter('IncrementVariable', 'add');
export const decrementVariable = counter('DecrementVariable', 'sub');
