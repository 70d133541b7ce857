// The ledger is honest: every registry entry and route is in it, every proof exists, the page is in step.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { actionTypes, unsupportedActionTypes } from './actions/registry.ts';
import {
  actionCoverage,
  authenticationCoverage,
  behaviourCoverage,
  type CoverageRow,
  operationCoverage,
  renderCoverage,
  triggerCoverage,
} from './coverage.ts';
import { consumptionRoutes, standardRoutes } from './endpoints.ts';
import { operationRoutes } from './management/operations.ts';
import { authenticationTypes } from './outgoing/authentication/index.ts';
import { triggerTypes, unsupportedTriggerTypes } from './triggers/registry.ts';

const there = (rows: readonly CoverageRow[]) =>
  rows.filter(({ support }) => support !== 'no').map(({ name }) => name);
const absent = (rows: readonly CoverageRow[]) =>
  rows.filter(({ support }) => support === 'no').map(({ name }) => name);
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

test.each<[string, readonly CoverageRow[], readonly string[], readonly string[] | undefined]>([
  ['actions', actionCoverage, actionTypes.map(({ type }) => type), unsupportedActionTypes],
  ['triggers', triggerCoverage, triggerTypes.map(({ type }) => type), unsupportedTriggerTypes],
  ['authentication types', authenticationCoverage, authenticationTypes.map(({ type }) => type), []],
  [
    'operations',
    operationCoverage,
    [...consumptionRoutes, ...standardRoutes, ...operationRoutes].map(({ operation }) => operation),
    undefined,
  ],
])('the ledger lists exactly the %s that exist', (_, rows, existing, refused) => {
  expect(sorted(there(rows))).toEqual(sorted(existing));
  if (refused) expect(sorted(absent(rows))).toEqual(sorted(refused));
});

const all = [
  actionCoverage,
  triggerCoverage,
  authenticationCoverage,
  operationCoverage,
  behaviourCoverage,
].flat();

test('what is there names its test, and the test exists; what is not says why', () => {
  for (const { name, support, test: proof, note } of all) {
    if (support !== 'yes') expect(note, name).toBeTruthy();
    if (support !== 'no')
      expect(existsSync(new URL(`./${proof}`, import.meta.url)), name).toBe(true);
  }
});

test('docs/coverage/logic-apps.md is in step (UPDATE_DOCS=1 rewrites it)', () => {
  const page = new URL('../../../docs/coverage/logic-apps.md', import.meta.url);
  if (process.env.UPDATE_DOCS) writeFileSync(page, renderCoverage());
  expect(readFileSync(page, 'utf8')).toBe(renderCoverage());
});
