// System.TimeZoneInfo.AdjustmentRule.
import {
  type AdjustmentRule,
  adjustmentRule,
  type DateTimeValue,
  equalRules,
  formatTimeSpan,
  type TimeSpanValue,
  type TransitionTime,
} from '../../../dotnet/index.ts';
import { Instance } from '../running/values.ts';
import { declareType, named } from '../types/registry.ts';

/** A rule as an object. */
export class RuleValue extends Instance {
  readonly rule: AdjustmentRule;

  constructor(rule: AdjustmentRule) {
    super(named('System.TimeZoneInfo.AdjustmentRule'));
    this.rule = rule;
  }
}

const date = (ticks: bigint): DateTimeValue => ({ ticks, kind: 'unspecified' });

export const adjustmentRuleType = declareType('sealed class System.TimeZoneInfo.AdjustmentRule', {
  'static System.TimeZoneInfo.AdjustmentRule CreateAdjustmentRule(DateTime dateStart, DateTime dateEnd, TimeSpan daylightDelta, System.TimeZoneInfo.TransitionTime daylightTransitionStart, System.TimeZoneInfo.TransitionTime daylightTransitionEnd)':
    (
      start: DateTimeValue,
      end: DateTimeValue,
      delta: TimeSpanValue,
      daylightStart: TransitionTime,
      daylightEnd: TransitionTime,
    ) => {
      const saved = { ticks: delta.ticks, text: formatTimeSpan(delta) };
      return new RuleValue(adjustmentRule(start, end, saved, daylightStart, daylightEnd));
    },
  'DateTime DateStart': ({ rule }: RuleValue) => date(rule.startTicks),
  'DateTime DateEnd': ({ rule }: RuleValue) => date(rule.endTicks),
  'TimeSpan DaylightDelta': ({ rule }: RuleValue) => ({
    ticks: BigInt(rule.deltaMinutes) * 600_000_000n,
  }),
  'System.TimeZoneInfo.TransitionTime DaylightTransitionStart': ({ rule }: RuleValue) =>
    rule.daylightStart,
  'System.TimeZoneInfo.TransitionTime DaylightTransitionEnd': ({ rule }: RuleValue) =>
    rule.daylightEnd,
  'bool Equals(System.TimeZoneInfo.AdjustmentRule other)': (
    { rule }: RuleValue,
    other: RuleValue | null,
  ) => other !== null && equalRules(rule, other.rule),
});
