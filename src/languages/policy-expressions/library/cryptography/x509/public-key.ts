// PublicKey: the key of a certificate, with what its algorithm is.
import type { KeyObject } from 'node:crypto';
import type { PublicKeyInfo } from '../../../../../crypto/index.ts';
import { fault } from '../../../running/exceptions.ts';
import { Instance } from '../../../running/values.ts';
import { declareType, named } from '../../../types/registry.ts';
import { AsnValue } from '../asn-encoded-data.ts';
import { OidValue } from '../oid.ts';
import { RsaValue } from '../rsa-value.ts';
import { x509 } from './certificate-value.ts';

export class PublicKeyValue extends Instance {
  readonly info: PublicKeyInfo;
  readonly key: KeyObject;

  constructor(info: PublicKeyInfo, key: KeyObject) {
    super(named(`${x509}.PublicKey`));
    this.info = info;
    this.key = key;
  }

  get oid(): OidValue {
    return new OidValue(this.info.algorithm);
  }

  get rsa(): RsaValue | null {
    return this.key.asymmetricKeyType === 'rsa' ? new RsaValue(this.key, true) : null;
  }
}

export const publicKeyType = declareType(`sealed class ${x509}.PublicKey`, {
  'AsymmetricAlgorithm Key': ({ rsa }: PublicKeyValue) => {
    if (rsa) return rsa;
    throw fault('NotSupportedException', 'The certificate key algorithm is not supported.');
  },
  'RSA GetRSAPublicKey()': ({ rsa }: PublicKeyValue) => rsa,
  'Oid Oid': ({ oid }: PublicKeyValue) => oid,
  'AsnEncodedData EncodedKeyValue': ({ oid, info }: PublicKeyValue) => new AsnValue(oid, info.key),
  'AsnEncodedData EncodedParameters': ({ oid, info }: PublicKeyValue) =>
    new AsnValue(oid, info.parameters),
});
