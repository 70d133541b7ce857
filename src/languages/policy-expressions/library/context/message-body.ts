// IMessageBody: `As<T>` and form content.
import { fault } from '../../running/exceptions.ts';
import { bytesValue } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { parseToken } from '../json/loading.ts';
import { parseElement, parseXml } from '../xml/index.ts';
import { type BodyValue, textOfBytes } from './body-text.ts';
import { form } from './form-content.ts';

const readers: Record<string, (bytes: Uint8Array) => unknown> = {
  'System.String': textOfBytes,
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

export const bodyType = declareType('interface IMessageBody', {
  'T As<T>(bool preserveContent = false) where T : class': as,
  'IDictionary<string, IList<string>> AsFormUrlEncodedContent(bool preserveContent = false)': form,
});
