// The ledger of template functions: what is answered, what the deployment answers, what is refused.
import { functionRules } from './functions/registry.ts';

export interface CoverageRow {
  readonly name: string;
  readonly support: 'yes' | 'partial' | 'no';
  /** What is missing, or why it is refused. */
  readonly note?: string;
}

const partial: Readonly<Record<string, string>> = {
  cidrSubnet: 'IPv4 only',
  cidrHost: 'IPv4 only',
  parseCidr: 'IPv4 only',
  format: 'format strings for integers; other values are written as they are',
  dateTimeAdd: 'formats as far as the .NET date formats of Lazurite go',
  utcNow: 'formats as far as the .NET date formats of Lazurite go',
  deployer: 'objectId and tenantId',
  environment: 'the public cloud only',
  managementGroup: 'there are no management groups: refused where it is called',
  providers: 'registered types with their api-versions; no locations',
};

/** Every documented function, in the order of the registry. */
export const functionCoverage: readonly CoverageRow[] = functionRules.map(
  ({ name, unsupported }): CoverageRow => {
    if (unsupported !== undefined) return { name, support: 'no', note: unsupported };
    const note = partial[name];
    return note === undefined ? { name, support: 'yes' } : { name, support: 'partial', note };
  },
);

/** The ledger as a page. */
export function renderCoverage(): string {
  const rows = functionCoverage.map(
    ({ name, support, note }) => `| \`${name}\` | ${support} | ${note ?? ''} |`,
  );
  return [
    '# Template functions',
    '',
    'Generated from `src/languages/template-expressions/coverage.ts`. Every `yes` and `partial` has',
    'cases in `functions/functions.test.ts` or in the tests of deployments.',
    '',
    '| function | support | note |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
