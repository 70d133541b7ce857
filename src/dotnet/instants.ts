// Points in time and spans as records of ticks. Placeholder shapes; calendar functions follow.
import type { DateTimeKind } from './styles.ts';

/** System.DateTime: `ticks` are 100 ns since 0001-01-01T00:00. Immutable. */
export interface DateTimeValue {
  readonly ticks: bigint;
  readonly kind: DateTimeKind;
}

/** System.DateTimeOffset: `ticks` is the clock time at the offset (not UTC). Immutable. */
export interface DateTimeOffsetValue {
  readonly ticks: bigint;
  readonly offsetMinutes: number;
}

/** System.TimeSpan. Immutable. */
export interface TimeSpanValue {
  readonly ticks: bigint;
}
