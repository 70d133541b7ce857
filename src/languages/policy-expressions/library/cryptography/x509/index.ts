// System.Security.Cryptography.X509Certificates: the declarations, in order.
import { contentTypeType } from './exporting.ts';
import { nameTypeType } from './name-info.ts';
import { publicKeyType } from './public-key.ts';
import { rsaCertificateExtensionsType } from './rsa-certificate-extensions.ts';
import { distinguishedNameTypes } from './x500-distinguished-name.ts';
import { x509CertificateType } from './x509-certificate.ts';
import { certificate2Types } from './x509-certificate2.ts';
import { extensionTypes } from './x509-extension.ts';

export { certificateValue, readPfx } from './certificate-value.ts';

export const certificateTypes = [
  x509CertificateType,
  ...certificate2Types,
  ...distinguishedNameTypes,
  nameTypeType,
  publicKeyType,
  rsaCertificateExtensionsType,
  ...extensionTypes,
  contentTypeType,
];
