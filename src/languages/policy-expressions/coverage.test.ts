// Proves that the ledger, the registry and the page say the same. UPDATE_DOCS=1 rewrites the page.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { contradictions, coverage, coveragePage, type ReachOfTypes } from './coverage.ts';
import { declarations } from './library/index.ts';
import { allDefinitions, ownMembers } from './types/registry.ts';

const page = new URL('../../../docs/coverage/policy-expressions.md', import.meta.url);

const program = fileURLToPath(new URL('fixtures/print-reach.ts', import.meta.url));
const printed = execFileSync(process.execPath, [program], { maxBuffer: 64 * 1024 * 1024 });
const lines = JSON.parse(printed.toString('utf8')) as { callable: string[]; reached: string[] }[];
const reach: ReachOfTypes = new Map(
  declarations.map(({ members }, index) => {
    const { callable, reached } = lines[index]!;
    return [members, { callable, reached: new Set(reached) }];
  }),
);

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
