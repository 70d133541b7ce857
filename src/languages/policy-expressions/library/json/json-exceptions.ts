// JsonException and its kin, with the place in the text they know.
import type { ExceptionValue } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { exceptionConstructors } from '../exceptions.ts';

const path = { 'string Path': ({ place }: ExceptionValue) => place?.path ?? null };
const lines = {
  ...path,
  'int LineNumber': ({ place }: ExceptionValue) => place?.line ?? 0,
  'int LinePosition': ({ place }: ExceptionValue) => place?.position ?? 0,
};

function placed(
  type: Type,
  message: string | null,
  own: string | null,
  line: number,
  position: number,
  inner: ExceptionValue | null,
): ExceptionValue {
  const exception = exceptionConstructors['new(string message)'](type, message, inner);
  exception.place = { path: own, line, position };
  return exception;
}

const withLines = {
  ...exceptionConstructors,
  'new(string message, string path, int lineNumber, int linePosition, Exception innerException)':
    placed,
  ...lines,
};

export const jsonExceptionTypes = [
  declareType('class Newtonsoft.Json.JsonException : Exception', exceptionConstructors),
  declareType('class Newtonsoft.Json.JsonReaderException : JsonException', withLines),
  declareType('class Newtonsoft.Json.JsonSerializationException : JsonException', withLines),
  declareType('class Newtonsoft.Json.JsonWriterException : JsonException', {
    ...exceptionConstructors,
    'new(string message, string path, Exception innerException)': (
      type: Type,
      message: string | null,
      own: string | null,
      inner: ExceptionValue | null,
    ) => placed(type, message, own, 0, 0, inner),
    ...path,
  }),
];
