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
  | 'anonymous'
  | 'null'
  | 'void'
  | 'dynamic';

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
  }

  /** The name without namespace and arguments. */
  get name(): string {
    if (this.kind === 'array') return this.element!.name + rankText(this.rank);
    const { definition } = this;
    if (!definition) return this.fullName;
    const { length } = definition.parameters;
    return length === 0 ? definition.name : `${definition.name}\`${length}`;
  }

  get isValueType(): boolean {
    return this.kind === 'struct' || this.kind === 'enum' || this.kind === 'nullable';
  }

  /** Whether a variable of it can hold null. */
  get isNullable(): boolean {
    return !this.isValueType || this.kind === 'nullable';
  }

  get isReference(): boolean {
    return !this.isValueType && this.kind !== 'void' && this.kind !== 'parameter';
  }

  /** As a compiler's messages show it: `string`, `int?`, `System.Collections.Generic.List<int>`. */
  get display(): string {
    if (this.kind === 'array') {
      let core: Type = this;
      let ranks = '';
      while (core.kind === 'array') {
        ranks += rankText(core.rank);
        core = core.element!;
      }
      return core.display + ranks;
    }
    if (this.kind === 'nullable') return `${this.element!.display}?`;
    if (this.kind === 'null') return '<null>';
    if (this.kind === 'anonymous') {
      const members = this.shape.map(({ name, type }) => `${type.display} ${name}`);
      return `<anonymous type: ${members.join(', ')}>`;
    }
    const keyword = keywordOfName.get(this.fullName);
    if (keyword) return keyword;
    const { definition } = this;
    if (!definition || this.arguments.length === 0) return this.fullName;
    const list = this.arguments.map((argument) => argument.display).join(', ');
    return `${qualified(definition)}<${list}>`;
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
export const dynamicType = new Type('dynamic', 'dynamic');

export function arrayOf(element: Type, rank = 1): Type {
  element.cache.array ??= new Map();
  let type = element.cache.array.get(rank);
  if (!type) {
    const base = element.kind === 'nullable' ? `${element.element!.fullName}?` : element.fullName;
    const key = element.key + rankText(rank);
    type = new Type('array', base + rankText(rank), { element, rank, key });
    element.cache.array.set(rank, type);
  }
  return type;
}

/** `T?`; a nullable of a nullable is itself. */
export function nullableOf(element: Type): Type {
  if (element.kind === 'nullable') return element;
  element.cache.nullable ??= new Type('nullable', `System.Nullable<${element.fullName}>`, {
    element,
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
  const shown = list.map((argument) => argument.fullName).join(',');
  const open = definition.type;
  open.cache.constructed ??= new Map();
  let type = open.cache.constructed.get(key);
  if (!type) {
    type = new Type(definition.kind, `${qualified(definition)}<${shown}>`, {
      definition,
      arguments: list,
      key: `${qualified(definition)}<${key}>`,
    });
    // Parameters of different methods may share a name, so types over them are not shared.
    if (!list.some(isOpen)) open.cache.constructed.set(key, type);
  }
  return type;
}

/** Whether a type parameter occurs in the type. */
export function isOpen(type: Type): boolean {
  if (type.kind === 'parameter') return true;
  type.cache.open ??= type.element ? isOpen(type.element) : type.arguments.some(isOpen);
  return type.cache.open;
}

/** The type with its parameters replaced. */
export function substitute(type: Type, map: ReadonlyMap<Type, Type>): Type {
  if (map.size === 0) return type;
  if (type.kind === 'parameter') return map.get(type) ?? type;
  if (!isOpen(type)) return type;
  if (type.kind === 'array') return arrayOf(substitute(type.element!, map), type.rank);
  if (type.kind === 'nullable') return nullableOf(substitute(type.element!, map));
  const list = type.arguments.map((argument) => substitute(argument, map));
  return construct(type.definition!, list);
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
