// format(): .NET composite formatting, `{index[,alignment][:format]}`.
import type { Json } from '../../../base/index.ts';
import { DotnetError, formatInteger } from '../../../dotnet/index.ts';
import { textCharsMax } from '../limits.ts';
import { textOf } from '../values.ts';
import { fault } from './rule.ts';

const item = /\{\{|\}\}|\{(\d+)\s*(?:,\s*(-?\d+)\s*)?(?::([^{}]*))?\}|[{}]/g;

export function formatText(template: string, values: readonly Json[]): string {
  let length = 0;
  const spend = (text: string) => {
    length += text.length;
    if (length > textCharsMax) throw fault('format', 'the result is too large.');
    return text;
  };
  spend(template);
  return template.replace(item, (whole, index?: string, alignment?: string, format?: string) => {
    if (whole === '{{') return '{';
    if (whole === '}}') return '}';
    if (index === undefined) throw fault('format', 'input string was not in a correct format.');
    const value = values[Number(index)];
    if (value === undefined) {
      throw fault(
        'format',
        'index (zero based) must be greater than or equal to zero and less than the size of the ' +
          'argument list.',
      );
    }
    return spend(align(textWith(value, format), Number(alignment ?? 0)));
  });
}

function align(text: string, width: number): string {
  if (Math.abs(width) > textCharsMax) throw fault('format', 'the alignment is too large.');
  return width < 0 ? text.padEnd(-width) : text.padStart(width);
}

/** A format string concerns integers; other values are written as they are. */
function textWith(value: Json, format: string | undefined): string {
  if (!format || typeof value !== 'number' || !Number.isInteger(value)) return textOf(value);
  try {
    return formatInteger(value, 'long', format);
  } catch (error) {
    if (error instanceof DotnetError) throw fault('format', error.message);
    throw error;
  }
}
