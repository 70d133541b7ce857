// What a C# compiler says, all of it, and where: the words and places of .NET Core 3.1's compiler.
import { expect, test } from 'vitest';
import { type CompileOptions, compileExpression } from './compile.ts';

/** Complaints as `line:column code message`; the long tails of some messages are cut. */
function complaints(source: string, options: CompileOptions = {}): string[] {
  const program = compileExpression(source, options);
  if ('evaluate' in program) return [];
  return program.map(({ line, column, code, message }) => {
    const short = message
      .replace(/ and no accessible extension method.*/, ' and no …')
      .replace(/ \(are you missing.*/, ' (…)');
    return `${line}:${column} ${code} ${short}`;
  });
}

const cases: readonly (readonly [source: string, ...said: string[]])[] = [
  [
    '@(foo + bar.Baz)',
    "1:3 CS0103 The name 'foo' does not exist in the current context",
    "1:9 CS0103 The name 'bar' does not exist in the current context",
  ],
  [
    '@{ int i = "a"; string s = 1; return i + s; }',
    "1:12 CS0029 Cannot implicitly convert type 'string' to 'int'",
    "1:28 CS0029 Cannot implicitly convert type 'int' to 'string'",
  ],
  [
    '@{ var x = foo.Bar; x.Baz(qux); if (x) return zot; return "a".Length.Foo; }',
    "1:12 CS0103 The name 'foo' does not exist in the current context",
    "1:27 CS0103 The name 'qux' does not exist in the current context",
    "1:47 CS0103 The name 'zot' does not exist in the current context",
    "1:70 CS1061 'int' does not contain a definition for 'Foo' and no …",
  ],
  [
    '@(new[] { 1 }.Select(x => x.Foo + bar).ToList().Baz)',
    "1:29 CS1061 'int' does not contain a definition for 'Foo' and no …",
    "1:35 CS0103 The name 'bar' does not exist in the current context",
  ],
  [
    '@{ int a; int b = foo; return a + b; }',
    "1:19 CS0103 The name 'foo' does not exist in the current context",
    "1:31 CS0165 Use of unassigned local variable 'a'",
  ],
  [
    '@{ foo; return 1; }',
    "1:4 CS0103 The name 'foo' does not exist in the current context",
    '1:4 CS0201 Only assignment, call, increment, decrement, await, and new object expressions can be used as a statement',
  ],
  [
    '@{ Foo x = null; return x.Bar; }',
    "1:4 CS0246 The type or namespace name 'Foo' could not be found (…)",
  ],
  [
    '@(new List<int>(bar) { zed, foo.Bar })',
    "1:17 CS0103 The name 'bar' does not exist in the current context",
    "1:24 CS0103 The name 'zed' does not exist in the current context",
    "1:29 CS0103 The name 'foo' does not exist in the current context",
  ],
  [
    '@{ foreach (var x in 5) { x.Foo(); zot(); } return 1; }',
    "1:22 CS1579 foreach statement cannot operate on variables of type 'int' because 'int' does not contain a public instance definition for 'GetEnumerator'",
    "1:36 CS0103 The name 'zot' does not exist in the current context",
  ],
  [
    '@{ int x = 1; int x = 2; { string x; } return x.Foo; }',
    "1:19 CS0128 A local variable or function named 'x' is already defined in this scope",
    "1:35 CS0136 A local or parameter named 'x' cannot be declared in this scope because that name is used in an enclosing local scope to define a local or parameter",
    "1:49 CS1061 'int' does not contain a definition for 'Foo' and no …",
  ],
  [
    '@{ x = 1; int x = 2; return x; }',
    "1:4 CS0841 Cannot use local variable 'x' before it is declared",
  ],
  [
    '@("a".Substring(1, startIndex: 2) + "a".Substring())',
    "1:20 CS1744 Named argument 'startIndex' specifies a parameter for which a positional argument has already been given",
    "1:41 CS1501 No overload for method 'Substring' takes 0 arguments",
  ],
  [
    '@(Math.Pow("a", "b"))',
    "1:12 CS1503 Argument 1: cannot convert from 'string' to 'double'",
    "1:17 CS1503 Argument 2: cannot convert from 'string' to 'double'",
  ],
  [
    '@(new[] { 1 }.Where(x => "a"))',
    "1:26 CS0029 Cannot implicitly convert type 'string' to 'bool'",
    '1:26 CS1662 Cannot convert lambda expression to intended delegate type because some of the return types in the block are not implicitly convertible to the delegate return type',
  ],
  [
    '@{ Func<int, int> f = (string s) => 1; return f("a", 2); }',
    "1:23 CS1661 Cannot convert lambda expression to type 'Func<int, int>' because the parameter types do not match the delegate parameter types",
    "1:31 CS1678 Parameter 1 is declared as type 'string' but should be 'int'",
    "1:47 CS1593 Delegate 'Func<int, int>' does not take 2 arguments",
  ],
  [
    '@{ Func<int, bool> f = x => { if (x > 1) return true; }; return f; }',
    "1:26 CS1643 Not all code paths return a value in lambda expression of type 'Func<int, bool>'",
  ],
  [
    '@(context.Variables("a"))',
    "1:11 CS1955 Non-invocable member 'IContext.Variables' cannot be used like a method.",
  ],
  [
    '@(DateTime.Now.Parse("a"))',
    "1:3 CS0176 Member 'DateTime.Parse(string)' cannot be accessed with an instance reference; qualify it with a type name instead",
  ],
  ['@((Guid)1)', "1:3 CS0030 Cannot convert type 'int' to 'System.Guid'"],
  [
    '@{ string.Empty = "a"; DateTime.Now = foo; return 1; }',
    '1:4 CS0198 A static readonly field cannot be assigned to (except in a static constructor or a variable initializer)',
    "1:24 CS0200 Property or indexer 'DateTime.Now' cannot be assigned to -- it is read only",
    "1:39 CS0103 The name 'foo' does not exist in the current context",
  ],
  [
    '@{ switch (1) { case 1: break; case 1: foo(); } return 1; }',
    "1:32 CS0152 The switch statement contains multiple cases with the label value '1'",
    "1:32 CS8070 Control cannot fall out of switch from final case label ('case 1:')",
    "1:40 CS0103 The name 'foo' does not exist in the current context",
  ],
  [
    '@{ int F(out int n) { return 1; } return F(out var k) + k.Foo; }',
    "1:23 CS0177 The out parameter 'n' must be assigned to before control leaves the current method",
    "1:59 CS1061 'int' does not contain a definition for 'Foo' and no …",
  ],
  ['@(null ?? foo)', "1:11 CS0103 The name 'foo' does not exist in the current context"],
  ['@{ var x = 1 var y = 2; return x }', '1:14 CS1002 ; expected', '1:34 CS1002 ; expected'],
  [
    "@{ if (true return foo(1 2); return 'ab'; }",
    '1:13 CS1026 ) expected',
    "1:26 CS1003 Syntax error, ',' expected",
    '1:37 CS1012 Too many characters in character literal',
  ],
  [
    '@{ var s = "a\\q"; return 1 + ; }',
    '1:14 CS1009 Unrecognized escape sequence',
    "1:30 CS1525 Invalid expression term ';'",
  ],
];

test.each(cases.map(([source, ...said]) => [source, said] as const))('%s', (source, said) => {
  expect(complaints(source)).toEqual(said);
});

test('places are those of the file the expression stands in', () => {
  const source = '@{\r\n  var x = foo;\n\n  return x + bar\n    .Baz;\n}';
  expect(complaints(source, { position: { line: 10, column: 30 } })).toEqual([
    "11:11 CS0103 The name 'foo' does not exist in the current context",
    "13:14 CS0103 The name 'bar' does not exist in the current context",
  ]);
  const short = complaints('  @(foo)', { position: { line: 4, column: 7 } });
  expect(short).toEqual(["4:11 CS0103 The name 'foo' does not exist in the current context"]);
});

test('what is missing at the end of a line is told there', () => {
  expect(complaints('@{ var x = 1\n  return x\n; }')).toEqual(['1:13 CS1002 ; expected']);
});

test('no more than a hundred complaints are kept', () => {
  const statements = Array.from({ length: 150 }, (_, index) => `f${index}();`);
  expect(complaints(`@{ ${statements.join(' ')} return 1; }`)).toHaveLength(100);
});

test('a lambda that is tried with many types complains once', () => {
  expect(complaints('@(new[] { 1 }.Sum(x => foo) + new[] { 1 }.Select(x => bar).Count())')).toEqual(
    [
      "1:24 CS0103 The name 'foo' does not exist in the current context",
      "1:55 CS0103 The name 'bar' does not exist in the current context",
    ],
  );
});
