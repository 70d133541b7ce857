// Client secrets: one of the application's own, not expired.
import { passwordMatching } from '../credentials.ts';
import { allow, refuse } from '../errors.ts';
import type { Client, TokenRequest } from '../token-request.ts';

export function checkSecret({ nowMs }: TokenRequest, client: Client, secret: string): void {
  const credentials = client.principal.application?.passwordCredentials ?? [];
  const found = passwordMatching(credentials, secret);
  if (!found) {
    const isId = credentials.some(({ keyId }) => keyId === secret.toLowerCase());
    throw refuse(7000215, {
      client: client.clientId,
      detail: isId ? ' What was sent is the id of a secret.' : '',
    });
  }
  if (Date.parse(found.endDateTime) <= nowMs) {
    throw refuse(7000222, { client: client.clientId, until: found.endDateTime });
  }
  if (Date.parse(found.startDateTime) > nowMs + startToleranceMs) {
    throw refuse(7000215, {
      client: client.clientId,
      detail: ` It begins ${found.startDateTime}.`,
    });
  }
  allow('client secret', 'The secret is one of the application and has not expired.', {
    keyId: found.keyId,
    until: found.endDateTime,
  });
}

/** Clients that add a secret write its start by their own clock. */
const startToleranceMs = 300_000;
