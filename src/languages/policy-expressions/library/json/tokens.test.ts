// Newtonsoft’s tokens and JsonConvert through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from '../expression-outcome.ts';

test.each([
  ['@(JObject.Parse(""))', 'Newtonsoft.Json.JsonReaderException'],
  ['@(JObject.Parse("[]"))', 'Newtonsoft.Json.JsonReaderException'],
  ['@(JObject.Parse("{a:1,\'b\':2,}").Count)', '2'],
  ['@(JObject.Parse("{\\"a\\":1,\\"a\\":2}")["a"].ToString())', '2'],
  ['@(JObject.Parse("{\\"a\\":null}")["a"] == null)', 'false'],
  ['@(JObject.Parse("{\\"a\\":null}")["a"].Type.ToString())', 'Null'],
  ['@(JObject.Parse("{}")["x"] == null)', 'true'],
  ['@(JObject.Parse("{}")["x"].ToString())', 'System.NullReferenceException'],
  ['@((string)JObject.Parse("{\\"a\\":null}")["a"] == null)', 'true'],
  ['@((int)JObject.Parse("{\\"a\\":null}")["a"])', 'System.ArgumentException'],
  ['@((int?)JObject.Parse("{\\"a\\":null}")["a"] == null)', 'true'],
  ['@((int)JObject.Parse("{\\"a\\":\\"5\\"}")["a"])', '5'],
  ['@((int)JObject.Parse("{\\"a\\":\\"x\\"}")["a"])', 'System.FormatException'],
  ['@((int)JObject.Parse("{\\"a\\":2.5}")["a"])', '2'],
  ['@((bool)JObject.Parse("{\\"a\\":\\"true\\"}")["a"])', 'true'],
  ['@((string)JObject.Parse("{\\"a\\":true}")["a"])', 'True'],
  ['@((string)JObject.Parse("{\\"a\\":1.0}")["a"])', '1'],
  ['@(JObject.Parse("{\\"a\\":1.0}").ToString(Newtonsoft.Json.Formatting.None))', '{"a":1.0}'],
  ['@((string)JObject.Parse("{\\"a\\":{}}")["a"])', 'System.ArgumentException'],
  [
    '@(JObject.Parse("{\\"a\\":{\\"b\\":[1,2,{\\"c\\":3}]}}").SelectToken("a.b[2].c").ToString())',
    '3',
  ],
  ['@(JObject.Parse("{\\"a\\":1}").SelectToken("b.c") == null)', 'true'],
  ['@(JObject.Parse("{\\"a\\":1}").SelectToken("b", true))', 'Newtonsoft.Json.JsonException'],
  [
    '@(JObject.Parse("{\\"a\\":[{\\"n\\":1},{\\"n\\":2}]}").SelectTokens("$.a[?(@.n > 1)]").Count())',
    '1',
  ],
  ['@(JObject.Parse("{\\"a\\":[{\\"n\\":1},{\\"n\\":2}]}").SelectTokens("$..n").Count())', '2'],
  ['@(JArray.Parse("[1,2,3]").Sum(t => (int)t))', '6'],
  ['@(JArray.Parse("[1,2,3]")[5])', 'System.ArgumentOutOfRangeException'],
  ['@(JArray.Parse("[3,1,2]").OrderBy(t => (int)t).First().ToString())', '1'],
  [
    '@(new JObject(new JProperty("a", 1), new JProperty("b", new JArray(1, "x"))).ToString(Newtonsoft.Json.Formatting.None))',
    '{"a":1,"b":[1,"x"]}',
  ],
  [
    '@{ var o = new JObject(); o["x"] = 1; o.Add("y", "z"); o.Remove("x"); return o.ToString(Newtonsoft.Json.Formatting.None); }',
    '{"y":"z"}',
  ],
  [
    '@{ var o = new JObject(); o.Add("y", 1); o.Add("y", 2); return o; }',
    'System.ArgumentException',
  ],
  ['@(JToken.Parse("5").Type.ToString())', 'Integer'],
  ['@(JToken.Parse("\\"2024-01-01T00:00:00Z\\"").Type.ToString())', 'Date'],
  [
    '@(JObject.Parse("{\\"d\\":\\"2024-01-02T03:04:05Z\\"}")["d"].ToString())',
    '01/02/2024 03:04:05',
  ],
  [
    '@(JObject.Parse("{\\"d\\":\\"2024-01-02T03:04:05Z\\"}").ToString(Newtonsoft.Json.Formatting.None))',
    '{"d":"2024-01-02T03:04:05Z"}',
  ],
  [
    '@(JToken.DeepEquals(JObject.Parse("{\\"a\\":1,\\"b\\":2}"), JObject.Parse("{\\"b\\":2,\\"a\\":1}")))',
    'true',
  ],
  [
    "@(JsonConvert.SerializeObject(new { a = 1, b = (string)null, c = new[]{1.0, 2.5}, d = true, e = 'x' }))",
    '{"a":1,"b":null,"c":[1.0,2.5],"d":true,"e":"x"}',
  ],
  ['@(JsonConvert.SerializeObject("é\\n\\"/"))', '"é\\n\\"/"'],
  ['@(JsonConvert.SerializeObject(null))', 'null'],
  [
    '@(JsonConvert.SerializeObject(new Dictionary<string,object>{{"a",1},{"b",new List<int>{1}}}))',
    '{"a":1,"b":[1]}',
  ],
  [
    '@(JsonConvert.SerializeObject(new DateTime(2024,1,1,0,0,0,DateTimeKind.Utc)))',
    '"2024-01-01T00:00:00Z"',
  ],
  ['@(JsonConvert.SerializeObject(1.0))', '1.0'],
  ['@(JsonConvert.SerializeObject(1m))', '1.0'],
  ['@(JsonConvert.DeserializeObject<Dictionary<string,string>>("{\\"a\\":\\"b\\"}")["a"])', 'b'],
  ['@(JsonConvert.DeserializeObject<List<int>>("[1,2]").Count)', '2'],
  ['@(JsonConvert.DeserializeObject<int[]>("[1,\\"x\\"]"))', 'Newtonsoft.Json.JsonReaderException'],
  ['@(JsonConvert.DeserializeObject("{") == null)', 'Newtonsoft.Json.JsonReaderException'],
  ['@(JObject.FromObject(new { a = 1 })["a"].Value<int>())', '1'],
  ['@(JObject.Parse("{\\"a\\":1}").Value<string>("a"))', '1'],
  ['@(JObject.Parse("{\\"a\\":1}").Value<int>("b"))', '0'],
  ['@(JObject.Parse("{\\"a\\":[1,2]}")["a"].Values<int>().Sum())', '3'],
  [
    '@(JObject.Parse("{\\"a\\":1,\\"b\\":2}").Properties().Select(p => p.Name).Aggregate((x, y) => x + y))',
    'ab',
  ],
  ['@(JObject.Parse("{\\"a\\":{\\"b\\":1}}").Descendants().Count())', '4'],
  ['@(JObject.Parse("{\\"a\\":{\\"b\\":1}}")["a"]["b"].Path)', 'a.b'],
  [
    '@(JObject.Parse("{\\"A\\":1}").GetValue("a", StringComparison.OrdinalIgnoreCase).ToString())',
    '1',
  ],
  ['@(JArray.FromObject(new[]{1,2}).Count)', '2'],
  ['@(JObject.Parse("{\\"a\\":1}") is JToken)', 'true'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
