// The one error of this room: a .NET exception by its type name and its words.

/** A failure as .NET reports it: `type` is the exception's full name, `message` its text. */
export class DotnetError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = 'DotnetError';
    this.type = type;
  }
}

export function formatError(message: string): DotnetError {
  return new DotnetError('System.FormatException', message);
}

export function overflowError(message: string): DotnetError {
  return new DotnetError('System.OverflowException', message);
}

/** ArgumentException; the parameter's name follows the message as .NET appends it. */
export function argumentError(message: string, parameter?: string): DotnetError {
  return new DotnetError('System.ArgumentException', withParameter(message, parameter));
}

export function argumentNull(parameter: string): DotnetError {
  return new DotnetError(
    'System.ArgumentNullException',
    withParameter('Value cannot be null.', parameter),
  );
}

/** ArgumentOutOfRangeException; the value that was given follows where .NET shows it. */
export function argumentOutOfRange(
  parameter: string | undefined,
  message = 'Specified argument was out of the range of valid values.',
  actual = '',
): DotnetError {
  const shown = actual === '' ? '' : `\nActual value was ${actual}.`;
  const text = withParameter(message, parameter) + shown;
  return new DotnetError('System.ArgumentOutOfRangeException', text);
}

/** What .NET says when a result would not fit into memory; here, when it passes a bound. */
export function outOfMemory(): DotnetError {
  return new DotnetError(
    'System.OutOfMemoryException',
    'Insufficient memory to continue the execution of the program.',
  );
}

function withParameter(message: string, parameter: string | undefined): string {
  return parameter === undefined ? message : `${message} (Parameter '${parameter}')`;
}
