// Dates as numbers of other systems: binary, Windows file times, OLE automation dates.
import { type DateTimeKind, type DateTimeValue, maxDateTicks } from '../../../dotnet/index.ts';
import { fault, outOfRange } from '../running/exceptions.ts';
import { kindOf, kinds } from './instants.ts';

const kindShift = 62n;

export function toBinary({ ticks, kind }: DateTimeValue): bigint {
  return BigInt.asIntN(64, ticks | (BigInt(kinds.indexOf(kind)) << kindShift));
}

/** The two highest bits are the kind; both set, as of a local hour that occurs twice, is local too. */
export function ofBinary(data: bigint): DateTimeValue {
  const ticks = BigInt.asUintN(62, data);
  if (ticks > maxDateTicks) {
    const message =
      'The binary data must result in a DateTime with ticks between DateTime.MinValue.Ticks and DateTime.MaxValue.Ticks.';
    throw fault('ArgumentException', message, 'dateData');
  }
  return { ticks, kind: kindOf(Math.min(2, Number(BigInt.asUintN(64, data) >> kindShift))) };
}

/** Ticks of 1601, the epoch of file times. */
const fileEpoch = 504_911_232_000_000_000n;
const notFileTime = 'Not a valid Win32 FileTime.';

export function ofFileTime(time: bigint, kind: DateTimeKind): DateTimeValue {
  if (time < 0n || time > maxDateTicks - fileEpoch) throw outOfRange('fileTime', notFileTime);
  return { ticks: time + fileEpoch, kind };
}

export function toFileTime({ ticks }: DateTimeValue): bigint {
  if (ticks < fileEpoch) throw fault('ArgumentOutOfRangeException', notFileTime);
  return ticks - fileEpoch;
}

/** Ticks of 30 December 1899 and of the year 100, between which the epoch and the first date are. */
const automationEpoch = 599_264_352_000_000_000n;
const automationFirst = 31_241_376_000_000_000n;
const ticksPerMs = 10_000n;
const msPerDay = 86_400_000;
const notAutomationDate = 'Not a legal OleAut date.';

/** Before the epoch the whole days count down, but the time of a day still counts up. */
export function ofAutomationDate(days: number): DateTimeValue {
  if (!(days < 2_958_466 && days > -657_435)) throw fault('ArgumentException', notAutomationDate);
  let ms = Math.trunc(days * msPerDay + (days >= 0 ? 0.5 : -0.5));
  if (ms < 0) ms -= (ms % msPerDay) * 2;
  return { ticks: automationEpoch + BigInt(ms) * ticksPerMs, kind: 'unspecified' };
}

/** A time of day alone, on the first day of the calendar, is a fraction of the epoch's day. */
export function toAutomationDate({ ticks }: DateTimeValue): number {
  if (ticks === 0n) return 0;
  const from = ticks < BigInt(msPerDay) * ticksPerMs ? ticks + automationEpoch : ticks;
  if (from < automationFirst) throw fault('OverflowException', notAutomationDate);
  let ms = Number((from - automationEpoch) / ticksPerMs);
  const fraction = ms % msPerDay;
  if (ms < 0 && fraction !== 0) ms -= (msPerDay + fraction) * 2;
  return ms / msPerDay;
}
