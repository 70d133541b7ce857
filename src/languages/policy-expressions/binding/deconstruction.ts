// Deconstruction, `(a, var (b, _)) = …`, and equality of tuples, element by element.
import { AnonymousValue } from '../running/anonymous.ts';
import { nullReference } from '../running/exceptions.ts';
import { tupleValue, tupleValues } from '../running/tuples.ts';
import type { Instance } from '../running/values.ts';
import type { Expression, Span } from '../syntax/tree.ts';
import { known } from '../types/hierarchy.ts';
import { tupleOf } from '../types/registry.ts';
import { errorType, Type, tupleElements, underlying } from '../types/type.ts';
import {
  type Bound,
  type Code,
  complain,
  describe,
  failure,
  type Locals,
  nowhere,
  type Value,
  value,
} from './bound.ts';
import { ConditionBinder } from './conditions.ts';
import { elementsOf } from './tuples.ts';

type TupleSyntax = Expression & { kind: 'tuple' };

/** Where an element goes: a place, what takes the type it is given, or further places. */
type Target =
  | { readonly place: Value }
  | { readonly fresh: Expression }
  | { readonly group: readonly Target[]; readonly span: Span };

/** The type of variables that are more or fewer than there are elements. */
const miscounted = new Type('error', '?');

/** An element on its way: the slot that holds it, and where it is stored. */
interface Leaf {
  readonly part: Value;
  readonly own: Value;
}

export abstract class DeconstructionBinder extends ConditionBinder {
  protected abstract asTarget(bound: Bound): Value;

  /** Everything on the right is computed and converted before anything is stored. */
  protected bindDeconstruction(targets: TupleSyntax, source: Expression, span: Span): Value {
    this.requireOneKind(targets);
    const target = this.groupOf(targets);
    const { leaves, prepare } = this.partsOfSource(target, source);
    return this.storedLeaves(leaves, prepare, span);
  }

  /** The variables of `foreach (var (a, b) in …)`, from the element at hand. */
  protected bindElementDeconstruction(targets: TupleSyntax, element: Value): Value {
    const outside = leavesOf(targets).find(
      (leaf) => leaf.kind !== 'declaration' && !isDiscard(leaf),
    );
    if (outside) {
      throw complain('CS8186', 'A foreach loop must declare its iteration variables.', outside);
    }
    const { leaves, prepare } = this.partsOfValue(this.groupOf(targets), element);
    return this.storedLeaves(leaves, prepare, targets);
  }

  private requireOneKind(targets: TupleSyntax): void {
    const leaves = leavesOf(targets).filter((leaf) => !isDiscard(leaf));
    const declared = leaves.filter(({ kind }) => kind === 'declaration').length;
    if (declared === 0 || declared === leaves.length) return;
    const message =
      'A deconstruction cannot mix declarations and expressions on the left-hand-side.';
    this.note(complain('CS8184', message, targets));
  }

  private groupOf(targets: TupleSyntax): Target & { group: readonly Target[] } {
    return {
      group: targets.elements.map(({ value: target }) => this.targetOf(target)),
      span: targets,
    };
  }

  private targetOf(target: Expression): Target {
    if (target.kind === 'tuple') return this.groupOf(target);
    if (target.kind === 'declaration') {
      if (!target.type) return { fresh: target };
      return { place: this.asTarget(this.bindOutVariable(target)) };
    }
    if (this.isDiscarded(target)) return { fresh: target };
    return this.recovering<Target>(
      () => ({ place: this.asTarget(this.bindPlace(target)) }),
      () => ({ place: { ...failure(target), place: nowhere } }),
    );
  }

  /** `_` that names no variable. */
  protected override isDiscarded(target: Expression): boolean {
    return target.kind === 'name' && target.name === '_' && !this.scope.find('_');
  }

  private storedLeaves(leaves: readonly Leaf[], prepare: () => Code, span: Span): Value {
    const type = tupleOf(leaves.map(({ own }) => own.type));
    const converted = leaves.map(({ part, own }) => this.convert(part, own.type));
    for (const { own } of leaves) own.place!.assigned?.();
    const emit = (): Code => {
      const locators = leaves.map(({ own }) => own.place!.locate?.());
      const read = prepare();
      const codes = converted.map((part) => part.emit());
      const stores = leaves.map(({ own }, index) => {
        let current: unknown;
        const store = locators[index] ? undefined : own.place!.store(() => current);
        return (
          content: unknown,
          located: ((given: unknown) => void) | undefined,
          locals: Locals,
        ) => {
          if (located) located(content);
          else {
            current = content;
            store!(locals);
          }
        };
      });
      return (locals) => {
        const located = locators.map((locate) => locate?.(locals));
        read(locals);
        const values = codes.map((code) => code(locals));
        stores.forEach((store, index) => {
          store(values[index], located[index], locals);
        });
        return tupleValue(type, values);
      };
    };
    return value(span, type, emit, { effect: true });
  }

  private partsOfSource(
    target: Target,
    source: Expression,
  ): { leaves: Leaf[]; prepare: () => Code } {
    if ('group' in target && source.kind === 'tuple' && !source.declares) {
      if (source.elements.length === target.group.length) {
        const parts = source.elements.map(({ value: element }, index) =>
          this.partsOfSource(target.group[index]!, element),
        );
        return together(parts);
      }
    }
    const wanted = 'place' in target ? target.place.type : undefined;
    const bound = this.bind(source, wanted);
    const converted = wanted && bound.kind !== 'value' ? this.convert(bound, wanted) : bound;
    return this.partsOfValue(target, this.plainValue(converted, source));
  }

  private partsOfValue(target: Target, source: Value): { leaves: Leaf[]; prepare: () => Code } {
    const slot = this.owner.allocate();
    const keep = (open: (content: unknown) => unknown) => (): Code => {
      const read = source.emit();
      return (locals) => {
        locals[slot] = open(read(locals));
        return undefined;
      };
    };
    if ('group' in target) {
      const types = this.partsOf(source, target.group.length, target.span);
      const parts = target.group.map((inner, index) => {
        const part = value(source, types[index]!, () => (locals) => {
          const list = locals[slot] as readonly unknown[];
          return list[index];
        });
        return this.partsOfValue(inner, part);
      });
      const { leaves, prepare } = together(parts);
      const open = keep(deconstructed);
      return { leaves, prepare: () => inOrder([open(), prepare()]) };
    }
    // A constant stays one, so that it converts to what it fits in.
    const part = source.constant
      ? source
      : value(source, source.type, () => (locals) => locals[slot]);
    const own = 'place' in target ? target.place : this.freshVariable(target.fresh, source.type);
    return { leaves: [{ part, own }], prepare: keep((content) => content) };
  }

  protected freshVariable(target: Expression, type: Type): Value {
    const { start, end } = target;
    if (target.kind === 'declaration' && type === errorType) {
      const message = `Cannot infer the type of implicitly-typed deconstruction variable '${target.name ?? '_'}'.`;
      this.note(complain('CS8130', message, target));
    }
    const declaration =
      target.kind === 'declaration'
        ? target
        : ({ kind: 'declaration', nameStart: start, start, end } as const);
    const bound = this.bindOutVariable(declaration);
    return bound.kind === 'outVariable' ? bound.declare(type) : this.asTarget(bound);
  }

  /** Types of the members a value comes apart into. */
  private partsOf(source: Value, length: number, span: Span): readonly Type[] {
    const { type } = source;
    const elements = tupleElements(type)?.map((element) => element.type);
    const pair = /^(KeyValuePair|Tuple)$/.test(type.definition?.name ?? '');
    const types = elements ?? (pair ? type.arguments : []);
    if (types.length === length) return types;
    if (elements) {
      const message = `Cannot deconstruct a tuple of '${elements.length}' elements into '${length}' variables.`;
      this.note(complain('CS8132', message, span));
      return new Array<Type>(length).fill(miscounted);
    }
    if (type.kind !== 'error') {
      this.note(this.noInstanceMember(type, 'Deconstruct', source));
      const message = `No suitable 'Deconstruct' instance or extension method was found for type '${type.display}', with ${length} out parameters and a void return type.`;
      this.note(complain('CS8129', message, source));
    }
    return new Array<Type>(length).fill(errorType);
  }

  // Equality

  /** `==` and `!=` of two tuples: their elements by pairs, each with its own operator. */
  protected tupleEquality(operator: string, left: Bound, right: Bound, span: Span): Value {
    const one = this.equalitySide(left);
    const two = this.equalitySide(right);
    if (!one || !two) {
      const message = `Operator '${operator}' cannot be applied to operands of type '${describe(left)}' and '${describe(right)}'`;
      throw complain('CS0019', message, span);
    }
    if (one.parts.length !== two.parts.length) {
      const message = `Tuple types used as operands of an == or != operator must have matching cardinalities. But this operator has tuple types of cardinality ${one.parts.length} on the left and ${two.parts.length} on the right.`;
      throw complain('CS8384', message, span);
    }
    const pairs = one.parts.map((part, index) => {
      const other = two.parts[index]!;
      const nested = [part, other].some((own) => this.equalitySide(own));
      const result = nested
        ? this.tupleEquality(operator, part, other, span)
        : this.binary(operator, this.asValue(part), this.asValue(other), span);
      return this.convert(result, known.bool);
    });
    const equal = operator === '==';
    return value(span, known.bool, () => {
      const read = [one.prepare(), two.prepare()] as const;
      const tests = pairs.map((pair) => pair.emit());
      return (locals) => {
        const a = read[0](locals);
        const b = read[1](locals);
        if (a === null || b === null) return (a === b) === equal;
        return equal ? tests.every((test) => test(locals)) : tests.some((test) => test(locals));
      };
    });
  }

  /** A side's elements, read from a slot that `prepare` fills; it gives null for no tuple at all. */
  private equalitySide(side: Bound): { parts: readonly Bound[]; prepare: () => Code } | undefined {
    const slot = this.owner.allocate();
    const part = (span: Span, type: Type, index: number) =>
      value(span, type, () => (locals) => (locals[slot] as readonly unknown[])[index]);
    const elements = elementsOf(side);
    if (elements) {
      const isRead = (element: Bound): element is Value =>
        element.kind === 'value' && !element.constant && !element.elements;
      const parts = elements.map((element, index) =>
        isRead(element) ? part(element, element.type, index) : element,
      );
      const prepare = (): Code => {
        const codes = elements.map((element) => (isRead(element) ? element.emit() : undefined));
        return (locals) => {
          const list = codes.map((code) => code?.(locals));
          locals[slot] = list;
          return list;
        };
      };
      return { parts, prepare };
    }
    const types = side.kind === 'value' ? tupleElements(underlying(side.type)) : undefined;
    if (!types) return undefined;
    const tuple = side as Value;
    const prepare = (): Code => {
      const read = tuple.emit();
      return (locals) => {
        const content = read(locals);
        const list = content === null ? null : tupleValues(content);
        locals[slot] = list;
        return list;
      };
    };
    return { parts: types.map(({ type }, index) => part(tuple, type, index)), prepare };
  }
}

function leavesOf(targets: TupleSyntax): Expression[] {
  return targets.elements.flatMap(({ value: target }) =>
    target.kind === 'tuple' ? leavesOf(target) : [target],
  );
}

function isDiscard(target: Expression): boolean {
  return target.kind === 'name' && target.name === '_';
}

function together(parts: readonly { leaves: Leaf[]; prepare: () => Code }[]) {
  return {
    leaves: parts.flatMap(({ leaves }) => leaves),
    prepare: () => inOrder(parts.map(({ prepare }) => prepare())),
  };
}

function inOrder(codes: readonly Code[]): Code {
  return (locals) => {
    for (const code of codes) code(locals);
    return undefined;
  };
}

/** The members of a tuple, or of a pair of key and value. */
function deconstructed(content: unknown): readonly unknown[] {
  if (content === null) throw nullReference();
  if (content instanceof AnonymousValue) return tupleValues(content);
  const { key, value: held } = content as Instance & { key: unknown; value: unknown };
  return [key, held];
}
