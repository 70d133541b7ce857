// A call of a Request trigger: who may call, what the run gets, what the caller gets.
import type { Clock } from '../../base/index.ts';
import { BodyTooLargeError, type Connection, type HeaderList, readBody } from '../../http/index.ts';
import { decide } from '../../telemetry/index.ts';
import { member, messageOf, textMember } from './actions/reading.ts';
import { checkSignature, signatureParameters } from './callback-urls.ts';
import { LogicAppsError, renderError } from './errors.ts';
import { isObject, type ObjectValue, objectOf, stringify } from './language.ts';
import { messageBytesMax, responseWaitMs } from './limits.ts';
import { headersOf } from './outgoing/call.ts';
import { readContent, writeBody } from './outgoing/content.ts';
import type { PlanTrigger } from './plan/plan.ts';
import type { Engine } from './run/engine.ts';
import type { Answer, LiveRun } from './run/live-run.ts';
import { schemaProblem } from './schemas.ts';
import { fire } from './triggers/fire.ts';
import { matchRelativePath } from './triggers/request.ts';
import type { Workflow, Workflows } from './workflows.ts';

export interface Invocation {
  readonly workflow: Workflow;
  readonly trigger: string;
  readonly relativePath: string;
  readonly request: Request;
  readonly connection: Connection;
}

export interface InvokeOptions {
  readonly workflows: Workflows;
  readonly engine: Engine;
  readonly clock: Clock;
  /** Address of a run's own record, for the `location` of a 202. */
  readonly runUrl: (workflow: Workflow, run: string) => Promise<string>;
  readonly newGuid: () => string;
}

/** Answers a call of a trigger's address. Throws LogicAppsError. */
export async function invoke(options: InvokeOptions, call: Invocation): Promise<Response> {
  const { workflow, request, connection } = call;
  const { document, loaded } = workflow;
  const trigger = loaded.plan.triggers.find(
    ({ name }) => name.toLowerCase() === call.trigger.toLowerCase(),
  );
  if (trigger?.type !== 'request')
    throw new LogicAppsError(
      'WorkflowTriggerNotFound',
      `The workflow '${document.name}' trigger '${call.trigger}' could not be found.`,
    );
  const query = new URL(request.url).searchParams;
  await authorize(options, call, trigger, query);
  if (!document.enabled) {
    throw new LogicAppsError(
      'WorkflowTriggerIsNotEnabled',
      `Could not execute workflow '${document.name}' trigger '${trigger.name}' with state 'Disabled': trigger is not enabled.`,
    );
  }
  const outputs = await triggerOutputs(call, trigger, query);
  const { answers, answersLater } = loaded.plan;
  const waiting = answers && member(trigger.definition, 'splitOn') === undefined;
  const caller = waiting ? 'waiting' : answersLater ? 'polling' : 'none';
  const clientTrackingId = request.headers.get('x-ms-client-tracking-id') ?? undefined;
  const [run] = await fire(options.engine, {
    workflow: loaded,
    trigger,
    outputs,
    atMs: options.clock.now(),
    clientTrackingId,
    caller,
    hops: connection.hops,
  });
  if (!run) return new Response(null, { status: 202 });
  const headers = runHeaders(workflow, run, options.newGuid);
  if (!waiting) return accepted(options, workflow, run, headers);
  const answer = await answerInTime(
    options.clock,
    run,
    responseWaitMs[document.hosting],
    connection.signal,
  );
  if (answer === undefined) {
    const message =
      'The server did not receive a response from an upstream server within the time allowed.';
    return renderError({ code: 'GatewayTimeout', message }, headers);
  }
  if (answer.answer === 'none') {
    const message =
      'The server did not receive a response from an upstream server. Request tracking id ';
    return renderError(
      { code: 'NoResponse', message: `${message}'${run.document.name}'.` },
      headers,
    );
  }
  return replyResponse(answer.reply, suppressed(trigger) ? {} : headers, options.newGuid);
}

async function authorize(
  { workflows, clock }: InvokeOptions,
  { workflow, request }: Invocation,
  trigger: PlanTrigger,
  query: URLSearchParams,
): Promise<void> {
  const { hexId, name } = workflow.document;
  const keys = await workflows.keys(hexId);
  if (!keys)
    throw new LogicAppsError('WorkflowNotFound', `The workflow '${name}' could not be found.`);
  const permission = `/triggers/${trigger.name}/run`;
  try {
    checkSignature(query, {
      hexId,
      permission,
      keys,
      authorization: request.headers.get('authorization'),
      clock,
    });
  } catch (error) {
    if (error instanceof LogicAppsError) {
      decide({
        rule: 'shared access signature of a trigger',
        outcome: 'refused',
        reason: error.message,
        fix: 'Use the address that listCallbackUrl gives, whole.',
      });
    }
    throw error;
  }
  decide({
    rule: 'shared access signature of a trigger',
    outcome: 'allowed',
    reason: `the signature covers ${permission}`,
  });
}

async function triggerOutputs(
  { request, relativePath, workflow }: Invocation,
  trigger: PlanTrigger,
  query: URLSearchParams,
): Promise<ObjectValue> {
  const { inputs, name } = trigger;
  const method = textMember(inputs, 'method')?.toUpperCase();
  if (method !== undefined && method !== request.method) {
    throw new LogicAppsError(
      'TriggerRequestMethodNotValid',
      `The HTTP method for request trigger '${name}' is expected to be '${method}', but actual value is '${request.method}'.`,
    );
  }
  const path = matchRelativePath(textMember(inputs, 'relativePath'), relativePath);
  if (!path)
    throw new LogicAppsError(
      'TriggerRelativePathNotMatched',
      `The relative path of the request does not match the trigger '${name}' of workflow '${workflow.document.name}'.`,
    );
  const body = await bodyOf(request);
  const options = textMember(trigger.definition, 'operationOptions') ?? '';
  const schema = member(inputs, 'schema');
  if (/enableschemavalidation/i.test(options) && schema !== undefined) {
    const problem = schemaProblem(schema, body ?? null);
    if (problem)
      throw new LogicAppsError(
        'TriggerInputSchemaMismatch',
        `The input body for trigger '${name}' of type 'Request' did not match its schema definition. Error details: '${problem}'.`,
      );
  }
  const keepsAuthorization = /includeauthorizationheadersinoutputs/i.test(options);
  const list: HeaderList = [...request.headers].filter(
    ([each]) => keepsAuthorization || each !== 'authorization',
  );
  const queries = [...query].filter(([each]) => !signatureParameters.has(each.toLowerCase()));
  const parameters = Object.entries(path);
  return {
    headers: headersOf(list.map(([each, value]) => [headerSpelling(each), value] as const)),
    ...(queries.length > 0 && { queries: objectOf(queries) }),
    ...(parameters.length > 0 && { relativePathParameters: objectOf(parameters) }),
    ...(body !== undefined && { body }),
  };
}

/** `Request` lower-cases names; the trigger's outputs show them as HTTP writes them. */
const headerSpelling = (name: string) =>
  name.startsWith('x-') || name === 'traceparent'
    ? name
    : name.replace(/(^|-)[a-z]/g, (part) => part.toUpperCase());

async function bodyOf(request: Request) {
  try {
    const bytes = await readBody(request.body as AsyncIterable<Uint8Array> | null, messageBytesMax);
    return readContent(bytes, request.headers.get('content-type') ?? undefined);
  } catch (error) {
    if (error instanceof BodyTooLargeError)
      throw new LogicAppsError('RequestBodyTooLarge', error.message);
    throw error;
  }
}

/** The run's answer; undefined when the caller has waited long enough, or has gone. */
async function answerInTime(
  clock: Clock,
  run: LiveRun,
  waitMs: number,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  let stop = () => {};
  const tooLate = new Promise<undefined>((resolve) => {
    const cancel = clock.wakeAt(clock.now() + waitMs, () => resolve(undefined));
    const gone = () => resolve(undefined);
    if (signal.aborted) gone();
    else signal.addEventListener('abort', gone, { once: true });
    stop = () => {
      cancel();
      signal.removeEventListener('abort', gone);
    };
  });
  const answer = await Promise.race([run.answered, tooLate]);
  stop();
  if (answer === undefined) void run.post((machine) => machine.callerGone());
  return answer;
}

async function accepted(
  options: InvokeOptions,
  workflow: Workflow,
  run: LiveRun,
  headers: Record<string, string>,
): Promise<Response> {
  const location = await options.runUrl(workflow, run.document.name);
  return new Response(null, {
    status: 202,
    headers: { ...headers, location, 'retry-after': '15' },
  });
}

const suppressed = ({ definition }: PlanTrigger) =>
  /suppressworkflowheadersonresponse/i.test(textMember(definition, 'operationOptions') ?? '');

/** The headers every answer of a run carries. */
function runHeaders(
  { document }: Workflow,
  run: LiveRun,
  newGuid: () => string,
): Record<string, string> {
  const { name, clientTrackingId } = run.document;
  const { trackingId } = run.document.trigger;
  return {
    'x-ms-workflow-run-id': name,
    'x-ms-correlation-id': trackingId,
    'x-ms-client-tracking-id': printable(clientTrackingId),
    'x-ms-trigger-history-name': name,
    'x-ms-workflow-system-id': `/scaleunits/prod-00/workflows/${document.hexId}`,
    'x-ms-workflow-id': document.hexId,
    'x-ms-workflow-version': run.document.version,
    'x-ms-workflow-name': printable(document.name),
    'x-ms-tracking-id': trackingId,
    'x-ms-request-id': `:${newGuid()}`,
  };
}

const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '?');

/** A Response action's outputs as HTTP. */
export function replyResponse(
  reply: ObjectValue,
  headers: Record<string, string>,
  newGuid: () => string,
): Response {
  const { statusCode, headers: own, body } = messageShape(reply);
  const written = writeBody(body, newGuid);
  const all = new Headers(headers);
  for (const [name, value] of Object.entries(own)) {
    try {
      all.set(name, stringify(value));
    } catch {
      throw new LogicAppsError(
        'InvalidRequest',
        `The Response action gave a header that cannot be sent: '${printable(name)}'.`,
      );
    }
  }
  if (written.contentType && !all.has('content-type')) all.set('content-type', written.contentType);
  const empty = [204, 205, 304].includes(statusCode);
  return new Response(empty || !written.bytes ? null : new Uint8Array(written.bytes), {
    status: statusCode,
    headers: all,
  });
}

function messageShape(reply: ObjectValue) {
  const headers = member(reply, 'headers');
  const message = messageOf({ body: member(reply, 'body') });
  return {
    statusCode: Number(stringify(member(reply, 'statusCode') ?? 200)),
    headers: isObject(headers) ? headers : {},
    body: message.body,
  };
}
