// System.Xml.XmlException: its message ends with the place in the text.

import { xmlError } from '../../../../dotnet/index.ts';
import { type ExceptionValue, exceptionOf } from '../../running/exceptions.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { exceptionConstructors } from '../exceptions.ts';

function placeIn({ message }: ExceptionValue, part: 1 | 2): number {
  return Number(/ Line (\d+), position (\d+)\.$/.exec(message)?.[part] ?? 0);
}

export const xmlExceptionType = declareType('class System.Xml.XmlException : SystemException', {
  ...exceptionConstructors,
  'new(string message, Exception innerException, int lineNumber, int linePosition)': (
    _type: Type,
    message: string | null,
    _inner: ExceptionValue | null,
    line: number,
    position: number,
  ) => exceptionOf(xmlError(message ?? 'An XML error has occurred.', line, position))!,
  'int LineNumber': (error: ExceptionValue) => placeIn(error, 1),
  'int LinePosition': (error: ExceptionValue) => placeIn(error, 2),
  'string SourceUri': () => null,
});
