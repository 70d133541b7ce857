// The ledger of the control plane: every route, and what Azure documents that is not here.
import { routes } from './routes.ts';

export interface CoverageRow {
  readonly operation: string;
  readonly support: 'yes' | 'partial' | 'no';
  readonly note?: string;
}

const partial: Readonly<Record<string, string>> = {
  'Deployments at a group: create or update':
    "mode 'Complete', links, key vault references of parameters and onErrorDeployment are refused by name",
  'Deployments at a subscription: create or update':
    "mode 'Complete', links, key vault references of parameters and onErrorDeployment are refused by name",
  'Deployments at a group: what-if': 'Create or Deploy for each resource, no property by property',
  'Deployments at a subscription: what-if':
    'Create or Deploy for each resource, no property by property',
  'Deployments at a group: cancel': 'what has begun is finished',
  'Deployments at a subscription: cancel': 'what has begun is finished',
  'Subscriptions: list locations': 'four of them; everything runs here',
  'Resource groups: delete': 'at once; answered as the long operation it is in Azure',
  'Resources: list': '$filter by resourceGroup, resourceType, name, location, tagName, tagValue',
  'Resources: list by group':
    '$filter by resourceGroup, resourceType, name, location, tagName, tagValue',
};

const refused: Readonly<Record<string, string>> = {
  'Deployments at a group: export template': 'refused by name',
  'Deployments at a subscription: export template': 'refused by name',
  'Resource groups: export template': 'refused by name',
};

/** Answered by the last route, or not at all. */
const beside: readonly CoverageRow[] = [
  { operation: 'Metadata: endpoints', support: 'yes', note: 'three shapes by api-version' },
  {
    operation: 'Role assignments: create, get, delete',
    support: 'partial',
    note: "conditions (2.0) on roleAssignments' RoleDefinitionId, PrincipalId, PrincipalType; others are refused by name",
  },
  {
    operation: 'Role assignments: list',
    support: 'partial',
    note: '$filter by atScope, principalId, assignedTo (without groups)',
  },
  {
    operation: 'Role definitions: create, get, list, delete',
    support: 'partial',
    note: 'the built-in roles of what is hosted; a condition on the built-in one that has it, none on custom ones; $filter by roleName, type, atScopeAndBelow',
  },
  { operation: 'Deployments at a management group or tenant', support: 'no' },
  { operation: 'Deployment stacks, template specs, deployment scripts', support: 'no' },
  { operation: 'Resources: move, tags, locks, policy', support: 'no' },
  { operation: 'Deny assignments, eligible assignments', support: 'no' },
];

/** Every operation once, in the order of the routes. */
export const operationCoverage: readonly CoverageRow[] = [
  ...new Map(routes.map(({ operation }) => [operation, row(operation)])).values(),
  ...beside,
];

function row(operation: string): CoverageRow {
  const no = refused[operation];
  if (no !== undefined) return { operation, support: 'no', note: no };
  const note = partial[operation];
  return note === undefined
    ? { operation, support: 'yes' }
    : { operation, support: 'partial', note };
}

/** The ledger as a page. */
export function renderCoverage(): string {
  const rows = operationCoverage.map(
    ({ operation, support, note }) => `| ${operation} | ${support} | ${note ?? ''} |`,
  );
  return [
    '# Resource Manager',
    '',
    'Generated from `src/services/resource-manager/coverage.ts`. What is `yes` or `partial` has its',
    'cases in `service.test.ts`, deployments also in `templates/deploy.test.ts`.',
    '',
    '| operation | support | note |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
