// Type inference for generic methods (C# 7.0, 7.5.2).
import { SyntaxFault } from '../syntax/tokens.ts';
import { implicitConversion, standardImplicit } from '../types/conversions.ts';
import { allBases, derives } from '../types/hierarchy.ts';
import { delegateSignature, type Member } from '../types/registry.ts';
import {
  agreedNames,
  erased,
  isOpen,
  nullType,
  substitute,
  type Type,
  voidType,
} from '../types/type.ts';
import type { Bound, MethodGroup } from './bound.ts';
import { elementPairs } from './tuples.ts';

/** Gives the result type of a method group for parameter types. */
type GroupReturns = (group: MethodGroup, parameters: readonly Type[]) => Type | undefined;

interface Bounds {
  readonly exact: Set<Type>;
  readonly lower: Set<Type>;
  readonly upper: Set<Type>;
  fixed: Type | undefined;
}

/** Pairs of argument and the parameter type it is passed to. */
interface Pair {
  readonly bound: Bound;
  readonly type: Type;
}

export type Pairing = readonly Pair[];

/** The type arguments in order of the method's type parameters; undefined where inference fails. */
export function inferTypeArguments(
  member: Member,
  pairs: Pairing,
  groupReturns: GroupReturns,
): readonly Type[] | undefined {
  return new Inference(member, pairs, groupReturns).run();
}

class Inference {
  private readonly bounds = new Map<Type, Bounds>();
  private readonly parameters: readonly Type[];
  private readonly pairs: Pair[];
  private readonly groupReturns: GroupReturns;

  constructor(member: Member, pairs: Pairing, groupReturns: GroupReturns) {
    this.parameters = member.typeParameters;
    this.pairs = [...pairs];
    this.groupReturns = groupReturns;
    for (const parameter of this.parameters) {
      const none = { exact: new Set<Type>(), lower: new Set<Type>(), upper: new Set<Type>() };
      this.bounds.set(parameter, { ...none, fixed: undefined });
    }
  }

  run(): readonly Type[] | undefined {
    const later: { bound: Bound; type: Type }[] = [];
    for (const pair of this.pairs) {
      const { bound, type } = pair;
      const elements = elementPairs(bound, type);
      if (elements)
        this.pairs.push(
          ...elements.map(({ element, type: own }) => ({ bound: element, type: own })),
        );
      else if (bound.kind === 'value') this.lower(bound.type, type);
      else if (bound.kind === 'lambda' || bound.kind === 'methods') {
        if (isOpen(type)) later.push(pair);
        if (bound.kind === 'lambda' && bound.explicit && type.kind === 'delegate') {
          const wanted = delegateSignature(type).parameters;
          bound.explicit.forEach((own, index) => {
            if (wanted[index]) this.exact(own, wanted[index].type);
          });
        }
      }
    }
    while (later.length > 0) {
      const index = this.next(later);
      const [pair] = later.splice(index, 1);
      if (!this.output(pair!)) return undefined;
    }
    for (const parameter of this.parameters) this.fix(parameter);
    const fixed = this.parameters.map((parameter) => this.bounds.get(parameter)!.fixed);
    return fixed.every((type) => type !== undefined) ? (fixed as Type[]) : undefined;
  }

  /** The first function argument whose inputs depend on no output that is still open. */
  private next(later: readonly { bound: Bound; type: Type }[]): number {
    const ready = later.findIndex(({ type }) => {
      if (type.kind !== 'delegate') return true;
      return delegateSignature(type).parameters.every(({ type: input }) => this.known(input));
    });
    return Math.max(ready, 0);
  }

  private known(type: Type): boolean {
    if (type.kind === 'parameter') {
      const bounds = this.bounds.get(type);
      if (!bounds) return true;
      return bounds.fixed !== undefined || bounds.exact.size + bounds.lower.size > 0;
    }
    if (type.element) return this.known(type.element);
    return type.arguments.every((argument) => this.known(argument));
  }

  private fixAll(type: Type): void {
    if (type.kind === 'parameter') this.fix(type);
    else if (type.element) this.fixAll(type.element);
    else for (const argument of type.arguments) this.fixAll(argument);
  }

  private substituted(type: Type): Type {
    const map = new Map<Type, Type>();
    for (const [parameter, { fixed }] of this.bounds) if (fixed) map.set(parameter, fixed);
    return substitute(type, map);
  }

  /** Infers from what a lambda or method group gives. False where it cannot fit at all. */
  private output({ bound, type }: { bound: Bound; type: Type }): boolean {
    if (type.kind !== 'delegate') return false;
    const signature = delegateSignature(type);
    for (const parameter of signature.parameters) this.fixAll(parameter.type);
    const inputs = signature.parameters.map((parameter) => this.substituted(parameter.type));
    if (inputs.some(isOpen)) return false;
    let given: Type | undefined;
    if (bound.kind === 'lambda') {
      const { parameters, anyParameters } = bound.syntax;
      if (!anyParameters && parameters.length !== inputs.length) return false;
      const binding = bound.bind(inputs);
      if (binding.errors.length > 0) throw new SyntaxFault(binding.errors);
      given = binding.returns;
    } else if (bound.kind === 'methods') given = this.groupReturns(bound, inputs);
    if (given && given !== voidType) this.lower(given, signature.returns);
    return true;
  }

  private fix(parameter: Type): void {
    const bounds = this.bounds.get(parameter);
    if (!bounds || bounds.fixed) return;
    const all = [...bounds.exact, ...bounds.lower, ...bounds.upper];
    const fitting = all.filter(
      (candidate) =>
        [...bounds.exact].every((type) => erased(type) === erased(candidate)) &&
        [...bounds.lower].every((type) => implicitConversion(type, candidate)) &&
        [...bounds.upper].every((type) => standardImplicit(candidate, type)),
    );
    // Among those left, the one all others convert to.
    const best = fitting.find((candidate) =>
      fitting.every((other) => standardImplicit(other, candidate) !== undefined),
    );
    bounds.fixed = fitting
      .filter((other) => best && erased(other) === erased(best))
      .reduce<Type | undefined>((one, other) => one && agreedNames(one, other), best);
  }

  private boundsOf(type: Type): Bounds | undefined {
    return type.kind === 'parameter' ? this.bounds.get(type) : undefined;
  }

  private exact(from: Type, to: Type): void {
    const bounds = this.boundsOf(to);
    if (bounds) bounds.exact.add(from);
    else if (to.element && from.kind === to.kind && from.element)
      this.exact(from.element, to.element);
    else if (from.definition && from.definition === to.definition) {
      from.arguments.forEach((argument, index) => {
        this.exact(argument, to.arguments[index]!);
      });
    }
  }

  private lower(from: Type, to: Type): void {
    if (from === nullType || !isOpen(to)) return;
    const bounds = this.boundsOf(to);
    if (bounds) {
      bounds.lower.add(from);
      return;
    }
    if (to.kind === 'nullable') {
      this.lower(from.kind === 'nullable' ? from.element! : from, to.element!);
      return;
    }
    if (to.kind === 'array') {
      if (from.kind === 'array' && from.rank === to.rank) this.element(from.element!, to.element!);
      return;
    }
    const matches = allBases(from).filter((base) => base.definition === to.definition);
    const unique = new Set(matches.map((base) => base.key));
    // A type that is IEnumerable of two things, as JObject is, allows no inference.
    if (unique.size !== 1) return;
    this.argumentsOf(matches[0]!, to, false);
  }

  private element(from: Type, to: Type): void {
    if (from.isValueType) this.exact(from, to);
    else this.lower(from, to);
  }

  private upper(from: Type, to: Type): void {
    const bounds = this.boundsOf(to);
    if (bounds) bounds.upper.add(from);
    else if (from.definition && from.definition === to.definition) this.argumentsOf(from, to, true);
  }

  private argumentsOf(from: Type, to: Type, reversed: boolean): void {
    to.definition!.parameters.forEach(({ variance }, index) => {
      const left = from.arguments[index]!;
      const right = to.arguments[index]!;
      if (!variance || left.isValueType) this.exact(left, right);
      else if ((variance === 'out') !== reversed) this.lower(left, right);
      else this.upper(left, right);
    });
  }
}

/**
 * The best of the types of several expressions: one that all of them convert to (`fits`; constants
 * may narrow) and that the others of that kind convert to, by their types alone. Undefined where
 * there is none.
 */
export function bestCommonType(
  types: readonly Type[],
  fits = (candidate: Type) => types.every((type) => standardImplicit(type, candidate)),
): Type | undefined {
  const distinct = new Set(types.filter((type) => type !== nullType && type !== voidType));
  const [first, ...others] = [...distinct].filter(fits);
  return others.reduce<Type | undefined>((best, type) => {
    if (!best || standardImplicit(best, type)) return best && type;
    return standardImplicit(type, best) ? best : undefined;
  }, first);
}

export function isBetterType(left: Type, right: Type): boolean {
  return derives(left, right) && left !== right;
}
