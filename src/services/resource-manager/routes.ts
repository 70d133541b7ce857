// What the control plane answers, in order; the last route takes every resource of every type.
import type { Route } from '../../http/index.ts';
import * as deployments from './deployments/handlers.ts';
import { anyResource } from './generic.ts';
import * as groups from './groups.ts';
import type { Handler } from './room.ts';
import * as subscriptions from './subscriptions.ts';

const route = (
  method: string,
  path: string,
  operation: string,
  handler: Handler,
): Route<Handler> => ({ method, path, operation, handler });

const sub = '/subscriptions/{subscription}';
const group = `${sub}/resourceGroups/{group}`;

/** Clients write the path with and without the provider in front of it. */
function deploymentRoutes(scope: string, at: string): Route<Handler>[] {
  return [`${scope}/providers/Microsoft.Resources/deployments`, `${scope}/deployments`].flatMap(
    (root) => {
      const one = `${root}/{deployment}`;
      return [
        route('GET', root, `Deployments ${at}: list`, deployments.listDeployments),
        route('PUT', one, `Deployments ${at}: create or update`, deployments.putDeployment),
        route('GET', one, `Deployments ${at}: get`, deployments.getDeployment),
        route('HEAD', one, `Deployments ${at}: check existence`, deployments.headDeployment),
        route('DELETE', one, `Deployments ${at}: delete`, deployments.deleteDeployment),
        route('POST', `${one}/cancel`, `Deployments ${at}: cancel`, deployments.cancelDeployment),
        route(
          'POST',
          `${one}/validate`,
          `Deployments ${at}: validate`,
          deployments.validateDeployment,
        ),
        route('POST', `${one}/whatIf`, `Deployments ${at}: what-if`, deployments.whatIfDeployment),
        route(
          'POST',
          `${one}/exportTemplate`,
          `Deployments ${at}: export template`,
          deployments.exportTemplate,
        ),
        route(
          'GET',
          `${one}/operations`,
          `Deployment operations ${at}: list`,
          deployments.listOperations,
        ),
        route(
          'GET',
          `${one}/operations/{operation}`,
          `Deployment operations ${at}: get`,
          deployments.getOperation,
        ),
        route(
          'GET',
          `${one}/operationStatuses/{status}`,
          `Deployments ${at}: operation status`,
          deployments.getOperationStatus,
        ),
      ];
    },
  );
}

export const routes: readonly Route<Handler>[] = [
  route('GET', '/tenants', 'Tenants: list', subscriptions.listTenants),
  route('GET', '/subscriptions', 'Subscriptions: list', subscriptions.listSubscriptions),
  route('GET', sub, 'Subscriptions: get', subscriptions.getSubscription),
  route('GET', `${sub}/locations`, 'Subscriptions: list locations', subscriptions.listLocations),
  route('GET', '/providers', 'Providers: list at tenant', subscriptions.listProviders),
  route('GET', `${sub}/providers`, 'Providers: list', subscriptions.listProviders),
  route('GET', `${sub}/providers/{namespace}`, 'Providers: get', subscriptions.getProvider),
  route(
    'POST',
    `${sub}/providers/{namespace}/register`,
    'Providers: register',
    subscriptions.registerProvider,
  ),
  ...deploymentRoutes(group, 'at a group'),
  ...deploymentRoutes(sub, 'at a subscription'),
  route(
    'POST',
    `${group}/exportTemplate`,
    'Resource groups: export template',
    deployments.exportTemplate,
  ),
  route(
    'GET',
    `${sub}/operationresults/{operation}`,
    'Operation results: get',
    groups.getOperationResult,
  ),
  route('GET', `${sub}/resourceGroups`, 'Resource groups: list', groups.listGroups),
  route('PUT', group, 'Resource groups: create or update', groups.putGroup),
  route('GET', group, 'Resource groups: get', groups.getGroup),
  route('HEAD', group, 'Resource groups: check existence', groups.headGroup),
  route('PATCH', group, 'Resource groups: update', groups.patchGroup),
  route('DELETE', group, 'Resource groups: delete', groups.deleteGroup),
  route('GET', `${sub}/resources`, 'Resources: list', groups.listResources),
  route('GET', `${group}/resources`, 'Resources: list by group', groups.listResources),
  route('*', '/{path...}', 'Resources: any type', anyResource),
];
