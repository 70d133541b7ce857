// System.Exception and the exceptions that expressions throw and catch.
import { ExceptionValue } from '../running/exceptions.ts';
import { concatText } from '../running/text.ts';
import { declareType, type TypeDeclaration } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

function make(
  type: Type,
  message: string | null,
  inner: ExceptionValue | null = null,
): ExceptionValue {
  return new ExceptionValue(type, message ?? defaultMessage(type), inner);
}

const messages: Record<string, string> = {
  'System.ArgumentException': 'Value does not fall within the expected range.',
  'System.ArgumentNullException': 'Value cannot be null.',
  'System.ArgumentOutOfRangeException': 'Specified argument was out of the range of valid values.',
  'System.InvalidOperationException':
    'Operation is not valid due to the current state of the object.',
  'System.NotSupportedException': 'Specified method is not supported.',
  'System.NotImplementedException': 'The method or operation is not implemented.',
  'System.FormatException': 'One of the identified items was in an invalid format.',
  'System.NullReferenceException': 'Object reference not set to an instance of an object.',
  'System.IndexOutOfRangeException': 'Index was outside the bounds of the array.',
  'System.InvalidCastException': 'Specified cast is not valid.',
  'System.OverflowException': 'Arithmetic operation resulted in an overflow.',
  'System.DivideByZeroException': 'Attempted to divide by zero.',
  'System.Collections.Generic.KeyNotFoundException':
    'The given key was not present in the dictionary.',
  'System.TimeoutException': 'The operation has timed out.',
  'System.OutOfMemoryException': 'Insufficient memory to continue the execution of the program.',
  'System.ArithmeticException': 'Overflow or underflow in the arithmetic operation.',
  'System.ApplicationException': 'Error in the application.',
  'System.SystemException': 'System error.',
  'System.IO.IOException': 'I/O error occurred.',
  'System.ObjectDisposedException': 'Cannot access a disposed object.',
  'System.UnauthorizedAccessException': 'Attempted to perform an unauthorized operation.',
};

function defaultMessage(type: Type): string {
  return Object.hasOwn(messages, type.fullName)
    ? messages[type.fullName]!
    : `Exception of type '${type.fullName}' was thrown.`;
}

function text(value: ExceptionValue): string {
  const own = `${value.type.fullName}: ${value.message}`;
  return value.inner
    ? `${own}\n ---> ${text(value.inner)}\n   --- End of inner exception stack trace ---`
    : own;
}

/** The constructors that exceptions usually have. */
export const exceptionConstructors = {
  'new()': (type: Type) => make(type, null),
  'new(string message)': make,
  'new(string message, Exception innerException)': make,
};

function innermost(value: ExceptionValue): ExceptionValue {
  let current = value;
  while (current.inner) current = current.inner;
  return current;
}

const exceptionType = declareType(
  'class System.Exception',
  {
    ...exceptionConstructors,
    'string Message': (value: ExceptionValue) => value.message,
    'Exception InnerException': (value: ExceptionValue) => value.inner,
    'string StackTrace': () => null,
    'string Source': {
      get: (value: ExceptionValue) => value.source,
      set: (value: ExceptionValue, source: string | null) => {
        value.source = source;
      },
    },
    'string HelpLink': () => null,
    'int HResult': () => -2146233088,
    'Exception GetBaseException()': innermost,
  },
  { text },
);

/** ObjectDisposedException shows the object's name below its own message. */
function disposed(type: Type, name: string | null, message: string | null): ExceptionValue {
  const own = message ?? defaultMessage(type);
  const value = new ExceptionValue(type, name ? `${own}\nObject name: '${name}'.` : own);
  value.parameter = name;
  return value;
}

function named(type: Type, message: string | null, parameter: string | null): ExceptionValue {
  const own = message ?? defaultMessage(type);
  const value = new ExceptionValue(type, parameter ? `${own} (Parameter '${parameter}')` : own);
  value.parameter = parameter;
  return value;
}

const argumentTypes = [
  declareType('class System.ArgumentException : SystemException', {
    ...exceptionConstructors,
    'new(string message, string paramName)': named,
    'string ParamName': (value: ExceptionValue) => value.parameter,
  }),
  declareType('class System.ArgumentNullException : ArgumentException', {
    'new()': (type: Type) => make(type, null),
    'new(string paramName)': (type: Type, parameter: string | null) => named(type, null, parameter),
    'new(string paramName, string message)': (
      type: Type,
      parameter: string | null,
      message: string | null,
    ) => named(type, message, parameter),
    'new(string message, Exception innerException)': make,
  }),
  declareType('class System.ArgumentOutOfRangeException : ArgumentException', {
    'new()': (type: Type) => make(type, null),
    'new(string paramName)': (type: Type, parameter: string | null) => named(type, null, parameter),
    'new(string paramName, string message)': (
      type: Type,
      parameter: string | null,
      message: string | null,
    ) => named(type, message, parameter),
    'new(string paramName, object actualValue, string message)': (
      type: Type,
      parameter: string | null,
      actual: unknown,
      message: string | null,
    ) => {
      const value = named(type, message, parameter);
      if (actual !== null) value.message += `\nActual value was ${concatText(actual)}.`;
      return value;
    },
    'new(string message, Exception innerException)': make,
  }),
];

const disposedType = declareType(
  'class System.ObjectDisposedException : InvalidOperationException',
  {
    'new(string objectName)': (type: Type, name: string | null) => disposed(type, name, null),
    'new(string objectName, string message)': disposed,
    'new(string message, Exception innerException)': make,
    'string ObjectName': (value: ExceptionValue) => value.parameter ?? '',
  },
);

/** Name and base of exceptions with the usual constructors. */
const plain: readonly (readonly [string, string])[] = [
  ['System.SystemException', 'Exception'],
  ['System.ApplicationException', 'Exception'],
  ['System.ArithmeticException', 'SystemException'],
  ['System.DivideByZeroException', 'ArithmeticException'],
  ['System.OverflowException', 'ArithmeticException'],
  ['System.NotFiniteNumberException', 'ArithmeticException'],
  ['System.FormatException', 'SystemException'],
  ['System.UriFormatException', 'FormatException'],
  ['System.InvalidCastException', 'SystemException'],
  ['System.InvalidOperationException', 'SystemException'],
  ['System.IndexOutOfRangeException', 'SystemException'],
  ['System.ArrayTypeMismatchException', 'SystemException'],
  ['System.RankException', 'SystemException'],
  ['System.NullReferenceException', 'SystemException'],
  ['System.NotSupportedException', 'SystemException'],
  ['System.PlatformNotSupportedException', 'NotSupportedException'],
  ['System.NotImplementedException', 'SystemException'],
  ['System.TimeoutException', 'SystemException'],
  ['System.OutOfMemoryException', 'SystemException'],
  ['System.UnauthorizedAccessException', 'SystemException'],
  ['System.TimeZoneNotFoundException', 'Exception'],
  ['System.InvalidTimeZoneException', 'Exception'],
  ['System.Collections.Generic.KeyNotFoundException', 'SystemException'],
  ['System.IO.IOException', 'SystemException'],
  ['System.Text.DecoderFallbackException', 'ArgumentException'],
  ['System.Text.EncoderFallbackException', 'ArgumentException'],
  ['System.Text.RegularExpressions.RegexParseException', 'ArgumentException'],
  ['System.Text.RegularExpressions.RegexMatchTimeoutException', 'TimeoutException'],
  ['System.Globalization.CultureNotFoundException', 'ArgumentException'],
  ['System.Security.Cryptography.CryptographicException', 'SystemException'],
  [
    'System.Security.Cryptography.CryptographicUnexpectedOperationException',
    'CryptographicException',
  ],
  ['System.Xml.XPath.XPathException', 'SystemException'],
  ['System.Net.Sockets.SocketException', 'Exception'],
  ['Microsoft.CSharp.RuntimeBinder.RuntimeBinderException', 'Exception'],
];

export const exceptionTypes: readonly TypeDeclaration[] = [
  exceptionType,
  ...argumentTypes,
  disposedType,
  ...plain.map(([name, base]) => declareType(`class ${name} : ${base}`, exceptionConstructors)),
];
