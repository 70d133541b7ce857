// ISO 8601 durations, as ARM, policies and definitions write them.

const shape =
  /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** A duration split as written; years and months need a calendar to become milliseconds. */
export interface Duration {
  readonly negative: boolean;
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly ms: number;
}

/** Reads an ISO 8601 duration such as `PT1H30M` or `P1Y`; undefined where it is not one. */
export function parseDuration(text: string): Duration | undefined {
  const match = shape.exec(text);
  if (!match || /^-?PT?$/.test(text) || text.endsWith('T')) return undefined;
  const part = (index: number) => Number(match[index] ?? 0);
  return {
    negative: match[1] === '-',
    years: part(2),
    months: part(3),
    days: part(4) * 7 + part(5),
    ms: part(6) * 3_600_000 + part(7) * 60_000 + Math.round(part(8) * 1000),
  };
}

/** Milliseconds of a duration, a month counted as 30 days and a year as 365 (as .NET's XmlConvert). */
export function durationMs(duration: Duration): number {
  const days = duration.years * 365 + duration.months * 30 + duration.days;
  return (duration.negative ? -1 : 1) * (days * 86_400_000 + duration.ms);
}
