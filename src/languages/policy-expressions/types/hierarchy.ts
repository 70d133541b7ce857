// Who derives from whom: base classes, interfaces, variance, and the lookup of members.
import { basesOf, type Member, named, ownMembers } from './registry.ts';
import type { Traits } from './traits.ts';
import { arrayOf, erased, type Type } from './type.ts';

export const known = {
  get object() {
    return named('System.Object');
  },
  get string() {
    return named('System.String');
  },
  get bool() {
    return named('System.Boolean');
  },
  get char() {
    return named('System.Char');
  },
  get int() {
    return named('System.Int32');
  },
  get uint() {
    return named('System.UInt32');
  },
  get long() {
    return named('System.Int64');
  },
  get ulong() {
    return named('System.UInt64');
  },
  get float() {
    return named('System.Single');
  },
  get double() {
    return named('System.Double');
  },
  get decimal() {
    return named('System.Decimal');
  },
  get exception() {
    return named('System.Exception');
  },
  get type() {
    return named('System.Type');
  },
  get disposable() {
    return named('System.IDisposable');
  },
  get bytes() {
    return arrayOf(named('System.Byte'));
  },
  get valueType() {
    return named('System.ValueType');
  },
  get enumerable() {
    return named('System.Collections.IEnumerable');
  },
};

/** `IEnumerable<element>`. */
export function enumerableOf(element: Type): Type {
  return named('System.Collections.Generic.IEnumerable', element);
}

/** The direct bases, with those every kind of type has. */
function directBases(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'array':
      return type.rank === 1
        ? [
            named('System.Array'),
            named('IList', type.element!),
            named('IReadOnlyList', type.element!),
          ]
        : [named('System.Array')];
    case 'struct':
      return [known.valueType, ...basesOf(type)];
    case 'enum':
      return [named('System.Enum')];
    case 'delegate':
      return [named('System.Delegate')];
    case 'interface':
      return basesOf(type);
    case 'class': {
      const bases = basesOf(type);
      const first = bases[0];
      if (type.fullName === 'System.Object') return [];
      return first && first.kind === 'class' ? bases : [known.object, ...bases];
    }
    case 'variable': {
      const { only, bases = [] } = type.constraints ?? {};
      return [only === 'struct' ? known.valueType : known.object, ...bases];
    }
    case 'anonymous':
    case 'dynamic':
      return [known.object];
    default:
      return [];
  }
}

/** The type, its base classes from near to far, then all interfaces. */
export function allBases(type: Type): readonly Type[] {
  if (!type.cache.all) {
    const seen = new Set<Type>([type]);
    for (const current of seen) for (const base of directBases(current)) seen.add(base);
    const list = [...seen];
    const classes = list.filter((entry) => entry.kind !== 'interface');
    type.cache.all = [...classes, ...list.filter((entry) => entry.kind === 'interface')];
  }
  return type.cache.all;
}

/** Whether a reference of `from` is a reference of `to`, with variance; both are closed types. */
export function derives(source: Type, target: Type): boolean {
  if (source === target) return true;
  const from = erased(source);
  const to = erased(target);
  if (from === to) return true;
  if (to.fullName === 'System.Object') return from.kind !== 'nullable' && from.kind !== 'void';
  for (const base of allBases(from)) {
    if (base === to || isVariantOf(base, to)) return true;
  }
  return from.kind === 'array' && isArrayCovariant(from, to);
}

function isVariantOf(from: Type, to: Type): boolean {
  const { definition } = to;
  if (!definition || from.definition !== definition || to.arguments.length === 0) return false;
  return definition.parameters.every(({ variance }, index) => {
    const left = from.arguments[index]!;
    const right = to.arguments[index]!;
    if (left === right) return true;
    if (!variance || left.isValueType || right.isValueType) return false;
    return variance === 'out' ? derives(left, right) : derives(right, left);
  });
}

function isArrayCovariant(from: Type, to: Type): boolean {
  const element = from.element!;
  if (to.kind === 'array') {
    if (to.rank !== from.rank) return false;
    return element.isReference && to.element!.isReference && derives(element, to.element!);
  }
  if (from.rank !== 1 || to.arguments.length !== 1 || to.kind !== 'interface') return false;
  const [argument] = to.arguments;
  if (
    !/^I(Enumerable|List|Collection|ReadOnlyList|ReadOnlyCollection)$/.test(to.definition!.name)
  ) {
    return false;
  }
  return element.isReference && argument!.isReference && derives(element, argument!);
}

/**
 * Members of a name that a value of the type has, nearest declaration first. A member that a nearer
 * type declares with the same parameters hides the farther one.
 */
export function findMembers(type: Type, name: string): readonly Member[] {
  type.cache.found ??= new Map();
  let found = type.cache.found.get(name) as readonly Member[] | undefined;
  if (!found) {
    const list: Member[] = [];
    const hidden = type.kind === 'interface' ? undefined : explicitOf(type);
    for (const base of lookupOrder(type)) {
      if (base.kind === 'interface' && hidden?.includes(name)) continue;
      for (const member of ownMembers(base).get(name) ?? []) {
        if (!list.some((nearer) => hides(nearer, member))) list.push(member);
      }
    }
    found = list;
    // Names come from users' sources; only those that exist are worth keeping.
    if (list.length > 0) type.cache.found.set(name, found);
  }
  return found;
}

/** How values of a type, or of one of its bases, become others by themselves. */
export function becomeOf(type: Type): Traits['become'] {
  for (const { definition } of allBases(type)) {
    if (definition?.traits.become) return definition.traits.become;
  }
  return undefined;
}

/** Names that a class implements for its interfaces only. */
function explicitOf(type: Type): readonly string[] | undefined {
  for (const base of allBases(type)) {
    const names = base.definition?.traits.explicit;
    if (names) return names;
  }
  return undefined;
}

function lookupOrder(type: Type): readonly Type[] {
  const bases = allBases(type);
  if (type.kind === 'interface') return [...bases, known.object];
  // An array implements its interfaces explicitly: `Count` and `Add` need a cast.
  if (type.kind === 'array') return bases.filter(({ kind }) => kind !== 'interface');
  // So does every type with an `explicit interface`.
  return bases.filter(({ definition }) => !definition?.modifiers.has('explicit'));
}

function hides(nearer: Member, farther: Member): boolean {
  if (nearer.owner === farther.owner) return false;
  if (nearer.kind !== 'method' && nearer.kind !== 'indexer' && nearer.kind !== 'operator')
    return true;
  return (
    nearer.parameters.length === farther.parameters.length &&
    nearer.typeParameters.length === farther.typeParameters.length &&
    nearer.parameters.every(
      ({ type, modifier }, index) =>
        type === farther.parameters[index]!.type &&
        modifier === farther.parameters[index]!.modifier,
    )
  );
}

/** Every construction of `definition` among the type's bases: `IEnumerable<char>` of string. */
export function constructionsOf(type: Type, name: string): readonly Type[] {
  return allBases(type).filter(
    (base) => base.definition?.name === name && base.arguments.length > 0,
  );
}

/** The element type an enumeration of the type yields; undefined where it is none. */
export function elementTypeOf(type: Type): Type | undefined {
  if (type.kind === 'array') return type.element;
  const found = constructionsOf(type, 'IEnumerable')[0];
  if (found) return found.arguments[0];
  return derives(type, known.enumerable) ? known.object : undefined;
}
