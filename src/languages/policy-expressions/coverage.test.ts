// Proves that the ledger, the registry and the page say the same. UPDATE_DOCS=1 rewrites the page.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contradictions, coverage, coveragePage } from './coverage.ts';
import { allDefinitions, ownMembers } from './types/registry.ts';

const page = new URL('../../../docs/coverage/policy-expressions.md', import.meta.url);

test('the page is rendered from the registry', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(page, coveragePage());
  expect(readFileSync(page, 'utf8')).toBe(coveragePage());
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
