// The grammar of Newtonsoft's JSONPath.
import { BoundedCache } from './bounded-cache.ts';
import { DotnetError } from './errors.ts';
import type { JsonNode } from './json-node.ts';

export type PathStep =
  | { readonly kind: 'root' }
  | { readonly kind: 'field'; readonly names: readonly string[] }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'index'; readonly indexes: readonly number[] }
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
  | { readonly kind: 'path'; readonly fromRoot: boolean; readonly steps: readonly PathStep[] }
  | { readonly kind: 'literal'; readonly value: JsonNode };

const compiled = new BoundedCache<readonly PathStep[]>();
/** Filters within filters and parentheses. */
const nestingMax = 50;

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
    this.blanks();
    const steps: PathStep[] = [];
    if (this.at === this.path.length) return steps;
    if (this.path[this.at] === '$') {
      const next = this.path[this.at + 1];
      if (next === undefined || next === '.' || next === '[') this.at++;
    }
    this.steps(steps, false);
    if (this.at < this.path.length) this.unexpected();
    return steps;
  }

  private fail(message: string): never {
    throw new DotnetError('Newtonsoft.Json.JsonException', message);
  }

  private unexpected(): never {
    const character = this.path[this.at];
    if (character === undefined) this.fail('Unexpected end while parsing path.');
    return this.fail(`Unexpected character while parsing path: ${character}`);
  }

  private blanks(): void {
    while (this.path[this.at] === ' ') this.at++;
  }

  /** Reads steps until the text (or, inside a filter, the operand) ends. */
  private steps(steps: PathStep[], inFilter: boolean): void {
    let needsName = steps.length === 0 && !inFilter;
    if (this.path[this.at] === '.' || this.path[this.at] === '[') needsName = false;
    for (;;) {
      const character = this.path[this.at];
      if (character === undefined) {
        if (needsName && steps.length > 0) this.fail('Unexpected end while parsing path.');
        return;
      }
      if (character === '.') {
        this.at++;
        const deep = this.path[this.at] === '.';
        if (deep) this.at++;
        if (this.path[this.at] === undefined) this.fail('Unexpected end while parsing path.');
        if (this.path[this.at] === '[') {
          if (!deep) this.unexpected();
          this.bracket(steps, true);
        } else this.name(steps, deep);
      } else if (character === '[') this.bracket(steps, false);
      else if (needsName) this.name(steps, false);
      else if (inFilter) return;
      else if (character === ' ') {
        this.blanks();
        if (this.at < this.path.length) this.unexpected();
      } else this.unexpected();
      needsName = false;
    }
  }

  private name(steps: PathStep[], deep: boolean): void {
    const start = this.at;
    while (this.at < this.path.length && !/[.[\]() =<>!&|]/.test(this.path[this.at]!)) this.at++;
    const name = this.path.slice(start, this.at);
    if (name === '') this.unexpected();
    if (name === '*') {
      if (deep) steps.push({ kind: 'scan', names: undefined });
      else steps.push({ kind: 'wildcard' });
    } else if (deep) steps.push({ kind: 'scan', names: [name] });
    else steps.push({ kind: 'field', names: [name] });
  }

  private bracket(steps: PathStep[], deep: boolean): void {
    this.at++;
    this.blanks();
    const character = this.path[this.at];
    if (character === undefined) this.fail('Path ended with open indexer.');
    if (character === "'" || character === '"') {
      const names = this.quotedNames();
      steps.push(deep ? { kind: 'scan', names } : { kind: 'field', names });
    } else if (character === '?') {
      this.at++;
      this.blanks();
      if (this.path[this.at] !== '(') this.unexpected();
      this.at++;
      const condition = this.condition();
      this.blanks();
      if (this.path[this.at] !== ')') this.unexpected();
      this.at++;
      this.close();
      steps.push({ kind: 'filter', condition, deep });
    } else {
      if (deep) steps.push({ kind: 'scan', names: undefined });
      this.indexes(steps);
    }
  }

  private close(): void {
    this.blanks();
    if (this.path[this.at] === undefined) this.fail('Path ended with open indexer.');
    if (this.path[this.at] !== ']') {
      this.fail(`Unexpected character while parsing path indexer: ${this.path[this.at]}`);
    }
    this.at++;
  }

  private quotedNames(): string[] {
    const names: string[] = [];
    for (;;) {
      this.blanks();
      const quote = this.path[this.at];
      if (quote !== "'" && quote !== '"') this.unexpected();
      names.push(this.quoted(quote));
      this.blanks();
      if (this.path[this.at] !== ',') break;
      this.at++;
    }
    this.close();
    return names;
  }

  private quoted(quote: string): string {
    let text = '';
    for (this.at++; this.at < this.path.length; this.at++) {
      const character = this.path[this.at]!;
      if (character === quote) {
        this.at++;
        return text;
      }
      if (character === '\\') this.at++;
      text += this.path[this.at] ?? '';
    }
    return this.fail('Path ended with an open string.');
  }

  private indexes(steps: PathStep[]): void {
    const end = this.path.indexOf(']', this.at);
    if (end < 0) this.fail('Path ended with open indexer.');
    const body = this.path.slice(this.at, end).trim();
    this.at = end + 1;
    if (body === '') this.fail('Array index expected.');
    if (body === '*') steps.push({ kind: 'wildcard' });
    else if (body.includes(':')) {
      const parts = body.split(':').map((part) => part.trim());
      if (parts.length > 3 || parts.some((part) => !/^-?\d{0,9}$/.test(part) || part === '-')) {
        this.fail(`Unexpected character while parsing path indexer: ${body}`);
      }
      const [start, stop, stride] = parts.map((part) => (part === '' ? undefined : Number(part)));
      steps.push({ kind: 'slice', start, end: stop, stride });
    } else {
      const parts = body.split(',').map((part) => part.trim());
      const wrong = parts.find((part) => !/^-?\d{1,9}$/.test(part));
      if (wrong !== undefined) {
        this.fail(`Unexpected character while parsing path indexer: ${wrong[0] ?? ','}`);
      }
      steps.push({ kind: 'index', indexes: parts.map(Number) });
    }
  }

  /** `||` binds loosest, as written left to right. */
  private condition(): Condition {
    if (++this.nesting > nestingMax) this.fail('The path is nested too deeply.');
    const any: Condition[] = [];
    let all: Condition[] = [this.term()];
    for (;;) {
      this.blanks();
      const operator = this.path.slice(this.at, this.at + 2);
      if (operator !== '&&' && operator !== '||') break;
      this.at += 2;
      if (operator === '||') {
        any.push(group('and', all));
        all = [];
      }
      all.push(this.term());
    }
    any.push(group('and', all));
    this.nesting--;
    return group('or', any);
  }

  private term(): Condition {
    this.blanks();
    if (this.path[this.at] === '(') {
      this.at++;
      const condition = this.condition();
      this.blanks();
      if (this.path[this.at] !== ')') this.unexpected();
      this.at++;
      return condition;
    }
    const left = this.operand();
    this.blanks();
    const operator = /^(?:===|!==|==|!=|<>|<=|>=|=~|<|>)/.exec(
      this.path.slice(this.at, this.at + 3),
    );
    if (!operator) return { kind: 'exists', operand: left };
    this.at += operator[0].length;
    this.blanks();
    const right = this.operand();
    return { kind: 'compare', operator: operator[0] === '<>' ? '!=' : operator[0], left, right };
  }

  private operand(): Operand {
    const character = this.path[this.at];
    if (character === '@' || character === '$') {
      this.at++;
      const steps: PathStep[] = [];
      this.steps(steps, true);
      return { kind: 'path', fromRoot: character === '$', steps };
    }
    if (character === "'" || character === '"')
      return literal({ kind: 'string', value: this.quoted(character) });
    if (character === '/') return this.regex();
    const token = /^-?[\w.+-]+/.exec(this.path.slice(this.at, this.at + 400))?.[0];
    if (token === undefined) {
      if (character === undefined) this.fail('Path ended with open query.');
      this.unexpected();
    }
    this.at += token.length;
    return literal(this.word(token));
  }

  private word(token: string): JsonNode {
    if (token === 'true' || token === 'false') return { kind: 'boolean', value: token === 'true' };
    if (token === 'null') return { kind: 'null' };
    if (/^-?\d+$/.test(token)) return { kind: 'integer', value: BigInt(token) };
    if (/^-?\d*\.?\d+(?:[eE][-+]?\d+)?$/.test(token))
      return { kind: 'float', value: Number(token) };
    return this.fail(`Could not read query operator.`);
  }

  private regex(): Operand {
    const start = this.at++;
    while (this.at < this.path.length && this.path[this.at] !== '/') {
      this.at += this.path[this.at] === '\\' ? 2 : 1;
    }
    if (this.at >= this.path.length) this.fail('Path ended with an open regex.');
    this.at++;
    while (/[a-z]/.test(this.path[this.at] ?? '')) this.at++;
    return literal({ kind: 'string', value: this.path.slice(start, this.at) });
  }
}

function literal(value: JsonNode): Operand {
  return { kind: 'literal', value };
}

function group(kind: 'and' | 'or', parts: readonly Condition[]): Condition {
  return parts.length === 1 ? parts[0]! : { kind, parts };
}
