// `lazurite token`: reads a token, and says whether this Lazurite's tenants vouch for it.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ConfigurationError } from '../base/index.ts';
import { parseJwt } from '../crypto/index.ts';
import { connectControl, withDataOption } from './control-client.ts';
import { exitCodes, printJson, styled } from './report.ts';

interface Verification {
  readonly ok: boolean;
  readonly reason: string;
}

export function registerToken(program: Command): void {
  const token = program
    .command('token')
    .description('look into access tokens')
    .addHelpText(
      'after',
      '\nExamples:\n  $ lazurite token decode "$TOKEN"\n  $ lazurite token verify "$TOKEN"\n',
    );
  token
    .command('decode')
    .description('print header and claims; nothing is verified')
    .argument('[token]', 'the token, or - for standard input', '-')
    .addHelpText('after', '\nExample:\n  $ echo "$TOKEN" | lazurite token decode\n')
    .action((text: string) => {
      const { header, claims } = read(text);
      process.stdout.write(`${JSON.stringify({ header, claims }, undefined, 2)}\n`);
    });
  withDataOption(
    token
      .command('verify')
      .description('check signature, issuer and times against the running Lazurite')
      .argument('[token]', 'the token, or - for standard input', '-')
      .option('--json', 'print one JSON object')
      .addHelpText('after', '\nExample:\n  $ lazurite token verify "$TOKEN"\n'),
  ).action(async (text: string, options: { json?: boolean; data?: string }) => {
    const { header, claims, token: bare } = read(text);
    const result = await connectControl(options.data).post<Verification>('/token/verify', {
      token: bare,
    });
    if (options.json) printJson({ ...result, header, claims });
    else {
      const verdict = result.ok ? styled('green', 'valid') : styled('red', 'refused');
      process.stdout.write(`${verdict}: ${result.reason}\n`);
    }
    if (!result.ok) process.exitCode = exitCodes.failed;
  });
}

function read(argument: string) {
  const text = argument === '-' ? readFileSync(0, 'utf8') : argument;
  const token = text.trim().replace(/^Bearer\s+/i, '');
  const parsed = parseJwt(token);
  if (!parsed) {
    throw new ConfigurationError({
      message: 'this is not a token: three parts of base64url, joined by dots, are expected',
      fix: 'Give the access token itself, with or without "Bearer " in front.',
    });
  }
  return { header: parsed.header, claims: parsed.claims, token };
}
