import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { operationCoverage, renderCoverage } from './coverage.ts';
import { routes } from './routes.ts';

const page = new URL('../../../docs/coverage/resource-manager.md', import.meta.url);

it('the page of the control plane is in step (UPDATE_DOCS=1 rewrites it)', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(page, renderCoverage());
  expect(readFileSync(page, 'utf8')).toBe(renderCoverage());
});

it('every route is in the ledger, every operation once', () => {
  const operations = operationCoverage.map((each) => each.operation);
  expect(new Set(operations).size).toBe(operations.length);
  for (const { operation } of routes) expect(operations).toContain(operation);
});
