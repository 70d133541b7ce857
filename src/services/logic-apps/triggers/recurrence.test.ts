// When recurrences come.
import { expect, test } from 'vitest';
import { nextOccurrence } from './recurrence.ts';

const ms = (text: string) => Date.parse(text);
const saved = '2026-03-02T09:30:00Z';

test.each<[string, object, string, string | undefined]>([
  [
    'every five minutes from saving on',
    { frequency: 'Minute', interval: 5 },
    saved,
    '2026-03-02T09:35:00Z',
  ],
  [
    'the next of a long row',
    { frequency: 'Second', interval: 10 },
    '2026-03-02T12:00:03Z',
    '2026-03-02T12:00:10Z',
  ],
  [
    'the start itself',
    { frequency: 'Day', interval: 1, startTime: '2026-03-05T06:00:00Z' },
    saved,
    '2026-03-05T06:00:00Z',
  ],
  [
    'from a start that is past',
    { frequency: 'Hour', interval: 6, startTime: '2026-03-01T00:00:00Z' },
    saved,
    '2026-03-02T12:00:00Z',
  ],
  [
    'months by the calendar',
    { frequency: 'Month', interval: 1, startTime: '2026-01-31T00:00:00Z' },
    '2026-02-01T00:00:00Z',
    '2026-02-28T00:00:00Z',
  ],
  [
    'no more after its end',
    {
      frequency: 'Day',
      interval: 1,
      startTime: '2026-03-01T00:00:00Z',
      endTime: '2026-03-02T00:00:00Z',
    },
    saved,
    undefined,
  ],
  [
    'daily at two hours',
    { frequency: 'Day', interval: 1, schedule: { hours: ['8', 17], minutes: [0, 30] } },
    saved,
    '2026-03-02T17:00:00Z',
  ],
  [
    'on days of the week',
    {
      frequency: 'Week',
      interval: 1,
      schedule: { weekDays: ['Friday'], hours: [6], minutes: [0] },
    },
    saved,
    '2026-03-06T06:00:00Z',
  ],
  [
    'every second week',
    {
      frequency: 'Week',
      interval: 2,
      schedule: { weekDays: ['Monday'], hours: [6], minutes: [0] },
    },
    saved,
    '2026-03-16T06:00:00Z',
  ],
  [
    'on the last day of a month',
    { frequency: 'Month', interval: 1, schedule: { monthDays: [-1], hours: [0], minutes: [0] } },
    saved,
    '2026-03-31T00:00:00Z',
  ],
  [
    'on the second Tuesday',
    {
      frequency: 'Month',
      interval: 1,
      schedule: {
        monthlyOccurrences: [{ dayOfWeek: 'Tuesday', occurrence: 2 }],
        hours: [0],
        minutes: [0],
      },
    },
    saved,
    '2026-03-10T00:00:00Z',
  ],
  [
    'in the time of its zone',
    {
      frequency: 'Day',
      interval: 1,
      timeZone: 'W. Europe Standard Time',
      schedule: { hours: [8], minutes: [0] },
    },
    saved,
    '2026-03-03T07:00:00Z',
  ],
  [
    'in summer time from the last Sunday of March',
    {
      frequency: 'Day',
      interval: 1,
      timeZone: 'W. Europe Standard Time',
      schedule: { hours: [8], minutes: [0] },
    },
    '2026-03-29T00:00:00Z',
    '2026-03-29T06:00:00Z',
  ],
])('%s', (_, rule, after, expected) => {
  const next = nextOccurrence(rule as never, ms(after), ms(saved));
  expect(next === undefined ? undefined : new Date(next).toISOString().replace('.000', '')).toBe(
    expected,
  );
});
