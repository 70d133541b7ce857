// List, Dictionary, HashSet, Queue and Stack through the compiler: nulls, wrong kinds, extremes, Unicode.
import { expect, test } from 'vitest';
import { outcomeWord } from './expression-outcome.ts';

test.each([
  ['@(string.Join(",", new List<int>{1,2}))', '1,2'],
  ['@(new List<int>{1,2,3}[3])', 'System.ArgumentOutOfRangeException'],
  [
    '@(new Dictionary<string,int>{{"a",1}}["b"])',
    'System.Collections.Generic.KeyNotFoundException',
  ],
  [
    '@{ var d = new Dictionary<string,int>(); d.Add("a",1); d.Add("a",2); return d; }',
    'System.ArgumentException',
  ],
  ['@(new Dictionary<string,int>{["a"]=1}.TryGetValue("b", out var v) || v == 0)', 'true'],
  ['@(new Dictionary<string,int>().ContainsKey(null))', 'System.ArgumentNullException'],
  ['@(new Dictionary<string,int>(StringComparer.OrdinalIgnoreCase){{"A",1}}["a"])', '1'],
  ['@(new HashSet<int>{1,1,2}.Count)', '2'],
  [
    '@{ var q = new Queue<int>(); q.Enqueue(1); q.Enqueue(2); return q.Dequeue() * 10 + q.Peek(); }',
    '12',
  ],
  ['@(new Queue<int>().Dequeue())', 'System.InvalidOperationException'],
  ['@(new Stack<int>(new[]{1,2,3}).Pop())', '3'],
  [
    '@{ var l = new List<int>{1,2,3}; foreach (var x in l) l.Add(x); return 1; }',
    'System.InvalidOperationException',
  ],
  [
    '@{ var l = new List<int>{3,1,2}; l.Sort(); l.Reverse(); l.RemoveAt(0); l.Insert(0, 9); return string.Join(",", l); }',
    '9,2,1',
  ],
  ['@(new List<string>{"a"}.IndexOf("b"))', '-1'],
  ['@(new List<int>{1,2,3,4}.FindAll(x => x % 2 == 0).Count)', '2'],
  ['@(new List<int>{1,2,3}.Exists(x => x > 2))', 'true'],
  ['@(new List<int>{1,2,3}.GetRange(1, 5))', 'System.ArgumentException'],
])('%s is %s', (source, expected) => {
  expect(outcomeWord(source)).toBe(expected);
});
