// ActiveDirectoryOAuth: client credentials at the v1 token endpoint, by secret or certificate.
import { toBase64Url } from '../../../../base/index.ts';
import { certificateThumbprints, signJwt } from '../../../../crypto/index.ts';
import { textMember } from '../../actions/reading.ts';
import type { Value } from '../../language.ts';
import {
  type AuthenticationContext,
  AuthenticationError,
  type AuthenticationType,
} from './authentication.ts';
import { certificateOf } from './pfx.ts';
import { requestToken } from './token-request.ts';

/** The runtime's authority where none is given. */
const authorityDefault = 'https://login.windows.net/';
/** Lifetime of the assertion: ten minutes, as Microsoft's libraries set it. */
const assertionSeconds = 600;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export const activeDirectoryOAuth: AuthenticationType = {
  type: 'ActiveDirectoryOAuth',
  required: ['tenant', 'audience', 'clientId'],
  check(value) {
    const given = textMember(value, 'secret') ?? textMember(value, 'pfx');
    return given === undefined
      ? "ActiveDirectoryOAuth needs 'secret', or 'pfx' with 'password'"
      : undefined;
  },
  async obtain(value, context) {
    const text = (name: string) => textMember(value, name) ?? '';
    const authority = (text('authority') || authorityDefault).replace(/\/+$/, '');
    const endpoint = `${authority}/${encodeURIComponent(text('tenant'))}/oauth2/token`;
    if (!URL.canParse(endpoint))
      throw new AuthenticationError(
        'BadRequest',
        `The authority '${authority}' is not an address.`,
      );
    const form = new URLSearchParams({
      resource: text('audience'),
      client_id: text('clientId'),
      grant_type: 'client_credentials',
      ...(await proofOf(value, endpoint, context)),
    });
    const answer = await requestToken(context, {
      method: 'POST',
      url: endpoint,
      headers: [
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['Accept', 'application/json'],
        ['client-request-id', context.around.newGuid()],
      ],
      body: form.toString(),
      what: `The token endpoint '${endpoint}'`,
    });
    const input = { tenant: text('tenant'), client: text('clientId'), resource: text('audience') };
    if (answer.accessToken === undefined) {
      const message = `Http request failed as there is an error getting AD OAuth token: '${answer.refusal}'.`;
      context.decided({
        rule: 'token for an HTTP action',
        outcome: 'refused',
        reason: answer.refusal,
        input,
        fix: "Look at the token endpoint's own decision in this trace.",
      });
      throw new AuthenticationError(
        'BadRequest',
        message,
        answer.status >= 500 || answer.status === 429,
      );
    }
    const reason = `client '${input.client}' got a token for '${input.resource}' from tenant '${input.tenant}'`;
    context.decided({ rule: 'token for an HTTP action', outcome: 'allowed', reason, input });
    return { headers: [['Authorization', `Bearer ${answer.accessToken}`]] };
  },
};

/** The credential by which the client proves itself: a pfx where there is one, else the secret. */
async function proofOf(
  value: Value,
  endpoint: string,
  { around }: AuthenticationContext,
): Promise<Record<string, string>> {
  const secret = textMember(value, 'secret');
  const wantsSecret = /^secret$/i.test(textMember(value, 'credentialType') ?? '');
  if (secret !== undefined && (wantsSecret || textMember(value, 'pfx') === undefined))
    return { client_secret: secret };
  const { key, certificate } = await certificateOf(value, around.facts);
  const clientId = textMember(value, 'clientId') ?? '';
  const now = Math.floor(around.clock.now() / 1000);
  const x5t = toBase64Url(certificateThumbprints(certificate).sha1);
  const claims = {
    aud: endpoint,
    iss: clientId,
    sub: clientId,
    jti: around.newGuid(),
    nbf: now,
    exp: now + assertionSeconds,
  };
  if (key.asymmetricKeyType !== 'rsa') {
    throw new AuthenticationError(
      'BadRequest',
      'The certificate of an ActiveDirectoryOAuth authentication needs an RSA key.',
    );
  }
  const assertion = await signJwt({ alg: 'RS256', typ: 'JWT', x5t }, claims, key);
  return { client_assertion_type: assertionType, client_assertion: assertion };
}
