// The operations below a workflow: runs, actions, repetitions, triggers, versions.
import type { Json, JsonObject } from '../../../base/index.ts';
import { matchRoute, type Route } from '../../../http/index.ts';
import { toQuery } from '../callback-urls.ts';
import { LogicAppsError } from '../errors.ts';
import { listTopMax } from '../limits.ts';
import { repetitionName } from '../names.ts';
import type { ActionRecord, RunHistory } from '../run/history.ts';
import type { RunDocument } from '../state.ts';
import {
  type OperationAnswer,
  type OperationCall,
  type OperationOptions,
  ok,
  topOf,
} from './operation.ts';
import { listRuns, readHistory, readRun } from './runs.ts';
import {
  getTrigger,
  getVersion,
  listCallbackUrl,
  listOfHistories,
  listOfTriggers,
  listOfVersions,
  runTrigger,
} from './trigger-operations.ts';
import { actionView, runView } from './views.ts';

type Handler = (options: OperationOptions, call: OperationCall) => Promise<OperationAnswer>;

/** The same tree below `Microsoft.Logic/workflows/{w}` and below a Standard site's workflows. */
export const operationRoutes: readonly Route<Handler>[] = [
  { method: 'GET', path: '/runs', operation: 'list runs', handler: listOfRuns },
  { method: 'GET', path: '/runs/{run}', operation: 'get run', handler: getRun },
  { method: 'POST', path: '/runs/{run}/cancel', operation: 'cancel run', handler: cancelRun },
  {
    method: 'GET',
    path: '/runs/{run}/actions',
    operation: 'list run actions',
    handler: listOfActions,
  },
  {
    method: 'GET',
    path: '/runs/{run}/actions/{action}',
    operation: 'get run action',
    handler: getAction,
  },
  {
    method: 'GET',
    path: '/runs/{run}/actions/{action}/repetitions',
    operation: 'list repetitions',
    handler: listOfRepetitions,
  },
  {
    method: 'GET',
    path: '/runs/{run}/actions/{action}/repetitions/{repetition}',
    operation: 'get repetition',
    handler: getRepetition,
  },
  { method: 'GET', path: '/triggers', operation: 'list triggers', handler: listOfTriggers },
  { method: 'GET', path: '/triggers/{trigger}', operation: 'get trigger', handler: getTrigger },
  {
    method: 'POST',
    path: '/triggers/{trigger}/listCallbackUrl',
    operation: 'list callback URL',
    handler: listCallbackUrl,
  },
  {
    method: 'POST',
    path: '/triggers/{trigger}/run',
    operation: 'run trigger',
    handler: runTrigger,
  },
  {
    method: 'GET',
    path: '/triggers/{trigger}/histories',
    operation: 'list trigger histories',
    handler: listOfHistories,
  },
  { method: 'GET', path: '/versions', operation: 'list versions', handler: listOfVersions },
  { method: 'GET', path: '/versions/{version}', operation: 'get version', handler: getVersion },
];

/** Undefined where no operation has the path. Throws LogicAppsError. */
export async function operate(
  options: OperationOptions,
  method: string,
  path: readonly string[],
  call: Omit<OperationCall, 'parameters'>,
): Promise<OperationAnswer | undefined> {
  const match = matchRoute(operationRoutes, method, `/${path.map(encodeURIComponent).join('/')}`);
  if (!match || 'allow' in match) return undefined;
  return match.route.handler(options, { ...call, parameters: match.parameters });
}

async function listOfRuns(
  { store }: OperationOptions,
  { workflow, place, query, base }: OperationCall,
) {
  const { document } = workflow;
  const top = topOf(query);
  const runs = await listRuns(store, document.hexId, {
    after: query.$skiptoken,
    limit: top + 1,
    where: filterOf(query.$filter),
  });
  const page = runs.slice(0, top);
  const rest: Record<string, string | undefined> = { ...query, $skiptoken: page.at(-1)?.name };
  return ok({
    value: page.map((run) => runView(place, document, run)),
    ...(runs.length > top && { nextLink: `${base}/runs?${toQuery(rest)}` }),
  });
}

/** `status eq 'Failed' and startTime ge 2026-01-01T00:00:00Z`. */
function filterOf(filter: string | undefined): (run: RunDocument) => boolean {
  if (!filter) return () => true;
  const tests = filter.split(/\s+and\s+/i).map((part): ((run: RunDocument) => boolean) => {
    const status = /^\(?\s*status\s+eq\s+'(\w+)'\s*\)?$/i.exec(part)?.[1]?.toLowerCase();
    if (status) return (run) => run.status.toLowerCase() === status;
    const tracking = /^clientTrackingId\s+eq\s+'(.*)'$/i.exec(part)?.[1];
    if (tracking !== undefined) return (run) => run.clientTrackingId === tracking;
    const [, order, text = ''] =
      /^\(?\s*startTime\s+(ge|gt|le|lt)\s+'?([^')\s]+)'?\s*\)?$/i.exec(part) ?? [];
    const atMs = Date.parse(text);
    if (!order || Number.isNaN(atMs))
      throw new LogicAppsError(
        'InvalidRequest',
        `The filter '${part}' is not supported; use status eq, clientTrackingId eq, and startTime ge, gt, le or lt.`,
      );
    const compare = {
      ge: (ms: number) => ms >= atMs,
      gt: (ms: number) => ms > atMs,
      le: (ms: number) => ms <= atMs,
      lt: (ms: number) => ms < atMs,
    };
    return (run) => compare[order.toLowerCase() as keyof typeof compare](run.startMs);
  });
  return (run) => tests.every((test) => test(run));
}

async function runOf(
  { store }: OperationOptions,
  { workflow, parameters }: OperationCall,
): Promise<{ run: RunDocument; history: RunHistory }> {
  const { hexId, name } = workflow.document;
  const run = await readRun(store, hexId, parameters.run!);
  if (!run)
    throw new LogicAppsError(
      'WorkflowRunNotFound',
      `The workflow '${name}' run '${parameters.run}' could not be found.`,
    );
  return { run, history: await readHistory(store, hexId, run.name) };
}

async function getRun(options: OperationOptions, call: OperationCall) {
  const { run, history } = await runOf(options, call);
  const view = runView(call.place, call.workflow.document, run, history);
  if (!/properties\/actions/i.test(call.query.$expand ?? '')) return ok(view);
  const actions = Object.fromEntries(
    topRecords(history).map((record) => [
      record.name,
      (actionOf(call, run, history, record).properties ?? {}) as Json,
    ]),
  );
  return ok({ ...view, properties: { ...(view.properties as JsonObject), actions } });
}

async function cancelRun(options: OperationOptions, call: OperationCall) {
  const { run } = await runOf(options, call);
  await options.engine.cancel(call.workflow.document.hexId, run.name);
  return { status: 200 };
}

/** One record per action: its own, or the newest turn's inside a loop. */
function topRecords(history: RunHistory): ActionRecord[] {
  const byName = new Map<string, ActionRecord>();
  for (const record of history.records.values()) byName.set(record.name, record);
  return [...byName.values()];
}

function repetitionsOf(history: RunHistory, name: string): ActionRecord[] {
  return [...history.records.values()].filter(
    (record) => record.indices.length > 0 && record.name.toLowerCase() === name.toLowerCase(),
  );
}

function actionOf(
  { place }: OperationCall,
  run: RunDocument,
  history: RunHistory,
  record: ActionRecord,
): JsonObject {
  const repetitions =
    record.indices.length > 0 ? repetitionsOf(history, record.name).length : undefined;
  const iterations = record.open.some(({ iteration }) => iteration !== undefined)
    ? record.open.length
    : undefined;
  return actionView(place, run, { ...record, indices: [] }, { repetitions, iterations });
}

async function listOfActions(options: OperationOptions, call: OperationCall) {
  const { run, history } = await runOf(options, call);
  const all = topRecords(history).sort((a, b) => a.startMs - b.startMs);
  const from = Number(call.query.$skiptoken ?? 0) || 0;
  const top = call.query.$top === undefined ? listTopMax : topOf(call.query);
  const page = all.slice(from, from + top);
  const rest = { ...call.query, $skiptoken: String(from + top) };
  return ok({
    value: page.map((record) => actionOf(call, run, history, record)),
    ...(from + top < all.length && {
      nextLink: `${call.base}/runs/${run.name}/actions?${toQuery(rest)}`,
    }),
  });
}

async function getAction(options: OperationOptions, call: OperationCall) {
  const { run, history } = await runOf(options, call);
  const record = topRecords(history).find(
    ({ name }) => name.toLowerCase() === call.parameters.action!.toLowerCase(),
  );
  if (!record) throw noAction(call);
  return ok(actionOf(call, run, history, record));
}

const noAction = ({ parameters }: OperationCall) =>
  new LogicAppsError(
    'WorkflowRunActionNotFound',
    `The workflow run '${parameters.run}' action '${parameters.action}' could not be found.`,
  );

async function listOfRepetitions(options: OperationOptions, call: OperationCall) {
  const { run, history } = await runOf(options, call);
  return ok({
    value: repetitionsOf(history, call.parameters.action!).map((record) =>
      actionView(call.place, run, record),
    ),
  });
}

async function getRepetition(options: OperationOptions, call: OperationCall) {
  const { run, history } = await runOf(options, call);
  const record = repetitionsOf(history, call.parameters.action!).find(
    ({ indices }) => repetitionName(indices) === call.parameters.repetition,
  );
  if (!record) throw noAction(call);
  return ok(actionView(call.place, run, record));
}
