// IMessageBody: `As<T>` and form content.
import { textEncoding } from '../../../dotnet/index.ts';
import type { PolicyBody } from '../context/model.ts';
import { fault } from '../running/exceptions.ts';
import { allocate } from '../running/run.ts';
import { iterate } from '../running/sequences.ts';
import { bytesValue, type Instance } from '../running/values.ts';
import { known } from '../types/hierarchy.ts';
import { declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';
import { DictionaryValue, ListValue } from './collections.ts';
import { parseToken } from './json/loading.ts';
import type { KeyValuePair } from './nullable.ts';
import { parseElement, parseXml } from './xml/index.ts';

interface BodyValue extends Instance {
  readonly content: PolicyBody;
}

function textOfBytes(bytes: Uint8Array): string {
  allocate(bytes.length);
  const text = textEncoding('utf-8').getString(bytes);
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

const readers: Record<string, (bytes: Uint8Array) => unknown> = {
  'System.String': textOfBytes,
  'System.Object': textOfBytes,
  'System.Byte[]': bytesValue,
  'Newtonsoft.Json.Linq.JToken': (bytes) => parseToken(textOfBytes(bytes)),
  'Newtonsoft.Json.Linq.JObject': (bytes) => parseToken(textOfBytes(bytes), 'object'),
  'Newtonsoft.Json.Linq.JArray': (bytes) => parseToken(textOfBytes(bytes), 'array'),
  'System.Xml.Linq.XElement': (bytes) => parseElement(textOfBytes(bytes)),
  'System.Xml.Linq.XNode': (bytes) => parseElement(textOfBytes(bytes)),
  'System.Xml.Linq.XDocument': (bytes) => parseXml(textOfBytes(bytes)),
};

function as([type]: Type[], body: BodyValue, preserve: boolean): unknown {
  const { fullName } = type!;
  const reader = Object.hasOwn(readers, fullName) ? readers[fullName] : undefined;
  if (!reader) {
    throw fault('NotSupportedException', `Message body cannot be read as '${fullName}'.`);
  }
  const bytes = body.content.read(preserve);
  // What was consumed before is gone: an empty text, and null for everything else.
  if (!bytes) return type === known.string ? '' : null;
  return reader(bytes);
}

function form(body: BodyValue, preserve: boolean): DictionaryValue {
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

export const bodyType = declareType('interface IMessageBody', {
  'T As<T>(bool preserveContent = false) where T : class': as,
  'IDictionary<string, IList<string>> AsFormUrlEncodedContent(bool preserveContent = false)': form,
});

export const formType = declareType('static class FormExtensions', {
  'static string ToQueryString(this IDictionary<string, IList<string>> dictionary)': (
    map: unknown,
  ) => formText(map, '?'),
  'static string ToFormUrlEncodedContent(this IDictionary<string, IList<string>> dictionary)': (
    map: unknown,
  ) => formText(map, ''),
});
