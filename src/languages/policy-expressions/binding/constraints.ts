// What `where T : …` asks of a type argument.
import { standardImplicit } from '../types/conversions.ts';
import { findMembers } from '../types/hierarchy.ts';
import { type Constraints, type Type, underlying } from '../types/type.ts';

/** Code and words for a type argument that is not what is asked for. */
export function brokenConstraint(
  type: Type,
  { only, bases, creates }: Constraints,
  where: string,
): [string, string] | undefined {
  const shown = type.display;
  if (only === 'class' && !type.isReference) {
    return [
      'CS0452',
      `The type '${shown}' must be a reference type in order to use it as ${where}`,
    ];
  }
  if (only === 'struct' && (!type.isValueType || type.kind === 'nullable')) {
    return [
      'CS0453',
      `The type '${shown}' must be a non-nullable value type in order to use it as ${where}`,
    ];
  }
  const base = bases.find((wanted) => !standardImplicit(type, wanted));
  if (base) {
    const how = type.isValueType ? 'boxing conversion' : 'implicit reference conversion';
    const code = type.isValueType ? 'CS0315' : 'CS0311';
    return [
      code,
      `The type '${shown}' cannot be used as type ${where}. There is no ${how} from '${shown}' to '${base.display}'.`,
    ];
  }
  if (creates && !isCreatable(type)) {
    return [
      'CS0310',
      `'${shown}' must be a non-abstract type with a public parameterless constructor in order to use it as ${where}`,
    ];
  }
  return undefined;
}

function isCreatable(type: Type): boolean {
  if (type.kind === 'variable') return type.constraints?.creates ?? false;
  if (underlying(type).isValueType) return true;
  if (type.kind !== 'class' || type.definition?.modifiers.has('abstract')) return false;
  return findMembers(type, 'new').some(({ parameters }) => parameters.length === 0);
}
