// Names and identifiers of the run history.
import { expect, test } from 'vitest';
import {
  invertedTicks,
  isoTime,
  msOfInvertedTicks,
  repetitionName,
  runName,
  scaleUnit,
  workflowHexId,
} from './names.ts';

const arrival = Date.parse('2024-11-23T22:12:28.667Z');

test('a run name is inverted ticks, nine digits and the scale unit', () => {
  expect(runName(arrival, 0, 0.603050984)).toBe('08584692069368105807603050984CU00');
  expect(msOfInvertedTicks('08584692069368105395603050984CU00')).toBe(arrival);
});

test('run names sort newest first, within a millisecond too', () => {
  const names = [runName(arrival, 0, 0.9), runName(arrival, 1, 0.5), runName(arrival + 1, 0, 0.1)];
  expect([...names].sort()).toEqual(names.reverse());
});

test('a version id is the inverted ticks alone', () => {
  expect(invertedTicks(arrival)).toMatch(/^0858\d{16}$/);
});

test('a workflow has the same 32 hex digits in any letter case of its resource id', () => {
  const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Logic/workflows/w';
  expect(workflowHexId(id)).toMatch(/^[0-9a-f]{32}$/);
  expect(workflowHexId(id.toUpperCase())).toBe(workflowHexId(id));
  expect(scaleUnit(workflowHexId(id))).toMatch(/^\d\d$/);
});

test('repetitions are named by six digits, nested ones joined by a dash', () => {
  expect(repetitionName([0])).toBe('000000');
  expect(repetitionName([0, 3])).toBe('000000-000003');
});

test('times carry seven fraction digits', () => {
  expect(isoTime(arrival)).toBe('2024-11-23T22:12:28.6670000Z');
});
