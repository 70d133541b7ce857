// Counters of rate limits and quotas: sliding windows, fixed windows, running requests.
import type { Clock } from '../../base/index.ts';
import { countersMax } from './limits.ts';

export interface Window {
  /** Units counted in the window before this one. */
  readonly used: number;
  /** Milliseconds until at least one unit is free again. */
  readonly freeInMs: number;
}

export interface Counters {
  /** A sliding window: counts what happened within `periodMs` before now. */
  sliding(key: string, periodMs: number): Window;
  slide(key: string, periodMs: number, units: number): void;
  /** A fixed window that began at `startMs + n × periodMs`; `periodMs` 0 never ends. */
  fixed(key: string, startMs: number, periodMs: number): Window;
  fill(key: string, startMs: number, periodMs: number, units: number): void;
  /** Requests running under a key. */
  enter(key: string): number;
  leave(key: string): void;
}

interface Slot {
  readonly atMs: number;
  units: number;
}

/** Slots of a sliding window are this fine, which bounds what one key keeps. */
const slotsPerPeriod = 60;

/** Counters of one gateway instance, in memory as Azure's are. */
export function createCounters(clock: Clock): Counters {
  const windows = new Map<string, Slot[]>();
  const totals = new Map<string, { periodStartMs: number; units: number }>();
  const running = new Map<string, number>();

  function slotsOf(key: string, periodMs: number): Slot[] {
    const now = clock.now();
    const slots = windows.get(key) ?? [];
    let first = 0;
    while (first < slots.length && slots[first]!.atMs <= now - periodMs) first++;
    if (first > 0) slots.splice(0, first);
    touch(windows, key, slots);
    return slots;
  }
  function totalOf(key: string, startMs: number, periodMs: number) {
    const now = clock.now();
    const periodStartMs =
      periodMs === 0 ? startMs : startMs + Math.floor((now - startMs) / periodMs) * periodMs;
    const found = totals.get(key);
    const total = found?.periodStartMs === periodStartMs ? found : { periodStartMs, units: 0 };
    touch(totals, key, total);
    return total;
  }
  return {
    sliding(key, periodMs) {
      const slots = slotsOf(key, periodMs);
      const used = slots.reduce((sum, slot) => sum + slot.units, 0);
      const oldest = slots[0]?.atMs ?? clock.now();
      return { used, freeInMs: Math.max(0, oldest + periodMs - clock.now()) };
    },
    slide(key, periodMs, units) {
      const slots = slotsOf(key, periodMs);
      const last = slots.at(-1);
      const now = clock.now();
      if (last && now - last.atMs < periodMs / slotsPerPeriod) last.units += units;
      else slots.push({ atMs: now, units });
    },
    fixed(key, startMs, periodMs) {
      const { periodStartMs, units } = totalOf(key, startMs, periodMs);
      const freeInMs = periodMs === 0 ? 0 : periodStartMs + periodMs - clock.now();
      return { used: units, freeInMs };
    },
    fill(key, startMs, periodMs, units) {
      totalOf(key, startMs, periodMs).units += units;
    },
    enter(key) {
      const count = (running.get(key) ?? 0) + 1;
      running.set(key, count);
      return count;
    },
    leave(key) {
      const count = (running.get(key) ?? 1) - 1;
      if (count <= 0) running.delete(key);
      else running.set(key, count);
    },
  };
}

/** Moves an entry to the end and drops the oldest ones above the bound. */
function touch<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > countersMax) map.delete(map.keys().next().value!);
}
