// .NET exceptions: values of the language, and the JavaScript error that carries one upwards.
import { JsonError } from '../../../dotnet/index.ts';
import { findDefinition, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { run } from './run.ts';
import { Instance } from './values.ts';

/** An exception object. */
export class ExceptionValue extends Instance {
  message: string;
  inner: ExceptionValue | null;
  /** Of ArgumentException and its kin. */
  parameter: string | null = null;
  source: string | null = null;
  help: string | null = null;
  /** Of ArgumentOutOfRangeException: the value that was refused. */
  actual: unknown = null;
  /** Of JsonReaderException and its kin: where in the JSON. */
  place: { readonly path: string | null; readonly line: number; readonly position: number } | null =
    null;
  /** Offset in the source where it was first thrown. */
  at: number | undefined;

  constructor(type: Type, message: string, inner: ExceptionValue | null = null) {
    super(type);
    this.message = message;
    this.inner = inner;
  }
}

/** Carries an exception through JavaScript. */
export class Thrown extends Error {
  readonly exception: ExceptionValue;

  constructor(exception: ExceptionValue) {
    super(exception.message);
    exception.at ??= run.at;
    this.exception = exception;
  }
}

/** The exception to throw; `type` is a full name, or a name in `System`. */
export function fault(type: string, message: string, parameter?: string): Thrown {
  const full = type.includes('.') ? type : `System.${type}`;
  const known = findDefinition(full, 0) ? named(full) : named('System.Exception');
  const text = parameter === undefined ? message : `${message} (Parameter '${parameter}')`;
  const exception = new ExceptionValue(known, text);
  exception.parameter = parameter ?? /\(Parameter '(.*)'\)$/.exec(message)?.[1] ?? null;
  return new Thrown(exception);
}

export function nullReference(): Thrown {
  return fault('NullReferenceException', 'Object reference not set to an instance of an object.');
}

export function argumentNull(parameter: string): Thrown {
  return fault('ArgumentNullException', 'Value cannot be null.', parameter);
}

export function outOfRange(parameter: string, message?: string): Thrown {
  const text = message ?? 'Specified argument was out of the range of valid values.';
  return fault('ArgumentOutOfRangeException', text, parameter);
}

export function indexOutside(): Thrown {
  return fault('IndexOutOfRangeException', 'Index was outside the bounds of the array.');
}

export function invalidOperation(message: string): Thrown {
  return fault('InvalidOperationException', message);
}

export function invalidCast(from: Type, to: Type): Thrown {
  const message = `Unable to cast object of type '${from.fullName}' to type '${to.fullName}'.`;
  return fault('InvalidCastException', message);
}

export function overflow(): Thrown {
  return fault('OverflowException', 'Arithmetic operation resulted in an overflow.');
}

export function divideByZero(): Thrown {
  return fault('DivideByZeroException', 'Attempted to divide by zero.');
}

/** Refuses null for a reference parameter. */
export function required<T>(value: T | null, parameter: string): T {
  if (value === null || value === undefined) throw argumentNull(parameter);
  return value;
}

/** An error as the exception it stands for; undefined for what C# may not catch. */
export function exceptionOf(error: unknown): ExceptionValue | undefined {
  if (error instanceof Thrown) return error.exception;
  const { type, message } = error as { type?: unknown; message: string };
  if (error instanceof Error && error.name === 'DotnetError' && typeof type === 'string') {
    const { exception } = fault(type, message);
    if (error instanceof JsonError) exception.place = error;
    return exception;
  }
  return undefined;
}

export function keyNotFound(key: unknown) {
  const shown = typeof key === 'string' ? key : String(key);
  const message = `The given key '${shown}' was not present in the dictionary.`;
  return fault('System.Collections.Generic.KeyNotFoundException', message);
}
