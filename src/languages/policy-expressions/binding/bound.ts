// What binding makes of an expression: its static type, its constant, and how to emit its closure.
import { type Diagnostic, SyntaxFault } from '../syntax/tokens.ts';
import type { LambdaSyntax, Span } from '../syntax/tree.ts';
import type { Member } from '../types/registry.ts';
import { errorType, nullType, type Type, voidType } from '../types/type.ts';
import type { LocalFunctionSymbol } from './scope.ts';

/** Slots of the variables of one function call; slot 0 takes the value of `return`. */
export type Locals = unknown[];
export type Code = (locals: Locals) => unknown;

/** Somewhere a value can be stored. */
export interface Place {
  /** Evaluates target and index, then the value, stores it and gives it. */
  store(value: Code): Code;
  /** Reads, computes and stores, with target and index evaluated once; gives old or new value. */
  update(compute: (old: unknown, locals: Locals) => unknown, giveOld: boolean): Code;
  /** Evaluates target and index; gives what stores there. Absent where there is nothing to evaluate. */
  locate?(): (locals: Locals) => (content: unknown) => void;
  /** A Reference for `out` and `ref` arguments. */
  reference?(): Code;
  /** What to say where the place cannot be written. */
  readonly refusal?: { readonly code: string; readonly message: string };
  /** Whether reading it again is free of effects, as for a variable. */
  readonly isPlain?: boolean;
  /** Told when the place is surely written. */
  assigned?(): void;
}

export interface Value extends Span {
  readonly kind: 'value';
  readonly type: Type;
  readonly constant?: { readonly value: unknown };
  readonly place?: Place;
  /** The property or field it is read from. */
  readonly member?: Member;
  /** A call or an assignment, which may stand as a statement. */
  readonly effect?: boolean;
  /** Of a tuple as written: its elements, each of which converts on its own. */
  readonly elements?: readonly Bound[];
  emit(): Code;
}

export interface TypeName extends Span {
  readonly kind: 'type';
  readonly named: Type;
}

export interface NamespaceName extends Span {
  readonly kind: 'namespace';
  readonly name: string;
}

export interface MethodGroup extends Span {
  readonly kind: 'methods';
  readonly name: string;
  readonly members: readonly Member[];
  readonly target?: Value;
  readonly local?: LocalFunctionSymbol;
  readonly typeArguments?: readonly Type[];
  /** For messages: where the name was looked up. */
  readonly owner: string;
  readonly nameStart: number;
  /** Whether extension methods are to be looked for when no member fits. */
  readonly extensions: readonly Member[];
}

/** A lambda bound for given parameter types. */
export interface LambdaBinding {
  /** What is wrong with its body. */
  readonly errors: readonly Diagnostic[];
  /** What its body gives; `void` where it gives nothing, undefined where nothing can be said. */
  readonly returns: Type | undefined;
  /** Whether the body is an expression that may stand as a statement. */
  readonly isStatement: boolean;
  readonly values: readonly Bound[];
  /** Where its body, a block, returns: with and without a value. */
  readonly returnsAt: readonly Span[];
  readonly bareReturns: readonly Span[];
  /** Whether the end of its body, a block, can be reached. */
  readonly fallsThrough: boolean;
  /** Fixes the result type and gives the code that makes the function. */
  finish(returns: Type): () => Code;
}

export interface Lambda extends Span {
  readonly kind: 'lambda';
  readonly syntax: LambdaSyntax;
  /** Types of explicitly typed parameters. */
  readonly explicit?: readonly Type[];
  bind(parameters: readonly Type[]): LambdaBinding;
  /** What is wrong with its body, as it was first bound in vain. */
  lastErrors(): readonly Diagnostic[];
}

/** `out var x`: typed by the parameter it is passed to. */
export interface OutVariable extends Span {
  readonly kind: 'outVariable';
  declare(type: Type): Value;
}

export interface Untyped extends Span {
  readonly kind: 'default' | 'throw';
  readonly code?: () => Code;
}

/** A tuple with an element that has no type of its own, such as `(1, null)`. */
export interface TupleLiteral extends Span {
  readonly kind: 'tuple';
  readonly elements: readonly Bound[];
}

export type Bound =
  | TupleLiteral
  | Value
  | TypeName
  | NamespaceName
  | MethodGroup
  | Lambda
  | OutVariable
  | Untyped;

export interface BoundArgument extends Span {
  readonly name?: string;
  readonly nameStart?: number;
  readonly modifier?: 'out' | 'ref' | 'in';
  readonly bound: Bound;
}

export function value(span: Span, type: Type, emit: () => Code, more: Partial<Value> = {}): Value {
  return { kind: 'value', type, emit, start: span.start, end: span.end, ...more };
}

export function constant(span: Span, type: Type, content: unknown): Value {
  return value(span, type, () => () => content, { constant: { value: content } });
}

/** What is said of an expression that stands alone and does nothing. */
export const notAStatement =
  'Only assignment, call, increment, decrement, await, and new object expressions can be used as a statement';

/** A place that is never written, for what is refused or wrong. */
export const nowhere: Place = { store: (code) => code, update: () => () => null };

/** Stands for an expression that is wrong; it is never run. */
export function failure(span: Span, type: Type = errorType): Value {
  return value(span, type, () => () => null);
}

/** A compile error at a place. */
export function complain(code: string, message: string, span: Span): SyntaxFault {
  return new SyntaxFault(code, message, span.start, span.end);
}

/** What a message calls an expression's type; those about conversions name it in full. */
export function describe(bound: Bound, qualify = false): string {
  switch (bound.kind) {
    case 'value':
      return qualify ? bound.type.qualifiedDisplay : bound.type.display;
    case 'methods':
      return 'method group';
    case 'lambda':
      return bound.syntax.isDelegate ? 'anonymous method' : 'lambda expression';
    case 'default':
      return 'default';
    case 'throw':
      return '<throw expression>';
    case 'outVariable':
      return 'out var';
    case 'tuple':
      return `(${bound.elements.map((element) => describe(element, qualify)).join(', ')})`;
    case 'type':
      return bound.named.display;
    default:
      return bound.name;
  }
}

export function isNullLiteral(bound: Bound): boolean {
  return bound.kind === 'value' && bound.type === nullType;
}

export function isVoid(bound: Bound): boolean {
  return bound.kind === 'value' && bound.type === voidType;
}
