// authentication-managed-identity: a token of the service's own identity, for the backend.
import { type OutboundRequest, readBody } from '../../../http/index.ts';
import type { PolicyNode } from '../../../languages/policy-documents/index.ts';
import { decide } from '../../../telemetry/index.ts';
import type { Call } from '../call.ts';
import { Fault, internalErrorMessage } from '../errors.ts';
import type { HeaderBag } from '../header-bag.ts';
import type { Policy } from '../registry.ts';
import type { Ports, Room } from '../room.ts';

export const authenticationManagedIdentity: Policy = {
  name: 'authentication-managed-identity',
  compile(node, room) {
    const token = compileIdentityToken(node, room);
    return (call) => token(call, call.request.headers);
  },
};

/** Sets Authorization, or the variable that is named. */
export function compileIdentityToken(
  node: PolicyNode,
  room: Room,
): (call: Call, headers: HeaderBag) => Promise<void> {
  const resource = room.requiredText(node, 'resource');
  const clientId = room.text(node, 'client-id');
  const variable = room.literal(node, 'output-token-variable-name');
  const ignoreError = room.flag(node, 'ignore-error', false);
  return async (call, headers) => {
    try {
      const token = await tokenFor(call, room.ports, await resource(call), await clientId?.(call));
      if (variable === undefined) headers.set('Authorization', [`Bearer ${token}`]);
      else call.variables.set(variable, token);
    } catch (error) {
      if (!(error instanceof Fault) || !(await ignoreError(call))) throw error;
      decide({ rule: 'managed identity', outcome: 'skipped', reason: error.message });
    }
  };
}

/** The gateway asks as any resource does: at the instance metadata address, known by who calls. */
const endpoint = 'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01';

/** A token is asked for anew this long before it ends. */
const marginMs = 300_000;
const answerBytesMax = 65_536;

async function tokenFor(
  call: Call,
  ports: Ports,
  resource: string,
  clientId: string | undefined,
): Promise<string> {
  const { cache, clock, outbound } = ports;
  const key = `token\n${call.service.id}\n${clientId ?? ''}\n${resource}`;
  const kept = cache.get(key);
  if (typeof kept === 'string') return kept;
  const user = clientId ? `&client_id=${encodeURIComponent(clientId)}` : '';
  const request: OutboundRequest = {
    method: 'GET',
    url: `${endpoint}&resource=${encodeURIComponent(resource)}${user}`,
    headers: [['Metadata', 'true']],
    callingResource: call.service.id,
    hops: call.connection.hops,
  };
  const response = await outbound(request);
  const body = (await readBody(response.body, answerBytesMax)).toString('utf8');
  const answer = jsonObject(body);
  if (response.status !== 200 || typeof answer.access_token !== 'string') {
    const why = answer.error_description ?? answer.error ?? `status ${response.status}`;
    throw new Fault({
      ...{
        source: 'authentication-managed-identity',
        reason: 'ManagedIdentityFailure',
        status: 500,
      },
      message: `No token for the resource '${resource}': ${String(why)}`,
      bodyMessage: internalErrorMessage,
    });
  }
  const expiresMs = Number(answer.expires_on) * 1000;
  const durationMs = (Number.isFinite(expiresMs) ? expiresMs : 0) - clock.now() - marginMs;
  cache.set(key, answer.access_token, durationMs, answer.access_token.length);
  return answer.access_token;
}

function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
