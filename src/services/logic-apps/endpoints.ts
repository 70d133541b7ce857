// The two faces to callers: `*.logic.azure.com` and `*.azurewebsites.net`.
import { equalsConstantTime } from '../../base/index.ts';
import { type Connection, matchRoute, type Route, type Service } from '../../http/index.ts';
import { type ResourceDocument, ResourceError } from '../../resources/index.ts';
import { checkSignature } from './callback-urls.ts';
import { LogicAppsError, renderError } from './errors.ts';
import { type InvokeOptions, invoke, replyResponse } from './invoke.ts';
import { isObject } from './language.ts';
import { contentOf } from './management/contents.ts';
import { readHistory, readRun } from './management/runs.ts';
import { runView } from './management/views.ts';
import type { Room } from './room.ts';
import { hexIdOf, type Workflow } from './workflows.ts';

export interface EndpointOptions extends InvokeOptions {
  readonly room: Room;
  /** The site of `<name>.azurewebsites.net`. */
  readonly siteNamed: (name: string) => Promise<ResourceDocument | undefined>;
  /** The master key of a site's runtime. */
  readonly siteKey: (resourceId: string) => Promise<string>;
}

interface Call {
  readonly options: EndpointOptions;
  readonly request: Request;
  readonly connection: Connection;
  readonly parameters: Readonly<Record<string, string>>;
}

type Handler = (call: Call) => Promise<Response>;

export const consumptionRoutes: readonly Route<Handler>[] = [
  {
    method: '*',
    path: '/workflows/{workflow}/triggers/{trigger}/paths/invoke/{rest...}',
    operation: 'invoke trigger',
    handler: invokeConsumption,
  },
  {
    method: '*',
    path: '/workflows/{workflow}/triggers/{trigger}/paths/invoke',
    operation: 'invoke trigger',
    handler: invokeConsumption,
  },
  {
    method: 'GET',
    path: '/workflows/{workflow}/runs/{run}/contents/{content...}',
    operation: 'read content',
    handler: readContents,
  },
  {
    method: 'GET',
    path: '/workflows/{workflow}/runs/{run}/operations/{operation}',
    operation: 'poll run',
    handler: pollRun,
  },
];

const runtime = '/runtime/webhooks/workflow';

export const standardRoutes: readonly Route<Handler>[] = [
  {
    method: '*',
    path: '/api/{name}/triggers/{trigger}/invoke/{rest...}',
    operation: 'invoke trigger',
    handler: invokeStandard,
  },
  {
    method: '*',
    path: '/api/{name}/triggers/{trigger}/invoke',
    operation: 'invoke trigger',
    handler: invokeStandard,
  },
  {
    method: 'GET',
    path: `${runtime}/scaleUnits/{unit}/workflows/{workflow}/runs/{run}/contents/{content...}`,
    operation: 'read content',
    handler: readContents,
  },
  {
    method: 'GET',
    path: `${runtime}/scaleUnits/{unit}/workflows/{workflow}/runs/{run}/operations/{operation}`,
    operation: 'poll run',
    handler: pollRun,
  },
  {
    method: '*',
    path: `${runtime}/api/management/workflows/{name}/{rest...}`,
    operation: 'management',
    handler: manage,
  },
  {
    method: 'GET',
    path: `${runtime}/api/management/workflows`,
    operation: 'list workflows',
    handler: manage,
  },
];

/** Serves a route table; refusals are rendered here and nowhere else. */
export function endpoint(options: EndpointOptions, routes: readonly Route<Handler>[]): Service {
  return async (request, connection) => {
    try {
      const match = matchRoute(routes, request.method, new URL(request.url).pathname);
      if (!match) throw new LogicAppsError('ResourceNotFound', 'The resource could not be found.');
      if ('allow' in match)
        return new Response(null, { status: 405, headers: { allow: match.allow.join(', ') } });
      return await match.route.handler({
        options,
        request,
        connection,
        parameters: match.parameters,
      });
    } catch (error) {
      if (error instanceof LogicAppsError) return renderError(error);
      if (error instanceof ResourceError) {
        const { status, code, message } = error;
        return Response.json({ error: { code, message } }, { status });
      }
      throw error;
    }
  };
}

async function workflowOf(
  { options, parameters }: Call,
  hexId = parameters.workflow!.toLowerCase(),
): Promise<Workflow> {
  const found = await options.workflows.find(hexId);
  if (!found)
    throw new LogicAppsError(
      'WorkflowNotFound',
      `The workflow '${parameters.name ?? hexId}' could not be found.`,
    );
  return found;
}

async function invokeConsumption(call: Call): Promise<Response> {
  return invokeOf(call, await workflowOf(call));
}

async function siteOf({ options, connection }: Call): Promise<ResourceDocument> {
  const name = connection.host.split('.')[0]!;
  const site = await options.siteNamed(name);
  if (!site) throw new LogicAppsError('ResourceNotFound', `There is no site '${connection.host}'.`);
  return site;
}

async function invokeStandard(call: Call): Promise<Response> {
  const site = await siteOf(call);
  const hexId = hexIdOf({ hosting: 'standard', resourceId: site.id, name: call.parameters.name! });
  return invokeOf(call, await workflowOf(call, hexId));
}

function invokeOf(
  { options, request, connection, parameters }: Call,
  workflow: Workflow,
): Promise<Response> {
  const relativePath = parameters.rest ?? '';
  return invoke(options, {
    workflow,
    trigger: parameters.trigger!,
    relativePath,
    request,
    connection,
  });
}

/** Checks the signature of a link that this room made. */
async function authorizeLink(
  { options, request }: Call,
  { document }: Workflow,
  path: string,
): Promise<void> {
  const keys = await options.workflows.keys(document.hexId);
  if (!keys)
    throw new LogicAppsError(
      'WorkflowNotFound',
      `The workflow '${document.name}' could not be found.`,
    );
  checkSignature(new URL(request.url).searchParams, {
    hexId: document.hexId,
    permission: `${path}/read`,
    keys,
    authorization: null,
    clock: options.clock,
  });
}

async function readContents(call: Call): Promise<Response> {
  const { options, parameters } = call;
  const workflow = await workflowOf(call);
  const { run, content } = parameters;
  await authorizeLink(call, workflow, `/runs/${run}/contents/${content}`);
  const path = segmentsOf(content!);
  return contentOf(options.room.store, workflow.document.hexId, run!, path);
}

/** The `location` of a 202: 202 again while it runs, then the Response, or the run. */
async function pollRun(call: Call): Promise<Response> {
  const { options, parameters, request } = call;
  const workflow = await workflowOf(call);
  const { hexId, name } = workflow.document;
  await authorizeLink(call, workflow, `/runs/${parameters.run}/operations/${parameters.operation}`);
  const run = await readRun(options.room.store, hexId, parameters.run!);
  if (!run)
    throw new LogicAppsError(
      'WorkflowRunNotFound',
      `The workflow '${name}' run '${parameters.run}' could not be found.`,
    );
  const history = await readHistory(options.room.store, hexId, run.name);
  const reply =
    history.responseKey === undefined
      ? undefined
      : history.records.get(history.responseKey)?.outputs;
  if (isObject(reply ?? null)) return replyResponse(reply as never, {}, options.newGuid);
  if (run.endMs === undefined)
    return new Response(null, {
      status: 202,
      headers: { location: request.url, 'retry-after': '15' },
    });
  const place = {
    workflowPath: workflow.loaded.facts.workflowId,
    type: 'Microsoft.Logic/workflows',
    contentLink: () => '',
  };
  const view = runView(place, workflow.document, run);
  return Response.json(view);
}

/** The runtime's management tree, for those who hold the site's master key. */
async function manage(call: Call): Promise<Response> {
  const { options, request, parameters } = call;
  const site = await siteOf(call);
  const url = new URL(request.url);
  const given = request.headers.get('x-functions-key') ?? url.searchParams.get('code');
  const key = await options.siteKey(site.id);
  if (!given || !equalsConstantTime(given, key)) return new Response(null, { status: 401 });
  const { name, rest = '' } = parameters;
  if (name === undefined) return Response.json(await options.room.listOfSite(site.id));
  const text = await request.text();
  const answer = await options.room.operate(
    hexIdOf({ hosting: 'standard', resourceId: site.id, name }),
    request.method,
    segmentsOf(rest),
    {
      place: { workflowPath: `/workflows/${name}`, type: 'workflows' },
      query: Object.fromEntries(
        [...url.searchParams].map(([key, value]) => [key.toLowerCase(), value]),
      ),
      body: text === '' ? null : parseBody(text),
      base: `${url.origin}${url.pathname.split('/').slice(0, 7).join('/')}`,
    },
  );
  if (!answer) throw new LogicAppsError('ResourceNotFound', 'The resource could not be found.');
  const { status, body, headers } = answer;
  return body === undefined
    ? new Response(null, { status, headers })
    : Response.json(body, { status, headers });
}

/** Decoded parts of a path; a part with a broken escape stays as it is. */
function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .filter(Boolean)
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
}

function parseBody(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    throw new LogicAppsError('InvalidRequestContent', 'The request content is not valid JSON.');
  }
}
