// `lazurite audit`: who did what in the vaults, as the diagnostic log tells it.
import type { Command } from 'commander';
import { connectControl, withDataOption } from './control-client.ts';
import { printJson, styled } from './report.ts';

/** The members of a record that a line shows; the rest is in `--json`. */
export interface AuditRecord {
  readonly time: string;
  readonly vaultName: string;
  readonly operationName: string;
  readonly resultSignature: string;
  readonly callerIpAddress: string;
  readonly identity: { readonly claim?: Readonly<Record<string, string>> };
  readonly properties: { readonly httpStatusCode: number; readonly objectName?: string };
}

interface AuditOptions {
  readonly vault?: string;
  readonly operation?: string;
  readonly refused?: boolean;
  readonly limit: string;
  readonly json?: boolean;
  readonly data?: string;
}

export function registerAudit(program: Command): void {
  withDataOption(
    program
      .command('audit')
      .description('list what was done in the key vaults, newest last')
      .option('--vault <name>', 'only of this vault')
      .option('--operation <name>', 'only this operation, such as KeySign')
      .option('--refused', 'only what was refused')
      .option('--limit <number>', 'how many of the newest records', '50')
      .option('--json', 'print each record as one JSON object, in the shape of the diagnostic log')
      .addHelpText(
        'after',
        '\nExamples:\n  $ lazurite audit\n  $ lazurite audit --vault contoso --refused\n',
      ),
  ).action(async (options: AuditOptions) => {
    const path = `/audit?${auditQuery(options)}`;
    const { records } = await connectControl(options.data).get<{ records: AuditRecord[] }>(path);
    for (const record of records) {
      if (options.json) printJson(record);
      else process.stdout.write(`${describeRecord(record)}\n`);
    }
  });
}

/** The query of the control service's `/audit`. */
export function auditQuery({ vault, operation, refused, limit }: AuditOptions): URLSearchParams {
  const query = new URLSearchParams({ limit });
  if (vault) query.set('vault', vault);
  if (operation) query.set('operation', operation);
  if (refused) query.set('refused', 'true');
  return query;
}

const objectId = 'http://schemas.microsoft.com/identity/claims/objectidentifier';

/** `time  vault  operation object  status  caller`, one line. */
export function describeRecord(record: AuditRecord): string {
  const { httpStatusCode, objectName = '' } = record.properties;
  const ok = httpStatusCode < 400;
  const outcome = ok ? `${httpStatusCode}` : `${httpStatusCode} ${record.resultSignature}`;
  const caller = record.identity.claim?.[objectId] ?? 'nobody';
  return [
    styled('dim', record.time),
    record.vaultName,
    [record.operationName, objectName].filter(Boolean).join(' '),
    styled(ok ? 'green' : 'red', outcome),
    styled('dim', `${caller} from ${record.callerIpAddress}`),
  ].join('  ');
}
