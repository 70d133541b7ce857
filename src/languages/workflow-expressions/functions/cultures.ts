// Locale arguments: names of cultures, `en-us` where none is given.
import { type Culture, DotnetError, englishCulture, findCulture } from '../../../dotnet/index.ts';
import { failFunction } from '../errors.ts';
import type { Value } from '../values.ts';
import { stringArgument } from './definition.ts';

/** The culture argument `index` names; en-US where it is missing or null, invariant where empty. */
export function cultureOf(name: string, args: readonly Value[], index: number): Culture {
  const value = args[index];
  if (value === undefined || value === null) return englishCulture;
  const locale = stringArgument(name, args, index);
  try {
    return findCulture(locale);
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    return failFunction(
      name,
      `was invoked with a locale that is not valid: '${locale.slice(0, 50)}' has no associated culture.`,
    );
  }
}
