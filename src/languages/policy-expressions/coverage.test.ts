// Proves that the ledger, the registry and the page say the same. UPDATE_DOCS=1 rewrites the page.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contradictions, coverage, coveragePage } from './coverage.ts';
import { reachOfCases } from './fixtures/reached.ts';
import { allDefinitions, ownMembers } from './types/registry.ts';

const page = new URL('../../../docs/coverage/policy-expressions.md', import.meta.url);

// First of all, so that no member has been read from its declaration yet.
const reach = reachOfCases();

test('the page is rendered from the registry and from what the cases run', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(page, coveragePage(reach));
  expect(readFileSync(page, 'utf8')).toBe(coveragePage(reach));
});

test('no row contradicts the registry', () => {
  expect(contradictions()).toEqual([]);
});

test('every declared signature parses and names declared types', () => {
  expect(coverage().length).toBeGreaterThan(150);
  for (const definition of allDefinitions()) {
    for (const [name, members] of ownMembers(definition.type)) {
      for (const member of members)
        expect(typeof member.get, `${name} of ${member.text}`).toBe('function');
    }
  }
});
