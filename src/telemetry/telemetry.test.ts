import { afterEach, expect, test } from 'vitest';
import { manualClock } from '../base/index.ts';
import {
  activeTraceId,
  activeTraceparent,
  decide,
  inSpan,
  inSpanOf,
  joinTrace,
  type RecordedSpan,
  setAttributes,
  startTelemetry,
  type Telemetry,
} from './index.ts';

let telemetry: Telemetry;
const start = () => {
  telemetry = startTelemetry(manualClock(Date.now()));
  return telemetry;
};
afterEach(() => telemetry?.close());

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;

test('a decision stands on the span it was made in, with rule, input, outcome and fix', async () => {
  start();
  let id = '';
  await inSpan('outer', { service: 'vault' }, async () => {
    id = activeTraceId()!;
    await inSpan('inner', {}, async () => {
      decide({ rule: 'r', outcome: 'refused', reason: 'because', input: { a: 1 }, fix: 'do this' });
      setAttributes({ status: 403 });
    });
  });
  const [outer, inner] = telemetry.spansOf(id).sort((a) => (a.name === 'outer' ? -1 : 1));
  expect(outer).toMatchObject({ name: 'outer', attributes: { service: 'vault' }, decisions: [] });
  expect(inner).toMatchObject({
    parentSpanId: outer!.spanId,
    attributes: { status: 403 },
    decisions: [
      { rule: 'r', outcome: 'refused', reason: 'because', input: { a: 1 }, fix: 'do this' },
    ],
  });
  expect(telemetry.recentTraces(1)).toEqual([id]);
});

test('a decision outside of any span is dropped, and nothing fails', () => {
  start();
  decide({ rule: 'r', outcome: 'allowed', reason: 'x' });
  expect(telemetry.recentTraces(10)).toEqual([]);
});

test('a traceparent is joined, with a span or without one of its own', async () => {
  start();
  await inSpanOf(traceparent, 'one', {}, async () => {
    expect(activeTraceparent()).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  });
  await joinTrace(traceparent, () => inSpan('two', {}, async () => undefined));
  expect(telemetry.spansOf(traceId).map((span) => span.name)).toEqual(['one', 'two']);
});

test.each(['', 'nonsense', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, undefined])(
  'a malformed traceparent (%s) begins a trace of its own',
  async (given) => {
    start();
    await inSpanOf(given, 'one', {}, async () => expect(activeTraceId()).not.toBe(traceId));
    expect(telemetry.recentTraces(10)).toHaveLength(1);
  },
);

test('listeners hear of spans as they end, and whether their cause goes on', async () => {
  start();
  const heard: [string, boolean][] = [];
  const stop = telemetry.subscribe(({ name }: RecordedSpan, parentIsOpen) =>
    heard.push([name, parentIsOpen]),
  );
  await inSpan('outer', {}, () => inSpan('inner', {}, async () => undefined));
  stop();
  await inSpan('unheard', {}, async () => undefined);
  expect(heard).toEqual([
    ['inner', true],
    ['outer', false],
  ]);
});

test('a span whose work throws ends all the same', async () => {
  start();
  await expect(
    inSpanOf(traceparent, 'one', {}, () => Promise.reject(new Error('no'))),
  ).rejects.toThrow('no');
  expect(telemetry.spansOf(traceId)).toHaveLength(1);
});

test('traces older than seven days are forgotten', async () => {
  const clock = manualClock(Date.now());
  telemetry = startTelemetry(clock);
  await inSpanOf(traceparent, 'old', {}, async () => undefined);
  clock.advance(8 * 86_400_000);
  await inSpan('new', {}, async () => undefined);
  expect(telemetry.spansOf(traceId)).toEqual([]);
});
