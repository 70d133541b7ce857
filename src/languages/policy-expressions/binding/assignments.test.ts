// Tuples that come apart, references of local functions, delegates that add up, `dynamic` JValues.
import { expect, test } from 'vitest';
import { outcomeWord } from '../library/expression-outcome.ts';

test.each([
  ['@{ int a = 1, b = 2; (a, b) = (b, a); return a * 10 + b; }', '21'],
  ['@{ string s = "x"; int n; (s, n) = (null, 5); return (s == null) + n.ToString(); }', 'True5'],
  ['@{ (int a, string b) = (1, "z"); return a + b; }', '1z'],
  ['@{ (var a, var b) = (1, "z"); return a + b; }', '1z'],
  ['@{ int a; (a, _) = (4, "z"); return a; }', '4'],
  ['@{ var t = (1, 2); long x; int y; (x, y) = t; return x + y; }', '3'],
  ['@{ var p = new KeyValuePair<string,int>("k", 3); var (k, v) = p; return k + v; }', 'k3'],
  [
    '@{ var arr = new[]{1,2,3}; (arr[0], arr[2]) = (arr[2], arr[0]); return string.Join(",", arr); }',
    '3,2,1',
  ],
  ['@{ int a; (a, a) = (1, "s"); return a; }', 'CS0029'],
  ['@{ int a; (a, a) = (1, 2, 3); return a; }', 'CS8132'],
  [
    '@{ void Swap(ref int x, ref int y) { var t = x; x = y; y = t; } int a = 1, b = 2; Swap(ref a, ref b); return a * 10 + b; }',
    '21',
  ],
  [
    '@{ bool Try(string s, out int n) { n = s.Length; return n > 0; } return Try("abc", out var k) ? k : -1; }',
    '3',
  ],
  [
    '@{ bool Try(string s, out int n) { return true; } return Try("abc", out var k) ? k : -1; }',
    'CS0177',
  ],
  ['@{ bool Try(out int n) => int.TryParse("12", out n); int z; Try(out z); return z; }', '12'],
  ['@{ void F(out int n) { } int z; F(out z); return z; }', 'CS0177'],
  ['@{ void F(out int n) { n++; } int z; F(out z); return z; }', 'CS0269'],
  ['@{ void F(ref int n) { n++; if (n < 5) F(ref n); } int z = 0; F(ref z); return z; }', '5'],
  [
    '@{ void F(ref int n) { n++; } int z = 0; Action f = () => z += 10; F(ref z); f(); return z; }',
    '11',
  ],
  ['@{ void F(ref int n) { n++; } int z = 0; F(z); return z; }', 'CS1620'],
  ['@{ Action a = null; int n = 0; a += () => n += 1; a += () => n += 10; a(); return n; }', '11'],
  ['@{ Func<int> a = () => 1; a += () => 2; return a(); }', '2'],
  [
    '@{ int n = 0; Action x = () => n++; Action y = () => n += 10; var a = x + y; a -= x; a(); return n; }',
    '10',
  ],
  ['@{ Action x = () => {}; x -= x; return x == null; }', 'true'],
  [
    '@{ dynamic d = JObject.Parse("{\\"a\\":5,\\"b\\":1.5,\\"s\\":\\"x\\"}"); return d.a + 1; }',
    '6',
  ],
  [
    '@{ dynamic d = JObject.Parse("{\\"a\\":5,\\"b\\":1.5,\\"s\\":\\"x\\"}"); return (d.a > 4) ? "big" : "small"; }',
    'big',
  ],
  [
    '@{ dynamic d = JObject.Parse("{\\"a\\":5,\\"b\\":1.5,\\"s\\":\\"x\\"}"); return (double)(d.a * d.b); }',
    '7.5',
  ],
  [
    '@{ dynamic d = JObject.Parse("{\\"a\\":5,\\"b\\":1.5,\\"s\\":\\"x\\"}"); return (string)(d.s + 1); }',
    'x1',
  ],
  ['@{ dynamic d = JObject.Parse("{\\"a\\":5}"); if (d.a == 5) return "y"; return "n"; }', 'y'],
  [
    '@{ int n = 0; for (int i = 0; i < 1000; i++) { try { Func<int> f = () => int.Parse("x"); f(); } catch (Exception) { n++; } } return n; }',
    '1000',
  ],
  ['@(context.GraphQL == null)', 'true'],
  ['@(context.Request.Foundry == null)', 'true'],
  ['@{ Func<int, int> f = x => x * 2; return new[]{1,2}.Select(f).Sum(); }', '6'],
  ['@{ int a = 1; { int b = 2; a += b; } return a; }', '3'],
  ['@((1, (2, 3)).Item2.Item1)', '2'],
  ['@((1) + (2))', '3'],
  ['@((int)(1.5) + (int)-1.5)', '0'],
  ['@{ var a = (b: 1, c: 2); return a.Item1; }', '1'],
  ['@{ (int, int) F() => (1, 2); var (x, y) = F(); return x + y; }', '3'],
  ['@{ int a = 3; if ((a) > 2 && (a) < 5) return (a); return 0; }', '3'],
  ['@{ string s = "a"; return (s) + (s); }', 'aa'],
  ['@{ int a = 1, b = 2; var t = (a, b); return t.Item1 + t.Item2; }', '3'],
  ['@{ List<int> l = new List<int>(), m = l; return (l == m); }', 'true'],
  ['@{ var x = (object)"a"; return (x is string); }', 'true'],
  ['@{ int a = 2, b = 3; bool r = (a < b && b > (a)); return r; }', 'true'],
  [
    '@{ void F(ref int n, int m = 2) { n += m; } int z = 1; F(ref z); F(ref z, m: 5); return z; }',
    '8',
  ],
  [
    '@{ int Outer() { void In(out int q) { q = 4; } In(out var w); return w; } return Outer(); }',
    '4',
  ],
  ['@{ string s = "x"; void F(ref string t) => t += "y"; F(ref s); return s; }', 'xy'],
  ['@{ int[] a = {1}; void F(ref int t) => t = 9; F(ref a[0]); return a[0]; }', '9'],
  ['@{ void F(out int n) { if (true) { n = 1; return; } } F(out var z); return z; }', '1'],
  [
    '@{ void F(out int n) { throw new Exception("e"); } try { F(out var z); } catch (Exception e) { return e.Message; } return 0; }',
    'e',
  ],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
