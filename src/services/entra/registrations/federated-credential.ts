// Federated identity credentials of an application or of a user-assigned identity.
import { type JsonObject, newGuid } from '../../../base/index.ts';
import { federatedCredentialsMax, federatedTextCharactersMax } from '../limits.ts';
import type { FederatedCredential } from '../state.ts';
import { badRequest, DirectoryError } from './errors.ts';
import { needText, refuseUnknown, textOf, textsOf } from './read.ts';

/**
 * Checks form and uniqueness; whether issuer and subject exist shows only when a token comes.
 * `existing` are all credentials of the parent, `previous` the one that is changed.
 */
export function federatedCredentialFrom(
  body: JsonObject,
  existing: readonly FederatedCredential[],
  previous?: FederatedCredential,
): FederatedCredential {
  refuseUnknown(body, ['name', 'issuer', 'subject', 'audiences', 'description', 'id']);
  const name = previous?.name ?? needText(body, 'name');
  if (previous && (textOf(body, 'name') ?? name) !== name) {
    throw badRequest("Property 'name' is read-only and cannot be changed.");
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/.test(name)) {
    throw badRequest(
      `The federated identity credential name '${name.slice(0, 150)}' must have 3 to 120 letters, digits, dashes and underscores and begin with a letter or digit.`,
    );
  }
  const credential: FederatedCredential = {
    id: previous?.id ?? newGuid(),
    name,
    issuer: textOf(body, 'issuer') ?? previous?.issuer ?? needText(body, 'issuer'),
    subject: textOf(body, 'subject') ?? previous?.subject ?? needText(body, 'subject'),
    audiences: textsOf(body, 'audiences') ?? previous?.audiences ?? [],
    description: textOf(body, 'description') ?? previous?.description ?? null,
  };
  checkTexts(credential);
  const rest = existing.filter(({ id }) => id !== credential.id);
  checkAmong(credential, rest);
  return credential;
}

function checkTexts({ issuer, subject, audiences, description }: FederatedCredential): void {
  if (audiences.length !== 1) {
    throw badRequest('The federated identity credential must have exactly one audience.');
  }
  for (const text of [issuer, subject, audiences[0]!, description ?? '']) {
    if (text.length > federatedTextCharactersMax) {
      throw badRequest(
        `Issuer, subject, audience and description must not be longer than ${federatedTextCharactersMax} characters.`,
      );
    }
  }
  if (URL.parse(issuer.trim())?.protocol !== 'https:') {
    throw badRequest(`The issuer '${issuer}' must be an https URL.`);
  }
}

function checkAmong(credential: FederatedCredential, rest: readonly FederatedCredential[]): void {
  if (rest.length >= federatedCredentialsMax) {
    throw new DirectoryError(
      'Directory_QuotaExceeded',
      `No more than ${federatedCredentialsMax} federated identity credentials can be added.`,
    );
  }
  const { name, issuer, subject } = credential;
  if (rest.some((each) => each.name.toLowerCase() === name.toLowerCase())) {
    throw new DirectoryError(
      'Request_MultipleObjectsWithSameKeyValue',
      `FederatedIdentityCredential with name ${name} already exists.`,
    );
  }
  if (rest.some((each) => each.issuer === issuer && each.subject === subject)) {
    throw badRequest(
      'Issuer and subject combination already exists for this application. Each must be unique.',
    );
  }
}
