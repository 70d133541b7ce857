// X500DistinguishedName: the name of a subject or an issuer.
import {
  CertificateError,
  DistinguishedNameError,
  encodeDistinguishedName,
  type NameLayout,
  renderName,
} from '../../../../../crypto/index.ts';
import { required } from '../../../running/exceptions.ts';
import { declareEnum, declareType, named } from '../../../types/registry.ts';
import type { Type } from '../../../types/type.ts';
import { AsnValue } from '../asn-encoded-data.ts';
import { type Bytes, given } from '../bytes.ts';
import { cryptographic } from '../failures.ts';
import { OidValue } from '../oid.ts';
import { x509 } from './certificate-value.ts';

const flags = {
  None: 0,
  Reversed: 1,
  UseSemicolons: 16,
  DoNotUsePlusSign: 32,
  DoNotUseQuotes: 64,
  UseCommas: 128,
  UseNewLines: 256,
  UseUTF8Encoding: 4096,
  UseT61Encoding: 8192,
  ForceUTF8Encoding: 16384,
};

function layoutOf(flag: number): NameLayout {
  const has = (bit: number) => (flag & bit) !== 0;
  return {
    reversed: has(flags.Reversed),
    separator: has(flags.UseSemicolons) ? '; ' : has(flags.UseNewLines) ? '\n' : ', ',
    plus: has(flags.DoNotUsePlusSign) ? ' ' : ' + ',
    quotes: !has(flags.DoNotUseQuotes),
  };
}

/** The text with the parts as they are encoded, the most general one first. */
export const encodedOrder = (der: Uint8Array) => renderName(der, layoutOf(flags.None));

/** An X500DistinguishedName. */
export class DistinguishedNameValue extends AsnValue {
  readonly name: string;

  constructor(name: string, der: Uint8Array) {
    super(new OidValue(null), der, named(`${x509}.X500DistinguishedName`));
    this.name = name;
  }
}

function decoded(bytes: Uint8Array): DistinguishedNameValue {
  try {
    return new DistinguishedNameValue(renderName(bytes), Uint8Array.from(bytes));
  } catch (error) {
    if (error instanceof CertificateError) throw cryptographic('ASN1 corrupted data.');
    throw error;
  }
}

function encoded(text: string | null): DistinguishedNameValue {
  const name = required(text, 'distinguishedName');
  try {
    return new DistinguishedNameValue(name, encodeDistinguishedName(name));
  } catch (error) {
    if (!(error instanceof DistinguishedNameError)) throw error;
    throw cryptographic(
      'The string contains an invalid X500 name attribute key, oid, value or delimiter.',
    );
  }
}

function formatted({ der }: DistinguishedNameValue, multiLine: boolean): string {
  const text = renderName(der, layoutOf(multiLine ? flags.UseNewLines : flags.None));
  return multiLine && text !== '' ? `${text}\n` : text;
}

export const distinguishedNameTypes = [
  declareType(
    `sealed class ${x509}.X500DistinguishedName : AsnEncodedData`,
    {
      'new(byte[] encodedDistinguishedName)': (_type: Type, data: Bytes) =>
        decoded(given(data, 'encodedDistinguishedName')),
      'new(AsnEncodedData encodedDistinguishedName)': (_type: Type, other: AsnValue | null) =>
        decoded(required(other, 'encodedDistinguishedName').der),
      'new(X500DistinguishedName distinguishedName)': (
        _type: Type,
        other: DistinguishedNameValue | null,
      ) => {
        const { name, der } = required(other, 'distinguishedName');
        return new DistinguishedNameValue(name, der);
      },
      'new(string distinguishedName)': (_type: Type, text: string | null) => encoded(text),
      'string Name': ({ name }: DistinguishedNameValue) => name,
      'string Decode(X500DistinguishedNameFlags flag)': (
        { der }: DistinguishedNameValue,
        flag: number,
      ) => renderName(der, layoutOf(flag)),
      'string Format(bool multiLine)': formatted,
    },
    { json: ({ name }: DistinguishedNameValue) => name },
  ),
  declareEnum(`${x509}.X500DistinguishedNameFlags`, flags, true),
];
