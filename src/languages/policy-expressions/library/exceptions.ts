// System.Exception and the exceptions that expressions throw and catch.
import { ExceptionValue } from '../running/exceptions.ts';
import { concatText } from '../running/text.ts';
import { basesOf, declareType, type TypeDeclaration } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

function make(
  type: Type,
  message: string | null,
  inner: ExceptionValue | null = null,
): ExceptionValue {
  return new ExceptionValue(type, message ?? unsaid(type), inner);
}

/** What is shown where a message was given and is null. */
function unsaid(type: Type): string {
  return unsaidMessages[type.fullName] ?? `Exception of type '${type.fullName}' was thrown.`;
}

const notExpected = 'Value does not fall within the expected range.';

/** Of exceptions that say something even so. */
const unsaidMessages: Readonly<Record<string, string>> = {
  'System.ArgumentException': notExpected,
  'System.Globalization.CultureNotFoundException': notExpected,
  'System.Text.DecoderFallbackException': notExpected,
  'System.Text.EncoderFallbackException': notExpected,
  'System.Xml.XmlException': 'An XML error has occurred.',
};

const messages: Record<string, string> = {
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
  'System.ArrayTypeMismatchException':
    'Attempted to access an element as a type incompatible with the array.',
  'System.NotFiniteNumberException': 'Number encountered was not a finite quantity.',
  'System.PlatformNotSupportedException': 'Operation is not supported on this platform.',
  'System.RankException':
    'Attempted to operate on an array with the incorrect number of dimensions.',
  'System.UriFormatException': 'One of the identified items was in an invalid format.',
  'System.Globalization.CultureNotFoundException': 'Culture is not supported.',
  'System.Security.Cryptography.CryptographicException':
    'Error occurred during a cryptographic operation.',
};

function defaultMessage(type: Type): string {
  return Object.hasOwn(messages, type.fullName) ? messages[type.fullName]! : unsaid(type);
}

function text(value: ExceptionValue): string {
  const name = value.type.fullName;
  const own = value.message === '' ? name : `${name}: ${value.message}`;
  return value.inner
    ? `${own}\n ---> ${text(value.inner)}\n   --- End of inner exception stack trace ---`
    : own;
}

const usual = (type: Type) => make(type, defaultMessage(type));

/** The constructors that exceptions usually have. */
export const exceptionConstructors = {
  'new()': usual,
  'new(string message)': make,
  'new(string message, Exception innerException)': make,
};

function innermost(value: ExceptionValue): ExceptionValue {
  let current = value;
  while (current.inner) current = current.inner;
  return current;
}

/** The HRESULT of a type: its own, or the one of what it derives from. */
function resultCode(type: Type): number {
  const own = resultCodes[type.fullName];
  if (own !== undefined) return own | 0;
  const [base] = basesOf(type);
  return base ? resultCode(base) : defaultResult | 0;
}

const defaultResult = 0x80131500;

const resultCodes: Readonly<Record<string, number>> = {
  'System.SystemException': 0x80131501,
  'System.ArgumentException': 0x80070057,
  'System.ArgumentNullException': 0x80004003,
  'System.ArgumentOutOfRangeException': 0x80131502,
  'System.ArrayTypeMismatchException': 0x80131503,
  'System.FormatException': 0x80131537,
  'System.IndexOutOfRangeException': 0x80131508,
  'System.InvalidCastException': 0x80004002,
  'System.InvalidOperationException': 0x80131509,
  'System.NotFiniteNumberException': 0x80131528,
  'System.NotImplementedException': 0x80004001,
  'System.NotSupportedException': 0x80131515,
  'System.NullReferenceException': 0x80004003,
  'System.ObjectDisposedException': 0x80131622,
  'System.OutOfMemoryException': 0x8007000e,
  'System.OverflowException': 0x80131516,
  'System.PlatformNotSupportedException': 0x80131539,
  'System.RankException': 0x80131517,
  'System.ArithmeticException': 0x80070216,
  'System.DivideByZeroException': 0x80020012,
  'System.ApplicationException': 0x80131600,
  'System.TimeoutException': 0x80131505,
  'System.UnauthorizedAccessException': 0x80070005,
  'System.IO.IOException': 0x80131620,
  'System.Collections.Generic.KeyNotFoundException': 0x80131577,
};

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
    'string HelpLink': {
      get: (value: ExceptionValue) => value.help,
      set: (value: ExceptionValue, help: string | null) => {
        value.help = help;
      },
    },
    'int HResult': (value: ExceptionValue) => resultCode(value.type),
    'Exception GetBaseException()': innermost,
  },
  { text },
);

/** ObjectDisposedException shows the object's name below its own message. */
function disposed(type: Type, name: string | null, message: string | null): ExceptionValue {
  const own = message ?? unsaid(type);
  const value = new ExceptionValue(type, name ? `${own}\nObject name: '${name}'.` : own);
  value.parameter = name;
  return value;
}

function named(type: Type, message: string | null, parameter: string | null): ExceptionValue {
  const own = message ?? unsaid(type);
  const value = new ExceptionValue(type, parameter ? `${own} (Parameter '${parameter}')` : own);
  value.parameter = parameter;
  return value;
}

const argumentTypes = [
  declareType('class System.ArgumentException : SystemException', {
    ...exceptionConstructors,
    'new(string message, string paramName)': named,
    'new(string message, string paramName, Exception innerException)': (
      type: Type,
      message: string | null,
      parameter: string | null,
      inner: ExceptionValue | null,
    ) => {
      const value = named(type, message, parameter);
      value.inner = inner;
      return value;
    },
    'string ParamName': (value: ExceptionValue) => value.parameter,
  }),
  declareType('class System.ArgumentNullException : ArgumentException', {
    'new()': usual,
    'new(string paramName)': (type: Type, parameter: string | null) =>
      named(type, defaultMessage(type), parameter),
    'new(string paramName, string message)': (
      type: Type,
      parameter: string | null,
      message: string | null,
    ) => named(type, message, parameter),
    'new(string message, Exception innerException)': make,
  }),
  declareType('class System.ArgumentOutOfRangeException : ArgumentException', {
    'new()': usual,
    'new(string paramName)': (type: Type, parameter: string | null) =>
      named(type, defaultMessage(type), parameter),
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
      value.actual = actual;
      if (actual !== null) value.message += `\nActual value was ${concatText(actual)}.`;
      return value;
    },
    'new(string message, Exception innerException)': make,
    'object ActualValue': (value: ExceptionValue) => value.actual,
  }),
];

const disposedType = declareType(
  'class System.ObjectDisposedException : InvalidOperationException',
  {
    'new(string objectName)': (type: Type, name: string | null) =>
      disposed(type, name, defaultMessage(type)),
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
