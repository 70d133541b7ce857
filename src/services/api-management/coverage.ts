// The honest ledger: every documented policy and ARM type, and what of it runs here.
import { catalogue } from '../../languages/policy-documents/index.ts';
import { policies } from './registry.ts';
import { types } from './state.ts';

export type Support = 'yes' | 'partial' | 'no';

export interface CoverageEntry {
  readonly support: Support;
  /** What a partial one refuses, by name, when the document is saved. */
  readonly missing?: string;
  /** The file whose tests prove it. */
  readonly test?: string;
}

/** Parts of a policy that are refused; everything else in the registry runs whole. */
const partial: Readonly<Record<string, string>> = {
  'validate-jwt': 'decryption-keys (JWE); issuer-signing-keys with certificate-id',
  'validate-azure-ad-token': 'decryption-keys; backend-application-ids',
  'set-body': 'Liquid over an XML body (refused when it is rendered)',
  'forward-request': 'http-version="2"; continue-timeout',
  'set-backend-service': 'Service Fabric and Dapr attributes',
  'send-request': 'authentication-certificate and proxy inside',
  'send-one-way-request': 'authentication-certificate and proxy inside',
  'cache-lookup-value': 'caching-type="external"',
  'cache-store-value': 'caching-type="external"',
  'cache-remove-value': 'caching-type="external"',
  'quota-by-key': 'bandwidth',
  'mock-response': 'bodies generated from a schema: only written examples',
};

/** Joined before anything runs, by `policy-documents`. */
const joined = ['base', 'include-fragment'];

/** By policy name, for each policy of the catalogue. */
export const apiManagementCoverage: ReadonlyMap<string, CoverageEntry> = new Map(
  [...catalogue.keys()].map((name): [string, CoverageEntry] => {
    if (joined.includes(name)) return [name, { support: 'yes', test: 'pipeline.test.ts' }];
    if (!policies.has(name)) return [name, { support: 'no' }];
    const test = `policies/${name}.test.ts`;
    const missing = partial[name];
    return [name, missing ? { support: 'partial', missing, test } : { support: 'yes', test }];
  }),
);

/** The Markdown of docs/coverage/api-management.md. */
export function coveragePage(): string {
  const rows = [...apiManagementCoverage]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { support, missing = '', test }]) => {
      return `| \`${name}\` | ${support} | ${missing} | ${test ? `\`${test}\`` : ''} |`;
    });
  const typeNames = Object.values(types).map((type) => `- \`${type}\``);
  return [
    ...introduction,
    '',
    head,
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    ...typeNames,
    '',
    ...refused,
    '',
    ...contextGaps,
    '',
  ].join('\n');
}

const head = '| policy | runs | refused | proven by |';

const introduction = [
  '# What the gateway runs',
  '',
  'Made from `src/services/api-management/coverage.ts`; do not edit. A policy or attribute that does',
  'not run is refused when its document is saved, with its name, line and column; it is never',
  'ignored. Attributes of each policy: [policies.md](policies.md).',
];

const refused = [
  'These are the ARM types, each with PUT, GET, list and DELETE. Any other child of a service is',
  'refused by name, and so are: importing API descriptions (`format`, `value`), policies by link,',
  'named values from Key Vault, backend pools and circuit breakers, certificates for backends,',
  'workspaces, self-hosted gateways, GraphQL, WebSocket and SOAP APIs.',
];

const contextGaps = [
  'Of `context`, `Deployment.Certificates` is empty: certificates of a service',
  '(`Microsoft.ApiManagement/service/certificates`) are not a type here, and those of its',
  '`properties.certificates` are authorities without keys or ids. `GraphQL` is null: no GraphQL API',
  'runs, so nothing resolves a field.',
];
