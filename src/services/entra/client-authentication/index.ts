// Who asks for a token, and the proof of it.
import { type Jwt, parseJwt } from '../../../crypto/index.ts';
import { allow, refuse } from '../errors.ts';
import type { Client, ClientProof, TokenRequest, TokenService } from '../token-request.ts';
import { checkCertificateAssertion } from './certificate.ts';
import { checkFederatedAssertion } from './federated.ts';
import { checkSecret } from './secret.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Finds the client's service principal in the request's tenant. */
export function findClient(request: TokenRequest): Client {
  const assertion = readAssertion(request);
  const clientId = readClientId(request, assertion);
  const { tenant, view } = request;
  const principal = view.principalsByAppId.get(`${tenant.id}/${clientId}`);
  const application = principal?.application ?? view.applicationsByAppId.get(clientId);
  const facts = { client: clientId, tenant: tenant.id, tenantName: tenant.displayName };
  if (!application && !principal?.record.own) {
    throw refuse(700016, { ...facts, detail: 'no application of this cloud has this id.' });
  }
  if (
    application &&
    application.tenantId !== tenant.id &&
    !application.signInAudience.startsWith('AzureADMultiple') &&
    !application.signInAudience.startsWith('AzureADand')
  ) {
    const home = `the application is at home in tenant ${application.tenantId} and single-tenant.`;
    throw refuse(700016, { ...facts, detail: home });
  }
  if (!principal) throw refuse(7000229, facts);
  if (!principal.record.accountEnabled) {
    throw refuse(7000112, { ...facts, clientName: principal.record.displayName });
  }
  allow('client application', 'The client has an enabled service principal in this tenant.', {
    client: clientId,
    name: principal.record.displayName,
    tenant: tenant.id,
  });
  return { clientId, principal, assertion };
}

function readAssertion({ form }: TokenRequest): Jwt | undefined {
  const text = form.get('client_assertion');
  if (text === undefined) return undefined;
  if (form.need('client_assertion_type') !== assertionType) {
    throw refuse(9002313, { detail: `client_assertion_type must be ${assertionType}.` });
  }
  const jwt = parseJwt(text);
  if (!jwt) throw refuse(50027, { detail: '' });
  return jwt;
}

function readClientId({ form, basic }: TokenRequest, assertion: Jwt | undefined): string {
  const named = form.get('client_id');
  if (basic && named && basic.clientId.toLowerCase() !== named.toLowerCase()) {
    throw refuse(7000110);
  }
  const subject = typeof assertion?.claims.sub === 'string' ? assertion.claims.sub : undefined;
  const clientId = named ?? basic?.clientId ?? subject;
  if (!clientId) throw refuse(900144, { parameter: 'client_id' });
  return clientId.trim().toLowerCase();
}

/** Checks secret, certificate assertion or federated assertion; the assertion decides where both are sent. */
export async function authenticateClient(
  service: TokenService,
  request: TokenRequest,
  client: Client,
): Promise<ClientProof> {
  const { assertion } = client;
  if (assertion) {
    const { iss } = assertion.claims;
    const isOwn = typeof iss === 'string' && iss.toLowerCase() === client.clientId;
    if (isOwn) checkCertificateAssertion(request, client, assertion);
    else await checkFederatedAssertion(service, request, client, assertion);
    return '2';
  }
  const secret = request.form.get('client_secret') ?? request.basic?.secret;
  if (!secret) throw refuse(7000216, { client: client.clientId });
  checkSecret(request, client, secret);
  return '1';
}
