import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { coverage, managedIdentityCoverage } from './coverage.ts';

const page = new URL('../../../docs/coverage/managed-identity.md', import.meta.url);

it('docs/coverage/managed-identity.md is what the ledger says (UPDATE_DOCS=1 rewrites it)', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(page, managedIdentityCoverage());
  expect(readFileSync(page, 'utf8')).toBe(managedIdentityCoverage());
});

it('what is not whole says what is missing; what is served names its test', () => {
  for (const { state, missing, proof } of coverage) {
    expect(state === 'yes').toBe(missing === undefined);
    expect(state === 'no').toBe(proof === undefined);
    if (proof) expect(existsSync(new URL(proof, import.meta.url)), proof).toBe(true);
  }
});
