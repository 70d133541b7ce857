// Which argument each parameter of a member takes (C# 7.0, 7.5.1), and its type arguments.
import { SyntaxFault } from '../syntax/tokens.ts';
import type { Span } from '../syntax/tree.ts';
import { instantiate, type Member, type Parameter } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import type { Bound, BoundArgument, MethodGroup } from './bound.ts';
import type { GroupResolver } from './convert.ts';
import { inferTypeArguments, type Pairing } from './inference.ts';

export interface Mapping {
  readonly slots: (BoundArgument | BoundArgument[] | undefined)[];
  readonly expanded: boolean;
}

export interface Subject extends Span {
  readonly name: string;
  /** What messages call the member: `Substring`, `string.Substring(int, int)`. */
  readonly typeArguments?: readonly Type[];
  /** Whether the first argument is the receiver of an extension method. */
  readonly onReceiver?: boolean;
}

/** Positions, names, defaults and the `params` array; undefined where the shape does not fit. */
export function mapArguments(
  member: Member,
  given: readonly BoundArgument[],
  expanded: boolean,
): Mapping | undefined {
  const { parameters } = member;
  const last = parameters.length - 1;
  if (expanded && parameters[last]?.modifier !== 'params') return undefined;
  const slots: (BoundArgument | BoundArgument[] | undefined)[] = parameters.map(() => undefined);
  if (expanded) slots[last] = [];
  for (const [index, argument] of given.entries()) {
    if (argument.name !== undefined) {
      const position = parameters.findIndex(({ name }) => name === argument.name);
      if (position < 0 || (slots[position] !== undefined && !Array.isArray(slots[position]))) {
        return undefined;
      }
      if (Array.isArray(slots[position])) slots[position].push(argument);
      else slots[position] = argument;
    } else if (expanded && index >= last) (slots[last] as BoundArgument[]).push(argument);
    else if (index > last) return undefined;
    else slots[index] = argument;
  }
  const complete = parameters.every(
    ({ initial }, index) => slots[index] !== undefined || initial !== undefined,
  );
  return complete ? { slots, expanded } : undefined;
}

export function parameterType(
  parameter: Parameter,
  mapping: Mapping,
  index: number,
  count: number,
): Type {
  return mapping.expanded && index === count - 1 ? parameter.type.element! : parameter.type;
}

function pairsOf(member: Member, mapping: Mapping): Pairing {
  const pairs: { bound: Bound; type: Type }[] = [];
  const { parameters } = member;
  mapping.slots.forEach((slot, index) => {
    const type = parameterType(parameters[index]!, mapping, index, parameters.length);
    const list = Array.isArray(slot) ? slot : slot ? [slot] : [];
    for (const argument of list) pairs.push({ bound: argument.bound, type });
  });
  return pairs;
}

export function withTypeArguments(
  member: Member,
  mapping: Mapping,
  subject: Subject,
  resolve: GroupResolver,
): { member: Member; typeArguments: readonly Type[] } | undefined {
  const { typeParameters } = member;
  const { typeArguments: explicit } = subject;
  if (typeParameters.length === 0) {
    return explicit && explicit.length > 0 ? undefined : { member, typeArguments: [] };
  }
  let list = explicit;
  if (!list || list.length === 0) {
    const returns = (group: MethodGroup, parameters: readonly Type[]) =>
      resolve(group, parameters)?.member.returns;
    try {
      list = inferTypeArguments(member, pairsOf(member, mapping), returns);
    } catch (error) {
      if (error instanceof SyntaxFault) return undefined;
      throw error;
    }
  }
  if (!list || list.length !== typeParameters.length) return undefined;
  if (member.classOnly && list.some((type) => type.isValueType)) return undefined;
  const map = new Map(typeParameters.map((parameter, index) => [parameter, list[index]!] as const));
  return { member: instantiate(member, map), typeArguments: list };
}
