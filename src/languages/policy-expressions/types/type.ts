// Types: interned, so that equal types are one object; constructed, array and nullable types.
import type { Traits } from './traits.ts';

export type TypeKind =
  | 'class'
  | 'struct'
  | 'interface'
  | 'enum'
  | 'delegate'
  | 'array'
  | 'nullable'
  | 'parameter'
  | 'variable'
  | 'anonymous'
  | 'null'
  | 'void'
  | 'dynamic'
  | 'error';

/** What a declaration in the library says about a type, before its members are read. */
export interface TypeDefinition {
  readonly kind: TypeKind;
  readonly namespace: string;
  readonly name: string;
  /** Names of its type parameters; `out` and `in` say their variance. */
  readonly parameters: readonly { readonly name: string; readonly variance?: 'in' | 'out' }[];
  /** Base class and interfaces as written, resolved on first need. */
  readonly bases: readonly unknown[];
  readonly modifiers: ReadonlySet<string>;
  /** Signature → implementation. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly traits: Traits;
  /** The type with its own parameters as arguments. */
  type: Type;
}

/** What a type parameter asks of its arguments: `where T : class, IDisposable, new()`. */
export interface Constraints {
  readonly only?: 'class' | 'struct';
  readonly bases: readonly Type[];
  readonly creates: boolean;
}

export interface AnonymousMember {
  readonly name: string;
  readonly type: Type;
}

export class Type {
  readonly kind: TypeKind;
  /** Unique text: `System.Collections.Generic.List<System.Int32>`. */
  readonly fullName: string;
  /** Unique text; unlike the full name it tells anonymous types apart. */
  readonly key: string;
  readonly definition: TypeDefinition | undefined;
  readonly arguments: readonly Type[];
  /** Of arrays and nullables. */
  readonly element: Type | undefined;
  readonly rank: number;
  readonly shape: readonly AnonymousMember[];
  /** Names the source gives the elements of a tuple; the run time knows nothing of them. */
  readonly names: readonly (string | undefined)[] | undefined;
  /** Of the type parameter of a function whose body is being read. */
  constraints: Constraints | undefined;
  /** Filled on first need by the registry. */
  cache: TypeCache = {};

  constructor(
    kind: TypeKind,
    fullName: string,
    parts: {
      definition?: TypeDefinition;
      arguments?: readonly Type[];
      element?: Type;
      rank?: number;
      shape?: readonly AnonymousMember[];
      names?: readonly (string | undefined)[];
      key?: string;
    } = {},
  ) {
    this.kind = kind;
    this.fullName = fullName;
    this.key = parts.key ?? fullName;
    this.definition = parts.definition;
    this.arguments = parts.arguments ?? [];
    this.element = parts.element;
    this.rank = parts.rank ?? 0;
    this.shape = parts.shape ?? [];
    this.names = parts.names;
  }

  /** The name without namespace and arguments. */
  get name(): string {
    if (this.kind === 'array') return this.element!.name + rankText(this.rank);
    if (this.kind === 'void') return 'Void';
    const { definition } = this;
    if (!definition) return this.fullName;
    // The parameters of a nested type are its owner's.
    const { length } = definition.parameters;
    const nested = definition.name.indexOf('+');
    if (nested >= 0) return definition.name.slice(nested + 1);
    return length === 0 ? definition.name : `${definition.name}\`${length}`;
  }

  get isValueType(): boolean {
    if (this.kind === 'variable') return this.constraints?.only === 'struct';
    return this.kind === 'struct' || this.kind === 'enum' || this.kind === 'nullable';
  }

  /** Whether a variable of it can hold null. */
  get isNullable(): boolean {
    if (this.kind === 'variable') return this.isReference;
    return !this.isValueType || this.kind === 'nullable';
  }

  get isReference(): boolean {
    if (this.kind === 'variable') {
      const { only, bases = [] } = this.constraints ?? {};
      return only === 'class' || bases.some(({ kind }) => kind === 'class');
    }
    return !this.isValueType && this.kind !== 'void' && this.kind !== 'parameter';
  }

  /** As a compiler's messages show it: `string`, `int?`, `List<int>`. */
  get display(): string {
    return this.shown(false);
  }

  /** With namespaces, as messages about conversions show it. */
  get qualifiedDisplay(): string {
    return this.shown(true);
  }

  private shown(qualify: boolean): string {
    if (this.kind === 'array') {
      let core: Type = this;
      let ranks = '';
      while (core.kind === 'array') {
        ranks += rankText(core.rank);
        core = core.element!;
      }
      return core.shown(qualify) + ranks;
    }
    if (this.kind === 'nullable') return `${this.element!.shown(qualify)}?`;
    if (this.kind === 'null') return '<null>';
    if (this.kind === 'dynamic') return 'dynamic';
    if (this.kind === 'anonymous') {
      const members = this.shape.map(({ name, type }) => `${type.shown(qualify)} ${name}`);
      return `<anonymous type: ${members.join(', ')}>`;
    }
    const keyword = keywordOfName.get(this.fullName);
    if (keyword) return keyword;
    const { definition } = this;
    if (!definition) return this.fullName;
    const elements = tupleElements(this);
    if (elements) {
      const shown = elements.map(
        ({ type, name }) => type.shown(qualify) + (name ? ` ${name}` : ''),
      );
      return `(${shown.join(', ')})`;
    }
    const name = qualify ? qualified(definition) : definition.name;
    if (this.arguments.length === 0) return name;
    const list = this.arguments.map((argument) => argument.shown(qualify)).join(', ');
    return `${name}<${list}>`;
  }

  get isConstructed(): boolean {
    return this.arguments.length > 0;
  }
}

/** Values derived from a type that are worth keeping. */
export interface TypeCache {
  members?: unknown;
  found?: Map<string, unknown>;
  bases?: readonly Type[];
  all?: readonly Type[];
  array?: Map<number, Type>;
  nullable?: Type;
  constructed?: Map<string, Type>;
  named?: Map<string, Type>;
  erased?: Type;
  open?: boolean;
}

const keywordOfName = new Map<string, string>([
  ['System.Boolean', 'bool'],
  ['System.Byte', 'byte'],
  ['System.SByte', 'sbyte'],
  ['System.Char', 'char'],
  ['System.Decimal', 'decimal'],
  ['System.Double', 'double'],
  ['System.Single', 'float'],
  ['System.Int32', 'int'],
  ['System.UInt32', 'uint'],
  ['System.Int64', 'long'],
  ['System.UInt64', 'ulong'],
  ['System.Int16', 'short'],
  ['System.UInt16', 'ushort'],
  ['System.Object', 'object'],
  ['System.String', 'string'],
  ['System.Void', 'void'],
]);

function rankText(rank: number): string {
  return `[${','.repeat(rank - 1)}]`;
}

export function qualified(definition: TypeDefinition): string {
  return definition.namespace === ''
    ? definition.name
    : `${definition.namespace}.${definition.name}`;
}

export const nullType = new Type('null', '<null>');
export const voidType = new Type('void', 'System.Void');
/** To the run time it is `object`. */
export const dynamicType = new Type('dynamic', 'System.Object', { key: 'dynamic' });
/** The type of what is wrong already: it converts to and from everything, so that nothing is said twice. */
export const errorType = new Type('error', '?');

export function arrayOf(element: Type, rank = 1): Type {
  element.cache.array ??= new Map();
  let type = element.cache.array.get(rank);
  if (!type) {
    const key = element.key + rankText(rank);
    type = new Type('array', partName(element) + rankText(rank), { element, rank, key });
    element.cache.array.set(rank, type);
  }
  return type;
}

/** The name of a type as part of another's: a nullable there is `System.Int32?`. */
function partName(type: Type): string {
  return type.kind === 'nullable' ? `${type.element!.fullName}?` : type.fullName;
}

/** `T?`; a nullable of a nullable is itself. */
export function nullableOf(element: Type): Type {
  if (element.kind === 'nullable') return element;
  element.cache.nullable ??= new Type('nullable', `System.Nullable<${element.fullName}>`, {
    element,
    key: `System.Nullable<${element.key}>`,
  });
  return element.cache.nullable;
}

/** The type under a `?`, or the type itself. */
export function underlying(type: Type): Type {
  return type.kind === 'nullable' ? type.element! : type;
}

export function construct(definition: TypeDefinition, list: readonly Type[]): Type {
  if (list.length === 0) return definition.type;
  const key = list.map((argument) => argument.key).join(',');
  const shown = list.map(partName).join(',');
  const open = definition.type;
  open.cache.constructed ??= new Map();
  let type = open.cache.constructed.get(key);
  if (!type) {
    type = new Type(definition.kind, `${qualified(definition)}<${shown}>`, {
      definition,
      arguments: list,
      key: `${qualified(definition)}<${key}>`,
    });
    // Parameters of different methods may share a name, so types over them are not shared; those over
    // unknown names come from users' sources and are not worth keeping.
    if (!list.some((argument) => isOpen(argument) || isWrong(argument)))
      open.cache.constructed.set(key, type);
  }
  return type;
}

/** Whether a type parameter occurs in the type. */
export function isOpen(type: Type): boolean {
  if (type.kind === 'parameter') return true;
  type.cache.open ??= type.element ? isOpen(type.element) : type.arguments.some(isOpen);
  return type.cache.open;
}

function isWrong(type: Type): boolean {
  if (type.element) return isWrong(type.element);
  return type.kind === 'error' || type.arguments.some(isWrong);
}

/** The type with its parameters replaced. */
export function substitute(type: Type, map: ReadonlyMap<Type, Type>): Type {
  if (map.size === 0) return type;
  if (type.kind === 'parameter') return map.get(type) ?? type;
  if (!isOpen(type)) return type;
  if (type.kind === 'array') return arrayOf(substitute(type.element!, map), type.rank);
  if (type.kind === 'nullable') return nullableOf(substitute(type.element!, map));
  const list = type.arguments.map((argument) => substitute(argument, map));
  return withNames(construct(type.definition!, list), type.names);
}

// Tuples

/** The tuple type with names for its elements. */
export function withNames(type: Type, names: readonly (string | undefined)[] | undefined): Type {
  if (!names?.some((name) => name !== undefined)) return type;
  const key = `${type.key}(${names.join(', ')})`;
  type.cache.named ??= new Map();
  let found = type.cache.named.get(key);
  if (!found) {
    const { kind, fullName, definition, arguments: list } = type;
    found = new Type(kind, fullName, { definition: definition!, arguments: list, names, key });
    type.cache.named.set(key, found);
  }
  return found;
}

export interface TupleElement {
  readonly type: Type;
  readonly name: string | undefined;
}

/** The elements of a tuple type, those behind the seventh included; undefined for other types. */
export function tupleElements(type: Type): readonly TupleElement[] | undefined {
  if (type.definition?.name !== 'ValueTuple' || type.arguments.length < 2) return undefined;
  return flattened(type).map((own, index) => ({ type: own, name: type.names?.[index] }));
}

function flattened(type: Type): readonly Type[] {
  const list = type.arguments;
  return list.length < 8 ? list : [...list.slice(0, 7), ...flattened(list[7]!)];
}

/** The type as the run time knows it: without names of tuple elements anywhere inside. */
export function erased(type: Type): Type {
  type.cache.erased ??= withoutNames(type);
  return type.cache.erased;
}

function withoutNames(type: Type): Type {
  if (type.kind === 'array') return arrayOf(erased(type.element!), type.rank);
  if (type.kind === 'nullable') return nullableOf(erased(type.element!));
  if (type.kind === 'anonymous') {
    return anonymousType(type.shape.map((member) => ({ ...member, type: erased(member.type) })));
  }
  const list = type.arguments;
  if (!type.names && list.every((argument) => erased(argument) === argument)) return type;
  return construct(type.definition!, list.map(erased));
}

/** Of types that differ in names of tuple elements only: the names all agree on. */
export function agreedNames(left: Type, right: Type): Type {
  if (left === right || !left.definition) return left;
  if (left.kind === 'array') return arrayOf(agreedNames(left.element!, right.element!), left.rank);
  if (left.kind === 'nullable') return nullableOf(agreedNames(left.element!, right.element!));
  const list = left.arguments.map((own, index) => agreedNames(own, right.arguments[index]!));
  const names = left.names?.map((name, index) =>
    name === right.names?.[index] ? name : undefined,
  );
  return withNames(construct(left.definition, list), names);
}

const variables = new Map<string, Type>();

/**
 * A type parameter as the body of its function sees it: a type of its own, of which only the
 * constraints are known. `key` tells parameters of one name, but other constraints, apart.
 */
export function typeVariable(name: string, key: string): Type {
  let type = variables.get(key);
  if (!type) {
    type = new Type('variable', name, { key: `!${key}` });
    if (variables.size < 1_000) variables.set(key, type);
  }
  return type;
}

const shapes = new Map<string, Type>();

/** The one anonymous type of these members in this order. */
export function anonymousType(members: readonly AnonymousMember[]): Type {
  const key = `<${members.map(({ name, type }) => `${type.key} ${name}`).join(', ')}>`;
  let type = shapes.get(key);
  if (!type) {
    type = new Type('anonymous', 'anonymous', { shape: members, key });
    // The set of shapes is that of the compiled sources; a bound keeps a flood of them out.
    if (shapes.size < 10_000) shapes.set(key, type);
  }
  return type;
}
