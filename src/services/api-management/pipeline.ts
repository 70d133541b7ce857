// One call from its first byte to its answer: match, key, inbound, backend, outbound, on-error.
import type { ExchangeRequest, ExchangeResponse } from '../../http/index.ts';
import type { SectionName } from '../../languages/policy-documents/index.ts';
import { decide, setAttributes } from '../../telemetry/index.ts';
import type { Address } from './address.ts';
import { Call, GatewayRequest, GatewayResponse } from './call.ts';
import type { GatewayService } from './configuration.ts';
import { errorBody, Fault, type FaultDetail, internalErrorMessage } from './errors.ts';
import { HeaderBag } from './header-bag.ts';
import { matchRequest } from './matching.ts';
import { MessageBody } from './message-body.ts';
import type { Plan, Plans } from './plan.ts';
import { isPreflight } from './policies/cors.ts';
import type { Ports } from './room.ts';
import { faultOf, LocatedFault, runSteps, type Step } from './step.ts';
import { checkSubscription } from './subscription-keys.ts';

/** Answers a request to a service's gateway. Never throws. */
export async function serveCall(
  service: GatewayService,
  plans: Plans,
  ports: Ports,
  exchange: ExchangeRequest,
): Promise<ExchangeResponse> {
  const call = newCall(service, ports, exchange);
  try {
    const plan = await admit(call, plans);
    await runSection(call, plan, 'inbound');
    if (!call.ended) await runSection(call, plan, 'backend');
    if (!call.ended) {
      call.ensureResponse();
      await runSection(call, plan, 'outbound');
    }
  } catch (error) {
    await recover(call, plans, error);
  }
  for (const work of call.atEnd) await work();
  return answerOf(call);
}

function newCall(service: GatewayService, ports: Ports, exchange: ExchangeRequest): Call {
  const { connection, target } = exchange;
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const query = at < 0 || at === target.length - 1 ? '' : target.slice(at);
  const { scheme, host, port } = connection;
  const originalUrl: Address = { scheme, host, port, path, query };
  const request = new GatewayRequest({
    method: exchange.method,
    headers: new HeaderBag(exchange.headers),
    body: new MessageBody(exchange.body),
    base: { ...originalUrl, path: '', query: '' },
    path,
    query,
  });
  return new Call({ service, request, originalUrl, connection, startedAtMs: ports.clock.now() });
}

/** Finds API and operation, checks the key, and gives the steps to run. Throws Fault. */
async function admit(call: Call, plans: Plans): Promise<Plan> {
  const { service, request, originalUrl } = call;
  const asked = {
    method: request.method,
    path: originalUrl.path,
    query: originalUrl.query,
    header: (name: string) => request.headers.first(name),
  };
  let match = matchRequest(service, asked);
  call.api = match?.api;
  const preflight = !match?.operation && isPreflight(call);
  if (match && preflight) {
    const method = request.headers.first('Access-Control-Request-Method')!;
    match = matchRequest(service, { ...asked, method });
  }
  if (!match?.operation) throw notFound(call);
  call.operation = match.operation;
  call.matchedParameters = match.parameters;
  request.path = match.path;
  request.query = match.query;
  if (match.api.serviceUrl) request.base = match.api.serviceUrl;
  setAttributes({ api: match.api.name, operation: match.operation.name });
  if (preflight) return preflightPlan(call, plans);
  checkSubscription(call, match.api);
  const plan = plans.of(call);
  const [problem] = plan.problems;
  if (problem) {
    const reason = `line ${problem.line}: ${problem.message}`;
    decide({
      rule: 'policy configuration',
      outcome: 'refused',
      reason,
      fix: 'Save the policy anew.',
    });
    throw new Fault({
      ...{ source: problem.node.name, reason: 'InternalError', message: problem.message },
      ...{ status: 500, bodyMessage: internalErrorMessage },
    });
  }
  return plan;
}

/** A preflight carries no key: only the cors policy sees it (cors page). */
function preflightPlan(call: Call, plans: Plans): Plan {
  const plan = plans.of(call);
  const inbound = plan.sections.inbound.filter((step) => step.name === 'cors');
  if (inbound.length === 0) throw notFound(call);
  return { problems: [], sections: { inbound, backend: [], outbound: [], 'on-error': [] } };
}

function notFound(call: Call): Fault {
  const { api, originalUrl, request } = call;
  const what = api ? `the API '${api.name}' has no operation` : 'no API has a path';
  decide({
    rule: 'operation matching',
    outcome: 'refused',
    reason: `${what} for this request.`,
    input: { method: request.method, path: originalUrl.path },
    fix: 'Compare the path with the API suffix and the operation templates, and the method too.',
  });
  return new Fault({
    source: 'configuration',
    reason: 'OperationNotFound',
    message: 'Unable to match incoming request to an operation.',
    bodyMessage: 'Resource not found',
    status: 404,
  });
}

async function runSection(call: Call, plan: Plan, section: SectionName): Promise<void> {
  call.section = section;
  const steps = plan.sections[section];
  if (steps.length > 0) await runSteps(steps, call);
}

/** Puts the error's answer in place and runs on-error; an error in there is a plain 500. */
async function recover(call: Call, plans: Plans, error: unknown): Promise<void> {
  const located = error instanceof LocatedFault ? error : undefined;
  const { detail } = located?.fault ?? faultOf(error, 'gateway');
  const step = located?.step;
  call.lastError = {
    source: detail.source,
    reason: detail.reason,
    message: detail.message,
    scope: step?.node.origin.scope ?? '',
    section: call.section,
    path: step?.path ?? '',
    policyId: step?.node.attributes.get('id')?.text ?? '',
    httpErrorCode: detail.status,
  };
  explain(detail, call, step);
  call.response?.body.discard();
  call.response = errorResponse(call, detail);
  call.ended = false;
  try {
    await runSection(call, plans.of(call), 'on-error');
  } catch (again) {
    explain(faultOf(again instanceof LocatedFault ? again.fault : again, 'on-error').detail, call);
    call.response = errorResponse(call, {
      ...{ source: 'on-error', reason: 'InternalError', message: internalErrorMessage },
      status: 500,
      bodyMessage: internalErrorMessage,
    });
  }
}

function explain(detail: FaultDetail, call: Call, step?: Step): void {
  const origin = step?.node.origin;
  decide({
    rule: `policy ${detail.source}`,
    outcome: 'refused',
    reason: detail.message,
    input: {
      reason: detail.reason,
      status: detail.status,
      section: call.section,
      scope: origin?.scope,
      line: origin?.line,
      path: step?.path,
    },
  });
}

/** The default answer of an error: status, bytes and headers as the gateway writes them. */
function errorResponse(call: Call, detail: FaultDetail): GatewayResponse {
  const { status, message, bodyMessage, headers = [] } = detail;
  const activity = status === 500 ? call.requestId : undefined;
  const body = errorBody(status, bodyMessage ?? message, activity);
  const bag = new HeaderBag([...headers, ['Content-Type', 'application/json']]);
  return new GatewayResponse(status, '', bag, new MessageBody(body));
}

const hopByHop = /^(connection|keep-alive|proxy-connection|transfer-encoding|upgrade|te|trailer)$/i;

function answerOf(call: Call): ExchangeResponse {
  const response = call.ensureResponse();
  const { status, reason, headers } = response;
  const body = response.body.take();
  const list = headers.list().filter(([name]) => !hopByHop.test(name));
  if (body !== null && !(body instanceof Uint8Array)) {
    return { status, ...(reason && { reason }), headers: list, body };
  }
  const bodiless = status === 204 || status === 304 || status < 200;
  const isHead = call.request.method === 'HEAD';
  // The length a HEAD announces is that of the body it does not carry.
  if (isHead && !body?.length && headers.has('Content-Length')) {
    return { status, ...(reason && { reason }), headers: list, body: null };
  }
  const rest = list.filter(([name]) => name.toLowerCase() !== 'content-length');
  const length: [string, string][] = bodiless
    ? []
    : [['Content-Length', String(body?.length ?? 0)]];
  const sent = bodiless || isHead ? null : body;
  return { status, ...(reason && { reason }), headers: [...rest, ...length], body: sent };
}
