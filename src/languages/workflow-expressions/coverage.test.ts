import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { functionCoverage, renderCoverage } from './coverage.ts';
import { functions } from './functions/registry.ts';

const page = new URL('../../../docs/coverage/workflow-expressions.md', import.meta.url);

test('the page of workflow functions is in step (UPDATE_DOCS=1 rewrites it)', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(page, renderCoverage());
  expect(readFileSync(page, 'utf8')).toBe(renderCoverage());
});

test('every function is in the ledger once, with a note unless it is whole', () => {
  const names = functionCoverage.map((row) => row.name.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(functions.map(({ name }) => name.toLowerCase())));
  for (const { support, note } of functionCoverage) expect(support === 'yes').toBe(!note);
});

test('every function that is supported is called in the table that proves it', () => {
  const unproved = functionCoverage.filter(({ name, proof, support }) => {
    if (support === 'no' || proof === undefined) return support !== 'no';
    const text = readFileSync(new URL(proof, import.meta.url), 'utf8').toLowerCase();
    return !text.includes(`${name.toLowerCase()}(`);
  });
  expect(unproved.map(({ name }) => name)).toEqual([]);
});
