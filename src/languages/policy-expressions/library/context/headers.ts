// The dictionaries of a message: headers by name without regard to case, query and parameters exactly.
import type { PolicyHeaders, PolicyRequest, PolicyUrl } from '../../context/model.ts';
import { stringArray } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { arrayOf } from '../../types/type.ts';
import { type MapView, pairsView } from './map-view.ts';

const headerViews = new WeakMap<object, MapView>();

/** `IReadOnlyDictionary<string, string[]>`, kept per list of headers. */
export function headersOf(headers: PolicyHeaders): MapView {
  let view = headerViews.get(headers);
  if (!view) {
    view = pairsView(arrayOf(known.string), headers, true, (values) => stringArray([...values]));
    headerViews.set(headers, view);
  }
  return view;
}

const queryViews = new WeakMap<object, MapView>();

/** Of a query; its names are exact, as in Microsoft's toolkit. */
export function queryOf(query: PolicyUrl['query']): MapView {
  let view = queryViews.get(query);
  if (!view) {
    view = pairsView(arrayOf(known.string), query, false, (values) => stringArray([...values]));
    queryViews.set(query, view);
  }
  return view;
}

const parameterViews = new WeakMap<object, MapView>();

/** `IReadOnlyDictionary<string, string>` of what the URL template matched. */
export function parametersOf(parameters: PolicyRequest['matchedParameters']): MapView {
  let view = parameterViews.get(parameters);
  if (!view) {
    view = pairsView(known.string, parameters, false, (value) => value);
    parameterViews.set(parameters, view);
  }
  return view;
}
