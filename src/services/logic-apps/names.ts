// Names and identifiers as the run history writes them.
import { createHash } from 'node:crypto';

const ticksAtEpoch = 621_355_968_000_000_000n;
const int64Max = 9_223_372_036_854_775_807n;

/** .NET UTC ticks of milliseconds since the Unix epoch. */
export function ticksOf(ms: number): bigint {
  return BigInt(Math.round(ms * 10_000)) + ticksAtEpoch;
}

/** 20 digits that sort newest first: Int64.MaxValue less the ticks. */
export function invertedTicks(ms: number): string {
  return (int64Max - ticksOf(ms)).toString().padStart(20, '0');
}

/** The time an inverted-ticks prefix was made of, in milliseconds since the Unix epoch. */
export function msOfInvertedTicks(text: string): number {
  return Number((int64Max - BigInt(text.slice(0, 20)) - ticksAtEpoch) / 10_000n);
}

/**
 * A run's name: inverted ticks, nine digits, `CU`, two digits of the scale unit. `random` is at
 * least 0 and below 1; `order` separates runs of one millisecond and keeps the newest first.
 */
export function runName(ms: number, order: number, random: number): string {
  const inverted = int64Max - ticksOf(ms) - BigInt(order % 10_000);
  const digits = String(Math.floor(random * 1e9)).padStart(9, '0');
  return `${inverted.toString().padStart(20, '0')}${digits}CU00`;
}

/** The 32 hex digits by which a workflow is addressed; the same for the same resource. */
export function workflowHexId(resourceId: string): string {
  return createHash('sha256').update(resourceId.toLowerCase()).digest('hex').slice(0, 32);
}

/** The scale unit that serves a workflow: two digits, as in `prod-07`. */
export function scaleUnit(hexId: string): string {
  return String(Number.parseInt(hexId.slice(0, 8), 16) % 64).padStart(2, '0');
}

/** `000003`, nested `000000-000003`. */
export function repetitionName(indices: readonly number[]): string {
  return indices.map((index) => String(index).padStart(6, '0')).join('-');
}

/** ISO 8601 in UTC with seven fraction digits, as .NET's round-trip format without trailing care. */
export function isoTime(ms: number): string {
  if (ms === lastTime.ms) return lastTime.text;
  const whole = Math.floor(ms);
  const rest = Math.round((ms - whole) * 10_000);
  lastTime = {
    ms,
    text: `${new Date(whole).toISOString().slice(0, -1)}${String(rest).padStart(4, '0')}Z`,
  };
  return lastTime.text;
}

/** One commit asks for the same time again and again. */
let lastTime = { ms: Number.NaN, text: '' };
