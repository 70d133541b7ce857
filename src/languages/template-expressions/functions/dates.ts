// Date functions; formats are .NET's.
import { type Duration, type Json, parseDuration } from '../../../base/index.ts';
import {
  addMonthsToTicks,
  DotnetError,
  dateTimeOfTicks,
  dateTimeOfUnixMs,
  formatDateTime,
  parseDateTimeOffset,
  ticksPerMillisecond,
  unixMsOfTicks,
} from '../../../dotnet/index.ts';
import { type FunctionRule, fault, integerAt, rule, textAt } from './rule.ts';

/** `2026-01-01T00:00:00Z` as `utcNow()` writes it: 20260101T000000Z. */
export function formatUtc(atMs: number, format?: string): string {
  if (format === undefined) {
    return new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, '');
  }
  return formatDateTime(dateTimeOfUnixMs(atMs), format);
}

function guarded<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DotnetError) throw fault(name, error.message);
    throw error;
  }
}

function utcTicksOf(name: string, args: readonly Json[], index: number): bigint {
  const text = textAt(name, args, index).replace(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
    '$1-$2-$3T$4:$5:$6Z',
  );
  const { ticks, offsetMinutes } = guarded(name, () => parseDateTimeOffset(text));
  return ticks - BigInt(offsetMinutes) * 60_000n * ticksPerMillisecond;
}

function addDuration(ticks: bigint, { negative, years, months, days, ms }: Duration): bigint {
  const sign = negative ? -1 : 1;
  const moved = addMonthsToTicks(ticks, sign * (years * 12 + months));
  return moved + BigInt(sign * (days * 86_400_000 + ms)) * ticksPerMillisecond;
}

export const dateFunctions: readonly FunctionRule[] = [
  rule('dateTimeAdd', 2, 3, (args) => {
    const duration = parseDuration(textAt('dateTimeAdd', args, 1));
    if (!duration) throw fault('dateTimeAdd', "the duration is not ISO 8601, such as 'P1D'.");
    const ticks = addDuration(utcTicksOf('dateTimeAdd', args, 0), duration);
    const format = args.length > 2 ? textAt('dateTimeAdd', args, 2) : "yyyyMMdd'T'HHmmss'Z'";
    return guarded('dateTimeAdd', () => formatDateTime(dateTimeOfTicks(ticks, 'utc'), format));
  }),
  rule('dateTimeFromEpoch', 1, 1, (args) =>
    new Date(integerAt('dateTimeFromEpoch', args, 0) * 1000).toISOString().replace('.000', ''),
  ),
  rule('dateTimeToEpoch', 1, 1, (args) =>
    Math.floor(unixMsOfTicks(utcTicksOf('dateTimeToEpoch', args, 0)) / 1000),
  ),
];
