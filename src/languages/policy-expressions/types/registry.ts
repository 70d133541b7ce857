// The table of all types: declarations in, types and members out, resolved on first need.
import { assert } from '../../../base/index.ts';
import {
  type Expression,
  type Parameter as ParameterSyntax,
  predefinedTypes,
  type TypeSyntax,
} from '../syntax/tree.ts';
import { parseHeader, parseSignature } from './signature.ts';
import type { Traits } from './traits.ts';
import {
  arrayOf,
  construct,
  dynamicType,
  nullableOf,
  qualified,
  substitute,
  Type,
  type TypeDefinition,
  voidType,
  withNames,
} from './type.ts';

export interface Parameter {
  readonly name: string;
  readonly type: Type;
  readonly modifier?: 'out' | 'ref' | 'in' | 'params';
  /** The value an optional parameter takes; `isDefault` is that of its type. */
  readonly initial?: { readonly value: unknown; readonly isDefault?: boolean };
}

export interface Member {
  readonly kind: 'method' | 'property' | 'constant' | 'constructor' | 'indexer' | 'operator';
  readonly name: string;
  readonly owner: Type;
  readonly isStatic: boolean;
  readonly isExtension: boolean;
  readonly typeParameters: readonly Type[];
  readonly parameters: readonly Parameter[];
  readonly returns: Type;
  /** Called with the receiver (of instance members) and the arguments; see the room's README. */
  readonly get: (...given: never[]) => unknown;
  readonly set?: (...given: never[]) => unknown;
  readonly value?: unknown;
  /** A static readonly field, which is no constant to the compiler. */
  readonly isReadonly?: boolean;
  /** Whether its type arguments have to be reference types. */
  readonly classOnly?: boolean;
  /** The signature as declared. */
  readonly text: string;
}

/** A property or indexer that can be written. */
export interface Accessors {
  readonly get: (...given: never[]) => unknown;
  readonly set: (...given: never[]) => unknown;
}

/** One type of the library as its file declares it. */
export interface TypeDeclaration {
  readonly header: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly traits: Traits;
}

/**
 * Declares a type: its header (`class System.Text.StringBuilder : IDisposable`), its members by
 * signature, and its traits. Implementations get the receiver first (instance members), the
 * constructed type first (constructors, and static members of generic types), the array of type
 * arguments first (generic methods). `out` and `ref` arguments are `Reference`s.
 */
export function declareType(
  header: string,
  members: Readonly<Record<string, unknown>>,
  traits: Traits = {},
): TypeDeclaration {
  return { header, members, traits };
}

/** Declares an enumeration by its names and values. */
export function declareEnum(
  name: string,
  values: Readonly<Record<string, number>>,
  flags = false,
): TypeDeclaration {
  const members: Record<string, number> = {};
  const simple = name.slice(name.lastIndexOf('.') + 1);
  for (const [key, value] of Object.entries(values)) members[`const ${simple} ${key}`] = value;
  return { header: `${flags ? 'sealed ' : ''}enum ${name}`, members, traits: { initial: 0 } };
}

const definitions = new Map<string, TypeDefinition>();
const byFullName = new Map<string, TypeDefinition>();
const namespaces = new Set<string>();
const extensions = new Map<string, { definition: TypeDefinition; text: string }[]>();

function key(name: string, arity: number): string {
  return arity === 0 ? name : `${name}\`${arity}`;
}

/** Adds declarations to the table; each name may be declared once. */
export function registerTypes(declarations: readonly TypeDeclaration[]): void {
  for (const declaration of declarations) register(declaration);
}

function register({ header: text, members, traits }: TypeDeclaration): void {
  const header = parseHeader(text);
  const all = header.invoke ? { ...members, '()': header.invoke } : members;
  const definition = {
    kind: header.kind,
    namespace: header.namespace,
    name: header.name,
    parameters: header.parameters,
    bases: header.bases,
    modifiers: header.modifiers,
    members: all,
    traits,
  } as Omit<TypeDefinition, 'type'> as TypeDefinition;
  const own = header.parameters.map(({ name }) => new Type('parameter', name));
  const fullName = qualified(definition);
  const shown =
    own.length === 0 ? fullName : `${fullName}<${own.map((p) => p.fullName).join(',')}>`;
  definition.type = new Type(header.kind, shown, { definition, arguments: own });
  const simple = key(header.name, own.length);
  assert(!byFullName.has(key(fullName, own.length)), `${fullName} is declared once`);
  byFullName.set(key(fullName, own.length), definition);
  // A nested type is known by the name of the type around it only.
  const isNested = byFullName.has(header.namespace);
  if (!isNested && !definitions.has(simple)) definitions.set(simple, definition);
  const steps = header.namespace.split('.');
  for (let length = 1; length <= steps.length; length += 1) {
    namespaces.add(steps.slice(0, length).join('.'));
  }
  for (const signature of Object.keys(members)) {
    const name = extensionName(signature);
    if (!name) continue;
    const list = extensions.get(name) ?? [];
    list.push({ definition, text: signature });
    extensions.set(name, list);
  }
}

/** The name of an extension method, told from its signature's text. */
function extensionName(signature: string): string | undefined {
  const end = signature.indexOf('(this ');
  if (end < 0) return undefined;
  return /(\w+)(?:<[\w, ]*>)?$/.exec(signature.slice(0, end))?.[1];
}

export function isNamespace(name: string): boolean {
  return namespaces.has(name);
}

/** A definition by simple name (all namespaces are imported) or by full name. */
export function findDefinition(name: string, arity: number): TypeDefinition | undefined {
  return definitions.get(key(name, arity)) ?? byFullName.get(key(name, arity));
}

export function definitionIn(namespace: string, name: string, arity: number) {
  return byFullName.get(key(`${namespace}.${name}`, arity));
}

/** All definitions, for the coverage ledger. */
export function allDefinitions(): readonly TypeDefinition[] {
  return [...byFullName.values()];
}

/** Arities under which a name is declared, for a compiler's hint. */
export function aritiesOf(name: string): number[] {
  return [0, 1, 2, 3, 4, 5, 6, 7, 8].filter((arity) => definitions.has(key(name, arity)));
}

/** The type of a full or simple name, constructed over `list`. It has to exist. */
export function named(name: string, ...list: Type[]): Type {
  if (list.length === 0) {
    const known = plainTypes.get(name);
    if (known) return known;
  }
  const definition = findDefinition(name, list.length);
  assert(definition, `the type ${name} is declared`);
  const type = construct(definition, list);
  if (list.length === 0) plainTypes.set(name, type);
  return type;
}

/** The tuple type of these elements; beyond the seventh they nest. */
export function tupleOf(types: readonly Type[], names?: readonly (string | undefined)[]): Type {
  const type =
    types.length < 8
      ? named('ValueTuple', ...types)
      : named('ValueTuple', ...types.slice(0, 7), tupleOf(types.slice(7)));
  return withNames(type, names);
}

/** Types without arguments by the names they were asked for; only our own code asks. */
const plainTypes = new Map<string, Type>();

type Scope = ReadonlyMap<string, Type>;

/** A type as the library's signatures write it. */
function resolve(syntax: TypeSyntax, scope: Scope): Type {
  switch (syntax.kind) {
    case 'array':
      return arrayOf(resolve(syntax.element, scope), syntax.rank);
    case 'nullable':
      return nullableOf(resolve(syntax.element, scope));
    case 'tuple':
      return tupleOf(syntax.elements.map(({ type }) => resolve(type, scope)));
    default: {
      const name = syntax.parts.map((part) => part.name).join('.');
      const list = syntax.parts.at(-1)!.arguments.map((part) => resolve(part, scope));
      if (list.length === 0) {
        const parameter = scope.get(name);
        if (parameter) return parameter;
        if (name === 'void') return voidType;
        if (name === 'dynamic') return dynamicType;
      }
      return named(predefinedTypes.get(name) ?? name, ...list);
    }
  }
}

function scopeOf(type: Type): Map<string, Type> {
  const scope = new Map<string, Type>();
  type.definition?.parameters.forEach(({ name }, index) => {
    scope.set(name, type.arguments[index]!);
  });
  return scope;
}

/** Base class and interfaces as declared. */
export function basesOf(type: Type): readonly Type[] {
  if (!type.cache.bases) {
    const scope = scopeOf(type);
    const { definition } = type;
    type.cache.bases = definition
      ? definition.bases.map((base) => resolve(base as TypeSyntax, scope))
      : [];
  }
  return type.cache.bases;
}

/** Parameters and result of a delegate type. */
export function delegateSignature(type: Type): { parameters: readonly Parameter[]; returns: Type } {
  const cached = type.cache.members as
    | { parameters: readonly Parameter[]; returns: Type }
    | undefined;
  if (cached) return cached;
  const raw = type.definition!.members['()'] as {
    returns: TypeSyntax;
    parameters: readonly ParameterSyntax[];
  };
  const scope = scopeOf(type);
  const parameters = raw.parameters.map((parameter) => parameterOf(parameter, scope));
  const signature = { parameters, returns: resolve(raw.returns, scope) };
  type.cache.members = signature;
  return signature;
}

function parameterOf(syntax: ParameterSyntax, scope: Scope): Parameter {
  const type = resolve(syntax.type!, scope);
  return {
    name: syntax.name,
    type,
    ...(syntax.modifier && { modifier: syntax.modifier }),
    ...(syntax.initial && { initial: initialOf(syntax.initial) }),
  };
}

function initialOf(expression: Expression): Parameter['initial'] {
  if (expression.kind === 'default') return { value: null, isDefault: true };
  return { value: initialValue(expression) };
}

function initialValue(expression: Expression): unknown {
  if (expression.kind === 'unary') return -(initialValue(expression.operand) as number);
  assert(expression.kind === 'literal', 'an optional parameter of the library has a literal');
  const { literal } = expression;
  if (literal.type === 'null') return null;
  if (literal.type === 'number') return Number(literal.value.digits);
  return literal.value;
}

/** Members declared on the type itself, by name. */
export function ownMembers(type: Type): ReadonlyMap<string, readonly Member[]> {
  if (type.kind === 'delegate') return new Map();
  if (!type.cache.members) {
    const table = new Map<string, Member[]>();
    for (const [text, implementation] of Object.entries(type.definition?.members ?? {})) {
      const member = memberOf(type, text, implementation);
      const list = table.get(member.name) ?? [];
      list.push(member);
      table.set(member.name, list);
    }
    type.cache.members = table;
  }
  return type.cache.members as ReadonlyMap<string, readonly Member[]>;
}

const signatures = new Map<string, ReturnType<typeof parseSignature>>();

function signatureOf(text: string): ReturnType<typeof parseSignature> {
  let signature = signatures.get(text);
  if (!signature) {
    signature = parseSignature(text);
    signatures.set(text, signature);
  }
  return signature;
}

function memberOf(owner: Type, text: string, implementation: unknown): Member {
  const signature = signatureOf(text);
  const scope = scopeOf(owner);
  const typeParameters = signature.typeParameters.map((name) => new Type('parameter', name));
  typeParameters.forEach((parameter) => {
    scope.set(parameter.fullName, parameter);
  });
  const returns = signature.returns ? resolve(signature.returns, scope) : owner;
  const accessors = implementation as Accessors;
  const isFunction = typeof implementation === 'function';
  const isConstant = signature.kind === 'constant';
  return {
    kind: signature.kind,
    name: signature.name,
    owner,
    isStatic: signature.isStatic,
    isExtension: signature.isExtension,
    typeParameters,
    parameters: signature.parameters.map((parameter) => parameterOf(parameter, scope)),
    returns,
    get: isFunction
      ? (implementation as Member['get'])
      : isConstant
        ? () => implementation
        : accessors.get,
    ...(!isFunction && !isConstant && { set: accessors.set }),
    ...(isConstant && { value: implementation }),
    ...(signature.isReadonly && { isReadonly: true }),
    ...(signature.classOnly && { classOnly: true }),
    text,
  };
}

const extensionMembers = new Map<string, readonly Member[]>();

/** Extension methods of a name, of all declared static classes. */
export function extensionsNamed(name: string): readonly Member[] {
  let members = extensionMembers.get(name);
  if (!members) {
    members = (extensions.get(name) ?? []).map(({ definition, text }) =>
      memberOf(definition.type, text, definition.members[text]),
    );
    if (members.length > 0) extensionMembers.set(name, members);
  }
  return members;
}

/** A generic method with its type parameters replaced. */
export function instantiate(member: Member, map: ReadonlyMap<Type, Type>): Member {
  return {
    ...member,
    parameters: member.parameters.map((parameter) => ({
      ...parameter,
      type: substitute(parameter.type, map),
    })),
    returns: substitute(member.returns, map),
  };
}
