// What the token endpoint and discovery refuse: AADSTS codes with status, error and words.
import { type Decision, type DecisionInput, decide } from '../../telemetry/index.ts';

/** Facts that words and traces may show. Never a secret, a token or a key. */
export type Facts = Readonly<Record<string, string | number | undefined>>;

interface RefusalRule {
  /** OAuth 2.0's `error`. */
  readonly error: string;
  readonly status: number;
  /** The rule as traces name it. */
  readonly rule: string;
  /** `{name}` stands for a fact. */
  readonly words: string;
  readonly fix: string;
}

const portal =
  "Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '{client}'. Review the documentation at https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding service endpoint and https://docs.microsoft.com/en-us/graph/api/application-get?view=graph-rest-1.0&tabs=http to build a query request URL, such as 'https://graph.microsoft.com/beta/applications/{client}'";
const federation =
  'Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation';
const notInstalled =
  'This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.';

/** Every code this service answers; sources: Entra's error reference and answers quoted in public. */
export const refusals = {
  50027: {
    error: 'invalid_request',
    status: 400,
    rule: 'client assertion form',
    words: 'JWT token is invalid or malformed. {detail}',
    fix: 'Send a signed JWT with x5t or x5t#S256 in its header.',
  },
  50048: {
    error: 'invalid_client',
    status: 401,
    rule: 'client assertion subject',
    words: 'SubjectMismatchesIssuer - Subject mismatches Issuer claim in the client assertion.',
    fix: "Set 'sub' to the client id, as 'iss' is; it is '{subject}'.",
  },
  50049: {
    error: 'invalid_instance',
    status: 400,
    rule: 'instance discovery',
    words: 'Unknown or invalid instance.',
    fix: "Use an authority of this cloud; '{host}' is none.",
  },
  50050: {
    error: 'invalid_request',
    status: 400,
    rule: 'instance discovery',
    words: 'The request is malformed: authorization_endpoint is missing or not a URL.',
    fix: 'Send authorization_endpoint as an absolute https URL.',
  },
  50059: {
    error: 'invalid_request',
    status: 400,
    rule: 'tenant',
    words:
      'No tenant-identifying information found in either the request or implied by any provided credentials.',
    fix: "Post to the tenant's own path: '{segment}' names none.",
  },
  500011: {
    error: 'invalid_resource',
    status: 400,
    rule: 'resource principal',
    words:
      'The resource principal named {resource} was not found in the tenant named {tenantName}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
    fix: 'The API has no service principal in tenant {tenant}. A token for an API of another tenant must be asked from that tenant, by a client that has a service principal there.',
  },
  500014: {
    error: 'invalid_resource',
    status: 400,
    rule: 'resource principal enabled',
    words:
      "The service principal for resource '{resource}' is disabled. This indicate that a subscription within the tenant has lapsed, or that the administrator for this tenant has disabled the application, preventing tokens from being issued for it.",
    fix: "Set accountEnabled to true on the API's service principal.",
  },
  501051: {
    error: 'invalid_grant',
    status: 400,
    rule: 'app role assignment required',
    words:
      "Application '{client}'({clientName}) is not assigned to a role for the application '{resourceId}'({resourceName}).",
    fix: 'Assign an app role of the API to the client (appRoleAssignedTo), or set appRoleAssignmentRequired to false.',
  },
  50166: {
    error: 'invalid_client',
    status: 401,
    rule: 'federated credential keys',
    words: 'Request to External OIDC endpoint failed. {detail}',
    fix: 'Make the issuer\u2019s OpenID metadata and keys reachable from here.',
  },
  5002730: {
    error: 'invalid_request',
    status: 400,
    rule: 'client assertion algorithm',
    words: 'Invalid JWT token. Unsupported key for the signing algorithm.',
    fix: "Sign with RS256 or PS256; the assertion says '{algorithm}'.",
  },
  70003: {
    error: 'unsupported_grant_type',
    status: 400,
    rule: 'grant type',
    words: "The app requested an unsupported grant type '{grant}'.",
    fix: 'Use client_credentials: {detail}',
  },
  70011: {
    error: 'invalid_scope',
    status: 400,
    rule: 'scope',
    words:
      "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.",
    fix: "Ask for one scope: the API's identifier URI or app id followed by /.default.",
  },
  700016: {
    error: 'unauthorized_client',
    status: 400,
    rule: 'client application',
    words: `Application with identifier '{client}' was not found in the directory '{tenantName}'. ${notInstalled}`,
    fix: 'Check the client id and the tenant: {detail}',
  },
  700023: {
    error: 'invalid_client',
    status: 401,
    rule: 'client assertion audience',
    words:
      'Client assertion audience claim does not match Realm issuer. Review the documentation at https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials .',
    fix: "Set 'aud' to https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token; it is '{audience}'.",
  },
  700024: {
    error: 'invalid_client',
    status: 401,
    rule: 'client assertion times',
    words:
      'Client assertion is not within its valid time range. Current time: {now}, assertion valid from {from}, expiry time of assertion {until}. Review the documentation at https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials .',
    fix: 'Make a new assertion; compare the clocks (5 minutes are tolerated).',
  },
  700027: {
    error: 'invalid_client',
    status: 401,
    rule: 'client assertion signature',
    words: `{lead} [Reason - {why}, ${portal}].{trail}`,
    fix: '{detail}',
  },
  700211: {
    error: 'invalid_client',
    status: 401,
    rule: 'federated credential issuer',
    words: `No matching federated identity record found for presented assertion issuer '{issuer}'. ${federation}`,
    fix: "For a certificate, 'iss' must be the client id {client}; for a federated credential, register this issuer on the application.",
  },
  700212: {
    error: 'invalid_client',
    status: 401,
    rule: 'federated credential audience',
    words: `No matching federated identity record found for presented assertion audience '{audience}'. ${federation}`,
    fix: 'Ask the token for the audience of the federated credential (usually api://AzureADTokenExchange).',
  },
  700213: {
    error: 'invalid_client',
    status: 401,
    rule: 'federated credential subject',
    words: `No matching federated identity record found for presented assertion subject '{subject}'. ${federation}`,
    fix: 'Register a federated credential with exactly this subject.',
  },
  7002138: {
    error: 'invalid_client',
    status: 401,
    rule: 'federated credential subject',
    words:
      "No matching federated identity record found for presented assertion subject '{subject}'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison. Please update the federated identity credential Subject to match.",
    fix: 'Write the subject in the same letter case.',
  },
  700222: {
    error: 'invalid_client',
    status: 401,
    rule: 'federated credential issuer',
    words: 'AAD-issued tokens may not be used for federated identity flows.',
    fix: 'Only the token of a user-assigned identity for api://AzureADTokenExchange, of the application\u2019s home tenant, may be exchanged: {detail}',
  },
  7000110: {
    error: 'invalid_request',
    status: 400,
    rule: 'client',
    words: 'Request is ambiguous, multiple application identifiers found.',
    fix: 'Name one client id, in the header or in the body.',
  },
  7000112: {
    error: 'unauthorized_client',
    status: 400,
    rule: 'client enabled',
    words: "Application '{client}'({clientName}) is disabled.",
    fix: 'Set accountEnabled to true on the service principal in tenant {tenant}.',
  },
  7000215: {
    error: 'invalid_client',
    status: 401,
    rule: 'client secret',
    words:
      "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{client}'.",
    fix: 'Send the value that addPassword gave.{detail}',
  },
  7000216: {
    error: 'invalid_client',
    status: 401,
    rule: 'client authentication',
    words:
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
    fix: 'Send a client secret or a client assertion.',
  },
  7000222: {
    error: 'invalid_client',
    status: 401,
    rule: 'client secret',
    words:
      "The provided client secret keys for app '{client}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.",
    fix: 'Add a new secret; this one ended at {until}.',
  },
  7000229: {
    error: 'invalid_client',
    status: 401,
    rule: 'client service principal',
    words:
      'The client application {client} is missing service principal in the tenant {tenant}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119',
    fix: 'Create the service principal of this application in tenant {tenant} (admin consent, or POST /servicePrincipals).',
  },
  90002: {
    error: 'invalid_request',
    status: 400,
    rule: 'tenant',
    words:
      "Tenant '{segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.",
    fix: 'Use the id or a domain of a tenant of this environment.',
  },
  900023: {
    error: 'invalid_request',
    status: 400,
    rule: 'tenant',
    words:
      "Specified tenant identifier '{segment}' is neither a valid DNS name, nor a valid external domain.",
    fix: 'Use the id or a domain of a tenant of this environment.',
  },
  900144: {
    error: 'invalid_request',
    status: 400,
    rule: 'request parameters',
    words: "The request body must contain the following parameter: '{parameter}'.",
    fix: "Send '{parameter}' in the form body.",
  },
  900561: {
    error: 'invalid_request',
    status: 400,
    rule: 'request method',
    words: 'The endpoint only accepts POST requests. Received a {method} request.',
    fix: 'Send a POST.',
  },
  9001023: {
    error: 'invalid_request',
    status: 400,
    rule: 'tenant',
    words:
      'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
    fix: "Post to the tenant's own path.",
  },
  9002313: {
    error: 'invalid_request',
    status: 400,
    rule: 'request form',
    words: 'Invalid request. Request is malformed or invalid.',
    fix: '{detail}',
  },
  901002: {
    error: 'invalid_request',
    status: 400,
    rule: 'request parameters',
    words: "The 'resource' request parameter is not supported.",
    fix: 'On the v2.0 endpoint ask with scope=<resource>/.default.',
  },
  1000502: {
    error: 'invalid_client',
    status: 401,
    rule: 'client certificate validity',
    words: 'The provided certificate is not within its specified validity window.',
    fix: 'Register a certificate that is valid now; this one is valid from {from} to {until}.',
  },
  1002012: {
    error: 'invalid_scope',
    status: 400,
    rule: 'scope',
    words:
      'The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
    fix: "Ask for the API's identifier URI or app id followed by /.default.",
  },
} as const satisfies Record<number, RefusalRule>;

export type RefusalCode = keyof typeof refusals;

/** Thrown by the steps; rendered by the endpoint. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly error: string;

  constructor(code: RefusalCode, words: string, error: string) {
    super(`AADSTS${code}: ${words}`);
    this.name = 'Refusal';
    this.code = code;
    this.status = refusals[code].status;
    this.error = error;
  }
}

/** Writes the decision and gives the refusal to throw. `error` overrides the table's (discovery). */
export function refuse(code: RefusalCode, facts: Facts = {}, error?: string): Refusal {
  const rule: RefusalRule = refusals[code];
  const words = fill(rule.words, facts).trim();
  const { lead: _lead, trail: _trail, why: _why, detail: _detail, ...input } = facts;
  decide({
    rule: rule.rule,
    outcome: 'refused',
    reason: shortened(`AADSTS${code}: ${words}`),
    input: input as DecisionInput,
    fix: fill(rule.fix, facts).trim(),
  });
  return new Refusal(code, words, error ?? rule.error);
}

/** A check that held. */
export function allow(rule: string, reason: string, input?: Decision['input']): void {
  decide({ rule, outcome: 'allowed', reason, input });
}

/** What a stranger sent is not echoed without end. */
const factCharactersMax = 600;
const reasonCharactersMax = 300;

function fill(template: string, facts: Facts): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(facts[name] ?? '').slice(0, factCharactersMax),
  );
}

/** Words that point to pages of the portal add nothing to a trace. */
function shortened(words: string): string {
  return words.length <= reasonCharactersMax ? words : `${words.slice(0, reasonCharactersMax)}…`;
}

/** `2026-01-01 00:00:00Z`, as the error body writes times. */
export function errorTimestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

/** The JSON body of a refusal (Entra's error reference, section on handling error codes). */
export function refusalBody(
  refusal: Refusal,
  ids: { readonly traceId: string; readonly correlationId: string; readonly nowMs: number },
): Record<string, unknown> {
  const timestamp = errorTimestamp(ids.nowMs);
  return {
    error: refusal.error,
    error_description: `${refusal.message} Trace ID: ${ids.traceId} Correlation ID: ${ids.correlationId} Timestamp: ${timestamp}`,
    error_codes: [refusal.code],
    timestamp,
    trace_id: ids.traceId,
    correlation_id: ids.correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
  };
}
