// .NET's regular-expression syntax to a tree; its errors in .NET's words.
import { argumentError } from './errors.ts';
import { regexDepthMax, regexPatternLengthMax } from './limits.ts';
import { PatternCursor } from './regex-class.ts';
import type { AnchorKind, GroupReference, ParsedRegex, RegexNode } from './regex-node.ts';
import { prescan } from './regex-prescan.ts';
import { isWordUnit, UnitSet } from './regex-set.ts';
import { RegexOptions } from './styles.ts';

const inlineOptions: Readonly<Record<string, number>> = {
  i: RegexOptions.IgnoreCase,
  m: RegexOptions.Multiline,
  n: RegexOptions.ExplicitCapture,
  s: RegexOptions.Singleline,
  x: RegexOptions.IgnorePatternWhitespace,
};

/** Parses a pattern; throws ArgumentException naming the offset. */
export function parseRegex(pattern: string, options: number): ParsedRegex {
  if (pattern.length > regexPatternLengthMax) {
    throw argumentError(`The pattern is longer than ${regexPatternLengthMax} characters.`);
  }
  return new RegexParser(pattern, options).parse();
}

class RegexParser {
  private readonly cursor: PatternCursor;
  private options: number;
  private depth = 0;
  private unnamed = 0;
  private readonly known: { readonly numbers: Set<number>; readonly names: Set<string> };
  private readonly names: string[] = [];
  private readonly numbers = new Set<number>([0]);

  constructor(pattern: string, options: number) {
    this.cursor = new PatternCursor(pattern, (options & RegexOptions.ECMAScript) !== 0);
    this.options = options;
    this.known = prescan(pattern, options);
  }

  parse(): ParsedRegex {
    const root = this.alternatives();
    if (this.cursor.here === ')') throw this.cursor.error("Too many )'s.");
    const numberOf = new Map<string, number>();
    let next = 1;
    for (const name of this.names) {
      while (this.numbers.has(next)) next++;
      this.numbers.add(next);
      numberOf.set(name, next);
    }
    const groupNumbers = [...this.numbers].sort((a, b) => a - b);
    const nameOf = new Map([...numberOf].map(([name, number]) => [number, name]));
    const groupNames = groupNumbers.map((number) => nameOf.get(number) ?? String(number));
    for (const number of groupNumbers) numberOf.set(String(number), number);
    return { root, groupNumbers, groupNames, numberOf };
  }

  private has(option: number): boolean {
    return (this.options & option) !== 0;
  }

  private get ignoreCase(): boolean {
    return this.has(RegexOptions.IgnoreCase);
  }

  private alternatives(): RegexNode {
    if (++this.depth > regexDepthMax) throw this.cursor.error('The pattern is nested too deeply.');
    const parts = [this.sequence()];
    while (this.cursor.here === '|') {
      this.cursor.at++;
      parts.push(this.sequence());
    }
    this.depth--;
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  private sequence(): RegexNode {
    const parts: RegexNode[] = [];
    for (;;) {
      this.skipBlanks();
      const character = this.cursor.here;
      if (character === undefined || character === '|' || character === ')') break;
      const node = this.quantified();
      if (node.kind !== 'empty') parts.push(node);
    }
    if (parts.length === 1) return parts[0]!;
    return parts.length === 0 ? { kind: 'empty' } : { kind: 'sequence', parts };
  }

  /** White space and comments of IgnorePatternWhitespace, and `(?#…)` always. */
  private skipBlanks(): void {
    const { cursor } = this;
    for (;;) {
      if (cursor.pattern.startsWith('(?#', cursor.at)) {
        const end = cursor.pattern.indexOf(')', cursor.at);
        if (end < 0) {
          cursor.at = cursor.pattern.length;
          throw cursor.error('Unterminated (?#...) comment.');
        }
        cursor.at = end + 1;
      } else if (!this.has(RegexOptions.IgnorePatternWhitespace)) return;
      else if (cursor.here === '#') {
        const end = cursor.pattern.indexOf('\n', cursor.at);
        cursor.at = end < 0 ? cursor.pattern.length : end + 1;
      } else if (cursor.here !== undefined && /[ \t-\r]/.test(cursor.here)) cursor.at++;
      else return;
    }
  }

  private quantified(): RegexNode {
    const { cursor } = this;
    if (this.quantifierAt()) {
      const sign = cursor.here!;
      throw cursor.error(`Quantifier '${sign}' following nothing.`);
    }
    const optionsBefore = this.options;
    const node = this.atom();
    // A bare `(?i)` is no atom, and what follows it is not its quantifier.
    if (node.kind === 'empty' && optionsBefore !== this.options) return node;
    this.skipBlanks();
    const bounds = this.quantifier();
    if (!bounds) return node;
    if (this.quantifierAt()) {
      throw cursor.error(`Nested quantifier '${cursor.here}'.`);
    }
    return { kind: 'loop', body: node, ...bounds };
  }

  private quantifierAt(): boolean {
    const { here, pattern, at } = this.cursor;
    if (here === '*' || here === '+' || here === '?') return true;
    return here === '{' && /^\{\d+(?:,\d*)?\}/.test(pattern.slice(at, at + 32));
  }

  private quantifier(): { min: number; max: number; lazy: boolean } | undefined {
    const { cursor } = this;
    if (!this.quantifierAt()) return undefined;
    let min = 0;
    let max = Number.POSITIVE_INFINITY;
    if (cursor.here === '{') {
      const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(
        cursor.pattern.slice(cursor.at, cursor.at + 32),
      )!;
      min = Number(match[1]);
      if (!match[2]) max = min;
      else if (match[3]) max = Number(match[3]);
      cursor.at += match[0].length;
      if (min > 2_147_483_647 || (max !== Number.POSITIVE_INFINITY && max > 2_147_483_647)) {
        throw cursor.error('Capture group numbers must be less than or equal to Int32.MaxValue.');
      }
      if (max < min) throw cursor.error('Illegal {x,y} with x > y.');
    } else {
      if (cursor.here === '+') min = 1;
      if (cursor.here === '?') max = 1;
      cursor.at++;
    }
    this.skipBlanks();
    const lazy = cursor.here === '?';
    if (lazy) cursor.at++;
    this.skipBlanks();
    return { min, max, lazy };
  }

  private atom(): RegexNode {
    const { cursor } = this;
    const character = cursor.here!;
    switch (character) {
      case '(':
        cursor.at++;
        return this.group();
      case '[': {
        cursor.at++;
        return { kind: 'set', set: cursor.set(this.ignoreCase) };
      }
      case '\\':
        cursor.at++;
        return this.escape();
      case '^':
        cursor.at++;
        return this.anchor(this.has(RegexOptions.Multiline) ? 'lineStart' : 'start');
      case '$':
        cursor.at++;
        return this.anchor(this.has(RegexOptions.Multiline) ? 'lineEnd' : 'endOrNewline');
      case '.': {
        cursor.at++;
        const set = new UnitSet();
        set.negated = true;
        if (!this.has(RegexOptions.Singleline)) set.addRange(10, 10);
        return { kind: 'set', set };
      }
      default:
        cursor.at++;
        return this.unit(character.charCodeAt(0));
    }
  }

  private unit(unit: number): RegexNode {
    return { kind: 'unit', unit, ignoreCase: this.ignoreCase };
  }

  private anchor(anchor: AnchorKind): RegexNode {
    return { kind: 'anchor', anchor, ascii: this.cursor.ecma };
  }

  private escape(): RegexNode {
    const { cursor } = this;
    const letter = cursor.here;
    if (letter === undefined) throw cursor.error('Illegal \\ at end of pattern.');
    const anchors: Readonly<Record<string, AnchorKind>> = {
      b: 'boundary',
      B: 'notBoundary',
      A: 'start',
      z: 'end',
      Z: 'endOrNewline',
      G: 'scanStart',
    };
    if (Object.hasOwn(anchors, letter)) {
      cursor.at++;
      return this.anchor(anchors[letter]!);
    }
    const set = new UnitSet();
    if (cursor.classEscape(set)) {
      set.ignoreCase = this.ignoreCase;
      return { kind: 'set', set };
    }
    if (letter === 'k') {
      const named = /^k(?:<([^>]{1,200})>|'([^']{1,200})'|\{([^}]{1,200})\})/.exec(
        cursor.pattern.slice(cursor.at, cursor.at + 210),
      );
      if (!named) throw cursor.error('Malformed \\k<...> named back reference.');
      cursor.at += named[0].length;
      return this.reference(named[1] ?? named[2] ?? named[3]!);
    }
    if (letter >= '1' && letter <= '9') {
      const digits = /^\d{1,9}/.exec(cursor.pattern.slice(cursor.at))![0];
      const number = Number(digits);
      if (this.known.numbers.has(number) || number <= 9) {
        cursor.at += digits.length;
        return this.reference(digits);
      }
      if (letter > '7') throw cursor.error(`Reference to undefined group number ${digits}.`);
    }
    return this.unit(cursor.unitEscape());
  }

  private reference(name: string): RegexNode {
    const group = this.groupReference(name);
    return { kind: 'reference', group, ignoreCase: this.ignoreCase, ecma: this.cursor.ecma };
  }

  private groupReference(name: string): GroupReference {
    if (/^\d+$/.test(name)) {
      const number = Number(name);
      if (!this.known.numbers.has(number)) {
        throw this.cursor.error(`Reference to undefined group number ${number}.`);
      }
      return { kind: 'group', name: number };
    }
    if (!this.known.names.has(name)) {
      throw this.cursor.error(`Reference to undefined group name '${name}'.`);
    }
    return { kind: 'group', name };
  }

  /** What follows `(`. Options set inside end with the group. */
  private group(): RegexNode {
    const { cursor } = this;
    const before = this.options;
    if (cursor.here !== '?') {
      if (this.has(RegexOptions.ExplicitCapture)) return this.close(this.alternatives(), before);
      const number = ++this.unnamed;
      this.numbers.add(number);
      const group: GroupReference = { kind: 'group', name: number };
      return { kind: 'capture', group, body: this.close(this.alternatives(), before) };
    }
    cursor.at++;
    const look = /^(?:<?[=!])/.exec(cursor.pattern.slice(cursor.at, cursor.at + 2));
    if (look) {
      cursor.at += look[0].length;
      const body = this.close(this.alternatives(), before);
      return { kind: 'look', body, behind: look[0][0] === '<', negative: look[0].endsWith('!') };
    }
    const character = cursor.pattern[cursor.at];
    if (character === ':' || character === '>') {
      cursor.at++;
      const body = this.close(this.alternatives(), before);
      return character === ':' ? wrap(body) : { kind: 'atomic', body };
    }
    if (character === '<' || character === "'") return this.namedGroup(before);
    if (character === '(') return this.conditional(before);
    return this.optionGroup(before);
  }

  private close(body: RegexNode, before: number): RegexNode {
    if (this.cursor.here !== ')') throw this.cursor.error("Not enough )'s.");
    this.cursor.at++;
    this.options = before;
    return body;
  }

  private namedGroup(before: number): RegexNode {
    const { cursor } = this;
    const close = cursor.here === '<' ? '>' : "'";
    const end = cursor.pattern.indexOf(close, cursor.at + 1);
    const text = end < 0 ? '' : cursor.pattern.slice(cursor.at + 1, end);
    const [name = '', popped] = text.split('-');
    const wrong = (word: string) =>
      [...word].some((letter) => !isWordUnit(letter.charCodeAt(0))) || /^\d+\D/.test(word);
    if (
      end < 0 ||
      wrong(name) ||
      (popped !== undefined && (wrong(popped) || popped === '')) ||
      text === ''
    ) {
      cursor.at++;
      throw cursor.error('Invalid group name: Group names must begin with a word character.');
    }
    if (/^0+$/.test(name)) throw cursor.error('Capture number cannot be zero.');
    cursor.at = end + 1;
    const group = name === '' ? undefined : this.declareGroup(name);
    const poppedGroup = popped === undefined ? undefined : this.groupReference(popped);
    const body = this.close(this.alternatives(), before);
    if (poppedGroup) return { kind: 'balance', group, popped: poppedGroup, body };
    return { kind: 'capture', group: group!, body };
  }

  private declareGroup(name: string): GroupReference {
    if (/^\d+$/.test(name)) {
      this.numbers.add(Number(name));
      return { kind: 'group', name: Number(name) };
    }
    if (!this.names.includes(name)) this.names.push(name);
    return { kind: 'group', name };
  }

  private conditional(before: number): RegexNode {
    const { cursor } = this;
    const named = /^\(([\w]{1,200})\)/u.exec(cursor.pattern.slice(cursor.at, cursor.at + 210));
    let test: GroupReference | RegexNode;
    const name = named?.[1];
    if (name !== undefined && (/^\d+$/.test(name) || this.known.names.has(name))) {
      cursor.at += named![0].length;
      if (/^\d+$/.test(name) && !this.known.numbers.has(Number(name))) {
        throw cursor.error(`(?(${name}) ) reference to undefined group.`);
      }
      test = this.groupReference(name);
    } else {
      cursor.at++;
      test = this.conditionExpression();
    }
    const body = this.close(this.alternatives(), before);
    if (body.kind !== 'choice')
      return { kind: 'conditional', test, yes: body, no: { kind: 'empty' } };
    if (body.parts.length > 2) throw cursor.error('Too many | in (?()|).');
    return { kind: 'conditional', test, yes: body.parts[0]!, no: body.parts[1]! };
  }

  /** `(?(?=x)…)` or `(?(x)…)`: the expression is looked for ahead. */
  private conditionExpression(): RegexNode {
    const before = this.options;
    if (this.cursor.here === '?') return this.group();
    const body = this.close(this.alternatives(), before);
    return { kind: 'look', body, behind: false, negative: false };
  }

  /** `(?imnsx-imnsx)` for the rest of the enclosing group, or with `:` for a group of its own. */
  private optionGroup(before: number): RegexNode {
    const { cursor } = this;
    let on = true;
    for (; ; cursor.at++) {
      const letter = cursor.here;
      if (letter === '-' || letter === '+') on = letter === '+';
      else {
        const bit = letter === undefined ? undefined : optionBit(letter);
        if (bit === undefined) break;
        this.options = on ? this.options | bit : this.options & ~bit;
      }
    }
    if (cursor.here === ')') {
      cursor.at++;
      return { kind: 'empty' };
    }
    if (cursor.here !== ':') throw cursor.error('Unrecognized grouping construct.');
    cursor.at++;
    return wrap(this.close(this.alternatives(), before));
  }
}

function optionBit(letter: string): number | undefined {
  const key = letter.toLowerCase();
  return Object.hasOwn(inlineOptions, key) ? inlineOptions[key] : undefined;
}

/** A group keeps its body one atom for a quantifier. */
function wrap(body: RegexNode): RegexNode {
  return body.kind === 'empty' ? { kind: 'sequence', parts: [] } : body;
}
