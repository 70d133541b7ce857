// GetValueOrDefault over the dictionaries of the context: headers, parameters, variables.
import { fault, required } from '../../running/exceptions.ts';
import { bare, initialOf, isInstance, stringOf } from '../../running/values.ts';
import { unboxTo } from '../../types/conversions.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType } from '../../types/registry.ts';
import { type Type, underlying } from '../../types/type.ts';
import type { MapView } from './map-view.ts';

/** Joined by commas, as the gateway shows repeated headers. */
function joined(view: MapView | null, name: string | null, fallback: string | null): string | null {
  const values = required(view, 'dictionary').find(required(name, 'name'));
  if (values === undefined) return fallback;
  const { items } = values as { items: string[] };
  return items.join(',');
}

/** A variable as `T`; a stored value of another type is refused, as the documentation says. */
function variable(
  type: Type,
  view: MapView | null,
  name: string | null,
  fallback: unknown,
): unknown {
  const value = required(view, 'variables').find(required(name, 'name'));
  if (value === undefined) return fallback;
  if (value === null) return type.isNullable ? null : fallback;
  if (type === known.object) return value;
  if (type === known.string) {
    const content = stringOf(value);
    if (content === undefined) throw wrongType();
    return content;
  }
  if (type.isValueType) return unboxTo(value, underlying(type));
  if (!isInstance(value, type)) throw wrongType();
  return bare(value, type);
}

function wrongType() {
  return fault('InvalidCastException', 'Specified cast is not valid.');
}

const map = 'this IReadOnlyDictionary';

/** Published policies call it on what they deserialize, too. */
function ofTexts(type: string): Record<string, unknown> {
  const receiver = `this ${type}<string, string> dictionary`;
  return {
    [`static string GetValueOrDefault(${receiver}, string name)`]: (
      view: MapView | null,
      name: string | null,
    ) => required(view, 'dictionary').find(name) ?? null,
    [`static string GetValueOrDefault(${receiver}, string name, string defaultValue)`]: (
      view: MapView | null,
      name: string | null,
      fallback: string | null,
    ) => required(view, 'dictionary').find(name) ?? fallback,
  };
}

export const contextExtensions = declareType('static class ContextExtensions', {
  [`static string GetValueOrDefault(${map}<string, string[]> dictionary, string name)`]: (
    view: MapView | null,
    name: string | null,
  ) => joined(view, name, null),
  [`static string GetValueOrDefault(${map}<string, string[]> dictionary, string name, string defaultValue)`]:
    joined,
  [`static string GetValueOrDefault(${map}<string, string> dictionary, string name)`]: (
    view: MapView | null,
    name: string | null,
  ) => required(view, 'dictionary').find(name) ?? null,
  [`static string GetValueOrDefault(${map}<string, string> dictionary, string name, string defaultValue)`]:
    (view: MapView | null, name: string | null, fallback: string | null) =>
      required(view, 'dictionary').find(name) ?? fallback,
  ...ofTexts('IDictionary'),
  // Implements both interfaces; without forms of its own, a call would be ambiguous.
  ...ofTexts('Dictionary'),
  [`static T GetValueOrDefault<T>(${map}<string, object> dictionary, string name)`]: (
    [type]: Type[],
    view: MapView | null,
    name: string | null,
  ) => variable(type!, view, name, initialOf(type!)),
  [`static T GetValueOrDefault<T>(${map}<string, object> dictionary, string name, T defaultValue)`]:
    ([type]: Type[], view: MapView | null, name: string | null, fallback: unknown) =>
      variable(type!, view, name, fallback),
  [`static object GetValueOrDefault(${map}<string, object> dictionary, string name)`]: (
    view: MapView | null,
    name: string | null,
  ) => required(view, 'dictionary').find(name) ?? null,
  [`static V GetValueOrDefault<K, V>(${map}<K, V> dictionary, K name)`]: (
    types: Type[],
    view: MapView | null,
    name: unknown,
  ) => required(view, 'dictionary').find(name) ?? initialOf(types[1]!),
  [`static V GetValueOrDefault<K, V>(${map}<K, V> dictionary, K name, V defaultValue)`]: (
    _types: Type[],
    view: MapView | null,
    name: unknown,
    fallback: unknown,
  ) => required(view, 'dictionary').find(name) ?? fallback,
});
