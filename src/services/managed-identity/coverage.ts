// The honest ledger of managed identity endpoints; rendered as docs/coverage/managed-identity.md.
export interface CoverageRow {
  readonly name: string;
  readonly state: 'yes' | 'partial' | 'no';
  /** For `partial` and `no`. */
  readonly missing?: string;
  /** For `yes` and `partial`: the test file. */
  readonly proof?: string;
}

export const coverage: readonly CoverageRow[] = [
  { name: 'IMDS 2018-02-01: token', state: 'yes', proof: 'endpoints.test.ts' },
  {
    name: 'IMDS: instance, attested and scheduled events metadata',
    state: 'no',
    missing: 'not_found',
  },
  {
    name: 'IMDS v2 (mTLS proof of possession)',
    state: 'no',
    missing: 'its probe gets 404, which means v1 only',
  },
  { name: 'App Service 2019-08-01', state: 'yes', proof: 'endpoints.test.ts' },
  { name: 'App Service 2017-09-01', state: 'yes', proof: 'endpoints.test.ts' },
  { name: 'Azure Arc', state: 'no', missing: 'the challenge needs a file on the machine' },
  { name: 'Service Fabric', state: 'no', missing: 'a certificate pinned by thumbprint' },
  { name: 'Cloud Shell', state: 'no', missing: 'needs a user' },
  { name: 'Azure Machine Learning', state: 'no', missing: 'not yet' },
  {
    name: 'Workload identity',
    state: 'yes',
    proof: '../entra/client-authentication/federated.test.ts',
  },
  { name: 'System-assigned identities', state: 'yes', proof: 'endpoints.test.ts' },
  { name: 'User-assigned identities', state: 'yes', proof: 'endpoints.test.ts' },
  {
    name: 'Federated credentials of user-assigned identities',
    state: 'yes',
    proof: 'resource-types.test.ts',
  },
  { name: 'Certificates rolled after 45 days', state: 'yes', proof: 'endpoints.test.ts' },
  { name: 'Tokens kept for 24 hours', state: 'yes', proof: 'endpoints.test.ts' },
  {
    name: 'Throttling (429) and updates of IMDS (404, 410)',
    state: 'no',
    missing: 'never throttled, never updated',
  },
];

/** The Markdown of docs/coverage/managed-identity.md. */
export function managedIdentityCoverage(): string {
  const lines = coverage.map(
    ({ name, state, missing = '', proof }) =>
      `| ${name} | ${state} | ${missing} | ${proof ? `\`${proof}\`` : ''} |`,
  );
  return `# Managed identities

Made from \`src/services/managed-identity/coverage.ts\`; do not edit.

| | served | what is missing | proved by |
| --- | --- | --- | --- |
${lines.join('\n')}
`;
}
