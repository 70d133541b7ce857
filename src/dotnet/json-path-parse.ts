// The grammar of Newtonsoft's JSONPath.
import { BoundedCache } from './bounded-cache.ts';
import { DotnetError } from './errors.ts';
import type { JsonNode } from './json-node.ts';
import { parseDouble, parseInteger, tryParse } from './number-parse.ts';

export type PathStep =
  | { readonly kind: 'root' }
  | { readonly kind: 'field'; readonly names: readonly string[] }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'index'; readonly indexes: readonly number[] }
  /** `[*]` */
  | { readonly kind: 'all' }
  | {
      readonly kind: 'slice';
      readonly start: number | undefined;
      readonly end: number | undefined;
      readonly stride: number | undefined;
    }
  /** `..name`; without names every descendant and the token itself. */
  | { readonly kind: 'scan'; readonly names: readonly string[] | undefined }
  | { readonly kind: 'filter'; readonly condition: Condition; readonly deep: boolean };

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'exists'; readonly operand: Operand }
  | {
      readonly kind: 'compare';
      readonly operator: string;
      readonly left: Operand;
      readonly right: Operand;
    };

export type Operand =
  | { readonly kind: 'path'; readonly steps: readonly PathStep[] }
  | { readonly kind: 'literal'; readonly value: JsonNode };

const compiled = new BoundedCache<readonly PathStep[]>();
/** Filters within filters. */
const nestingMax = 50;
const operators = ['===', '==', '=~', '!==', '!=', '<>', '<=', '<', '>=', '>'];

/** Steps of a path; throws Newtonsoft.Json.JsonException. */
export function parseJsonPath(path: string): readonly PathStep[] {
  return compiled.get(path, () => new PathParser(path).whole());
}

class PathParser {
  private at = 0;
  private nesting = 0;
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  whole(): PathStep[] {
    const steps: PathStep[] = [];
    const { path } = this;
    let start = this.at;
    this.blanks();
    if (this.at === path.length) return steps;
    if (path[this.at] === '$') {
      if (path.length === 1) return steps;
      const next = path[this.at + 1];
      if (next === undefined) throw new DotnetError('System.IndexOutOfRangeException', outside);
      // `$name` is a member that begins so.
      if (next === '.' || next === '[') start = ++this.at;
    }
    if (this.steps(steps, start, false)) return steps;
    const last = this.at;
    this.blanks();
    if (this.at < path.length) this.fail(`Unexpected character while parsing path: ${path[last]}`);
    return steps;
  }

  private fail(message: string): never {
    throw new DotnetError('Newtonsoft.Json.JsonException', message);
  }

  private need(message: string): string {
    return this.path[this.at] ?? this.fail(message);
  }

  private blanks(): void {
    while (this.path[this.at] === ' ') this.at++;
  }

  /** Reads steps; true where the text ends with them, as inside a filter it may not. */
  private steps(steps: PathStep[], from: number, inFilter: boolean): boolean {
    const { path } = this;
    let start = from;
    let scan = false;
    let behindIndexer = false;
    let behindDot = false;
    const member = () => {
      if (this.at > start) steps.push(step(path.slice(start, this.at), scan));
      if (this.at > start) scan = false;
    };
    for (; this.at < path.length; ) {
      const character = path[this.at]!;
      if (character === ']' || character === ')' || character === ' ') break;
      if (character === '[' || character === '(') {
        member();
        steps.push(this.indexer(character === '[' ? ']' : ')', scan));
        scan = false;
        start = ++this.at;
        behindIndexer = true;
        behindDot = false;
      } else if (character === '.') {
        member();
        if (path[this.at + 1] === '.') {
          scan = true;
          this.at++;
        }
        start = ++this.at;
        behindIndexer = false;
        behindDot = true;
      } else {
        if (inFilter && /[=<!>|&]/.test(character)) break;
        if (behindIndexer) this.fail(`Unexpected character following indexer: ${character}`);
        this.at++;
      }
    }
    const atEnd = this.at === path.length;
    if (this.at > start) steps.push(step(path.slice(start, this.at).trimEnd(), scan));
    else if (behindDot && (atEnd || inFilter)) this.fail('Unexpected end while parsing path.');
    return atEnd;
  }

  private indexer(close: string, scan: boolean): PathStep {
    this.at++;
    this.need(openIndexer);
    this.blanks();
    const character = this.path[this.at];
    if (character === undefined) throw new DotnetError('System.IndexOutOfRangeException', outside);
    if (character === "'") return this.quotedFields(close, scan);
    return character === '?' ? this.filter(close, scan) : this.arrayIndexer(close);
  }

  private unexpectedInIndexer(character: string): never {
    return this.fail(`Unexpected character while parsing path indexer: ${character}`);
  }

  private quotedFields(close: string, scan: boolean): PathStep {
    const names: string[] = [];
    while (this.at < this.path.length) {
      names.push(this.quoted());
      this.blanks();
      const character = this.need(openIndexer);
      if (character === close) {
        return scan ? { kind: 'scan', names } : { kind: 'field', names };
      }
      if (character !== ',') this.unexpectedInIndexer(character);
      this.at++;
      this.blanks();
    }
    return this.fail(openIndexer);
  }

  /** `0`, `0,2`, `1:5:2` or `*`; blanks may stand around the parts. */
  private arrayIndexer(close: string): PathStep {
    const { path } = this;
    const parts: (number | undefined)[] = [];
    let separator = '';
    let text = '';
    let closed = false;
    for (; this.at < path.length; this.at++) {
      const character = path[this.at]!;
      if (character === ' ') {
        if (text !== '') closed = true;
      } else if (character === close) {
        parts.push(this.part(text, separator));
        return indexStep(parts, separator);
      } else if (character === ',' || character === ':') {
        parts.push(this.part(text, character));
        separator = character;
        text = '';
        closed = false;
      } else if (character === '*') {
        this.at++;
        this.need(openIndexer);
        this.blanks();
        if (path[this.at] !== close) this.unexpectedInIndexer(character);
        return { kind: 'all' };
      } else if (closed || !/[\d-]/.test(character)) this.unexpectedInIndexer(character);
      else text += character;
    }
    return this.fail(openIndexer);
  }

  private part(text: string, separator: string): number | undefined {
    if (text !== '') return Number(parseInteger(text, 'int'));
    return separator === ':' ? undefined : this.fail('Array index expected.');
  }

  private filter(close: string, deep: boolean): PathStep {
    if (++this.nesting > nestingMax) this.fail('The path is nested too deeply.');
    this.at++;
    const open = this.need(openIndexer);
    if (open !== '(') this.unexpectedInIndexer(open);
    this.at++;
    const condition = this.condition();
    this.at++;
    this.need(openIndexer);
    this.blanks();
    const character = this.path[this.at] ?? '';
    if (character !== close) this.unexpectedInIndexer(character);
    this.nesting--;
    return { kind: 'filter', condition, deep };
  }

  /** As written from left to right: a change of the operator opens a group within the last one. */
  private condition(): Condition {
    let root: Group | undefined;
    let group: Group | undefined;
    while (this.at < this.path.length) {
      const term = this.term();
      const character = this.path[this.at];
      if (character === ')') {
        if (!group) return term;
        group.parts.push(term);
        return root!;
      }
      if (character !== '&' && character !== '|') continue;
      if (this.path[this.at + 1] !== character) this.unexpectedInQuery();
      this.at += 2;
      const kind = character === '&' ? 'and' : 'or';
      if (group?.kind !== kind) {
        const inner: Group = { kind, parts: [] };
        group?.parts.push(inner);
        group = inner;
        root ??= inner;
      }
      group.parts.push(term);
    }
    return this.fail(openQuery);
  }

  private term(): Condition {
    const left = this.operand();
    if (/[)|&]/.test(this.path[this.at]!)) return { kind: 'exists', operand: left };
    const operator = this.operator();
    return { kind: 'compare', operator, left, right: this.operand() };
  }

  private operator(): string {
    if (this.at + 1 >= this.path.length) this.fail(openQuery);
    const found = operators.find((each) => this.path.startsWith(each, this.at));
    if (found === undefined) return this.fail('Could not read query operator.');
    this.at += found.length;
    return found === '<>' ? '!=' : found;
  }

  private unexpectedInQuery(): never {
    return this.fail(`Unexpected character while parsing path query: ${this.path[this.at]}`);
  }

  private operand(): Operand {
    this.blanks();
    const character = this.path[this.at];
    if (character === undefined) throw new DotnetError('System.IndexOutOfRangeException', outside);
    let operand: Operand;
    if (character === '$' || character === '@') {
      const steps: PathStep[] = character === '$' ? [{ kind: 'root' }] : [];
      this.at++;
      if (this.steps(steps, this.at, true)) this.fail(openQuery);
      operand = { kind: 'path', steps };
    } else
      operand = { kind: 'literal', value: this.literal(character) ?? this.unexpectedInQuery() };
    this.blanks();
    this.need(openQuery);
    return operand;
  }

  private literal(character: string): JsonNode | undefined {
    if (character === "'") return { kind: 'string', value: this.quoted() };
    if (character === '/') return { kind: 'string', value: this.regex() };
    if (/[\d-]/.test(character)) return this.number();
    for (const [word, value] of words) {
      if (!this.path.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    return undefined;
  }

  private number(): JsonNode | undefined {
    const start = this.at;
    while (this.at < this.path.length && !/[ )]/.test(this.path[this.at]!)) this.at++;
    if (this.at === this.path.length)
      throw new DotnetError('System.IndexOutOfRangeException', outside);
    const text = this.path.slice(start, this.at);
    if (/[.eE]/.test(text)) {
      const value = tryParse(() => parseDouble(text));
      return value === undefined ? undefined : { kind: 'float', value };
    }
    const value = tryParse(() => parseInteger(text, 'long'));
    return value === undefined ? undefined : { kind: 'integer', value };
  }

  private quoted(): string {
    let text = '';
    for (this.at++; this.at < this.path.length; this.at++) {
      const character = this.path[this.at]!;
      if (character === "'") {
        this.at++;
        return text;
      }
      const escaped = character === '\\' ? this.path[this.at + 1] : undefined;
      if (escaped === undefined) text += character;
      else {
        const plain = Object.hasOwn(escapes, escaped) ? escapes[escaped] : undefined;
        text += plain ?? this.fail(`Unknown escape character: \\${escaped}`);
        this.at++;
      }
    }
    return this.fail('Path ended with an open string.');
  }

  private regex(): string {
    const start = this.at++;
    while (this.at < this.path.length && this.path[this.at] !== '/') {
      this.at += this.path[this.at] === '\\' && this.at + 1 < this.path.length ? 2 : 1;
    }
    if (this.at >= this.path.length) this.fail('Path ended with an open regex.');
    this.at++;
    while (/\p{L}/u.test(this.path[this.at] ?? '')) this.at++;
    return this.path.slice(start, this.at);
  }
}

interface Group {
  readonly kind: 'and' | 'or';
  readonly parts: Condition[];
}

const openIndexer = 'Path ended with open indexer.';
const openQuery = 'Path ended with open query.';
const outside = 'Index was outside the bounds of the array.';
const words: readonly (readonly [string, JsonNode])[] = [
  ['true', { kind: 'boolean', value: true }],
  ['false', { kind: 'boolean', value: false }],
  ['null', { kind: 'null' }],
];
const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '\\': '\\',
  '"': '"',
  "'": "'",
  '/': '/',
};

function step(member: string, scan: boolean): PathStep {
  if (scan) return { kind: 'scan', names: member === '*' ? undefined : [member] };
  return member === '*' ? { kind: 'wildcard' } : { kind: 'field', names: [member] };
}

function indexStep(parts: readonly (number | undefined)[], separator: string): PathStep {
  if (separator !== ':') return { kind: 'index', indexes: parts as readonly number[] };
  // Further parts than three overwrite the last.
  const [start, end] = parts;
  const stride = parts.slice(2).findLast((part) => part !== undefined);
  return { kind: 'slice', start, end, stride };
}
