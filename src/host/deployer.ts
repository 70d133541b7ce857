// The principal that fills an environment: it holds real roles and gets real tokens.
import { assert, type Clock, type Json, type JsonObject } from '../base/index.ts';
import { header, type Outbound, readBody } from '../http/index.ts';

export interface DeployerCredential {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface DeployerRequest {
  readonly tenantId: string;
  /** The resource whose token is needed, such as `https://management.azure.com`. */
  readonly resource: string;
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
}

export interface DeployerAnswer {
  readonly status: number;
  readonly body: Json;
  header(name: string): string | undefined;
}

export type Deployer = (request: DeployerRequest) => Promise<DeployerAnswer>;

/** A token this close to its end is not used again. */
const renewBeforeMs = 300_000;

/** Calls services as the deploying principal, over their own protocols. */
export function createDeployer(
  outbound: Outbound,
  clock: Clock,
  /** By tenant id. */
  credentials: ReadonlyMap<string, DeployerCredential>,
): Deployer {
  const tokens = new Map<string, { text: string; untilMs: number }>();

  async function tokenFor(tenantId: string, resource: string): Promise<string> {
    const key = `${tenantId} ${resource}`;
    const known = tokens.get(key);
    if (known && known.untilMs > clock.now() + renewBeforeMs) return known.text;
    const credential = credentials.get(tenantId);
    assert(credential, 'there is a deployer in every tenant of the environment');
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credential.clientId,
      client_secret: credential.clientSecret,
      scope: `${resource}/.default`,
    });
    const response = await outbound({
      method: 'POST',
      url: `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`,
      caller: 'deployer',
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: Buffer.from(form.toString()),
    });
    const answer = JSON.parse((await readBody(response.body)).toString()) as JsonObject;
    if (response.status !== 200) {
      throw new Error(`the deployer got no token for ${resource}: ${answer.error_description}`);
    }
    const text = String(answer.access_token);
    tokens.set(key, { text, untilMs: clock.now() + Number(answer.expires_in) * 1000 });
    return text;
  }

  return async ({ tenantId, resource, method, url, body }) => {
    const token = await tokenFor(tenantId, resource);
    const response = await outbound({
      method,
      url,
      headers: [
        ['Authorization', `Bearer ${token}`],
        ...(body === undefined ? [] : [['Content-Type', 'application/json'] as const]),
      ],
      body: body === undefined ? null : Buffer.from(JSON.stringify(body)),
    });
    const text = (await readBody(response.body)).toString();
    return {
      status: response.status,
      body: text === '' ? null : (JSON.parse(text) as Json),
      header: (name) => header(response.headers, name),
    };
  };
}

/** What a service said in refusing, as `code: message`. */
export function refusalText({ status, body }: DeployerAnswer): string {
  const error = (body as { error?: { code?: string; message?: string } } | null)?.error;
  return error ? `${error.code}: ${error.message}` : `status ${status}`;
}
