// System.Linq.Enumerable: every operator, by family.
import { declareType } from '../../types/registry.ts';
import { aggregateMembers } from './aggregating.ts';
import { concatenationMembers } from './concatenating.ts';
import { conversionMembers } from './converting.ts';
import { elementMembers } from './elements.ts';
import { extremeMembers } from './extremes.ts';
import { filterMembers } from './filtering.ts';
import { generationMembers } from './generating.ts';
import { groupingType, groupMembers } from './grouping.ts';
import { joinMembers } from './joining.ts';
import { lookupMembers, lookupType } from './lookup.ts';
import { orderedType, orderMembers } from './ordering.ts';
import { partitionMembers } from './partitioning.ts';
import { projectionMembers } from './projecting.ts';
import { quantifierMembers } from './quantifying.ts';
import { setMembers } from './sets.ts';
import { sumMembers } from './sums.ts';

export const linqTypes = [
  orderedType,
  groupingType,
  lookupType,
  declareType('static class System.Linq.Enumerable', {
    ...elementMembers,
    ...quantifierMembers,
    ...filterMembers,
    ...projectionMembers,
    ...partitionMembers,
    ...concatenationMembers,
    ...generationMembers,
    ...conversionMembers,
    ...sumMembers,
    ...extremeMembers,
    ...aggregateMembers,
    ...orderMembers,
    ...groupMembers,
    ...lookupMembers,
    ...joinMembers,
    ...setMembers,
  }),
];
