// AsnEncodedData: DER with the identifier that says what it is.
import { required } from '../../running/exceptions.ts';
import { bytesValue, Instance } from '../../running/values.ts';
import { declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { type Bytes, given } from './bytes.ts';
import { space } from './failures.ts';
import { OidValue } from './oid.ts';

export class AsnValue extends Instance {
  readonly oid: OidValue | null;
  readonly der: Uint8Array;

  constructor(oid: OidValue | null, der: Uint8Array, type = named(`${space}.AsnEncodedData`)) {
    super(type);
    this.oid = oid;
    this.der = der;
  }
}

/** Pairs of digits as Format writes bytes it has no words for. */
export function spacedHex(bytes: Uint8Array): string {
  return (Buffer.from(bytes).toString('hex').match(/../g) ?? []).join(' ');
}

export const asnEncodedDataType = declareType(`class ${space}.AsnEncodedData`, {
  'new(byte[] rawData)': (_type: Type, data: Bytes) => new AsnValue(null, given(data, 'rawData')),
  'new(AsnEncodedData asnEncodedData)': (_type: Type, other: AsnValue | null) => {
    const { oid, der } = required(other, 'asnEncodedData');
    return new AsnValue(oid, der);
  },
  'new(Oid oid, byte[] rawData)': (_type: Type, oid: OidValue | null, data: Bytes) =>
    new AsnValue(oid, given(data, 'rawData')),
  'new(string oid, byte[] rawData)': (_type: Type, oid: string | null, data: Bytes) =>
    new AsnValue(new OidValue(oid), given(data, 'rawData')),
  'Oid Oid': ({ oid }: AsnValue) => oid,
  'byte[] RawData': ({ der }: AsnValue) => bytesValue(Uint8Array.from(der)),
  'string Format(bool multiLine)': ({ der }: AsnValue) => spacedHex(der),
});
