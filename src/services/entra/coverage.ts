// The honest ledger: what of Entra is served, in part, or not; rendered as docs/coverage/entra.md.
import { refusals } from './errors.ts';

export interface CoverageRow {
  readonly name: string;
  readonly state: 'yes' | 'partial' | 'no';
  /** For `partial` and `no`: what is missing. */
  readonly missing?: string;
  /** For `yes` and `partial`: the test file that proves it. */
  readonly proof?: string;
}

const yes = (proof: string, ...names: string[]): CoverageRow[] =>
  names.map((name) => ({ name, state: 'yes', proof }));
const partial = (name: string, missing: string, proof: string): CoverageRow => ({
  name,
  state: 'partial',
  missing,
  proof,
});
const no = (missing: string, ...names: string[]): CoverageRow[] =>
  names.map((name) => ({ name, state: 'no', missing }));

const users = 'no users in the directory yet';

/** login.microsoftonline.com; names are the operations of the route table. */
export const loginOperations: readonly CoverageRow[] = [
  ...yes('token-endpoint.test.ts', 'Token (v2)', 'Token (v1)'),
  ...yes(
    'discovery.test.ts',
    'Instance discovery',
    'OpenID metadata (v2)',
    'OpenID metadata (v1)',
    'Keys (v2)',
    'Keys (v1)',
  ),
  partial('User realm', 'always 404, an answer that MSAL takes', 'discovery.test.ts'),
  ...no(users, 'authorize (v2)', 'authorize (v1)', 'devicecode (v2)', 'devicecode (v1)'),
  ...no(users, 'logout (v2)', 'logout (v1)'),
  ...no('create the service principal with Graph', 'Admin consent (v1)', 'Admin consent (v2)'),
];

export const grantCoverage: readonly CoverageRow[] = [
  ...yes('token-endpoint.test.ts', 'client_credentials with a secret'),
  ...yes('certificate.test.ts', 'client_credentials with a certificate assertion'),
  ...yes('federated.test.ts', 'client_credentials with a federated credential'),
  ...yes('federated.test.ts', 'client_credentials with a managed identity as federated credential'),
  ...no(
    'subject name and issuer of a certificate (SNI)',
    'client_credentials by certificate chain',
  ),
  ...no(users, 'authorization_code', 'refresh_token', 'password', 'device_code'),
  ...no(users, 'urn:ietf:params:oauth:grant-type:device_code'),
  ...no('not yet', 'urn:ietf:params:oauth:grant-type:jwt-bearer'),
  ...no(
    'SAML',
    'urn:ietf:params:oauth:grant-type:saml1_1-bearer',
    'urn:ietf:params:oauth:grant-type:saml2-bearer',
  ),
];

/** Codes of Entra's reference that concern app-only and cross-tenant work and are not answered. */
const absentCodes: readonly CoverageRow[] = [
  ...no('500011 is answered', '50001'),
  ...no('no tenant restrictions', '50002', '500021', '500022'),
  ...no('no cross-tenant access policy', '500212', '500213'),
  ...no('older umbrella of the certificate codes', '50012', '70002', '70021'),
  ...no('on-behalf-of is not served', '50013', '500131', '500133', '7000114'),
  ...no(users, '50011', '50020', '50034', '50053', '50055', '50057', '50076', '50079', '50105'),
  ...no(users, '50126', '50173', '501481', '501491', '50147', '54005', '65001', '70000', '70008'),
  ...no(users, '700082', '700084', '70016', '70018', '70019', '9002327'),
  ...no('no conditional access', '53003'),
  ...no('no key of an application’s own', '50003', '50146', '501461'),
  ...no('a certificate chain is not looked at', '700030', '7000214'),
  ...no('a foreign client id in an assertion gives 700211', '700021'),
  ...no('no public clients', '700025', '7000218'),
  ...no('subject forms of tenants are not compared', '7002137'),
  ...no('700222 is answered', '700236'),
  ...no('one cloud', '900382', '900432'),
  ...no('never throttled, never down', '90006', '90024', '90033', '90055', '90090'),
  ...no('an application may ask a token for itself', '90009'),
];

export const codeCoverage: readonly CoverageRow[] = [
  ...Object.keys(refusals).map(
    (name): CoverageRow => ({
      name,
      state: 'yes',
      proof: 'refusals.test.ts',
    }),
  ),
  ...absentCodes,
];

/** graph.microsoft.com; names are the operations of the route table. */
export const graphOperations: readonly CoverageRow[] = [
  ...yes(
    'graph.test.ts',
    'List applications',
    'Create application',
    'Get application',
    'Update or upsert application',
    'Delete application',
    'Add password',
    'Remove password',
    'List federated credentials',
    'Create federated credential',
    'Get federated credential',
    'Update federated credential',
    'Delete federated credential',
    'List service principals',
    'Create service principal',
    'Get service principal',
    'Update service principal',
    'Delete service principal',
    'List appRoleAssignedTo',
    'Create appRoleAssignedTo',
    'Get appRoleAssignedTo',
    'Delete appRoleAssignedTo',
    'List appRoleAssignments',
    'Create appRoleAssignments',
    'Get appRoleAssignments',
    'Delete appRoleAssignments',
    'Get directory objects by ids',
    'List organization',
  ),
  partial('Get me', 'refused as for every app-only token', 'graph.test.ts'),
  ...no('not yet', 'Add key', 'Remove key', 'Application owners', 'Deleted items', 'Groups'),
  ...no('not yet', 'Directory role assignments', 'OAuth2 permission grants', 'Batch', 'Delta'),
  ...no(users, 'Users'),
];

/** What works otherwise than in Azure, where no row says it. */
const differences = [
  'A service principal in another tenant follows its application at once (Azure keeps a copy until consent is given again).',
  'Changes are visible at once; Azure needs seconds to minutes.',
  'Deleted applications cannot be restored.',
  'Tokens carry no `xms_tcdt`, `xms_ftd`, `xms_idrel`.',
];

/** The Markdown of docs/coverage/entra.md. */
export function entraCoverage(): string {
  return `# Entra ID

Made from \`src/services/entra/coverage.ts\`; do not edit.

${table('login.microsoftonline.com', loginOperations)}
${table('Grants', grantCoverage)}
${table('AADSTS codes', codeCoverage)}
${table('Microsoft Graph (v1.0 and beta)', graphOperations)}
## Differences

${differences.map((difference) => `- ${difference}`).join('\n')}
`;
}

function table(title: string, rows: readonly CoverageRow[]): string {
  const lines = rows.map(
    ({ name, state, missing = '', proof }) =>
      `| ${name} | ${state} | ${missing} | ${proof ? `\`${proof}\`` : ''} |`,
  );
  return `## ${title}

| | served | what is missing | proved by |
| --- | --- | --- | --- |
${lines.join('\n')}
`;
}
