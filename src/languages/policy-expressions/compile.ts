// The room's main door: a policy expression in, its compiled form or the compiler's complaints out.
import { Binder } from './binding/binder.ts';
import { loadLibrary } from './library/index.ts';
import { type EvaluationLimits, sourceLengthMax } from './limits.ts';
import { type ExceptionValue, exceptionOf } from './running/exceptions.ts';
import { LimitExceeded, run, type Surroundings, within } from './running/run.ts';
import { parsePolicyExpression } from './syntax/parser.ts';
import { type Diagnostic, SyntaxFault } from './syntax/tokens.ts';
import { named } from './types/registry.ts';
import type { PolicyValue } from './values.ts';

/** A place in the user's file, 1-based. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

export interface CompileOptions {
  /** Where the expression's `@` stands in the user's file; 1:1 when absent. */
  readonly position?: SourcePosition;
}

/** What is wrong with an expression, numbered and worded as a C# compiler does. */
export interface CompileError extends SourcePosition {
  /** Such as `CS1503`. */
  readonly code: string;
  readonly message: string;
  /** Offsets within the expression. */
  readonly start: number;
  readonly end: number;
}

/** A .NET exception that left an expression, or a bound it passed. */
export class PolicyRuntimeError extends Error {
  /** Full name of the exception's type. */
  readonly type: string;
  readonly line: number;
  readonly column: number;
  /** The inner exception's type and message, where there is one. */
  readonly inner: { readonly type: string; readonly message: string } | undefined;

  constructor(
    type: string,
    message: string,
    position: SourcePosition,
    inner?: { readonly type: string; readonly message: string },
  ) {
    super(message);
    this.name = 'PolicyRuntimeError';
    this.type = type;
    this.line = position.line;
    this.column = position.column;
    this.inner = inner;
  }
}

export interface EvaluateOptions extends Surroundings {
  readonly limits?: Partial<EvaluationLimits>;
}

export interface CompiledExpression {
  readonly source: string;
  /**
   * Runs the expression with `context` (made by `contextValue`). Gives null or a value with its
   * run-time type; see `values.ts`. Lazy sequences run when they are read, so `read` turns the
   * value into what the caller needs within the same bounds. Throws PolicyRuntimeError.
   */
  evaluate<T = PolicyValue>(
    context: unknown,
    options: EvaluateOptions,
    read?: (value: PolicyValue) => T,
  ): T;
}

/**
 * Compiles `@( … )` or `@{ … }`, named values already replaced. Variables are `object`, as the
 * gateway cannot know more. Never throws for wrong sources: the list says what is wrong.
 */
export function compileExpression(
  source: string,
  options: CompileOptions = {},
): CompiledExpression | readonly CompileError[] {
  const position = options.position ?? { line: 1, column: 1 };
  const text = source.trimEnd();
  const lead = text.length - text.trimStart().length;
  // Offsets count from the start of `source`, so what stands before the `@` is kept.
  try {
    if (text.length > sourceLengthMax) {
      throw new SyntaxFault('CS8078', 'An expression is too long or complex to compile', 0, 0);
    }
    loadLibrary();
    const program = compileProgram(text, lead);
    if (typeof program !== 'function') return located(program, text, position);
    return {
      source,
      evaluate: (context, given, read) =>
        evaluate(program, context, given, text, position, read as (value: unknown) => never),
    };
  } catch (error) {
    return located(diagnosticsOf(error), text, position);
  }
}

function located(
  diagnostics: readonly Diagnostic[],
  text: string,
  position: SourcePosition,
): readonly CompileError[] {
  return diagnostics.map((found) => ({ ...found, ...positionAt(text, found.start, position) }));
}

/**
 * Reads a value after its evaluation, within bounds of its own: a lazy sequence runs its lambdas
 * only now. Throws PolicyRuntimeError, without a place in a file.
 */
export function readPolicyValue<T>(
  value: PolicyValue,
  options: EvaluateOptions,
  read: (value: PolicyValue) => T,
): T {
  const program = () => value;
  const start = { line: 1, column: 1 };
  return evaluate(program, null, options, '', start, read as (value: unknown) => never);
}

function compileProgram(text: string, lead: number): (() => unknown) | readonly Diagnostic[] {
  const body = text.slice(lead);
  if (!/^@[({]/.test(body)) {
    const message = "A policy expression begins with '@(' or '@{'";
    throw new SyntaxFault('CS1525', message, lead, lead + 2);
  }
  const syntax = parsePolicyExpression(text, lead + 1);
  return new Binder(named('IContext')).program(syntax);
}

function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof SyntaxFault) return error.diagnostics;
  // A tree too deep for the JavaScript stack is too deep for a compiler, too.
  if (error instanceof RangeError) {
    const message = 'An expression is too long or complex to compile';
    return [{ code: 'CS8078', message, start: 0, end: 0 }];
  }
  throw error;
}

function evaluate(
  program: () => unknown,
  context: unknown,
  options: EvaluateOptions,
  text: string,
  position: SourcePosition,
  read: ((value: unknown) => never) | undefined,
): never {
  return within(options, context, options.limits ?? {}, () => {
    try {
      const value = program();
      return read ? read(value) : (value as never);
    } catch (error) {
      throw runtimeError(error, text, position);
    }
  });
}

function runtimeError(error: unknown, text: string, position: SourcePosition): unknown {
  const exception = exceptionOf(error);
  if (exception) {
    const place = positionAt(text, exception.at ?? run.at, position);
    const inner = exception.inner && describe(exception.inner);
    return new PolicyRuntimeError(
      exception.type.fullName,
      exception.message,
      place,
      inner ?? undefined,
    );
  }
  const place = positionAt(text, run.at, position);
  if (error instanceof LimitExceeded) {
    const types = {
      steps: 'System.TimeoutException',
      memory: 'System.OutOfMemoryException',
      depth: 'System.InsufficientExecutionStackException',
    };
    return new PolicyRuntimeError(types[error.limit], error.message, place);
  }
  if (error instanceof RangeError) {
    const type = 'System.InsufficientExecutionStackException';
    return new PolicyRuntimeError(type, 'The expression is too deep or too large.', place);
  }
  return error;
}

function describe(exception: ExceptionValue): { type: string; message: string } {
  return { type: exception.type.fullName, message: exception.message };
}

/** Line and column of an offset in the expression, in the user's file. */
function positionAt(text: string, offset: number, start: SourcePosition): SourcePosition {
  const before = text.slice(0, offset);
  const lines = before.split('\n');
  const line = start.line + lines.length - 1;
  const last = lines[lines.length - 1]!;
  const column = lines.length === 1 ? start.column + last.length : last.length + 1;
  return { line, column };
}
