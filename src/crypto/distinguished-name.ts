// X.500 names between their text and DER, in the order and short names of Windows and Azure.
import {
  type DerNode,
  derIa5,
  derOid,
  derPrintable,
  derSequence,
  derSetOf,
  derUtf8,
  readOid,
} from './der.ts';

/** Short names as CertNameToStr writes them; the first of an id is the one rendered. */
const attributes: readonly (readonly [name: string, oid: string])[] = [
  ['CN', '2.5.4.3'],
  ['SN', '2.5.4.4'],
  ['SERIALNUMBER', '2.5.4.5'],
  ['C', '2.5.4.6'],
  ['L', '2.5.4.7'],
  ['S', '2.5.4.8'],
  ['ST', '2.5.4.8'],
  ['STREET', '2.5.4.9'],
  ['O', '2.5.4.10'],
  ['OU', '2.5.4.11'],
  ['T', '2.5.4.12'],
  ['PostalCode', '2.5.4.17'],
  ['G', '2.5.4.42'],
  ['GN', '2.5.4.42'],
  ['I', '2.5.4.43'],
  ['dnQualifier', '2.5.4.46'],
  ['DC', '0.9.2342.19200300.100.1.25'],
  ['UID', '0.9.2342.19200300.100.1.1'],
  ['E', '1.2.840.113549.1.9.1'],
  ['EMAIL', '1.2.840.113549.1.9.1'],
];

/** The text is not an X.500 name. */
export class DistinguishedNameError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DistinguishedNameError';
  }
}

/**
 * DER of a name such as `CN=contoso.com, O=Contoso, C=US`. The most specific part stands first in
 * the text and last in the encoding, as .NET's X500DistinguishedName has it. Quotes and
 * backslashes escape. Throws DistinguishedNameError.
 */
export function encodeDistinguishedName(text: string): Buffer {
  const parts = splitName(text).map((part) => {
    const equals = part.indexOf('=');
    if (equals < 1)
      throw new DistinguishedNameError(`'${part.trim()}' is not of the form name=value`);
    const name = part.slice(0, equals).trim();
    return encodeAttribute(name, unquote(part.slice(equals + 1).trim()));
  });
  return derSequence(...parts.reverse());
}

function encodeAttribute(name: string, value: string): Buffer {
  const bare = name.replace(/^OID\./i, '');
  const known = attributes.find(([short]) => short.toUpperCase() === name.toUpperCase())?.[1];
  const oid = known ?? (/^\d+(\.\d+)+$/.test(bare) ? bare : undefined);
  if (!oid) throw new DistinguishedNameError(`'${name}' is not a known attribute of a name`);
  if (value === '') throw new DistinguishedNameError(`'${name}' has no value`);
  return derSetOf([derSequence(derOid(oid), encodeValue(oid, value))]);
}

function encodeValue(oid: string, value: string): Buffer {
  if (oid === '1.2.840.113549.1.9.1' || oid.startsWith('0.9.2342.')) return derIa5(value);
  // PrintableString where it fits, as the Windows encoder chooses.
  return /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value) ? derPrintable(value) : derUtf8(value);
}

/** Splits at `,`, `;` and `+` outside quotes and escapes. */
function splitName(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (character === '\\' && !quoted) part += character + (text[++index] ?? '');
    else if (character === '"') {
      quoted = !quoted;
      part += character;
    } else if (!quoted && /[,;+]/.test(character)) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  if (quoted) throw new DistinguishedNameError('a quotation mark is not closed');
  return [...parts, part].filter((each) => each.trim() !== '');
}

function unquote(value: string): string {
  if (/^".*"$/s.test(value)) return value.slice(1, -1).replaceAll('""', '"');
  return value.replace(/\\(.)/gs, '$1');
}

/** How the text of a name is laid out. */
export interface NameLayout {
  /** Whether the last part of the encoding, the most specific one, stands first. */
  readonly reversed: boolean;
  /** Between parts. */
  readonly separator: string;
  /** Between the attributes of one part. */
  readonly plus: string;
  /** Whether values with special characters stand in quotation marks. */
  readonly quotes: boolean;
}

const usual: NameLayout = { reversed: true, separator: ', ', plus: ' + ', quotes: true };

/** The name's text, by default most specific part first: `CN=…, O=…, S=…, C=…`. */
export function renderDistinguishedName(name: DerNode, layout: NameLayout = usual): string {
  const { reversed, separator, plus, quotes } = layout;
  const parts = name.children.map((set) =>
    set.children.map((pair) => renderAttribute(pair, quotes)).join(plus),
  );
  return (reversed ? parts.reverse() : parts).join(separator);
}

function renderAttribute(pair: DerNode, quotes: boolean): string {
  const [type, value] = pair.children;
  if (!type || !value) return '';
  const oid = readOid(type);
  const short = attributes.find(([, id]) => id === oid)?.[0] ?? `OID.${oid}`;
  const text = readText(value);
  const isSpecial = quotes && /[,;+="<>#\n]|^\s|\s$/.test(text);
  return `${short}=${isSpecial ? `"${text.replaceAll('"', '""')}"` : text}`;
}

/** Text of any ASN.1 string type. */
export function readText(value: DerNode): string {
  if (value.tag !== 0x1e) return value.content.toString(value.tag === 0x0c ? 'utf8' : 'latin1');
  // BMPString is big-endian UTF-16.
  return Buffer.from(value.content).swap16().toString('utf16le');
}
