// System.Security.Cryptography: the declarations, in order.
import { aesTypes } from './aes.ts';
import { asnEncodedDataType } from './asn-encoded-data.ts';
import { asymmetricAlgorithmType } from './asymmetric-algorithm.ts';
import { cryptoConfigType } from './crypto-config.ts';
import { cryptoTransformType } from './crypto-transform.ts';
import { cryptographyExtensions } from './cryptography-extensions.ts';
import { desTypes } from './des.ts';
import { hashAlgorithmType } from './hash-algorithm.ts';
import { hashAlgorithmNameType } from './hash-algorithm-name.ts';
import { hmacTypes } from './hmac.ts';
import { keySizesType } from './key-sizes.ts';
import { keyedHashAlgorithmType } from './keyed-hash-algorithm.ts';
import { digestTypes } from './md5-and-sha.ts';
import { oidTypes } from './oid.ts';
import { randomTypes } from './random-number-generator.ts';
import { deriveBytesTypes } from './rfc2898-derive-bytes.ts';
import { rsaType } from './rsa.ts';
import { rsaCngType } from './rsa-cng.ts';
import { rsaCryptoServiceProviderType } from './rsa-crypto-service-provider.ts';
import { paddingTypes } from './rsa-padding.ts';
import { rsaParametersType } from './rsa-parameters.ts';
import { symmetricTypes } from './symmetric-algorithm.ts';
import { certificateTypes } from './x509/index.ts';

export { certificateValue, readPfx } from './x509/index.ts';

export const cryptographyTypes = [
  cryptoTransformType,
  hashAlgorithmType,
  ...digestTypes,
  keyedHashAlgorithmType,
  ...hmacTypes,
  hashAlgorithmNameType,
  keySizesType,
  asymmetricAlgorithmType,
  rsaType,
  rsaCngType,
  rsaCryptoServiceProviderType,
  rsaParametersType,
  ...paddingTypes,
  ...symmetricTypes,
  ...aesTypes,
  ...desTypes,
  ...randomTypes,
  ...deriveBytesTypes,
  cryptoConfigType,
  asnEncodedDataType,
  ...oidTypes,
  ...certificateTypes,
  cryptographyExtensions,
];
