import { expect, test } from 'vitest';
import { systemClock } from '../base/index.ts';
import { memoryStore } from '../store/index.ts';
import { openClock } from './clock-control.ts';

test('advance adds, set goes there, reset follows the machine again', async () => {
  const control = await openClock(memoryStore(), systemClock());
  expect((await control.move({ advance: 'PT1H' })).offsetMs).toBe(3_600_000);
  expect((await control.move({ advance: 'P1D' })).offsetMs).toBe(90_000_000);
  const view = await control.move({ set: '2030-01-01T00:00:00Z' });
  expect(view.now).toMatch(/^2030-01-01T00:00:00/);
  expect((await control.move({ reset: true })).offsetMs).toBe(0);
});

test('a restart goes on with the same offset', async () => {
  const store = memoryStore();
  await (await openClock(store, systemClock())).move({ advance: 'P10D' });
  expect((await openClock(store, systemClock())).view().offsetMs).toBe(864_000_000);
});

test.each([
  [{ advance: '1 hour' }, "'1 hour' is not an ISO 8601 duration"],
  [{ set: '2030-01-01' }, "'2030-01-01' is not a time with a zone"],
  [{ set: '2030-13-01T00:00:00Z' }, 'is not a time with a zone'],
  [{}, "'' is not a time with a zone"],
])('%j is refused with what to write', async (request, message) => {
  const control = await openClock(memoryStore(), systemClock());
  await expect(control.move(request as never)).rejects.toThrow(message);
  expect(control.view().offsetMs).toBe(0);
});
