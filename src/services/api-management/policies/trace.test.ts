// trace: the message becomes a decision of the call's trace.
import { expect, it } from 'vitest';
import { startTelemetry } from '../../../telemetry/index.ts';
import { testGateway } from '../fixtures/gateway.ts';

it('joins the trace with source, severity and metadata', async () => {
  const gateway = await testGateway(
    '<inbound><trace source="mine" severity="error"><message>hello</message><metadata name="k" value="v"/></trace></inbound>',
  );
  const telemetry = startTelemetry(gateway.clock);
  await gateway.call();
  const spans = telemetry.spansOf(telemetry.recentTraces(1)[0]!);
  await telemetry.close();
  expect(spans.flatMap((span) => span.decisions)).toContainEqual(
    expect.objectContaining({
      ...{ rule: 'trace mine', outcome: 'done', reason: 'hello' },
      input: { severity: 'error', 'metadata k': 'v' },
    }),
  );
});
