// Proves that the end of an embedded expression is found whatever C# stands inside it.
import { expect, test } from 'vitest';
import { endOfExpression } from './expression-end.ts';

test.each([
  '@(1)',
  '@("a)b")',
  '@(@"c:\\"+")")',
  '@(@"say ""hi"") ")',
  '@($"x{(a ? ")" : "}")}y")',
  '@($"{ $"{ d["k"] }" }")',
  '@($@"{a:0.0)}\n")',
  "@(')' + '\\'')",
  '@(a /* ) */ + 1)',
  '@{ // )}\n return new List<int> { 1 }.Count > 2; }',
  '@(context.Variables.GetValueOrDefault<string>("a") == "b" && true)',
  '@(&quot;a)&quot; + &apos;)&apos; &lt; 1)',
  "@('several)')",
  '@("a\nb)")',
])('the bracket that opened %j closes it', (expression) => {
  expect(endOfExpression(`="${expression}" x=")}"`, 2)).toBe(2 + expression.length);
});

test.each(['plain', '@x', '@(1', '@("a)', '@{ /* }'])('%j has no end', (text) => {
  expect(endOfExpression(text, 0)).toBeUndefined();
});
