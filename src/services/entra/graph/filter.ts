// The part of OData's $filter that clients of the directory send.
import type { Json, JsonObject } from '../../../base/index.ts';
import { filterCharactersMax, filterDepthMax } from '../limits.ts';
import { DirectoryError } from '../registrations/errors.ts';

export type Predicate = (item: JsonObject) => boolean;

/**
 * `and`, `or`, `not`, parentheses, `eq`, `ne`, `in`, `startswith(…)`, `name/any(x:x eq '…')`, with
 * texts, GUIDs, `true`, `false`, `null`. Texts compare in any letter case, as the directory does.
 * Anything else is refused by name.
 */
export function parseFilter(text: string): Predicate {
  if (text.length > filterCharactersMax) throw unsupported('it is too long');
  const tokens = tokensOf(text);
  const parser = new Parser(tokens);
  const predicate = parser.either(0);
  parser.end();
  return predicate;
}

function unsupported(why: string): DirectoryError {
  return new DirectoryError(
    'Request_UnsupportedQuery',
    `Unsupported or invalid query filter clause: ${why}.`,
  );
}

type Token =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'word'; readonly value: string }
  | { readonly kind: 'sign'; readonly value: string };

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:'((?:[^']|'')*)'|([\w.$/@-]+)|([(),:]))/y;
  while (text.slice(pattern.lastIndex).trim() !== '') {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) throw unsupported(`'${text.slice(at, at + 20).trim()}' is not understood`);
    const [, quoted, word, sign] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replaceAll("''", "'") });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word });
    else tokens.push({ kind: 'sign', value: sign! });
  }
  return tokens;
}

class Parser {
  private at = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  end(): void {
    const rest = this.tokens[this.at];
    if (rest) throw unsupported(`'${rest.value}' is not expected`);
  }

  either(depth: number): Predicate {
    if (depth > filterDepthMax) throw unsupported('it is nested too deep');
    const parts = [this.both(depth)];
    while (this.takeWord('or')) parts.push(this.both(depth));
    return parts.length === 1 ? parts[0]! : (item) => parts.some((part) => part(item));
  }

  private both(depth: number): Predicate {
    const parts = [this.term(depth)];
    while (this.takeWord('and')) parts.push(this.term(depth));
    return parts.length === 1 ? parts[0]! : (item) => parts.every((part) => part(item));
  }

  private term(depth: number): Predicate {
    if (this.takeWord('not')) {
      const inner = this.term(depth + 1);
      return (item) => !inner(item);
    }
    if (this.takeSign('(')) {
      const inner = this.either(depth + 1);
      this.needSign(')');
      return inner;
    }
    if (this.takeWord('startswith')) return this.startsWith();
    const path = this.word();
    if (path.toLowerCase().endsWith('/any')) return this.any(path.slice(0, -4));
    return this.comparison((item) => valueAt(item, path));
  }

  private startsWith(): Predicate {
    this.needSign('(');
    const path = this.word();
    this.needSign(',');
    const prefix = String(this.literal()).toLowerCase();
    this.needSign(')');
    return (item) =>
      String(valueAt(item, path) ?? '')
        .toLowerCase()
        .startsWith(prefix);
  }

  /** `list/any(c:c eq 'x')`, and `list/any(c:c/name eq 'x')`. */
  private any(path: string): Predicate {
    this.needSign('(');
    const variable = this.word();
    this.needSign(':');
    const inner = this.takeWord('startswith')
      ? this.startsWithOf(variable)
      : this.comparisonOf(variable, this.word());
    this.needSign(')');
    return (item) => {
      const list = valueAt(item, path);
      return Array.isArray(list) && list.some(inner);
    };
  }

  private startsWithOf(variable: string): (value: Json) => boolean {
    this.needSign('(');
    const read = readerOf(variable, this.word());
    this.needSign(',');
    const prefix = String(this.literal()).toLowerCase();
    this.needSign(')');
    return (value) =>
      String(read(value) ?? '')
        .toLowerCase()
        .startsWith(prefix);
  }

  private comparisonOf(variable: string, path: string): (value: Json) => boolean {
    const read = readerOf(variable, path);
    const compare = this.comparison((item) => read(item.value as Json));
    return (value) => compare({ value });
  }

  private comparison(read: (item: JsonObject) => Json | undefined): Predicate {
    if (this.takeWord('eq')) {
      const wanted = this.literal();
      return (item) => equal(read(item), wanted);
    }
    if (this.takeWord('ne')) {
      const wanted = this.literal();
      return (item) => !equal(read(item), wanted);
    }
    if (this.takeWord('in')) {
      this.needSign('(');
      const wanted = [this.literal()];
      while (this.takeSign(',')) wanted.push(this.literal());
      this.needSign(')');
      return (item) => wanted.some((each) => equal(read(item), each));
    }
    throw unsupported(`the operator '${this.tokens[this.at]?.value ?? ''}' is not served`);
  }

  private literal(): Json {
    const token = this.tokens[this.at++];
    if (token?.kind === 'text') return token.value;
    if (token?.kind !== 'word') throw unsupported('a value is missing');
    const word = token.value;
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    return word;
  }

  private word(): string {
    const token = this.tokens[this.at++];
    if (token?.kind !== 'word') throw unsupported('a property name is missing');
    return token.value;
  }

  private takeWord(word: string): boolean {
    const token = this.tokens[this.at];
    const is = token?.kind === 'word' && token.value.toLowerCase() === word;
    if (is) this.at++;
    return is;
  }

  private takeSign(sign: string): boolean {
    const token = this.tokens[this.at];
    const is = token?.kind === 'sign' && token.value === sign;
    if (is) this.at++;
    return is;
  }

  private needSign(sign: string): void {
    if (!this.takeSign(sign)) throw unsupported(`'${sign}' is missing`);
  }
}

function readerOf(variable: string, path: string): (value: Json) => Json | undefined {
  if (path === variable) return (value) => value;
  if (!path.startsWith(`${variable}/`)) throw unsupported(`'${path}' is not understood`);
  const rest = path.slice(variable.length + 1);
  return (value) => valueAt(value, rest);
}

function valueAt(item: Json, path: string): Json | undefined {
  let value: Json | undefined = item;
  for (const name of path.split('/')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}

function equal(value: Json | undefined, wanted: Json): boolean {
  if (typeof value === 'string' && typeof wanted === 'string') {
    return value.toLowerCase() === wanted.toLowerCase();
  }
  return (value ?? null) === wanted;
}
