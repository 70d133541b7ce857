// System.Net.WebUtility.
import { htmlDecode, htmlEncode, urlDecode, urlEncode } from '../../../dotnet/index.ts';
import { declareType } from '../types/registry.ts';

const given = (encode: (text: string) => string) => (text: string | null) =>
  text === null ? null : encode(text);

export const webUtilityType = declareType('static class System.Net.WebUtility', {
  'static string UrlEncode(string value)': given(urlEncode),
  'static string UrlDecode(string encodedValue)': given(urlDecode),
  'static string HtmlEncode(string value)': given(htmlEncode),
  'static string HtmlDecode(string value)': given(htmlDecode),
});
