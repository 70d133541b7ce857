// A run tells why: its decisions and those of its hops stand in its journal, after a restart too.
import { afterEach, expect, test } from 'vitest';
import { manualClock } from '../../../base/index.ts';
import { header } from '../../../http/index.ts';
import {
  activeTraceId,
  decide,
  inSpan,
  inSpanOf,
  startTelemetry,
  type Telemetry,
} from '../../../telemetry/index.ts';
import { definitionOf, type Stage, stage } from '../testing/stage.ts';
import { keptSpan } from './tracing.ts';

let opened: Stage | undefined;
let telemetry: Telemetry | undefined;
afterEach(async () => {
  await opened?.close();
  await telemetry?.close();
});

test("the journal keeps the run's decisions and those of the hops it caused, in one trace", async () => {
  const clock = manualClock();
  telemetry = startTelemetry(clock);
  opened = stage({
    clock,
    telemetry,
    hosts: {
      'host.example': ({ headers }) =>
        inSpanOf(header(headers, 'traceparent'), 'gateway', { service: 'gateway' }, async () => {
          decide({ rule: 'token issuer', outcome: 'refused', reason: 'another tenant issued it' });
          return { status: 401 };
        }),
    },
  });
  const definition = definitionOf({
    H: { type: 'Http', inputs: { method: 'GET', uri: 'https://host.example/' } },
    Next: { type: 'Compose', inputs: 1, runAfter: { H: ['Succeeded'] } },
  });
  let caller: string | undefined;
  const run = await inSpan('caller', {}, () => {
    caller = activeTraceId();
    return opened!.start(definition);
  });
  const { document, history } = await opened.finish(run);
  expect(document.traceparent?.split('-')[1]).toBe(caller);
  const spans = history.spans.map(keptSpan);
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([caller]));
  const told = spans.flatMap(({ name, decisions }) =>
    decisions.map(({ rule, outcome }) => `${name}: ${rule}, ${outcome}`),
  );
  expect(told).toEqual([
    'gateway: token issuer, refused',
    'workflow action H: action outcome, refused',
    'workflow action Next: runAfter and branches, skipped',
    'workflow run: run outcome, refused',
  ]);
});

test('what a secured action failed with is not told in decisions', async () => {
  const clock = manualClock();
  telemetry = startTelemetry(clock);
  opened = stage({ clock, telemetry });
  const secured = { runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } } };
  const run = await inSpan('caller', {}, () =>
    opened!.start(definitionOf({ A: { type: 'Compose', inputs: "@int('hush')", ...secured } })),
  );
  const { history } = await opened.finish(run);
  expect(JSON.stringify(history.spans)).not.toContain('hush');
  expect(
    JSON.stringify(telemetry.recentTraces(10).flatMap((id) => telemetry!.spansOf(id))),
  ).not.toContain('hush');
});
