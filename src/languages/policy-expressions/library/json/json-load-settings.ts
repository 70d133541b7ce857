// JsonLoadSettings: what JToken.Parse does with comments and repeated names.
import type { JsonReadOptions } from '../../../../dotnet/index.ts';
import { Instance } from '../../running/values.ts';
import { declareEnum, declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';

const space = 'Newtonsoft.Json.Linq';

const comments = { Ignore: 0, Load: 1 } as const;
const lineInfo = { Ignore: 0, Load: 1 } as const;
const repeatedNames = { Replace: 0, Ignore: 1, Error: 2 } as const;

export class LoadSettings extends Instance {
  comments: number = comments.Ignore;
  lines: number = lineInfo.Load;
  repeated: number = repeatedNames.Replace;
}

export function readOptions(settings: LoadSettings | null): JsonReadOptions {
  if (!settings) return {};
  return {
    comments: settings.comments === comments.Load ? 'keep' : 'skip',
    repeated: (['replace', 'ignore', 'error'] as const)[settings.repeated] ?? 'replace',
  };
}

function accessor(name: 'comments' | 'lines' | 'repeated') {
  return {
    get: (settings: LoadSettings) => settings[name],
    set: (settings: LoadSettings, value: number) => {
      settings[name] = value;
    },
  };
}

export const loadSettingsTypes = [
  declareEnum(`${space}.CommentHandling`, comments),
  declareEnum(`${space}.LineInfoHandling`, lineInfo),
  declareEnum(`${space}.DuplicatePropertyNameHandling`, repeatedNames),
  declareType(`class ${space}.JsonLoadSettings`, {
    'new()': (type: Type) => new LoadSettings(type),
    'CommentHandling CommentHandling': accessor('comments'),
    'LineInfoHandling LineInfoHandling': accessor('lines'),
    'DuplicatePropertyNameHandling DuplicatePropertyNameHandling': accessor('repeated'),
  }),
];
