// Text of nodes and attributes, and the text values have inside XML (XmlConvert).
import {
  type DateTimeOffsetValue,
  type DateTimeValue,
  type Decimal,
  doubleText,
  formatDateTime,
  formatDateTimeOffset,
  singleText,
  type TimeSpanValue,
  writeXml,
  writeXmlAttribute,
} from '../../../../dotnet/index.ts';
import { fault } from '../../running/exceptions.ts';
import { made, textOf } from '../../running/text.ts';
import { Boxed, stringOf } from '../../running/values.ts';
import {
  AttributeValue,
  DeclarationValue,
  type DocumentValue,
  type NodeValue,
  XmlObject,
} from './nodes.ts';

/** SaveOptions. */
export const saveOptions = { None: 0, DisableFormatting: 1, OmitDuplicateNamespaces: 2 };

/** `ToString(options)` of a node; a document's declaration stays out. */
export function nodeText(
  node: NodeValue | DocumentValue,
  options: number = saveOptions.None,
): string {
  const indented = (options & saveOptions.DisableFormatting) === 0;
  return made(writeXml(node, { indented, declaration: false, prefixes: 'resolve' }));
}

/** `ToString()` of an XObject. */
export function objectText(value: unknown): string {
  if (value instanceof AttributeValue) return made(writeXmlAttribute(value));
  if (value instanceof DeclarationValue) return value.text;
  return nodeText(value as NodeValue);
}

/** The unindented form, for rendered results. */
export function plainText(value: unknown): string {
  if (value instanceof AttributeValue) return objectText(value);
  return nodeText(value as NodeValue, saveOptions.DisableFormatting);
}

/** What content that is no node becomes (XContainer.GetStringValue). */
export function contentText(content: unknown): string {
  const text = stringOf(content);
  if (text !== undefined) return text;
  if (content instanceof XmlObject) {
    throw fault('ArgumentException', 'An XObject cannot be used as a value.');
  }
  if (!(content instanceof Boxed)) return textOf(content) ?? '';
  const { value, type } = content;
  switch (type.fullName) {
    case 'System.Boolean':
      return value ? 'true' : 'false';
    case 'System.Double':
      return realText(value as number, doubleText);
    case 'System.Single':
      return realText(value as number, singleText);
    case 'System.Decimal':
      return (value as Decimal).toString();
    case 'System.DateTime':
      return formatDateTime(value as DateTimeValue, 'yyyy-MM-ddTHH:mm:ss.FFFFFFFK');
    case 'System.DateTimeOffset': {
      const time = formatDateTimeOffset(
        value as DateTimeOffsetValue,
        'yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz',
      );
      return time.replace(/\+00:00$/, 'Z');
    }
    case 'System.TimeSpan':
      return durationText(value as TimeSpanValue);
    default:
      return textOf(content) ?? '';
  }
}

function realText(value: number, format: (value: number) => string): string {
  if (value === Number.POSITIVE_INFINITY) return 'INF';
  if (value === Number.NEGATIVE_INFINITY) return '-INF';
  return format(value);
}

/** `P1DT2H3M4.5S`. */
export function durationText({ ticks }: TimeSpanValue): string {
  if (ticks === 0n) return 'PT0S';
  const size = ticks < 0n ? -ticks : ticks;
  const days = size / 864_000_000_000n;
  const rest = size % 864_000_000_000n;
  const [hours, minutes] = [rest / 36_000_000_000n, (rest / 600_000_000n) % 60n];
  const seconds = rest % 600_000_000n;
  let text = `${ticks < 0n ? '-' : ''}P`;
  if (days > 0n) text += `${days}D`;
  if (rest === 0n) return text;
  text += 'T';
  if (hours > 0n) text += `${hours}H`;
  if (minutes > 0n) text += `${minutes}M`;
  if (seconds > 0n) {
    const fraction = (seconds % 10_000_000n).toString().padStart(7, '0').replace(/0+$/, '');
    text += `${seconds / 10_000_000n}${fraction && `.${fraction}`}S`;
  }
  return text;
}
