// System.Text.RegularExpressions.Regex, on the engine that cannot hang.
import {
  compileRegex,
  escapeRegex,
  type Regex,
  type RegexMatch,
  RegexOptions,
  unescapeRegex,
} from '../../../../dotnet/index.ts';
import { outOfRange, required } from '../../running/exceptions.ts';
import { charge } from '../../running/run.ts';
import { made } from '../../running/text.ts';
import { arrayValue, Instance, stringArray } from '../../running/values.ts';
import { known } from '../../types/hierarchy.ts';
import { declareEnum, declareType, named } from '../../types/registry.ts';
import type { Type } from '../../types/type.ts';
import { type MatchValue, matchOf, matchTypes } from './match.ts';
import { matchCollection, matchCollectionTypes } from './match-collections.ts';

type Text = string | null;
type Time = { readonly ticks: bigint };
type Evaluator = (match: MatchValue) => Text;

const space = 'System.Text.RegularExpressions';
/** -1 ms: no bound but the engine's own. */
const infinite: Time = { ticks: -10_000n };
const timeoutMax = 2_147_483_646n * 10_000n;
const beyondOptions = 0x800;
const ecmaCompanions =
  RegexOptions.ECMAScript |
  RegexOptions.IgnoreCase |
  RegexOptions.Multiline |
  RegexOptions.Compiled |
  RegexOptions.CultureInvariant;

/** A time-out is checked and shown; what bounds a match is the number of its steps. */
class RegexValue extends Instance {
  readonly regex: Regex;
  readonly timeout: Time;

  constructor(pattern: Text, options = 0, timeout = infinite) {
    super(named(`${space}.Regex`));
    required(pattern, 'pattern');
    const isEcma = (options & RegexOptions.ECMAScript) !== 0;
    if (options < 0 || options >= beyondOptions) throw outOfRange('options');
    if (isEcma && (options & ~ecmaCompanions) !== 0) throw outOfRange('options');
    const { ticks } = timeout;
    if (ticks !== infinite.ticks && (ticks <= 0n || ticks > timeoutMax)) {
      throw outOfRange('matchTimeout');
    }
    this.regex = compileRegex(pattern!, options);
    this.timeout = timeout;
  }
}

const input = (text: Text) => {
  const given = required(text, 'input');
  charge(given.length);
  return given;
};

function replacement(given: Text | Evaluator): string | ((match: RegexMatch) => string) {
  if (typeof given !== 'function') return required(given, 'replacement');
  return (match) => given(matchOf(match)) ?? '';
}

function replace(
  { regex }: RegexValue,
  text: Text,
  given: Text | Evaluator,
  count?: number,
  start?: number,
): string {
  return made(regex.replace(input(text), replacement(given), count, start));
}

const replaceBy = (
  value: RegexValue,
  text: Text,
  evaluator: Evaluator,
  count?: number,
  start?: number,
) => {
  const given = input(text);
  return replace(value, given, required(evaluator, 'evaluator'), count, start);
};

const isMatch = ({ regex }: RegexValue, text: Text, start?: number) =>
  regex.isMatch(input(text), start);
const first = ({ regex }: RegexValue, text: Text, start?: number) =>
  matchOf(regex.match(input(text), start));
const all = ({ regex }: RegexValue, text: Text, start?: number) =>
  matchCollection(regex.matches(input(text), start).map(matchOf));
const split = ({ regex }: RegexValue, text: Text, count?: number, start?: number) =>
  stringArray(regex.split(input(text), count, start));

/** A match inside a part of the input: what is outside does not exist for the pattern. */
function inPart({ regex }: RegexValue, text: Text, beginning: number, length: number): MatchValue {
  const given = input(text);
  if (beginning < 0 || beginning > given.length) {
    const message = 'Start index cannot be less than 0 or greater than input length.';
    throw outOfRange('beginning', message);
  }
  if (length < 0 || length > given.length - beginning) {
    throw outOfRange('length', 'Length cannot be less than 0 or exceed input length.');
  }
  return matchOf(regex.match(given.slice(beginning, beginning + length)));
}

/** Static methods take the pattern second, then what the method takes, then options and time-out. */
function statics(
  head: string,
  run: (regex: RegexValue, text: Text, ...rest: never[]) => unknown,
  extra = '',
): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  const own = extra === '' ? 0 : 1;
  for (const tail of ['', ', RegexOptions options', ', RegexOptions options, TimeSpan timeout']) {
    members[`static ${head}(string input, string pattern${extra}${tail})`] = (
      text: Text,
      pattern: Text,
      ...rest: unknown[]
    ) => {
      const [options, timeout] = rest.slice(own) as [number?, Time?];
      const regex = new RegexValue(pattern, options, timeout);
      return run(regex, text, ...(rest.slice(0, own) as never[]));
    };
  }
  return members;
}

const regexType = declareType(
  `class ${space}.Regex`,
  {
    'new(string pattern)': (_type: Type, text: Text) => new RegexValue(text),
    'new(string pattern, RegexOptions options)': (_type: Type, text: Text, options: number) =>
      new RegexValue(text, options),
    'new(string pattern, RegexOptions options, TimeSpan matchTimeout)': (
      _type: Type,
      text: Text,
      options: number,
      timeout: Time,
    ) => new RegexValue(text, options, timeout),
    ...statics('bool IsMatch', isMatch),
    ...statics('Match Match', first),
    ...statics('MatchCollection Matches', all),
    ...statics('string Replace', replace, ', string replacement'),
    ...statics('string Replace', replaceBy, ', MatchEvaluator evaluator'),
    ...statics('string[] Split', split),
    'bool IsMatch(string input)': isMatch,
    'bool IsMatch(string input, int startat)': isMatch,
    'Match Match(string input)': first,
    'Match Match(string input, int startat)': first,
    'Match Match(string input, int beginning, int length)': inPart,
    'MatchCollection Matches(string input)': all,
    'MatchCollection Matches(string input, int startat)': all,
    'string Replace(string input, string replacement)': replace,
    'string Replace(string input, string replacement, int count)': replace,
    'string Replace(string input, string replacement, int count, int startat)': replace,
    'string Replace(string input, MatchEvaluator evaluator)': replaceBy,
    'string Replace(string input, MatchEvaluator evaluator, int count)': replaceBy,
    'string Replace(string input, MatchEvaluator evaluator, int count, int startat)': replaceBy,
    'string[] Split(string input)': split,
    'string[] Split(string input, int count)': split,
    'string[] Split(string input, int count, int startat)': split,
    'static string Escape(string str)': (text: Text) => escapeRegex(required(text, 'str')),
    'static string Unescape(string str)': (text: Text) => unescapeRegex(required(text, 'str')),
    'static int CacheSize': () => 15,
    'static TimeSpan InfiniteMatchTimeout': () => infinite,
    'TimeSpan MatchTimeout': ({ timeout }: RegexValue) => timeout,
    'RegexOptions Options': ({ regex }: RegexValue) => regex.options,
    'bool RightToLeft': ({ regex }: RegexValue) => (regex.options & RegexOptions.RightToLeft) !== 0,
    'string[] GetGroupNames()': ({ regex }: RegexValue) => stringArray([...regex.groupNames]),
    'int[] GetGroupNumbers()': ({ regex }: RegexValue) =>
      arrayValue(known.int, [...regex.groupNumbers]),
    'string GroupNameFromNumber(int i)': ({ regex }: RegexValue, number: number) =>
      regex.groupNames[regex.groupNumbers.indexOf(number)] ?? '',
    'int GroupNumberFromName(string name)': ({ regex }: RegexValue, name: Text) =>
      regex.groupNumbers[regex.groupNames.indexOf(required(name, 'name'))] ?? -1,
  },
  { text: ({ regex }: RegexValue) => regex.pattern },
);

export const regexTypes = [
  declareEnum(`${space}.RegexOptions`, RegexOptions, true),
  declareType(`delegate string ${space}.MatchEvaluator(Match match)`, {}),
  regexType,
  ...matchTypes,
  ...matchCollectionTypes,
];
