// JsonMergeSettings and its enumerations.
import { declareEnum, declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { arrayHandling, MergeSettings, nullHandling } from './merging.ts';

const space = 'Newtonsoft.Json.Linq';

function accessor(name: 'arrays' | 'nulls' | 'names') {
  return {
    get: (settings: MergeSettings) => settings[name],
    set: (settings: MergeSettings, value: number) => {
      settings[name] = value;
    },
  };
}

export const mergeSettingsTypes = [
  declareEnum(`${space}.MergeArrayHandling`, arrayHandling),
  declareEnum(`${space}.MergeNullValueHandling`, nullHandling, true),
  declareType(`class ${space}.JsonMergeSettings`, {
    'new()': (type: Type) => new MergeSettings(type),
    'MergeArrayHandling MergeArrayHandling': accessor('arrays'),
    'MergeNullValueHandling MergeNullValueHandling': accessor('nulls'),
    'StringComparison PropertyNameComparison': accessor('names'),
  }),
];
