import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { functionCoverage, renderCoverage } from './coverage.ts';

const page = new URL('../../../docs/coverage/template-expressions.md', import.meta.url);

it('the page of template functions is in step (UPDATE_DOCS=1 rewrites it)', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(page, renderCoverage());
  expect(readFileSync(page, 'utf8')).toBe(renderCoverage());
});

it('every function is in the ledger once, with a note unless it is whole', () => {
  const names = functionCoverage.map((row) => row.name);
  expect(new Set(names).size).toBe(names.length);
  for (const { support, note } of functionCoverage) expect(support === 'yes').toBe(!note);
});
