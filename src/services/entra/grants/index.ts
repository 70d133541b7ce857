// The registry of grants: one file each; what is not served is refused by its name.
import type { Grant } from '../token-request.ts';
import { clientCredentials } from './client-credentials.ts';

export const grants: ReadonlyMap<string, Grant> = new Map(
  [clientCredentials].map((grant) => [grant.type, grant]),
);

/** Grants of Entra that need a user, and why they are not here yet. */
export const unservedGrants: ReadonlyMap<string, string> = new Map([
  ['authorization_code', 'sign-in of users is not served yet.'],
  ['refresh_token', 'sign-in of users is not served yet.'],
  ['password', 'sign-in of users is not served yet.'],
  ['urn:ietf:params:oauth:grant-type:device_code', 'sign-in of users is not served yet.'],
  ['device_code', 'sign-in of users is not served yet.'],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'on-behalf-of is not served yet.'],
  ['urn:ietf:params:oauth:grant-type:saml1_1-bearer', 'SAML assertions are not served.'],
  ['urn:ietf:params:oauth:grant-type:saml2-bearer', 'SAML assertions are not served.'],
]);
