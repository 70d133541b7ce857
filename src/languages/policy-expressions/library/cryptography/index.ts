// System.Security.Cryptography: the declarations, in order.
import { algorithmNameTypes } from './algorithm-names.ts';
import { certificateTypes } from './certificates.ts';
import { cipherExtensions } from './cipher-extensions.ts';
import { hashTypes } from './hash-algorithms.ts';
import { keyedHashTypes } from './keyed-hashes.ts';
import { randomTypes } from './random-numbers.ts';
import { rsaTypes } from './rsa.ts';
import { symmetricTypes } from './symmetric-algorithms.ts';

export { certificateValue, readPfx } from './certificate-values.ts';

export const cryptographyTypes = [
  ...hashTypes,
  ...keyedHashTypes,
  ...algorithmNameTypes,
  ...rsaTypes,
  ...symmetricTypes,
  ...randomTypes,
  ...certificateTypes,
  cipherExtensions,
];
