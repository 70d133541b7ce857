// Tuples: literals, names of elements, elements as places.
import { tupleValue, tupleValues, withElement } from '../running/tuples.ts';
import type { Reference } from '../running/values.ts';
import type { Expression, Span } from '../syntax/tree.ts';
import { tupleOf } from '../types/registry.ts';
import { erased, nullType, type Type, tupleElements, underlying, voidType } from '../types/type.ts';
import {
  type Bound,
  type Code,
  complain,
  type Locals,
  type Place,
  type Value,
  value,
} from './bound.ts';

/** Names the members of ValueTuple have; no element may be called so. */
const reserved = /^(Rest|ToString|Equals|GetHashCode|CompareTo|Deconstruct)$/;

/** Refuses names of elements that are doubled or belong to other places. */
export function requireElementNames(
  names: readonly (string | undefined)[],
  spans: readonly Span[],
): void {
  for (const [index, name] of names.entries()) {
    if (name === undefined) continue;
    const position = placeOf(name);
    if (position !== undefined && position !== index + 1) {
      const message = `Tuple element name '${name}' is only allowed at position ${position}.`;
      throw complain('CS8125', message, spans[index]!);
    }
    if (reserved.test(name)) {
      const message = `Tuple element name '${name}' is disallowed at any position.`;
      throw complain('CS8126', message, spans[index]!);
    }
    if (names.indexOf(name) < index) {
      throw complain('CS8127', 'Tuple element names must be unique.', spans[index]!);
    }
  }
}

/** The position an `ItemN` stands for. */
function placeOf(name: string): number | undefined {
  const digits = /^Item([1-9]\d{0,3})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The name an element or a member of an anonymous object takes from `x`, `a.x` and `a?.x`. */
export function impliedName(expression: Expression): string | undefined {
  if (expression.kind === 'name' || expression.kind === 'member') return expression.name;
  if (expression.kind === 'conditionalAccess') return impliedName(expression.access);
  return undefined;
}

/** Names of a tuple as written; those taken from expressions give way where they are not clear. */
export function literalNames(
  elements: (Expression & { kind: 'tuple' })['elements'],
): readonly (string | undefined)[] {
  const given = elements.map(({ name }) => name);
  requireElementNames(given, elements);
  const implied = elements.map(({ value: element }) => impliedName(element));
  return given.map((name, index) => {
    const own = implied[index];
    if (name !== undefined || own === undefined) return name;
    const unclear =
      placeOf(own) !== undefined ||
      reserved.test(own) ||
      given.includes(own) ||
      implied.filter((other) => other === own).length > 1;
    return unclear ? undefined : own;
  });
}

/** A tuple as written: a value where each element has a type. */
export function tupleLiteral(
  span: Span,
  elements: readonly Bound[],
  names: readonly (string | undefined)[],
): Bound {
  const { start, end } = span;
  const values = elements.filter(
    (element): element is Value =>
      element.kind === 'value' && element.type !== nullType && element.type !== voidType,
  );
  if (values.length < elements.length) return { kind: 'tuple', elements, start, end };
  const type = tupleOf(
    values.map((element) => element.type),
    names,
  );
  return { ...tupleOfValues(span, type, values), elements };
}

/** The tuple of ready values. */
export function tupleOfValues(span: Span, type: Type, elements: readonly Value[]): Value {
  const plain = erased(underlying(type));
  return value(span, type, () => {
    const codes = elements.map((element) => element.emit());
    return (locals) =>
      tupleValue(
        plain,
        codes.map((code) => code(locals)),
      );
  });
}

/** The elements of a tuple as written. */
export function elementsOf(bound: Bound): readonly Bound[] | undefined {
  return bound.kind === 'tuple' || bound.kind === 'value' ? bound.elements : undefined;
}

/** The elements of a tuple as written with the types they take in `to`, where that is a tuple, too. */
export function elementPairs(
  bound: Bound,
  to: Type,
): readonly { readonly element: Bound; readonly type: Type }[] | undefined {
  const elements = elementsOf(bound);
  const wanted = elements && tupleElements(underlying(to));
  if (!wanted || wanted.length !== elements.length) return undefined;
  return elements.map((element, index) => ({ element, type: wanted[index]!.type }));
}

/** The position of an element by its name or as `ItemN`; -1 where there is none. */
export function elementIndex(type: Type, name: string): number {
  const elements = tupleElements(type);
  if (!elements) return -1;
  const index = elements.findIndex((element) => element.name === name);
  if (index >= 0) return index;
  const position = placeOf(name);
  return position !== undefined && position <= elements.length ? position - 1 : -1;
}

/** An element of a tuple; it can be written where the tuple is a variable. */
export function tupleElement(target: Value, index: number, span: Span): Value {
  const { type } = tupleElements(target.type)![index]!;
  const place = target.place?.reference
    ? elementPlace(target.place, index)
    : unwritable('CS1612', 'Cannot modify the return value because it is not a variable');
  const emit = (): Code => {
    const from = target.emit();
    return (locals) => tupleValues(from(locals))[index];
  };
  return value(span, type, emit, { place });
}

function unwritable(code: string, message: string): Place {
  const never = () => () => undefined;
  return { store: never, update: never, refusal: { code, message } };
}

/** The tuple is read, changed in one element, and stored whole. */
function elementPlace(tuple: Place, index: number): Place {
  const change = (compute: (old: unknown, locals: Locals) => unknown, giveOld: boolean): Code => {
    let given: unknown;
    const write = tuple.update((whole, locals) => {
      const old = tupleValues(whole)[index];
      const content = compute(old, locals);
      given = giveOld ? old : content;
      return withElement(whole, index, content);
    }, false);
    return (locals) => {
      write(locals);
      return given;
    };
  };
  const reference = (): Code => {
    const outer = tuple.reference!();
    return (locals) => {
      const whole = outer(locals) as Reference;
      return {
        get value() {
          return tupleValues(whole.value)[index];
        },
        set value(content: unknown) {
          whole.value = withElement(whole.value, index, content);
        },
      };
    };
  };
  return {
    store: (code) => change((_, locals) => code(locals), false),
    update: change,
    reference,
    locate: () => {
      const code = reference();
      return (locals) => {
        const found = code(locals) as Reference;
        return (content) => {
          found.value = content;
        };
      };
    },
    ...(tuple.assigned && { assigned: tuple.assigned }),
    ...(tuple.refusal && {
      refusal: {
        code: tuple.refusal.code === 'CS1656' ? 'CS1654' : tuple.refusal.code,
        message: tuple.refusal.message.replace('Cannot assign to', 'Cannot modify members of'),
      },
    }),
  };
}
