// System.TimeZoneInfo.TransitionTime.
import {
  type DateTimeValue,
  equalTransitions,
  fixedTransition,
  floatingTransition,
  noTransition,
  type TransitionTime,
} from '../../../dotnet/index.ts';
import { declareType } from '../types/registry.ts';

const keyOf = (value: TransitionTime) =>
  JSON.stringify([
    value.isFixedDateRule,
    value.month,
    value.isFixedDateRule ? value.day : [value.week, value.dayOfWeek],
    String(value.timeOfDayTicks),
  ]);

export const transitionTimeType = declareType(
  'struct System.TimeZoneInfo.TransitionTime : IEquatable<System.TimeZoneInfo.TransitionTime>',
  {
    'static System.TimeZoneInfo.TransitionTime CreateFixedDateRule(DateTime timeOfDay, int month, int day)':
      fixedTransition,
    'static System.TimeZoneInfo.TransitionTime CreateFloatingDateRule(DateTime timeOfDay, int month, int week, DayOfWeek dayOfWeek)':
      floatingTransition,
    'DateTime TimeOfDay': ({ timeOfDayTicks }: TransitionTime): DateTimeValue => ({
      ticks: timeOfDayTicks,
      kind: 'unspecified',
    }),
    'int Month': ({ month }: TransitionTime) => month,
    'int Week': ({ week }: TransitionTime) => week,
    'int Day': ({ day }: TransitionTime) => day,
    'DayOfWeek DayOfWeek': ({ dayOfWeek }: TransitionTime) => dayOfWeek,
    'bool IsFixedDateRule': ({ isFixedDateRule }: TransitionTime) => isFixedDateRule,
    'bool Equals(System.TimeZoneInfo.TransitionTime other)': equalTransitions,
    'bool operator ==(System.TimeZoneInfo.TransitionTime t1, System.TimeZoneInfo.TransitionTime t2)':
      equalTransitions,
    'bool operator !=(System.TimeZoneInfo.TransitionTime t1, System.TimeZoneInfo.TransitionTime t2)':
      (left: TransitionTime, right: TransitionTime) => !equalTransitions(left, right),
  },
  { key: keyOf, initial: noTransition },
);
