// The ledger is whole and in step with the registry, the tests and its page.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { catalogue } from '../../languages/policy-documents/index.ts';
import { apiManagementCoverage, coveragePage } from './coverage.ts';
import { policies } from './registry.ts';

const page = new URL('../../../docs/coverage/api-management.md', import.meta.url);

it('docs/coverage/api-management.md is what the ledger says (UPDATE_DOCS=1 rewrites it)', () => {
  if (process.env.UPDATE_DOCS) {
    mkdirSync(new URL('.', page), { recursive: true });
    writeFileSync(page, coveragePage());
  }
  expect(readFileSync(page, 'utf8')).toBe(coveragePage());
});

it('every policy that runs is documented, and the test named for it exists', () => {
  expect([...policies.keys()].filter((name) => !catalogue.has(name))).toEqual([]);
  for (const { support, test } of apiManagementCoverage.values()) {
    if (support !== 'no') expect(existsSync(new URL(test!, import.meta.url)), test).toBe(true);
  }
});
