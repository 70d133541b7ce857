// ManagedServiceIdentity: a token of the Logic App's own identity.
import { textMember } from '../../actions/reading.ts';
import {
  type AuthenticationContext,
  AuthenticationError,
  type AuthenticationType,
} from './authentication.ts';
import { requestToken, type TokenAnswer } from './token-request.ts';

const metadataEndpoint = 'http://169.254.169.254/metadata/identity/oauth2/token';
const siteEndpoint = 'http://169.254.129.1:8081/msi/token';

/** Audiences of hosts whose token is not for the host itself. */
const audiences: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)management\.azure\.com$/, 'https://management.azure.com/'],
  [/\.vault\.azure\.net$/, 'https://vault.azure.net'],
  [/(^|\.)graph\.microsoft\.com$/, 'https://graph.microsoft.com'],
  [/\.(blob|queue|table|file)\.core\.windows\.net$/, 'https://storage.azure.com/'],
  [/\.servicebus\.windows\.net$/, 'https://servicebus.azure.net'],
];

/** The audience for a host where the action names none. */
export function audienceOf(url: URL): string {
  const host = url.hostname.toLowerCase();
  return audiences.find(([pattern]) => pattern.test(host))?.[1] ?? url.origin;
}

export const managedServiceIdentity: AuthenticationType = {
  type: 'ManagedServiceIdentity',
  required: [],
  async obtain(value, context) {
    const { facts } = context.around;
    const audience = textMember(value, 'audience') ?? audienceOf(context.url);
    const named = textMember(value, 'identity');
    const userAssigned =
      named === undefined || /^(systemassigned)?$/i.test(named) ? undefined : named;
    await requireIdentity(userAssigned, context);
    const answer =
      facts.hosting === 'consumption'
        ? await fromMetadata(audience, userAssigned, context)
        : await fromSite(audience, userAssigned, context);
    const who = userAssigned ?? `the system-assigned identity of ${facts.resourceId}`;
    const input = { audience, identity: userAssigned ?? 'SystemAssigned' };
    if (answer.accessToken === undefined) {
      const message = `The managed identity token for audience '${audience}' could not be obtained: the identity endpoint answered ${answer.status}: '${answer.refusal}'.`;
      context.decided({
        rule: 'managed identity token for an action',
        outcome: 'refused',
        reason: answer.refusal,
        input,
        fix: /AADSTS500011/.test(answer.refusal)
          ? `'${audience}' has no service principal in the identity's own tenant; a managed identity gets tokens there only. Use a client of the other tenant, with a certificate from the vault.`
          : 'Check the identity block of the Logic App and the audience of the action.',
      });
      throw new AuthenticationError(
        'BadRequest',
        message,
        answer.status >= 500 || answer.status === 429,
      );
    }
    context.decided({
      rule: 'managed identity token for an action',
      outcome: 'allowed',
      reason: `${who} got a token for '${audience}'`,
      input,
    });
    return { headers: [['Authorization', `Bearer ${answer.accessToken}`]] };
  },
};

/** The Logic App must have the identity that is asked for. */
async function requireIdentity(
  userAssigned: string | undefined,
  { around }: AuthenticationContext,
): Promise<void> {
  const { resourceId } = around.facts;
  const identity = await around.identityOf(resourceId);
  const type = identity?.type ?? 'None';
  if (userAssigned === undefined) {
    if (/systemassigned/i.test(type)) return;
    throw new AuthenticationError(
      'BadRequest',
      `The Logic App '${resourceId}' has no system-assigned identity; its identity is '${type}'. Enable it, or name a user-assigned identity in the action's authentication.`,
    );
  }
  const assigned = Object.keys(identity?.userAssignedIdentities ?? {});
  if (assigned.some((id) => id.toLowerCase() === userAssigned.toLowerCase())) return;
  throw new AuthenticationError(
    'BadRequest',
    `The identity '${userAssigned}' is not assigned to the Logic App '${resourceId}'.`,
  );
}

/** Consumption: the platform asks the instance metadata service. */
function fromMetadata(
  audience: string,
  userAssigned: string | undefined,
  context: AuthenticationContext,
): Promise<TokenAnswer> {
  const query = new URLSearchParams({ 'api-version': '2018-02-01', resource: audience });
  if (userAssigned !== undefined) query.set('msi_res_id', userAssigned);
  return requestToken(context, {
    method: 'GET',
    url: `${metadataEndpoint}?${query}`,
    headers: [['Metadata', 'true']],
    what: 'The instance metadata service',
  });
}

/** Standard: the site's own endpoint, with the secret only its processes know. */
async function fromSite(
  audience: string,
  userAssigned: string | undefined,
  context: AuthenticationContext,
): Promise<TokenAnswer> {
  const { facts, identityHeaderOf } = context.around;
  const query = new URLSearchParams({ 'api-version': '2019-08-01', resource: audience });
  if (userAssigned !== undefined) query.set('mi_res_id', userAssigned);
  const secret = await identityHeaderOf(facts.resourceId);
  return requestToken(context, {
    method: 'GET',
    url: `${siteEndpoint}?${query}`,
    headers: [['X-IDENTITY-HEADER', secret ?? '']],
    what: "The site's identity endpoint",
  });
}
