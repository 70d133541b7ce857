import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  codeCoverage,
  entraCoverage,
  grantCoverage,
  graphOperations,
  loginOperations,
} from './coverage.ts';
import { grants, unservedGrants } from './grants/index.ts';
import { graphRoutes } from './graph/routes.ts';
import { loginRoutes } from './routes.ts';

const page = new URL('../../../docs/coverage/entra.md', import.meta.url);
const folders = ['', 'client-authentication/', 'graph/'];
const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

it('docs/coverage/entra.md is what the ledger says (UPDATE_DOCS=1 rewrites it)', () => {
  if (process.env.UPDATE_DOCS) writeFileSync(page, entraCoverage());
  expect(readFileSync(page, 'utf8')).toBe(entraCoverage());
});

it('every route is in the ledger, and what is served has a route', () => {
  for (const [routes, rows] of [
    [loginRoutes, loginOperations],
    [graphRoutes, graphOperations],
  ] as const) {
    const operations = new Set(routes.map(({ operation }) => operation));
    expect([...operations].filter((operation) => !names(rows).includes(operation))).toEqual([]);
    const served = rows.filter(({ state }) => state !== 'no');
    expect(names(served).filter((name) => !operations.has(name))).toEqual([]);
  }
});

it('every grant is in the ledger, served or not', () => {
  for (const type of unservedGrants.keys()) expect(names(grantCoverage)).toContain(type);
  for (const type of grants.keys()) {
    expect(names(grantCoverage).some((name) => name.startsWith(type))).toBe(true);
  }
});

it('each row is there once; what is not whole says what is missing, what is served names its test', () => {
  for (const rows of [loginOperations, graphOperations, grantCoverage, codeCoverage]) {
    expect(new Set(names(rows)).size).toBe(rows.length);
    for (const { name, state, missing, proof } of rows) {
      expect(state === 'yes', name).toBe(missing === undefined);
      expect(state === 'no', name).toBe(proof === undefined);
      const found = folders.some((folder) => existsSync(new URL(folder + proof, import.meta.url)));
      expect(proof === undefined || found, proof).toBe(true);
    }
  }
});
