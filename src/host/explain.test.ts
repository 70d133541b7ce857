import { expect, test } from 'vitest';
import type { RecordedSpan } from '../telemetry/index.ts';
import { explainSpans } from './explain.ts';

const span = (spanId: string, parentSpanId: string | undefined, startMs: number, more = {}) =>
  ({
    traceId: 't',
    spanId,
    parentSpanId,
    name: spanId,
    startMs,
    endMs: startMs + 1,
    attributes: { service: spanId },
    decisions: [],
    ...more,
  }) as RecordedSpan;

test('hops stand in order, each below what caused it', () => {
  const hops = explainSpans([span('c', 'a', 3), span('a', undefined, 1), span('b', 'a', 2)]);
  expect(hops.map(({ depth, what }) => [depth, what])).toEqual([
    [0, 'a'],
    [1, 'b'],
    [1, 'c'],
  ]);
});

test('a span that only carries context is left out, and its children move up', () => {
  const hops = explainSpans([span('a', undefined, 1, { attributes: {} }), span('b', 'a', 2)]);
  expect(hops.map(({ depth, what }) => [depth, what])).toEqual([[0, 'b']]);
});

test('a child whose parent is elsewhere begins a chain of its own', () => {
  expect(explainSpans([span('b', 'unknown', 2)])).toHaveLength(1);
});

test('the line says who called whom', () => {
  const attributes = {
    service: 'Key Vault',
    caller: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Logic/workflows/figure-1',
    method: 'GET',
    url: 'https://v.vault.azure.net/keys',
    status: 403,
  };
  const [hop] = explainSpans([span('a', undefined, 1, { attributes })]);
  expect(hop).toMatchObject({
    what: 'figure-1 → Key Vault  GET https://v.vault.azure.net/keys',
    outcome: '403',
    ok: false,
  });
});

test('a refusal makes the hop not ok', () => {
  const decisions = [{ rule: 'r', outcome: 'refused', reason: 'because', atMs: 1 }];
  expect(explainSpans([span('a', undefined, 1, { decisions })])[0]!.ok).toBe(false);
});
