// A step that makes certificates, keys and secrets over the vault's data plane, where absent.
import { type Json, type JsonObject, sleep } from '../../base/index.ts';
import { type DeployerAnswer, refusalText } from '../deployer.ts';
import { resolveStepValue } from '../step-values.ts';
import { type StepContext, type StepOutputs, stepFailure, tenantIdOf } from './context.ts';

const apiVersion = 'api-version=7.4';
const resource = 'https://vault.azure.net';
const pollMs = 50;
const pollsMax = 1_200;

type Call = (method: string, path: string, body?: unknown) => Promise<DeployerAnswer>;

/** The objects wanted; values of secrets are resolved when the step runs, and not kept. */
export function vaultObjectInputs({ step }: StepContext): Json {
  return step.vaultObjects as unknown as Json;
}

export async function runVaultObjects(context: StepContext): Promise<StepOutputs> {
  const { vault, certificates, keys, secrets } = context.step.vaultObjects!;
  const call = await vaultCall(context, vault);
  const outputs: Record<string, Json> = {};
  for (const [name, policy] of Object.entries(certificates)) {
    Object.assign(outputs, await ensureCertificate(context, call, name, policy));
  }
  for (const [name, parameters] of Object.entries(keys)) {
    const key = await ensure(context, call, 'keys', name, () =>
      call('POST', `/keys/${name}/create`, parameters),
    );
    outputs[`${name}.keyId`] = (key.key as JsonObject).kid!;
  }
  for (const [name, value] of Object.entries(secrets)) {
    const secret = await ensure(context, call, 'secrets', name, () =>
      call('PUT', `/secrets/${name}`, { value: secretValue(context, name, value) }),
    );
    outputs[`${name}.secretId`] = secret.id!;
  }
  return outputs;
}

/** The vault says which tenant it trusts, as it says to every client. */
async function vaultCall(context: StepContext, vault: string): Promise<Call> {
  const { environment, deploy } = context;
  const host = `https://${vault}.vault.azure.net`;
  let failure: unknown;
  for (const subscription of environment.subscriptions) {
    const tenantId = tenantIdOf(environment, subscription);
    const call: Call = (method, path, body) =>
      deploy({ tenantId, resource, method, url: `${host}${path}?${apiVersion}`, body });
    try {
      const answer = await call('GET', '/certificates');
      if (answer.status === 401) continue;
      return call;
    } catch (error) {
      failure = error;
    }
  }
  const reason =
    failure === undefined ? 'no tenant of this environment is its own' : String(failure);
  throw stepFailure(context, ['vaultObjects', 'vault'], `${vault}: ${reason}`);
}

async function ensureCertificate(
  context: StepContext,
  call: Call,
  name: string,
  policy: unknown,
): Promise<StepOutputs> {
  const certificate = await ensure(context, call, 'certificates', name, async () => {
    const created = await call('POST', `/certificates/${name}/create`, { policy });
    if (created.status >= 400) return created;
    await completed(context, call, name);
    return call('GET', `/certificates/${name}`);
  });
  return {
    [`${name}.id`]: certificate.id!,
    [`${name}.keyId`]: certificate.kid!,
    [`${name}.secretId`]: certificate.sid!,
    /** Base64 of the DER, as key credentials take it. */
    [`${name}.certificate`]: certificate.cer!,
    /** Base64url SHA-1, as assertions name it. */
    [`${name}.thumbprint`]: certificate.x5t!,
  };
}

async function ensure(
  context: StepContext,
  call: Call,
  kind: 'certificates' | 'keys' | 'secrets',
  name: string,
  create: () => Promise<DeployerAnswer>,
): Promise<JsonObject> {
  const found = await call('GET', `/${kind}/${name}`);
  const answer = found.status === 404 ? await create() : found;
  if (answer.status < 300) return answer.body as JsonObject;
  throw stepFailure(context, ['vaultObjects', kind, name], refusalText(answer));
}

async function completed(context: StepContext, call: Call, name: string): Promise<void> {
  for (let polls = 0; polls < pollsMax; polls++) {
    const { status, body } = await call('GET', `/certificates/${name}/pending`);
    const pending = body as { status?: string; error?: { message?: string } };
    if (status >= 400 || pending.status === 'completed') return;
    if (pending.status === 'failed') {
      const message = pending.error?.message ?? 'the certificate was not issued';
      throw stepFailure(context, ['vaultObjects', 'certificates', name], message);
    }
    await sleep(context.clock, pollMs);
  }
}

function secretValue(context: StepContext, name: string, value: Json): string {
  const path = ['steps', context.index, 'vaultObjects', 'secrets', name];
  const variable = (value as { environment?: unknown } | null)?.environment;
  if (typeof variable === 'string') {
    const found = process.env[variable];
    if (found !== undefined) return found;
    const message = `the environment variable ${variable} is not set`;
    throw stepFailure(context, ['vaultObjects', 'secrets', name], message);
  }
  const resolved = resolveStepValue(context.environment, path, value, context.outputs);
  if (typeof resolved === 'string') return resolved;
  const message = 'the value of a secret must be a text';
  throw stepFailure(context, ['vaultObjects', 'secrets', name], message);
}
