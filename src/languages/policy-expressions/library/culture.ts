// System.Globalization: cultures as format providers, and the style enumerations.
import {
  type Culture,
  DateTimeStyles,
  findCulture,
  invariantCulture,
  NumberStyles,
} from '../../../dotnet/index.ts';
import { fault, required } from '../running/exceptions.ts';
import { Instance } from '../running/values.ts';
import { declareEnum, declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

export class CultureValue extends Instance {
  readonly culture: Culture;

  constructor(culture: Culture) {
    super(named('System.Globalization.CultureInfo'));
    this.culture = culture;
  }
}

/** The conventions of a format provider; null and other providers mean the invariant culture. */
export function cultureOf(provider: unknown): Culture | undefined {
  return provider instanceof CultureValue ? provider.culture : undefined;
}

let invariant: CultureValue | undefined;

function invariantValue(): CultureValue {
  invariant ??= new CultureValue(invariantCulture);
  return invariant;
}

function find(name: string | null): CultureValue {
  try {
    return new CultureValue(findCulture(required(name, 'name')));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'DotnetError') throw error;
    throw fault(
      'System.Globalization.CultureNotFoundException',
      'Culture is not supported.',
      'name',
    );
  }
}

export const cultureTypes = [
  declareType(
    'class System.Globalization.CultureInfo : IFormatProvider',
    {
      'new(string name)': (_type: Type, name: string | null) => find(name),
      'static CultureInfo InvariantCulture': invariantValue,
      'static CultureInfo CurrentCulture': invariantValue,
      'static CultureInfo CurrentUICulture': invariantValue,
      'static CultureInfo GetCultureInfo(string name)': find,
      'string Name': (value: CultureValue) => value.culture.name,
    },
    { text: (value: CultureValue) => value.culture.name },
  ),
  declareEnum('System.Globalization.NumberStyles', NumberStyles, true),
  declareEnum('System.Globalization.DateTimeStyles', DateTimeStyles, true),
  declareEnum('System.Globalization.TimeSpanStyles', { None: 0, AssumeNegative: 1 }, true),
];
