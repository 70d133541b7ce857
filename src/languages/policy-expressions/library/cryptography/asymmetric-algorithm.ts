// AsymmetricAlgorithm: what keys in two halves have in common.
import { bytesValue } from '../../running/values.ts';
import { declareType } from '../../types/registry.ts';
import { createAs, makeDefault } from './crypto-config.ts';
import { space } from './failures.ts';
import { keySizesOf } from './key-sizes.ts';
import { fromXml, toXml } from './rsa-parameters.ts';
import { keySizes, type RsaValue } from './rsa-value.ts';

export const asymmetricAlgorithmType = declareType(
  `abstract class ${space}.AsymmetricAlgorithm : IDisposable`,
  {
    'static AsymmetricAlgorithm Create()': () => makeDefault('RSACryptoServiceProvider'),
    'static AsymmetricAlgorithm Create(string algName)': (name: string | null) =>
      createAs('AsymmetricAlgorithm', name, 'name'),
    'int KeySize': {
      get: ({ keySize }: RsaValue) => keySize,
      set: (rsa: RsaValue, bits: number) => {
        rsa.keySize = bits;
      },
    },
    'KeySizes[] LegalKeySizes': () => keySizesOf(keySizes),
    'string SignatureAlgorithm': ({ signatureAlgorithm }: RsaValue) => signatureAlgorithm,
    'string KeyExchangeAlgorithm': () => 'RSA',
    'void FromXmlString(string xmlString)': fromXml,
    'string ToXmlString(bool includePrivateParameters)': toXml,
    'byte[] ExportPkcs8PrivateKey()': (rsa: RsaValue) =>
      bytesValue(rsa.leaving.export({ format: 'der', type: 'pkcs8' })),
    'byte[] ExportSubjectPublicKeyInfo()': (rsa: RsaValue) =>
      bytesValue(rsa.open.export({ format: 'der', type: 'spki' })),
    'void Clear()': (rsa: RsaValue) => rsa.dispose(),
  },
  { dispose: (rsa: RsaValue) => rsa.dispose() },
);
