// `lazurite credentials`: the deploying principal's, for az, Terraform and programs of your own.
import type { Command } from 'commander';
import { connectControl, withDataOption } from './control-client.ts';
import { printJson } from './report.ts';

interface Credentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export function registerCredentials(program: Command): void {
  withDataOption(
    program
      .command('credentials')
      .description("print the deploying principal's credential in a tenant; new with each start")
      .argument('<tenant>', 'name, id or domain of the tenant')
      .option('--json', 'print one JSON object')
      .addHelpText(
        'after',
        '\nExample:\n  $ eval "$(lazurite credentials fabrikam)"\n' +
          '  $ lazurite exec -- az login --service-principal --tenant $LAZURITE_TENANT_ID \\\n' +
          '      -u $LAZURITE_CLIENT_ID -p $LAZURITE_CLIENT_SECRET\n',
      ),
  ).action(async (tenant: string, options: { json?: boolean; data?: string }) => {
    const path = `/credentials/${encodeURIComponent(tenant)}`;
    const found = await connectControl(options.data).get<Credentials>(path);
    if (options.json) {
      printJson(found);
      return;
    }
    process.stdout.write(
      `export LAZURITE_TENANT_ID=${found.tenantId}\n` +
        `export LAZURITE_CLIENT_ID=${found.clientId}\n` +
        `export LAZURITE_CLIENT_SECRET='${found.clientSecret}'\n`,
    );
  });
}
