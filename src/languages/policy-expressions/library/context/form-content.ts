// Form content: a body as a dictionary, and a dictionary as text.
import { iterate } from '../../running/sequences.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType, named } from '../../types/registry.ts';
import { DictionaryValue } from '../collections/dictionary.ts';
import type { KeyValuePair } from '../collections/key-value-pair.ts';
import { ListValue } from '../collections/list-value.ts';
import { type BodyValue, textOfBytes } from './body-text.ts';

export function form(body: BodyValue, preserve: boolean): DictionaryValue {
  const values = named('IList', known.string);
  const map = new DictionaryValue(named('Dictionary', known.string, values));
  const text = textOfBytes(body.content.read(preserve) ?? new Uint8Array());
  for (const [name, value] of new URLSearchParams(text)) {
    const known_ = map.find(name) as ListValue | undefined;
    const list = known_ ?? new ListValue(named('List', known.string));
    list.add(value);
    map.put(name, list);
  }
  return map;
}

function formText(map: unknown, prefix: string): string {
  const parts: string[] = [];
  for (const pair of iterate(map)) {
    const { key, value } = pair as KeyValuePair;
    for (const item of iterate(value)) {
      parts.push(`${encodeURIComponent(key as string)}=${encodeURIComponent(item as string)}`);
    }
  }
  return parts.length === 0 ? '' : prefix + parts.join('&');
}

export const formType = declareType('static class FormExtensions', {
  'static string ToQueryString(this IDictionary<string, IList<string>> dictionary)': (
    map: unknown,
  ) => formText(map, '?'),
  'static string ToFormUrlEncodedContent(this IDictionary<string, IList<string>> dictionary)': (
    map: unknown,
  ) => formText(map, ''),
});
