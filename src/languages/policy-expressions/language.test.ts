// Proves what vectors do not hold: codes and places of complaints, bounds, and that nothing escapes.
import { expect, test } from 'vitest';
import {
  compileExpression,
  contextFromJson,
  contextValue,
  PolicyRuntimeError,
  policyContextFromJson,
  policyValues,
  renderValue,
  toPolicyBoolean,
  toPolicyBytes,
  toPolicyText,
} from './index.ts';

const surroundings = {
  now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
  random: () => 0.5,
  randomBytes: (count: number) => new Uint8Array(count).fill(7),
};

function run(source: string, context: unknown = {}, limits = {}): unknown {
  const program = compileExpression(source);
  if (!('evaluate' in program)) return program[0]?.code;
  try {
    const seen = contextFromJson(context);
    return program.evaluate(seen, { ...surroundings, limits }, (value) => renderValue(value).value);
  } catch (error) {
    if (error instanceof PolicyRuntimeError) return error.type;
    throw error;
  }
}

test.each([
  ['@(x)', 'CS0103'],
  ['@("a".Nope())', 'CS1061'],
  ['@(string.Nope)', 'CS0117'],
  ['@(Math.Max("a", 1))', 'CS1503'],
  ['@("a".Substring())', 'CS1501'],
  ['@{ int x = "a"; return x; }', 'CS0029'],
  ['@{ int x = 5L; return x; }', 'CS0266'],
  ['@{ byte b = 256; return b; }', 'CS0031'],
  ['@{ int x = null; return x; }', 'CS0037'],
  ['@("a" - 1)', 'CS0019'],
  ['@(!5)', 'CS0023'],
  ['@((string)5)', 'CS0030'],
  ['@{ int x; return x; }', 'CS0165'],
  ['@{ if (context.Tracing) { return 1; } }', 'CS0161'],
  ['@{ int x = 1; int x = 2; return x; }', 'CS0128'],
  ['@{ int x = 1; { int x = 2; } return x; }', 'CS0136'],
  ['@{ return 1 }', 'CS1002'],
  ['@(1', 'CS1026'],
  ['@(1 / 0)', 'CS0020'],
  ['@(int.MaxValue + 1)', 'CS0220'],
  ['@(true ? 1 : "a")', 'CS0173'],
  ['@(new Nope())', 'CS0246'],
  ['@(System.Nope.X)', 'CS0234'],
  ['@(System.IO.File.ReadAllText("/etc/passwd"))', 'CS0234'],
  ['@{ context.Request.Method = "GET"; return 1; }', 'CS0200'],
  ['@{ 1 + 1; return 1; }', 'CS0201'],
  ['@{ break; }', 'CS0139'],
  ['@{ var x = null; return x; }', 'CS0815'],
  ['@(context.Request.Body.As<int>())', 'CS0452'],
  ['@(DateTime.Now())', 'CS1955'],
  ['@(new[] { 1 }.Select(x => x.Nope))', 'CS1061'],
  ['plain', 'CS1525'],
])('%s is refused with %s', (source, code) => {
  expect(run(source)).toBe(code);
});

test('a complaint and an exception name line and column in the file', () => {
  const position = { line: 10, column: 5 };
  expect(compileExpression('@(1 +\n  y)', { position })).toMatchObject([{ line: 11, column: 3 }]);
  expect(compileExpression('@(y)', { position })).toMatchObject([{ line: 10, column: 7 }]);
  const program = compileExpression('@{\n  return "a".Substring(9); }', { position });
  if (!('evaluate' in program)) throw new Error('compiles');
  expect(() => program.evaluate(contextFromJson({}), surroundings)).toThrow(
    expect.objectContaining({ type: 'System.ArgumentOutOfRangeException', line: 11 }),
  );
});

test.each([
  ['@{ while (true) { } }', 'System.TimeoutException'],
  ['@{ a: goto a; }', 'System.TimeoutException'],
  [
    '@{ try { while (true) { } } catch (Exception) { return 1; } finally { } }',
    'System.TimeoutException',
  ],
  ['@(Enumerable.Range(0, int.MaxValue).Count(x => x > 0))', 'System.TimeoutException'],
  ['@(Enumerable.Repeat(1, int.MaxValue))', 'System.TimeoutException'],
  ['@{ int F(int n) => F(n + 1); return F(0); }', 'System.InsufficientExecutionStackException'],
  [
    '@{ Func<int, int> f = null; f = n => f(n); return f(1); }',
    'System.InsufficientExecutionStackException',
  ],
  [
    '@{ int F<T>(int n) => F<T>(n + 1); return F<int>(0); }',
    'System.InsufficientExecutionStackException',
  ],
  [
    '@{ IEnumerable<int> G() { while (true) yield return 1; } return G().Count(); }',
    'System.TimeoutException',
  ],
  [
    '@{ IEnumerable<int> G(int n) { foreach (var x in G(n + 1)) yield return x; } return G(0).Count(); }',
    'System.InsufficientExecutionStackException',
  ],
  [
    '@{ IEnumerable<int> G() { try { yield return 1; } finally { while (true) { } } } foreach (var x in G()) break; return 1; }',
    'System.TimeoutException',
  ],
  ['@{ var s = "x"; while (true) { s += s; } }', 'System.OutOfMemoryException'],
  ['@("a".PadLeft(int.MaxValue))', 'System.OutOfMemoryException'],
  ['@(new int[2000000000])', 'System.OutOfMemoryException'],
  ['@{ var l = new List<int>(); while (true) { l.Add(1); } }', 'System.TimeoutException'],
  [
    '@(Regex.IsMatch(new string((char)97, 40) + "!", "^(a+)+$"))',
    'System.Text.RegularExpressions.RegexMatchTimeoutException',
  ],
])('%s ends at a bound', (source, type) => {
  expect(run(source, {}, { stepsMax: 200_000 })).toBe(type);
});

test.each([
  ['deep brackets', `@(${'('.repeat(50_000)}1${')'.repeat(50_000)})`],
  ['a long chain', `@(${Array(100_000).fill('1').join('+')})`],
  ['deep lambdas', `@{ ${'Func<int> f = () => { '.repeat(3_000)}`],
  ['deep interpolation', `@(${'$"{'.repeat(500)}1${'}"'.repeat(500)})`],
  ['a huge text', `@("${'a'.repeat(300_000)}")`],
])('%s is refused, not a crash', (_name, source) => {
  expect(run(source)).toMatch(/^CS\d{4}$/);
});

test.each([
  '@("".constructor)',
  '@("".__proto__)',
  '@(context.constructor)',
  '@(context.hasOwnProperty("x"))',
  '@(context.content)',
  '@(context.Request.content)',
  '@(new { a = 1 }.values)',
  '@(new { a = 1 }.__proto__)',
  '@(new List<int>().items)',
  '@(new List<int>().constructor)',
  '@(new int[0].items)',
  '@(JObject.Parse("{}").properties)',
  '@(typeof(string).GetMethod("x"))',
  '@(typeof(string).definition)',
  '@(typeof(string).Assembly)',
  '@(Type.GetType("System.IO.File"))',
  '@(Activator.CreateInstance(typeof(string)))',
  '@(new Func<int>(() => 1).constructor)',
  '@(new Func<int>(() => 1).call(null))',
  '@(System.Diagnostics.Process.GetCurrentProcess())',
  '@(Environment.GetEnvironmentVariable("PATH"))',
  '@(process.env)',
  '@(globalThis)',
  '@(require("fs"))',
  '@(eval("1"))',
  '@(this)',
  '@(toString())',
  '@(valueOf)',
  '@(new __proto__())',
  '@((constructor)null)',
])('%s reaches nothing of the host', (source) => {
  expect(run(source)).toMatch(/^CS\d{4}$/);
});

test('names of the host are ordinary keys in data', () => {
  const json = '{\\"__proto__\\":{\\"x\\":1},\\"constructor\\":2}';
  expect(run(`@(JObject.Parse("${json}")["__proto__"]["x"])`)).toBe('1');
  expect(run('@(JObject.Parse("{}")["constructor"] == null)')).toBe(true);
  expect(run('@(context.Variables.ContainsKey("__proto__"))')).toBe(false);
  expect(
    run('@{ var d = new Dictionary<string, int>(); d["__proto__"] = 1; return d["__proto__"]; }'),
  ).toBe(1);
  expect(run('@{ dynamic d = "a"; return d.constructor; }')).toBe(
    'Microsoft.CSharp.RuntimeBinder.RuntimeBinderException',
  );
});

test('clock, random and bytes come from the caller', () => {
  expect(run('@(DateTime.UtcNow.ToString("o"))')).toBe('2026-01-02T03:04:05.0000000Z');
  expect(run('@(new Random().Next(10))')).toBe(5);
  expect(run('@(Guid.NewGuid().ToString())')).toBe('07070707-0707-4707-8707-070707070707');
});

test('a body is gone once it was read without preserveContent', () => {
  const context = contextValue(policyContextFromJson({ Request: { Body: '{"a":1}' } }));
  const read = (source: string) => {
    const program = compileExpression(source);
    if (!('evaluate' in program)) throw new Error(program[0]?.message);
    return program.evaluate(context, surroundings, (value) => renderValue(value).value);
  };
  expect(read('@((int)context.Request.Body.As<JObject>(preserveContent: true)["a"])')).toBe(1);
  expect(read('@((int)context.Request.Body.As<JObject>()["a"])')).toBe(1);
  expect(read('@(context.Request.Body.As<JObject>())')).toBe(null);
});

test.each([
  ['@((int)JsonConvert.DeserializeObject<dynamic>("{\\"a\\":{\\"b\\":7}}").a.b + 1)', 8],
  [
    '@{ foreach (var p in JObject.Parse("{\\"a\\":1}")) { return p.Key + p.Value; } return null; }',
    'a1',
  ],
  ['@(new DateTime?(DateTime.MinValue).HasValue && !new int?().HasValue)', true],
  ['@{ var (a, b) = (1, "x"); return a + b; }', '1x'],
  ['@{ dynamic d = JObject.Parse("{\\"a\\":[1,2]}"); return (int)d["a"][1]; }', 2],
  [
    '@{ int n = 3; switch (n) { case 1: case 3: goto case 4; case 4: return "four"; default: return "none"; } }',
    'four',
  ],
  [
    '@{ object o = 5; switch (o) { case int i when i > 3: return i * 2; case int i: return i; default: return 0; } }',
    10,
  ],
  [
    '@{ try { throw new ArgumentException("m", "p"); } catch (ArgumentException e) when (e.ParamName == "p") { return e.Message; } }',
    "m (Parameter 'p')",
  ],
  [
    '@{ var l = new List<Func<int>>(); for (int i = 0; i < 3; i++) { int j = i; l.Add(() => j); } return l.Sum(f => f()); }',
    3,
  ],
  ['@{ int x = 5; int? y = null; return (y ?? x) + (y.HasValue ? 1 : 2); }', 7],
  ['@(checked((byte)255) + unchecked((byte)300))', 299],
  ['@("abc".Select(c => (char)(c + 1)).Aggregate("", (s, c) => s + c))', 'bcd'],
  ['@(new[] { "b", "A" }.OrderBy(s => s, StringComparer.OrdinalIgnoreCase).First())', 'A'],
  ['@(nameof(context.Request.Method))', 'Method'],
  ['@(new int[2, 3].Length)', 6],
  ['@{ int[,] g = { { 1, 2 }, { 3, 4 } }; return g[1, 0]; }', 3],
  ['@(context.Request.Method ?? throw new Exception("none"))', 'System.Exception'],
  ['@("a,b".Split(",").Select(int.Parse).Any())', 'System.FormatException'],
])('%s gives %j', (source, expected) => {
  expect(run(source)).toEqual(expected);
});

test('values are read as the gateway needs them', () => {
  expect(toPolicyText(policyValues.bool(true))).toBe('True');
  expect(toPolicyText(null)).toBeUndefined();
  expect(toPolicyBoolean(policyValues.string('true'))).toBe(true);
  expect(toPolicyBoolean(policyValues.int(1))).toBeUndefined();
  expect(Buffer.from(toPolicyBytes(policyValues.json('{"a":1}'))!).toString()).toBe(
    '{\n  "a": 1\n}',
  );
});
