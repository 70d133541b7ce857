// Throttling by the published limits, per vault and ten seconds; off unless the environment asks.
import type { Clock } from '../../base/index.ts';
import { decide } from '../../telemetry/index.ts';
import { throttled } from './key-operations.ts';
import type { Vault } from './room.ts';

/** Transactions per vault and region in ten seconds (service limits, software keys). */
export const loadLimits = { create: 20, 'secret-create': 300, sign: 4_000, other: 4_000 } as const;

export type Load = keyof typeof loadLimits;

export interface Throttle {
  /** Throws 429 where the vault has had its share. A refused request does not count. */
  count(vault: Vault, load: Load): void;
}

const windowMs = 10_000;

/** A weighted sum: each request takes its part of the window's share. */
export function createThrottle(clock: Clock, enabled: boolean): Throttle {
  const windows = new Map<string, { startMs: number; used: Map<Load, number> }>();
  return {
    count(vault, load) {
      if (!enabled) return;
      const nowMs = clock.now();
      let window = windows.get(vault.instance);
      if (!window || nowMs - window.startMs >= windowMs || nowMs < window.startMs) {
        window = { startMs: nowMs, used: new Map() };
        windows.set(vault.instance, window);
      }
      const used = (window.used.get(load) ?? 0) + 1;
      if (used > loadLimits[load]) {
        decide({
          rule: 'vault throttling',
          outcome: 'refused',
          reason: `More than ${loadLimits[load]} '${load}' requests came within ten seconds.`,
          fix: 'Send fewer requests, keep what was read, or switch throttling off.',
        });
        throw throttled();
      }
      window.used.set(load, used);
    },
  };
}
