// The headers by which a called service recognises the workflow, the run and the action.
import type { PlanAction } from '../plan/plan.ts';
import { placeOf } from './facts.ts';
import { recordKey } from './history.ts';
import type { Machine } from './machine.ts';

/** The `x-ms-*` headers, User-Agent and Accept-Language of an action's calls. */
export function outgoingHeaders(
  machine: Machine,
  action: PlanAction,
  indices: readonly number[],
): [string, string][] {
  const { facts, runName } = machine.around;
  const { history } = machine;
  const record = history.records.get(recordKey(action.name, indices));
  const { subscription, group } = placeOf(facts.resourceId);
  const headers: [string, string][] = [
    ['User-Agent', `azure-logic-apps/1.0 (workflow ${facts.hexId}; version ${facts.version})`],
    ['Accept-Language', 'en'],
    ['x-ms-workflow-id', facts.hexId],
    ['x-ms-workflow-version', facts.version],
    ['x-ms-workflow-name', facts.name],
    ['x-ms-workflow-system-id', `/scaleunits/prod-00/workflows/${facts.hexId}`],
    ['x-ms-workflow-run-id', runName],
    ['x-ms-workflow-run-tracking-id', history.trigger?.trackingId ?? ''],
    ['x-ms-workflow-operation-name', action.name],
    ['x-ms-workflow-subscription-id', subscription],
    ['x-ms-workflow-resourcegroup-name', group],
    ['x-ms-tracking-id', record?.trackingId ?? ''],
    ['x-ms-action-tracking-id', record?.trackingId ?? ''],
    ['x-ms-correlation-id', record?.trackingId ?? ''],
    ['x-ms-client-request-id', record?.trackingId ?? ''],
    ['x-ms-client-tracking-id', history.clientTrackingId],
    ['x-ms-activity-vector', `IN.${activityNumber(action.name)}`],
  ];
  return headers.filter(([, value]) => value !== '');
}

/** Two digits that stay the same for an action. */
function activityNumber(name: string): string {
  let sum = 0;
  for (let index = 0; index < name.length; index++) sum = (sum * 31 + name.charCodeAt(index)) & 255;
  return sum.toString(16).padStart(2, '0').toUpperCase();
}
