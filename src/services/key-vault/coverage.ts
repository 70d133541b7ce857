// The honest ledger: what of Key Vault is served, in part, or not; docs/coverage/key-vault.md.
import { aesCiphers, digestAlgorithms, keyWraps, rsaCiphers } from '../../crypto/index.ts';
import { errorStatus, innerCodes } from './errors.ts';
import { apiVersions, armApiVersions } from './limits.ts';
import { routes } from './routes.ts';

export interface CoverageRow {
  readonly name: string;
  readonly state: 'yes' | 'partial' | 'no';
  /** For `partial` and `no`: what is missing. */
  readonly missing?: string;
  /** For `yes` and `partial`: the test file that proves it. */
  readonly proof?: string;
}

const yes = (proof: string, ...names: readonly string[]): CoverageRow[] =>
  names.map((name) => ({ name, state: 'yes', proof }));
const partial = (proof: string, missing: string, ...names: readonly string[]): CoverageRow[] =>
  names.map((name) => ({ name, state: 'partial', missing, proof }));
const no = (missing: string, ...names: readonly string[]): CoverageRow[] =>
  names.map((name) => ({ name, state: 'no', missing }));

const clients = 'clients.test.ts';
const byTime = 'lifecycle.test.ts';

/** Operations of the data plane by the name of their route; what is only partly there, or not at all. */
const notWhole: Readonly<Record<string, CoverageRow>> = Object.fromEntries(
  [
    ...partial(clients, 'served by every vault; in Azure by Managed HSM only', 'getRandomBytes'),
    ...partial(
      'key-release.test.ts',
      'the released key is PKCS#8 wrapped by RSA-OAEP and AES; no x-ms-sgx claims beyond the key',
      'release',
    ),
    ...partial(byTime, 'lifetime action EmailContacts sends no mail', 'getCertificatePolicy'),
    ...partial(clients, 'kept; nobody is written to', 'setCertificateContacts'),
    ...partial(
      clients,
      'every provider is played by the vault’s own authority',
      'setCertificateIssuer',
    ),
    ...partial('refusals.test.ts', 'no key blobs for an HSM (key_hsm)', 'importKey'),
  ].map((row) => [row.name, row]),
);

/** Where an operation is proved that the SDK's clients do not call. */
const proofs: Readonly<Record<string, string>> = {
  mergeCertificate: byTime,
  updateCertificateOperation: byTime,
};

const operations: readonly CoverageRow[] = [
  ...[...new Set(routes.map(({ operation }) => operation))].flatMap(
    (name) => notWhole[name] ?? yes(proofs[name] ?? clients, name),
  ),
  ...no('attestation of HSM keys', 'getKeyAttestation'),
  ...no('retired by Azure', 'storage accounts and SAS definitions'),
  ...no(
    'Managed HSM',
    'role assignments and definitions of an HSM',
    'security domain',
    'full backup',
  ),
];

const control = 'vaults.test.ts';
/** Azure's management client through the proxy. */
const management = '../../../conformance/vault-methods.test.ts';

const controlPlane: readonly CoverageRow[] = [
  ...yes(management, 'Vaults: create or update, get, delete', 'Vaults: list', 'Vaults: update'),
  ...yes(control, 'Vaults: update access policy', 'Vaults: check name availability'),
  ...yes(control, 'Vaults: list, get and purge deleted', 'Vaults: recover (createMode)'),
  ...partial(
    control,
    'lists what templates made, not what the data plane made',
    'Secrets: create or update, get, list',
    'Keys: create if not exist, get, list',
  ),
  ...no('no versions in ARM', 'Keys: list versions, get version'),
  ...no('no private endpoints', 'Private endpoint connections', 'Private link resources'),
  ...no('Managed HSM', 'Managed HSMs', 'MHSM private endpoints, regions, keys'),
];

const rules: readonly CoverageRow[] = [
  ...yes('refusals.test.ts', 'challenge, issuer, audience, tenant, lifetime of tokens'),
  ...yes(
    'authorization.test.ts',
    'Azure roles down to one object',
    'access policies',
    'firewall by address',
  ),
  ...partial(
    'authorization.test.ts',
    'fixed windows; no limit per subscription',
    'throttling (off by default)',
  ),
  ...yes(byTime, 'soft delete, recovery, retention, purge protection', 'rotation policies'),
  ...yes(byTime, 'AutoRenew', 'pending operations that take time'),
  ...yes('events.test.ts', 'events of new versions, near expiry and expiry'),
  ...yes('audit.test.ts', 'audit log'),
  ...yes('secrecy.test.ts', 'private keys leave by no path', 'sealed at rest'),
  ...yes(
    '../../host/master-key.test.ts',
    'master key from file or environment, changed while running',
  ),
  ...no(
    'no binding without a compiler at install; see docs/decisions',
    'master key in a PKCS#11 token',
  ),
  ...yes('crash.test.ts', 'kill -9 loses nothing acknowledged'),
  ...no('continuous access evaluation is not asked of clients', 'claims challenge'),
  ...no('no virtual networks', 'virtual network rules', 'trusted services'),
  ...no('proof of possession', 'PoP tokens'),
];

const algorithms: readonly CoverageRow[] = [
  ...yes(
    'algorithms.test.ts',
    ...Object.keys(digestAlgorithms),
    ...Object.keys(rsaCiphers),
    ...Object.keys(aesCiphers),
    ...Object.keys(keyWraps),
  ),
  ...no('key exchange of HSMs', 'ECDH-ES', 'CKM_RSA_AES_KEY_WRAP for import'),
];

const keyTypes: readonly CoverageRow[] = [
  ...yes('algorithms.test.ts', 'RSA 2048, 3072, 4096', 'EC P-256, P-384, P-521, P-256K'),
  ...partial('algorithms.test.ts', 'in every vault; in Azure in Managed HSM', 'oct 128, 192, 256'),
  ...partial(
    'algorithms.test.ts',
    'kept in software, in premium vaults',
    'RSA-HSM, EC-HSM, oct-HSM',
  ),
];

const codes: readonly CoverageRow[] = [
  ...Object.entries(errorStatus).map(([code, status]): CoverageRow => {
    const name = `${status} ${code}`;
    if (code === 'NotImplemented') return { name, state: 'no', missing: 'nothing answers it yet' };
    return { name, state: 'yes', proof: 'refusals.test.ts' };
  }),
  ...innerCodes.map(
    (code): CoverageRow => ({
      name: `innererror ${code}`,
      state: 'yes',
      proof: innerProofs(code),
    }),
  ),
];

function innerProofs(code: string): string {
  if (/Policy|Denied$|Firewall|Connection|Rbac/.test(code) && code !== 'KeyReleaseDenied') {
    return 'authorization.test.ts';
  }
  if (code === 'KeyReleaseDenied') return 'key-release.test.ts';
  return /Managed|Purge|Recovered/.test(code) ? byTime : 'refusals.test.ts';
}

/** The sections of the page, in order. */
export const coverage: Readonly<Record<string, readonly CoverageRow[]>> = {
  'Data plane': operations,
  Rules: rules,
  'Key types': keyTypes,
  Algorithms: algorithms,
  'Control plane (Microsoft.KeyVault)': controlPlane,
  'Error codes': codes,
};

/** The page as Markdown. */
export function renderCoverage(): string {
  const sections = Object.entries(coverage).map(([title, rows]) => {
    const lines = rows.map(
      ({ name, state, missing = '', proof }) =>
        `| ${name} | ${state} | ${missing} | ${proof ? `\`${proof.replace('../../../', '').replace('../../', 'src/')}\`` : ''} |`,
    );
    const head = '| | served | what is missing | proved by |\n| --- | --- | --- | --- |';
    return `## ${title}\n\n${head}\n${lines.join('\n')}\n`;
  });
  return [
    '# Key Vault\n',
    'Made from `src/services/key-vault/coverage.ts`; do not edit.\n',
    `Data plane api-versions: ${apiVersions.join(', ')}, and previews of any.`,
    `Control plane api-versions: ${armApiVersions.join(', ')}; any well-formed one is served.\n`,
    ...sections,
  ].join('\n');
}
