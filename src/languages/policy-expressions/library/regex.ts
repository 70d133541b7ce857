// System.Text.RegularExpressions, on the engine that cannot hang.
import {
  compileRegex,
  escapeRegex,
  type Regex,
  type RegexCapture,
  type RegexGroup,
  type RegexMatch,
  RegexOptions,
  type TimeSpanValue,
  unescapeRegex,
} from '../../../dotnet/index.ts';
import { outOfRange, required } from '../running/exceptions.ts';
import { charge } from '../running/run.ts';
import { made } from '../running/text.ts';
import { Instance, stringArray } from '../running/values.ts';
import { declareEnum, declareType, named } from '../types/registry.ts';
import type { Type } from '../types/type.ts';

type Text = string | null;
const space = 'System.Text.RegularExpressions';

class RegexValue extends Instance {
  readonly regex: Regex;

  constructor(pattern: Text, options = 0) {
    super(named(`${space}.Regex`));
    this.regex = compileRegex(required(pattern, 'pattern'), options);
  }
}

/** Match, Group and Capture. */
class CaptureValue<T extends RegexCapture = RegexCapture> extends Instance {
  readonly capture: T;

  constructor(type: string, capture: T) {
    super(named(`${space}.${type}`));
    this.capture = capture;
  }
}

class CollectionValue extends Instance {
  readonly items: readonly CaptureValue[];
  readonly match: RegexMatch | undefined;

  constructor(type: string, items: readonly CaptureValue[], match?: RegexMatch) {
    super(named(`${space}.${type}`));
    this.items = items;
    this.match = match;
  }

  get count(): number {
    return this.items.length;
  }

  at(index: number): CaptureValue {
    const item = this.items[index];
    if (!item) throw outOfRange('i');
    return item;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.items[Symbol.iterator]();
  }
}

type Evaluator = (match: CaptureValue<RegexMatch>) => Text;

const matchOf = (match: RegexMatch) => new CaptureValue('Match', match);
const input = (text: Text) => {
  const given = required(text, 'input');
  charge(given.length);
  return given;
};

function replacement(given: Text | Evaluator): string | ((match: RegexMatch) => string) {
  if (typeof given !== 'function') return required(given, 'replacement');
  return (match) => given(matchOf(match)) ?? '';
}

const isMatch = ({ regex }: RegexValue, text: Text, start?: number) =>
  regex.isMatch(input(text), start);
const first = ({ regex }: RegexValue, text: Text, start?: number) =>
  matchOf(regex.match(input(text), start));
const all = ({ regex }: RegexValue, text: Text, start?: number) =>
  new CollectionValue('MatchCollection', regex.matches(input(text), start).map(matchOf));
const replace = (
  { regex }: RegexValue,
  text: Text,
  given: Text | Evaluator,
  count?: number,
  start?: number,
) => made(regex.replace(input(text), replacement(given), count === -1 ? undefined : count, start));
const split = ({ regex }: RegexValue, text: Text, count?: number) =>
  stringArray(regex.split(input(text), count));

function pattern(text: Text, options?: number, timeout?: TimeSpanValue): RegexValue {
  const { ticks } = timeout ?? infinite;
  if (ticks !== infinite.ticks && (ticks <= 0n || ticks > longestTimeout)) {
    throw outOfRange('matchTimeout');
  }
  return new RegexValue(text, options);
}

/** `Regex.InfiniteMatchTimeout`. The engine here is bounded anyway. */
const infinite: TimeSpanValue = { ticks: -10_000n };
/** .NET counts milliseconds in an `int`. */
const longestTimeout = (2n ** 31n - 2n) * 10_000n;

/** Static methods take the pattern second, options and a timeout last. */
function statics(): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const [tail, withOptions] of [
    ['', false],
    [', RegexOptions options', true],
    [', RegexOptions options, TimeSpan matchTimeout', true],
  ] as const) {
    const from = (text: Text, options: number, timeout?: TimeSpanValue) =>
      pattern(text, withOptions ? options : 0, timeout);
    members[`static bool IsMatch(string input, string pattern${tail})`] = (
      text: Text,
      p: Text,
      o: number,
      t?: TimeSpanValue,
    ) => isMatch(from(p, o, t), text);
    members[`static Match Match(string input, string pattern${tail})`] = (
      text: Text,
      p: Text,
      o: number,
      t?: TimeSpanValue,
    ) => first(from(p, o, t), text);
    members[`static MatchCollection Matches(string input, string pattern${tail})`] = (
      text: Text,
      p: Text,
      o: number,
      t?: TimeSpanValue,
    ) => all(from(p, o, t), text);
    members[`static string Replace(string input, string pattern, string replacement${tail})`] = (
      text: Text,
      p: Text,
      r: Text,
      o: number,
      t?: TimeSpanValue,
    ) => replace(from(p, o, t), text, r);
    members[
      `static string Replace(string input, string pattern, MatchEvaluator evaluator${tail})`
    ] = (text: Text, p: Text, r: Evaluator, o: number, t?: TimeSpanValue) =>
      replace(from(p, o, t), text, r);
    members[`static string[] Split(string input, string pattern${tail})`] = (
      text: Text,
      p: Text,
      o: number,
      t?: TimeSpanValue,
    ) => split(from(p, o, t), text);
  }
  return members;
}

const regexType = declareType(
  `class ${space}.Regex`,
  {
    'new(string pattern)': (_type: Type, text: Text) => pattern(text),
    'new(string pattern, RegexOptions options)': (_type: Type, text: Text, options: number) =>
      pattern(text, options),
    'new(string pattern, RegexOptions options, TimeSpan matchTimeout)': (
      _type: Type,
      text: Text,
      options: number,
      timeout: TimeSpanValue,
    ) => pattern(text, options, timeout),
    'static TimeSpan InfiniteMatchTimeout': () => infinite,
    ...statics(),
    'bool IsMatch(string input)': isMatch,
    'bool IsMatch(string input, int startat)': isMatch,
    'Match Match(string input)': first,
    'Match Match(string input, int startat)': first,
    'MatchCollection Matches(string input)': all,
    'MatchCollection Matches(string input, int startat)': all,
    'string Replace(string input, string replacement)': replace,
    'string Replace(string input, string replacement, int count)': replace,
    'string Replace(string input, MatchEvaluator evaluator)': replace,
    'string Replace(string input, MatchEvaluator evaluator, int count)': replace,
    'string[] Split(string input)': split,
    'string[] Split(string input, int count)': split,
    'static string Escape(string str)': (text: Text) => escapeRegex(required(text, 'str')),
    'static string Unescape(string str)': (text: Text) => unescapeRegex(required(text, 'str')),
    'string[] GetGroupNames()': ({ regex }: RegexValue) => stringArray([...regex.groupNames]),
    'RegexOptions Options': ({ regex }: RegexValue) => regex.options,
  },
  { text: ({ regex }: RegexValue) => regex.pattern },
);

const groupOf = (group: RegexGroup) => new CaptureValue('Group', group);

export const regexTypes = [
  declareEnum(`${space}.RegexOptions`, RegexOptions, true),
  declareType(`delegate string ${space}.MatchEvaluator(Match match)`, {}),
  regexType,
  declareType(
    `class ${space}.Capture`,
    {
      'int Index': ({ capture }: CaptureValue) => capture.index,
      'int Length': ({ capture }: CaptureValue) => capture.length,
      'string Value': ({ capture }: CaptureValue) => capture.value,
    },
    { text: ({ capture }: CaptureValue) => capture.value },
  ),
  declareType(`class ${space}.Group : Capture`, {
    'bool Success': ({ capture }: CaptureValue<RegexGroup>) => capture.success,
    'string Name': ({ capture }: CaptureValue<RegexGroup>) => capture.name,
    'CaptureCollection Captures': ({ capture }: CaptureValue<RegexGroup>) =>
      new CollectionValue(
        'CaptureCollection',
        capture.captures.map((own) => new CaptureValue('Capture', own)),
      ),
  }),
  declareType(`class ${space}.Match : Group`, {
    'GroupCollection Groups': ({ capture }: CaptureValue<RegexMatch>) =>
      new CollectionValue(
        'GroupCollection',
        capture.groups.map((group, index) => (index === 0 ? matchOf(capture) : groupOf(group))),
        capture,
      ),
    'Match NextMatch()': ({ capture }: CaptureValue<RegexMatch>) => matchOf(capture.nextMatch()),
    'string Result(string replacement)': ({ capture }: CaptureValue<RegexMatch>, text: Text) =>
      capture.result(required(text, 'replacement')),
    'static Match Empty': () => matchOf(compileRegex('(?!)').match('')),
  }),
  ...(
    [
      ['MatchCollection', 'Match'],
      ['CaptureCollection', 'Capture'],
    ] as const
  ).map(([name, element]) =>
    declareType(`class ${space}.${name} : IReadOnlyList<${element}>`, {
      'int Count': (value: CollectionValue) => value.count,
      [`${element} this[int i]`]: (value: CollectionValue, index: number) => value.at(index),
    }),
  ),
  declareType(`class ${space}.GroupCollection : IReadOnlyList<Group>`, {
    'int Count': (value: CollectionValue) => value.count,
    'Group this[int groupnum]': (value: CollectionValue, index: number) =>
      groupOf(value.match!.group(index)),
    'Group this[string groupname]': (value: CollectionValue, name: Text) =>
      groupOf(value.match!.group(required(name, 'groupname'))),
    'bool ContainsKey(string key)': (value: CollectionValue, name: string) =>
      value.match!.group(name).success,
  }),
];
