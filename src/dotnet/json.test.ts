import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DotnetError } from './errors.ts';
import { jsonNavigator, selectToken, selectTokens } from './json-path.ts';
import { readJson } from './json-read.ts';
import { writeJson } from './json-write.ts';

test.each([
  ['{"b":1,"a":2,"1":3}', '{"b":1,"a":2,"1":3}'],
  ['{"n":1.0,"m":1e3,"k":-0.5,"z":0.10}', '{"n":1.0,"m":1000.0,"k":-0.5,"z":0.1}'],
  ['{"a":1,"b":2,"a":3}', '{"a":3,"b":2}'],
  ["{'a':'x',b:true,$c:null}", '{"a":"x","b":true,"$c":null}'],
  ['// c\n[1,/* two */2,]', '[1,2]'],
  ['{"a":1,}', '{"a":1}'],
  ['9007199254740993', '9007199254740993'],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
  ['0x1F', '31'],
  ['017', '15'],
  ['[NaN,Infinity,-Infinity]', '["NaN","Infinity","-Infinity"]'],
  ['"\\u0041\\n\\/\\u2028é<>&"', '"A\\n/\\u2028é<>&"'],
  ['{"__proto__":1,"constructor":2}', '{"__proto__":1,"constructor":2}'],
  ['[1e21,1e-7,100.0]', '[1E+21,1E-07,100.0]'],
  ['{"d":"2020-01-02T03:04:05Z"}', '{"d":"2020-01-02T03:04:05Z"}'],
  ['{"d":"2020-01-02T03:04:05"}', '{"d":"2020-01-02T03:04:05"}'],
  ['{"d":"2020-01-02T03:04:05+02:00"}', '{"d":"2020-01-02T01:04:05+00:00"}'],
  ['{"d":"2020-01-02T03:04:05.1230000Z"}', '{"d":"2020-01-02T03:04:05.123Z"}'],
  ['"/Date(0)/"', '"1970-01-01T00:00:00Z"'],
])('%s reads and prints as %s', (text, printed) => {
  expect(writeJson(readJson(text))).toBe(printed);
});

test('date-like strings become dates only where they are dates, and only if asked', () => {
  expect(readJson('"2020-01-02T03:04:05Z"').kind).toBe('date');
  expect(readJson('"2020-13-45T03:04:05Z"').kind).toBe('string');
  expect(readJson('"2020-01-02"').kind).toBe('string');
  expect(readJson('"2020-01-02T03:04:05Z"', { dates: 'none' }).kind).toBe('string');
});

test.each([
  ['', "Error reading JToken from JsonReader. Path '', line 0, position 0."],
  ['<a/>', "Unexpected character encountered while parsing value: <. Path '', line 0, position 0."],
  ['nope', "Unexpected character encountered while parsing value: n. Path '', line 0, position 0."],
  ['{"a":1', "Unexpected end of content while loading JObject. Path 'a', line 1, position 6."],
  [
    '{"a":1} x',
    "Additional text encountered after finished reading JSON content: x. Path '', line 1, position 8.",
  ],
  [
    '{"a":1 "b":2}',
    "After parsing a value an unexpected character was encountered: \". Path 'a', line 1, position 7.",
  ],
  [
    '{"a":[1,\n{"b c":x}]}',
    "Unexpected character encountered while parsing value: x. Path 'a[1]['b c']', line 2, position 7.",
  ],
  [
    '{"a" 1}',
    "Invalid character after parsing property name. Expected ':' but got: 1. Path '', line 1, position 5.",
  ],
  ['{-:1}', "Invalid property identifier character: -. Path '', line 1, position 1."],
  ['"abc', "Unterminated string. Expected delimiter: \". Path '', line 1, position 4."],
  ['[1,2', "Unexpected end of content while loading JArray. Path '[1]', line 1, position 4."],
  ['1.2.3', "Input string '1.2.3' is not a valid number. Path '', line 1, position 5."],
])('%s is refused in the words of the reader', (text, message) => {
  expect(() => readJson(text)).toThrow(message);
});

test('JObject.Parse and JArray.Parse insist on their kind', () => {
  expect(() => readJson('[]', { root: 'object' })).toThrow(
    "Error reading JObject from JsonReader. Current JsonReader item is not an object: StartArray. Path '', line 1, position 1.",
  );
  expect(() => readJson('', { root: 'array' })).toThrow(
    /^Error reading JArray from JsonReader\. Path/,
  );
});

test('nesting beyond the depth is refused', () => {
  expect(() => readJson('['.repeat(65) + ']'.repeat(65))).toThrow(
    /MaxDepth of 64 has been exceeded/,
  );
  expect(() => readJson('['.repeat(100_000))).toThrow(DotnetError);
});

test('the indented form has two blanks and empty containers on one line', () => {
  const node = readJson('{"a":[1,{"b":null}],"c":[],"d":{}}');
  expect(writeJson(node, { indented: true })).toBe(
    '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": [],\n  "d": {}\n}',
  );
});

const document = readJson(
  '{"a":{"b":{"c":5}},"l":[{"n":1,"t":"x"},{"n":2},{"n":5,"t":"x"}],"m":[10,20,30,40],"a b":{"c.d":1},"s":"ab1"}',
);

test.each([
  ['a.b.c', '[5]'],
  ["$.a['b'].c", '[5]'],
  ['$', 'root'],
  ['', 'root'],
  ['a.x.c', '[]'],
  ['l[9]', '[]'],
  ['l[*].n', '[1,2,5]'],
  ['l[?(@.n > 1)].n', '[2,5]'],
  ['$.l[?(@.t)].n', '[1,5]'],
  ["$.l[?(@.t == 'x' && @.n >= 5)].n", '[5]'],
  ["$.l[?(@.n == 2 || @.t == 'x')].n", '[1,2,5]'],
  ['$.m[1:3]', '[20,30]'],
  ['$.m[-1:]', '[40]'],
  ['$.m[::-1]', '[40,30,20,10]'],
  ['$.m[0,2]', '[10,30]'],
  ['$..n', '[1,2,5]'],
  ["['a b']['c.d']", '[1]'],
  ['$.l[?(@.n == $.a.b.c)].t', '["x"]'],
  ['$.l[?(@.t != null)].n', '[1,5]'],
  ['a.*', '[{"c":5}]'],
])('SelectTokens(%s)', (path, printed) => {
  const found = selectTokens(document, path, jsonNavigator);
  if (printed === 'root') expect(found).toEqual([document]);
  else expect(writeJson({ kind: 'array', items: found })).toBe(printed);
});

test.each(['a[?', 'a[', 'a.', 'a[x]', '$.l[?(@.n >)]', "a['x", 'a]'])(
  'a bad path is a JsonException: %s',
  (path) => {
    expect(() => selectTokens(document, path, jsonNavigator)).toThrow(DotnetError);
  },
);

test('SelectToken complains about several matches and, when asked, about none', () => {
  expect(() => selectToken(document, 'm[*]', jsonNavigator)).toThrow(
    'Path returned multiple tokens.',
  );
  expect(() => selectToken(document, 'a.x.c', jsonNavigator, true)).toThrow(
    "Property 'x' does not exist on JObject.",
  );
  expect(() => selectToken(document, 'm[9]', jsonNavigator, true)).toThrow(
    'Index 9 outside the bounds of JArray.',
  );
});

test('what JSON prints, the reader reads; other text fails only by DotnetError', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const printed = writeJson(readJson(text, { dates: 'none' }));
      expect(writeJson(readJson(printed, { dates: 'none' }))).toBe(printed);
    }),
    { numRuns: 200 },
  );
  const unit = fc.constantFrom(...'{}[]":,\'\\/*.-+eE01txnulNaI \n@$?()=<&|');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
      for (const run of [() => readJson(text), () => selectTokens(document, text, jsonNavigator)]) {
        try {
          run();
        } catch (error) {
          if (!String(error).includes('is not written yet'))
            expect(error).toBeInstanceOf(DotnetError);
        }
      }
    }),
    { numRuns: 1000 },
  );
});
