// ClientCertificate: TLS with the certificate of a PFX.
import type { AuthenticationType } from './authentication.ts';
import { certificateOf } from './pfx.ts';

export const clientCertificate: AuthenticationType = {
  type: 'ClientCertificate',
  required: ['pfx'],
  async obtain(value, { around }) {
    const { certificate } = await certificateOf(value, around.facts);
    return { headers: [], clientCertificate: certificate };
  },
};
