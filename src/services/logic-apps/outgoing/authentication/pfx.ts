// The certificate and key in an authentication's `pfx`.
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { fromBase64Any } from '../../../../base/index.ts';
import { PfxError, readPfx } from '../../../../crypto/index.ts';
import { textMember } from '../../actions/reading.ts';
import type { Value } from '../../language.ts';
import type { WorkflowFacts } from '../../run/facts.ts';
import { AuthenticationError } from './authentication.ts';

export interface ClientCertificate {
  readonly key: KeyObject;
  /** DER. */
  readonly certificate: Buffer;
}

/** Reads `pfx` and `password`. Throws AuthenticationError, which never quotes either. */
export async function certificateOf(
  value: Value,
  facts: WorkflowFacts,
): Promise<ClientCertificate> {
  const profile = Object.entries(facts.appSettings).find(
    ([name]) => name.toUpperCase() === 'WEBSITE_LOAD_USER_PROFILE',
  );
  if (facts.hosting === 'standard' && profile?.[1] !== '1') {
    throw refused(
      "The certificate cannot be loaded: a Standard Logic App needs the application setting 'WEBSITE_LOAD_USER_PROFILE' set to '1'.",
    );
  }
  const bytes = fromBase64Any((textMember(value, 'pfx') ?? '').replace(/\s/g, ''));
  if (!bytes || bytes.length === 0) throw refused("The 'pfx' is not base64 text.");
  try {
    const { privateKey, certificates } = await readPfx(bytes, textMember(value, 'password') ?? '');
    const [certificate] = certificates;
    if (!privateKey || !certificate) {
      throw refused(
        'The certificate has no private key: a non-exportable certificate gives none; sign in the vault instead.',
      );
    }
    return {
      key: createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }),
      certificate,
    };
  } catch (error) {
    if (error instanceof AuthenticationError) throw error;
    const reason = error instanceof PfxError ? error.message : 'it is not a PKCS#12 file';
    throw refused(`The 'pfx' could not be read: ${reason}.`);
  }
}

const refused = (message: string) => new AuthenticationError('BadRequest', message);
