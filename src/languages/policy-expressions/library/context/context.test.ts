// The context through the compiler: what is absent is null or empty.
import { expect, test } from 'vitest';
import { outcomeWord } from '../expression-outcome.ts';

test.each([
  ['@(context.Request.Headers.GetValueOrDefault("X") == null)', 'true'],
  ['@(context.Variables.GetValueOrDefault<string>("x", "d"))', 'd'],
  [
    '@(JsonConvert.DeserializeObject<IDictionary<string, string>>("{}").GetValueOrDefault("x", "d"))',
    'd',
  ],
  ['@(new Dictionary<string, string> { { "x", "y" } }.GetValueOrDefault("x"))', 'y'],
  ['@(context.Variables.GetValueOrDefault<int>("x"))', '0'],
  ['@(context.Variables["x"])', 'System.Collections.Generic.KeyNotFoundException'],
  ['@(context.Request.Headers["X"])', 'System.Collections.Generic.KeyNotFoundException'],
  ['@(context.Request.Body == null)', 'true'],
  ['@(context.Request.Body.As<string>())', 'System.NullReferenceException'],
  ['@(context.User.Id)', 'System.NullReferenceException'],
  ['@(context.User?.Id ?? "none")', 'none'],
  ['@(context.Product == null ? "a" : context.Product.Name)', 'a'],
  ['@(context.Variables.ContainsKey("x"))', 'false'],
  ['@(context.Timestamp.GetType().Name)', 'DateTime'],
  ['@(context.Elapsed.TotalSeconds >= 0)', 'true'],
  ['@{ object v; return context.Variables.TryGetValue("X", out v); }', 'false'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
