// JsonSerializerSettings, as far as policies use them: layout, nulls, and how text is read.
import type { JsonTextOptions } from '../../../../dotnet/index.ts';
import { fault } from '../../running/exceptions.ts';
import { Instance } from '../../running/values.ts';
import { declareEnum, declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';

const dateParsing = { None: 0, DateTime: 1, DateTimeOffset: 2 } as const;
const floatParsing = { Double: 0, Decimal: 1 } as const;
export const nullValues = { Include: 0, Ignore: 1 } as const;
const missingMembers = { Ignore: 0, Error: 1 } as const;

export class SerializerSettings extends Instance {
  formatting = 0;
  nulls: number = nullValues.Include;
  missing: number = missingMembers.Ignore;
  dates: number = dateParsing.DateTime;
  floats: number = floatParsing.Double;
  depthMax: number | null = null;
}

/** How text is read under the settings. */
export function textOptions(settings: SerializerSettings | null): JsonTextOptions {
  if (!settings) return {};
  return {
    dates: (['none', 'dateTime', 'dateTimeOffset'] as const)[settings.dates] ?? 'dateTime',
    floats: settings.floats === floatParsing.Decimal ? 'decimal' : 'double',
    ...(settings.depthMax !== null && { depthMax: settings.depthMax }),
  };
}

type Name = 'formatting' | 'nulls' | 'missing' | 'dates' | 'floats';

function accessor(name: Name) {
  return {
    get: (settings: SerializerSettings) => settings[name],
    set: (settings: SerializerSettings, value: number) => {
      settings[name] = value;
    },
  };
}

const space = 'Newtonsoft.Json';

export const serializerSettingsTypes = [
  declareEnum(`${space}.DateParseHandling`, dateParsing),
  declareEnum(`${space}.FloatParseHandling`, floatParsing),
  declareEnum(`${space}.NullValueHandling`, nullValues),
  declareEnum(`${space}.MissingMemberHandling`, missingMembers),
  declareType(`class ${space}.JsonSerializerSettings`, {
    'new()': (type: Type) => new SerializerSettings(type),
    'Formatting Formatting': accessor('formatting'),
    'NullValueHandling NullValueHandling': accessor('nulls'),
    'MissingMemberHandling MissingMemberHandling': accessor('missing'),
    'DateParseHandling DateParseHandling': accessor('dates'),
    'FloatParseHandling FloatParseHandling': accessor('floats'),
    'int? MaxDepth': {
      get: (settings: SerializerSettings) => settings.depthMax,
      set: (settings: SerializerSettings, value: number | null) => {
        if (value !== null && value <= 0) {
          throw fault('ArgumentException', 'Value must be positive.', 'value');
        }
        settings.depthMax = value;
      },
    },
  }),
];
