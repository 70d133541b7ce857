// JSON as people and tools write it: comments, trailing commas, BOM; positions kept.
import { ConfigurationError } from './errors.ts';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

export interface JsonText<T = Json> {
  readonly value: T;
  /**
   * Where the value at a path begins, such as `['steps', 2, 'name']`. The deepest part that exists
   * answers for a path that does not.
   */
  positionOf(path: readonly (string | number)[]): Position;
}

export interface JsonTextOptions {
  /** Named in errors. */
  readonly file?: string;
  /** Accepts unquoted member names and raw line breaks in strings, as az sends deployments. */
  readonly loose?: boolean;
  /** Makes the value of a number token; `Number` when absent. */
  readonly number?: (token: string) => unknown;
}

/** Nesting beyond this is refused; Newtonsoft's reader and ARM stop earlier or here. */
const depthMax = 200;

interface Node {
  readonly start: number;
  readonly children?: Map<string | number, Node>;
}

/** Reads JSON with comments and trailing commas. Throws ConfigurationError with line and column. */
export function readJsonText(text: string, options: JsonTextOptions = {}): JsonText {
  const reader = new Reader(text.startsWith('\uFEFF') ? text.slice(1) : text, options);
  const root = reader.document();
  return {
    value: root.value as Json,
    positionOf(path) {
      let node = root.node;
      for (const step of path) {
        const next = node.children?.get(step);
        if (!next) break;
        node = next;
      }
      return reader.position(node.start);
    },
  };
}

class Reader {
  private at = 0;
  private readonly text: string;
  private readonly options: JsonTextOptions;

  constructor(text: string, options: JsonTextOptions) {
    this.text = text;
    this.options = options;
  }

  document(): { value: unknown; node: Node } {
    this.blank();
    const root = this.read(0);
    this.blank();
    if (this.at < this.text.length)
      this.fail(`unexpected ${this.here()} after the end of the JSON`);
    return root;
  }

  position(offset: number): Position {
    const before = this.text.slice(0, offset);
    const line = before.split('\n').length;
    return { line, column: offset - before.lastIndexOf('\n') };
  }

  private fail(message: string, offset = this.at): never {
    throw new ConfigurationError({
      file: this.options.file,
      ...this.position(offset),
      message: `not valid JSON: ${message}`,
    });
  }

  private here(): string {
    const character = this.text[this.at];
    return character === undefined ? 'end of text' : `'${character}'`;
  }

  private blank(): void {
    for (;;) {
      const rest = /[ \t\r\n]*/y;
      rest.lastIndex = this.at;
      rest.exec(this.text);
      this.at = rest.lastIndex;
      if (this.text.startsWith('//', this.at)) {
        const end = this.text.indexOf('\n', this.at);
        this.at = end < 0 ? this.text.length : end;
      } else if (this.text.startsWith('/*', this.at)) {
        const end = this.text.indexOf('*/', this.at + 2);
        if (end < 0) this.fail('a comment that begins here does not end');
        this.at = end + 2;
      } else return;
    }
  }

  private read(depth: number): { value: unknown; node: Node } {
    if (depth > depthMax) this.fail(`nested deeper than ${depthMax} levels`);
    const start = this.at;
    const character = this.text[start];
    if (character === '{') return this.object(depth);
    if (character === '[') return this.array(depth);
    if (character === '"') return { value: this.string(), node: { start } };
    const token = /-?[0-9][0-9.eE+-]*|[A-Za-z]+/y;
    token.lastIndex = start;
    const word = token.exec(this.text)?.[0];
    if (word === undefined) this.fail(`a value is expected, not ${this.here()}`);
    this.at += word.length;
    return { value: this.scalar(word, start), node: { start } };
  }

  private scalar(word: string, start: number): unknown {
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(word)) {
      return this.options.number ? this.options.number(word) : Number(word);
    }
    return this.fail(`'${word}' is not a value`, start);
  }

  private object(depth: number): { value: unknown; node: Node } {
    const value: Record<string, unknown> = {};
    const children = new Map<string | number, Node>();
    const start = this.at++;
    for (this.blank(); this.text[this.at] !== '}'; this.blank()) {
      const name = this.memberName();
      this.blank();
      if (this.text[this.at] !== ':')
        this.fail(`':' is expected after "${name}", not ${this.here()}`);
      this.at++;
      this.blank();
      const member = this.read(depth + 1);
      // defineProperty keeps `__proto__` an ordinary member name.
      delete value[name];
      Object.defineProperty(value, name, {
        value: member.value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      children.set(name, member.node);
      this.separator('}');
    }
    this.at++;
    return { value, node: { start, children } };
  }

  private array(depth: number): { value: unknown; node: Node } {
    const value: unknown[] = [];
    const children = new Map<string | number, Node>();
    const start = this.at++;
    for (this.blank(); this.text[this.at] !== ']'; this.blank()) {
      const item = this.read(depth + 1);
      children.set(value.length, item.node);
      value.push(item.value);
      this.separator(']');
    }
    this.at++;
    return { value, node: { start, children } };
  }

  private separator(close: string): void {
    this.blank();
    if (this.text[this.at] === ',') this.at++;
    else if (this.text[this.at] !== close) {
      this.fail(`',' or '${close}' is expected, not ${this.here()}`);
    }
  }

  private memberName(): string {
    if (this.text[this.at] === '"') return this.string();
    const word = /[A-Za-z_$][\w$]*/y;
    word.lastIndex = this.at;
    const name = this.options.loose ? word.exec(this.text)?.[0] : undefined;
    if (name === undefined) this.fail(`a member name in quotes is expected, not ${this.here()}`);
    this.at += name.length;
    return name;
  }

  private string(): string {
    const start = this.at;
    let end = start + 1;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    if (end >= this.text.length) this.fail('a string that begins here does not end', start);
    const raw = this.text.slice(start, end + 1);
    this.at = end + 1;
    try {
      return JSON.parse(this.options.loose ? escapeRawControls(raw) : raw) as string;
    } catch {
      return this.fail('a string holds a line break or a wrong escape', start);
    }
  }
}

/** Multi-line strings of ARM templates: raw control characters become escapes. */
function escapeRawControls(raw: string): string {
  return raw.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the subject
    /[\u0000-\u001f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
