// What the control service answers: status, clock, exec sessions, runs, explanations, tokens.
import { ConfigurationError, type Json } from '../base/index.ts';
import type { ControlRoute } from './control.ts';
import { explainId } from './explanations.ts';
import type { HostParts } from './start.ts';
import { verifyToken } from './token-check.ts';
import {
  givenOfRun,
  listRuns,
  resolveResource,
  resolveWorkflow,
  runOf,
  runWorkflow,
} from './workflows.ts';

const text = (value: Json | undefined) => (typeof value === 'string' ? value : undefined);

/** Routes over the parts of a running host. */
export function controlRoutes(host: HostParts): ControlRoute[] {
  const route = (
    method: string,
    path: string,
    operation: string,
    handler: ControlRoute['handler'],
  ): ControlRoute => ({ method, path, operation, handler });
  return [
    route('GET', '/status', 'status', async () => host.status()),
    route('POST', '/stop', 'stop', async () => {
      // After the answer has gone out.
      setImmediate(host.stop);
      return {};
    }),
    route('GET', '/clock', 'show clock', async () => host.clock.view()),
    route('POST', '/clock', 'move clock', ({ body }) => host.clock.move(body)),
    route('POST', '/exec', 'begin exec', ({ body }) =>
      beginExec(host, text(body.as), (body.inherited ?? {}) as Record<string, string>),
    ),
    route('POST', '/exec/{id}/end', 'end exec', async ({ parameters }) =>
      host.sessions.end(parameters.id!),
    ),
    route('GET', '/runs', 'list runs', async ({ query }) => {
      const wanted = query.get('workflow');
      const workflow = wanted === null ? undefined : await resolveWorkflow(host, wanted);
      return { runs: await listRuns(host, workflow) };
    }),
    route('POST', '/runs', 'run workflow', async ({ body }) => {
      const workflow = await resolveWorkflow(host, text(body.workflow) ?? '');
      return runWorkflow(host, workflow, body.body);
    }),
    route('GET', '/runs/{id}', 'show run', ({ parameters }) => runOf(host, parameters.id!)),
    route('GET', '/runs/{id}/given', 'give run', ({ parameters }) =>
      givenOfRun(host, parameters.id!),
    ),
    route('GET', '/explain/{id}', 'explain', ({ parameters }) => explainId(host, parameters.id!)),
    route('GET', '/audit', 'read the audit log', async ({ query }) => ({
      records: await host.composition.keyVault.audit.read({
        vault: query.get('vault') ?? undefined,
        operation: query.get('operation') ?? undefined,
        refused: query.get('refused') === 'true',
        limit: Number(query.get('limit') ?? 100) || 100,
      }),
    })),
    route('POST', '/master-key/change', 'change master key', async () => ({
      rewrapped: await host.changeMasterKey(),
    })),
    route('POST', '/token/verify', 'verify token', ({ body }) =>
      verifyToken(host, text(body.token) ?? ''),
    ),
    route('GET', '/credentials/{tenant}', 'credentials', async ({ parameters }) =>
      credentialsOf(host, parameters.tenant!),
    ),
  ];
}

async function beginExec(
  host: HostParts,
  as: string | undefined,
  inherited: Readonly<Record<string, string>>,
) {
  if (as === undefined) return host.sessions.begin({ inherited });
  const resource = await resolveResource(host, as);
  const isSite = resource.type.toLowerCase() === 'microsoft.web/sites';
  const identity = isSite
    ? {
        endpoint: 'http://169.254.129.1:8081/msi/token',
        header: await host.composition.managedIdentity.identityHeaderOf(resource.id),
      }
    : undefined;
  return host.sessions.begin({ callingResource: resource.id, inherited, identity });
}

function credentialsOf(host: HostParts, name: string) {
  const { tenants } = host.environment;
  const tenant = tenants.find((each) => [each.name, each.id, each.domain].includes(name));
  const credential = tenant && host.credentials.get(tenant.id);
  if (tenant && credential) return { tenantId: tenant.id, ...credential };
  throw new ConfigurationError({
    message: `there is no tenant '${name}'`,
    fix: `Known: ${tenants.map((each) => each.name).join(', ')}.`,
  });
}
