// Regular expressions of the .NET flavour that cannot hang: Regex, Match, Group, Capture.
import { BoundedCache } from './bounded-cache.ts';
import { argumentOutOfRange, DotnetError, outOfMemory } from './errors.ts';
import { regexStepsMax, textLengthMax } from './limits.ts';
import { type CaptureLink, RegexMachine, type StepBudget } from './regex-machine.ts';
import type { ParsedRegex } from './regex-node.ts';
import { parseRegex } from './regex-parse.ts';
import { compileProgram, type RegexProgram } from './regex-program.ts';
import { expandReplacement } from './regex-replace.ts';
import { RegexOptions } from './styles.ts';

export interface RegexCapture {
  readonly index: number;
  readonly length: number;
  readonly value: string;
}

export interface RegexGroup extends RegexCapture {
  readonly success: boolean;
  /** The group's name; its number as text where it has none. */
  readonly name: string;
  readonly captures: readonly RegexCapture[];
}

export interface RegexMatch extends RegexGroup {
  /** In order of number: numbered groups first, then named ones. */
  readonly groups: readonly RegexGroup[];
  /** By number or by name; an unknown one is a group without success. */
  group(nameOrNumber: string | number): RegexGroup;
  /** Match.Result(replacement). */
  result(replacement: string): string;
  nextMatch(): RegexMatch;
}

export interface Regex {
  readonly pattern: string;
  /** RegexOptions. */
  readonly options: number;
  readonly groupNames: readonly string[];
  readonly groupNumbers: readonly number[];
  isMatch(input: string, start?: number): boolean;
  match(input: string, start?: number): RegexMatch;
  matches(input: string, start?: number): RegexMatch[];
  /** `count` -1 (default) replaces all. */
  replace(
    input: string,
    replacement: string | ((match: RegexMatch) => string),
    count?: number,
    start?: number,
  ): string;
  /** `count` 0 (default) splits without limit. */
  split(input: string, count?: number, start?: number): string[];
}

const compiled = new BoundedCache<Regex>();

/**
 * Compiles a .NET pattern (kept in a bounded cache). Throws ArgumentException for a wrong pattern;
 * an operation that needs more than `stepsMax` steps plus a share for the length of its input
 * throws System.Text.RegularExpressions.RegexMatchTimeoutException.
 */
export function compileRegex(
  pattern: string,
  options = 0,
  limits: { readonly stepsMax?: number } = {},
): Regex {
  const stepsMax = limits.stepsMax ?? regexStepsMax;
  return compiled.get(
    `${options}/${stepsMax}/${pattern}`,
    () => new CompiledRegex(pattern, options, stepsMax),
  );
}

/** Regex.Escape. */
export function escapeRegex(text: string): string {
  const words: Readonly<Record<string, string>> = {
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\f': '\\f',
  };
  return text.replace(
    /[\\*+?|{[()^$.# \n\r\t\f]/g,
    (character) => words[character] ?? `\\${character}`,
  );
}

/** What an operation may spend per unit of its input beyond the fixed bound. */
const stepsPerUnit = 20;

class CompiledRegex implements Regex {
  readonly pattern: string;
  readonly options: number;
  readonly parsed: ParsedRegex;
  private readonly program: RegexProgram;
  private readonly stepsMax: number;

  constructor(pattern: string, options: number, stepsMax: number) {
    this.pattern = pattern;
    this.options = options;
    this.stepsMax = stepsMax;
    this.parsed = parseRegex(pattern, options);
    this.program = compileProgram(this.parsed, this.backward);
  }

  get backward(): boolean {
    return (this.options & RegexOptions.RightToLeft) !== 0;
  }

  get groupNames(): readonly string[] {
    return this.parsed.groupNames;
  }

  get groupNumbers(): readonly number[] {
    return this.parsed.groupNumbers;
  }

  budget(input: string): StepBudget {
    return { left: this.stepsMax + input.length * stepsPerUnit };
  }

  isMatch(input: string, start?: number): boolean {
    return this.match(input, start).success;
  }

  match(input: string, start = this.backward ? input.length : 0): RegexMatch {
    checkStart(input, start);
    return this.find(input, start, this.budget(input)) ?? new Failure(this.parsed);
  }

  matches(input: string, start?: number): RegexMatch[] {
    return [...this.each(input, start)];
  }

  private *each(input: string, start = this.backward ? input.length : 0): Iterable<Success> {
    checkStart(input, start);
    const budget = this.budget(input);
    let match = this.find(input, start, budget);
    while (match) {
      yield match;
      match = this.findAfter(match, budget);
    }
  }

  findAfter(match: Success, budget: StepBudget): Success | undefined {
    const { input, index, length } = match;
    const step = length > 0 ? 0 : 1;
    const start = this.backward ? index - step : index + length + step;
    return start < 0 || start > input.length ? undefined : this.find(input, start, budget);
  }

  /** The first match from `start` on (towards the start of the input where RightToLeft). */
  find(input: string, start: number, budget: StepBudget): Success | undefined {
    const { program, backward } = this;
    const machine = new RegexMachine(program, input, start, budget);
    for (let at = start; at >= 0 && at <= input.length; at += backward ? -1 : 1) {
      if (program.anchored && at > 0) return undefined;
      if (program.firstUnit >= 0) {
        at = input.indexOf(String.fromCharCode(program.firstUnit), at);
        if (at < 0) return undefined;
      }
      const end = machine.attempt(at);
      if (end >= 0) {
        const captures = this.groupNumbers.map((_, group) => machine.capture(group));
        captures[0] = { start: Math.min(at, end), end: Math.max(at, end), before: undefined };
        return new Success(this, input, captures);
      }
    }
    return undefined;
  }

  replace(
    input: string,
    replacement: string | ((match: RegexMatch) => string),
    count = -1,
    start?: number,
  ): string {
    if (count < -1) throw argumentOutOfRange('count', 'Count cannot be less than -1.');
    checkStart(input, start ?? 0);
    const pieces: string[] = [];
    let rest = count;
    let length = input.length;
    let at = this.backward ? input.length : 0;
    if (count === 0) return input;
    for (const match of this.each(input, start)) {
      const end = match.index + match.length;
      pieces.push(this.backward ? input.slice(end, at) : input.slice(at, match.index));
      const text = typeof replacement === 'string' ? match.result(replacement) : replacement(match);
      length += text.length;
      if (length > textLengthMax) throw outOfMemory();
      pieces.push(text);
      at = this.backward ? match.index : end;
      if (--rest === 0) break;
    }
    pieces.push(this.backward ? input.slice(0, at) : input.slice(at));
    return this.backward ? pieces.toReversed().join('') : pieces.join('');
  }

  split(input: string, count = 0, start?: number): string[] {
    if (count < 0) throw argumentOutOfRange('count', 'Count cannot be less than -1.');
    if (count === 1) return [input];
    const pieces: string[] = [];
    let rest = count - 1;
    let at = this.backward ? input.length : 0;
    for (const match of this.each(input, start)) {
      const end = match.index + match.length;
      pieces.push(this.backward ? input.slice(end, at) : input.slice(at, match.index));
      at = this.backward ? match.index : end;
      for (const [number, group] of match.groups.entries()) {
        // .NET counts the groups and takes the count for their numbers.
        if (number > 0 && group.success) pieces.push(match.group(number).value);
      }
      if (--rest === 0) break;
    }
    pieces.push(this.backward ? input.slice(0, at) : input.slice(at));
    return this.backward ? pieces.toReversed() : pieces;
  }
}

function checkStart(input: string, start: number): void {
  if (start >= 0 && start <= input.length) return;
  const text = 'Start index cannot be less than 0 or greater than input length.';
  throw argumentOutOfRange('startat', text);
}

function failedGroup(name: string): RegexGroup {
  return { success: false, name, index: 0, length: 0, value: '', captures: [] };
}

class Success implements RegexMatch {
  readonly input: string;
  readonly success = true;
  readonly index: number;
  readonly length: number;
  readonly name = '0';
  private readonly regex: CompiledRegex;
  private readonly links: readonly (CaptureLink | undefined)[];
  private made: readonly RegexGroup[] | undefined;

  constructor(regex: CompiledRegex, input: string, links: readonly (CaptureLink | undefined)[]) {
    this.regex = regex;
    this.input = input;
    this.links = links;
    this.index = links[0]!.start;
    this.length = links[0]!.end - this.index;
  }

  get value(): string {
    return this.input.slice(this.index, this.index + this.length);
  }

  get captures(): readonly RegexCapture[] {
    return [{ index: this.index, length: this.length, value: this.value }];
  }

  get groups(): readonly RegexGroup[] {
    this.made ??= this.links.map((link, i) => this.groupOf(link, this.regex.groupNames[i]!));
    return this.made;
  }

  private groupOf(link: CaptureLink | undefined, name: string): RegexGroup {
    if (!link) return failedGroup(name);
    const captures: RegexCapture[] = [];
    for (let each: CaptureLink | undefined = link; each; each = each.before) {
      const length = each.end - each.start;
      captures.push({ index: each.start, length, value: this.input.slice(each.start, each.end) });
    }
    captures.reverse();
    return { success: true, name, captures, ...captures.at(-1)! };
  }

  group(nameOrNumber: string | number): RegexGroup {
    const number = this.regex.parsed.numberOf.get(String(nameOrNumber));
    const position = number === undefined ? -1 : this.regex.groupNumbers.indexOf(number);
    return this.groups[position] ?? failedGroup('');
  }

  result(replacement: string): string {
    const { parsed, pattern, options } = this.regex;
    const key = `${options}/${pattern}`;
    return expandReplacement(replacement, this, this.input, parsed.numberOf, key);
  }

  nextMatch(): RegexMatch {
    const { regex } = this;
    return regex.findAfter(this, regex.budget(this.input)) ?? new Failure(regex.parsed);
  }
}

/** Match.Empty with the groups of its pattern. */
class Failure implements RegexMatch {
  readonly success = false;
  readonly name = '0';
  readonly index = 0;
  readonly length = 0;
  readonly value = '';
  readonly captures: readonly RegexCapture[] = [];
  readonly groups: readonly RegexGroup[];

  constructor(parsed: ParsedRegex) {
    this.groups = parsed.groupNames.map(failedGroup);
  }

  group(nameOrNumber: string | number): RegexGroup {
    return this.groups.find(({ name }) => name === String(nameOrNumber)) ?? failedGroup('');
  }

  result(): string {
    const message = 'Result cannot be called on a failed Match.';
    throw new DotnetError('System.NotSupportedException', message);
  }

  nextMatch(): RegexMatch {
    return this;
  }
}
