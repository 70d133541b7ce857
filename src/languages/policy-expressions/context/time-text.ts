// TimeSpan texts of a context written as JSON.
import { parseTimeSpan } from '../../../dotnet/index.ts';

/** Milliseconds of a TimeSpan text; 0 where there is none. */
export function durationOfTimeSpan(text: string | null): number {
  return text ? Number(parseTimeSpan(text).ticks) / 10_000 : 0;
}
