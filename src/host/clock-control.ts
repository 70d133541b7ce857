// Moves the clock and remembers by how much, so that a restart does not jump back.
import {
  type AdjustableClock,
  ConfigurationError,
  durationMs,
  type Json,
  parseDuration,
} from '../base/index.ts';
import type { Store } from '../store/index.ts';
import type { ClockView } from './views.ts';

export interface ClockControl {
  readonly clock: AdjustableClock;
  view(): ClockView;
  /** `{advance: duration}`, `{set: time}` or `{reset: true}`. Throws ConfigurationError. */
  move(request: Readonly<Record<string, Json>>): Promise<ClockView>;
}

const kind = 'host-clock';
const key = 'offset';

/** Applies the offset that the store remembers. */
export async function openClock(store: Store, clock: AdjustableClock): Promise<ClockControl> {
  const known = await store.get<{ offsetMs: number }>(kind, key);
  if (known) clock.setOffset(known.value.offsetMs);
  const view = (): ClockView => ({
    now: new Date(clock.now()).toISOString(),
    offsetMs: clock.offsetMs(),
  });
  return {
    clock,
    view,
    async move(request) {
      const offsetMs = wantedOffset(clock, request);
      await store.write([{ put: { kind, key, value: { offsetMs } } }]);
      clock.setOffset(offsetMs);
      return view();
    },
  };
}

function wantedOffset(clock: AdjustableClock, request: Readonly<Record<string, Json>>): number {
  if (request.reset === true) return 0;
  if (typeof request.advance === 'string') {
    const duration = parseDuration(request.advance);
    if (duration) return clock.offsetMs() + durationMs(duration);
    throw new ConfigurationError({
      message: `'${request.advance}' is not an ISO 8601 duration`,
      fix: 'Write it as PT90M (90 minutes), PT1H, P1D or P1DT12H.',
    });
  }
  const time = typeof request.set === 'string' ? request.set : '';
  const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(time);
  const atMs = zoned ? Date.parse(time) : Number.NaN;
  if (!Number.isNaN(atMs)) return clock.offsetMs() + (atMs - clock.now());
  throw new ConfigurationError({
    message: `'${time}' is not a time with a zone`,
    fix: 'Write it as 2030-01-01T00:00:00Z, or with an offset such as +02:00.',
  });
}
