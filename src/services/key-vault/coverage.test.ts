// The ledger names every route, every proof exists, and the page is in step.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { coverage, renderCoverage } from './coverage.ts';
import { routes } from './routes.ts';

const page = new URL('../../../docs/coverage/key-vault.md', import.meta.url);

test('the page is in step (UPDATE_DOCS=1 rewrites it)', () => {
  if (process.env.UPDATE_DOCS) {
    mkdirSync(new URL('.', page), { recursive: true });
    writeFileSync(page, renderCoverage());
  }
  expect(readFileSync(page, 'utf8')).toBe(renderCoverage());
});

test('every route is in the ledger, every name once', () => {
  const names = coverage['Data plane']!.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { operation } of routes) expect(names).toContain(operation);
});

test('what is served names a test that exists; what is not says what is missing', () => {
  for (const { name, state, proof, missing } of Object.values(coverage).flat()) {
    if (state !== 'yes') expect(missing, name).toBeTruthy();
    if (state !== 'no')
      expect(existsSync(new URL(proof!, import.meta.url)), `${name}: ${proof}`).toBe(true);
  }
});
