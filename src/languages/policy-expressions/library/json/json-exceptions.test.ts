// What JSON exceptions say: words, path, line and position.
import { expect, test } from 'vitest';
import { outcomeWord } from '../expression-outcome.ts';

const caught = (action: string, type: string, shown: string) =>
  `@{ try { ${action}; return ""; } catch (${type} e) { return ${shown}; } }`;

test.each([
  [
    caught(String.raw`JObject.Parse("{\"a\":[1,\n x]}")`, 'JsonReaderException', 'e.Message'),
    "Unexpected character encountered while parsing value: x. Path 'a[0]', line 2, position 1.",
  ],
  [
    caught(
      String.raw`JObject.Parse("{\"a\":[1,\n x]}")`,
      'JsonReaderException',
      '$"{e.Path} {e.LineNumber} {e.LinePosition}"',
    ),
    'a[0] 2 1',
  ],
  [
    caught(
      'JsonConvert.DeserializeObject<List<int>>("{}")',
      'JsonSerializationException',
      'e.Path + e.LineNumber + e.LinePosition',
    ),
    '12',
  ],
  [
    caught('JObject.Parse("{}").Add(5)', 'ArgumentException', 'e.Message'),
    'Can not add Newtonsoft.Json.Linq.JValue to Newtonsoft.Json.Linq.JObject.',
  ],
  [
    caught('var x = (int)JToken.Parse("[1]")', 'ArgumentException', 'e.Message'),
    'Can not convert Array to Int32.',
  ],
])('%s says %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
