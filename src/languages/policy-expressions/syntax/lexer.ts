// The one C# lexer: tokens with offsets, nested interpolation, and tolerance on request.
import { Directives } from './directives.ts';
import { type Delimiter, entityIn } from './entities.ts';
import { charEscape, scanNumber } from './literals.ts';
import {
  type Diagnostic,
  type Hole,
  keywords,
  punctuations,
  SyntaxFault,
  type Token,
} from './tokens.ts';

export interface LexerOptions {
  /** Where to begin and stop; the whole text when absent. */
  readonly start?: number;
  readonly end?: number;
  /**
   * Accepts `&quot;`, `&apos;` and the other predefined entities where C# wants the character, and
   * malformed literals: for finding the end of an expression inside raw XML.
   */
  readonly tolerant?: boolean;
  /** Takes what is wrong inside a token, so that lexing goes on behind it; else it is thrown. */
  readonly faults?: Diagnostic[];
}

const identifierStart = /[\p{L}\p{Nl}_]/u;
const identifierPart = /[\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]/u;

/** Interpolations inside interpolations beyond this are refused. */
const interpolationDepthMax = 32;

/** All tokens of `text`, the last of kind `end`. Throws SyntaxFault. */
export function tokenize(text: string, options: LexerOptions = {}): Token[] {
  const lexer = new Lexer(text, options);
  const tokens: Token[] = [];
  for (;;) {
    const token = lexer.next();
    tokens.push(token);
    if (token.kind === 'end') return tokens;
  }
}

export class Lexer {
  at: number;
  private readonly text: string;
  private readonly limit: number;
  private readonly tolerant: boolean;
  private readonly directives: Directives;
  private readonly faults: Diagnostic[] | undefined;
  private depth = 0;
  private lineEnded = false;

  constructor(text: string, options: LexerOptions = {}) {
    this.text = text;
    this.at = options.start ?? 0;
    this.limit = options.end ?? text.length;
    this.tolerant = options.tolerant ?? false;
    this.directives = new Directives(text, this.limit);
    this.faults = options.faults;
  }

  next(): Token {
    this.lineEnded = false;
    this.skipTrivia();
    return this.lineEnded ? { ...this.token(), lineBefore: true } : this.token();
  }

  private token(): Token {
    const start = this.at;
    if (start >= this.limit) {
      if (!this.tolerant) this.directives.finish();
      return { kind: 'end', text: '', start, end: start };
    }
    const character = this.text[start]!;
    const string = this.stringAhead();
    if (string) return string;
    if (character === '@' && this.isIdentifierAt(start + 1)) {
      this.at += 1;
      return { ...this.identifier(start), kind: 'identifier', verbatim: true };
    }
    if (this.isIdentifierAt(start)) return this.identifier(start);
    if (/\d/.test(character) || (character === '.' && /\d/.test(this.text[start + 1] ?? ''))) {
      return this.number(start);
    }
    return this.punctuation(start);
  }

  private fault(code: string, message: string, start: number, end = this.at): SyntaxFault {
    return new SyntaxFault(code, message, start, Math.max(start, end));
  }

  /** Notes what is wrong inside a token that can still be told from the next. */
  private report(code: string, message: string, start: number, end = this.at): void {
    const fault = this.fault(code, message, start, end);
    if (!this.faults) throw fault;
    this.faults.push(...fault.diagnostics);
  }

  private skipTrivia(): void {
    for (;;) {
      const character = this.text[this.at];
      if (this.at >= this.limit || character === undefined) return;
      if (/[\s\uFEFF]/.test(character)) {
        this.at += 1;
        this.lineEnded ||= character === '\n';
      } else if (character === '#' && this.directives.startsAt(this.at)) this.skipDirective();
      else if (character !== '/') return;
      else if (this.text[this.at + 1] === '/') this.skipLine();
      else if (this.text[this.at + 1] === '*') this.skipComment();
      else return;
    }
  }

  private skipDirective(): void {
    const start = this.at;
    try {
      this.at = this.directives.read(start);
    } catch (error) {
      if (!this.tolerant || !(error instanceof SyntaxFault)) throw error;
      this.skipLine();
    }
  }

  private skipLine(): void {
    while (this.at < this.limit && !/[\n\r\u2028\u2029\u0085]/.test(this.text[this.at]!)) {
      this.at += 1;
    }
  }

  private skipComment(): void {
    const close = this.text.indexOf('*/', this.at + 2);
    if (close < 0 || close + 2 > this.limit) {
      throw this.fault('CS1035', "End-of-file found, '*/' expected", this.at, this.limit);
    }
    this.at = close + 2;
  }

  private isIdentifierAt(offset: number): boolean {
    return offset < this.limit && identifierStart.test(this.text[offset] ?? '');
  }

  private identifier(start: number): Token {
    const from = this.at;
    while (this.at < this.limit && identifierPart.test(this.text[this.at]!)) this.at += 1;
    const text = this.text.slice(from, this.at);
    return { kind: keywords.has(text) ? 'keyword' : 'identifier', text, start, end: this.at };
  }

  private number(start: number): Token {
    const { literal, end } = scanNumber(this.text, start, this.limit);
    this.at = end;
    // `0x` without digits, and an underscore that no digit follows.
    const empty = end === start + 1 && /^0[xXbB]/.test(this.text.slice(start, end + 1));
    if ((empty || this.text[end - 1] === '_') && !this.tolerant) {
      if (empty) this.at += 1;
      this.report('CS1013', 'Invalid number', start);
    }
    return { kind: 'number', text: this.text.slice(start, end), start, end, number: literal };
  }

  /** The entity at `offset`, in tolerant mode. */
  private entityAt(offset: number): Delimiter | undefined {
    return this.tolerant ? entityIn(this.text, offset, this.limit) : undefined;
  }

  private delimiterAt(offset: number): Delimiter | undefined {
    const character = this.text[offset];
    if (offset >= this.limit) return undefined;
    if (character === '"' || character === "'") return { character, spelling: character };
    const spelled = this.entityAt(offset);
    return spelled && /["']/.test(spelled.character) ? spelled : undefined;
  }

  private punctuation(start: number): Token {
    const spelled = this.entityAt(start);
    if (spelled) {
      this.at += spelled.spelling.length;
      return { kind: 'punctuation', text: spelled.character, start, end: this.at };
    }
    for (const text of punctuations) {
      if (!this.text.startsWith(text, start)) continue;
      // `?.5` is a conditional operator before a number.
      if (text === '?.' && /\d/.test(this.text[start + 2] ?? '')) continue;
      this.at += text.length;
      if (this.at > this.limit) break;
      return { kind: 'punctuation', text, start, end: this.at };
    }
    this.at = start + 1;
    const character = this.text[start]!;
    if (this.tolerant) return { kind: 'punctuation', text: character, start, end: this.at };
    this.report('CS1056', `Unexpected character '${character}'`, start);
    return this.next();
  }

  /** A string, interpolated string or char at the current place, if one begins here. */
  private stringAhead(): Token | undefined {
    const start = this.at;
    const prefix = /^[$@]{0,2}/.exec(this.text.slice(start, start + 2))![0];
    if (prefix === '$$' || prefix === '@@') return undefined;
    const delimiter = this.delimiterAt(start + prefix.length);
    if (!delimiter || (prefix !== '' && delimiter.character === "'")) return undefined;
    this.at = start + prefix.length + delimiter.spelling.length;
    if (delimiter.character === "'") return this.char(start, delimiter);
    const verbatim = prefix.includes('@');
    return prefix.includes('$')
      ? this.interpolated(start, verbatim, delimiter)
      : this.string(start, verbatim, delimiter);
  }

  private char(start: number, delimiter: Delimiter): Token {
    let value = '';
    while (!this.text.startsWith(delimiter.spelling, this.at)) {
      if (this.at >= this.limit || /[\n\r]/.test(this.text[this.at]!)) {
        this.report('CS1010', 'Newline in constant', start);
        return { kind: 'char', text: value, start, end: this.at, value: 0 };
      }
      value += this.textUnit(false);
    }
    this.at += delimiter.spelling.length;
    if (!this.tolerant) {
      if (value === '') this.report('CS1011', 'Empty character literal', start);
      if (value.length > 1) {
        this.report('CS1012', 'Too many characters in character literal', start);
      }
    }
    const text = this.text.slice(start, this.at);
    return { kind: 'char', text, start, end: this.at, value: value.charCodeAt(0) };
  }

  /** One character or escape of a literal. */
  private textUnit(verbatim: boolean): string {
    if (verbatim || this.text[this.at] !== '\\') {
      this.at += 1;
      return this.text[this.at - 1]!;
    }
    const spelled = this.entityAt(this.at + 1);
    if (spelled) {
      this.at += 1 + spelled.spelling.length;
      return spelled.character;
    }
    const read = charEscape(this.text, this.at, this.limit);
    if (read) {
      this.at = read.end;
      return read.value;
    }
    if (!this.tolerant) {
      this.report('CS1009', 'Unrecognized escape sequence', this.at, this.at + 2);
    }
    this.at = Math.min(this.at + 2, this.limit);
    return '';
  }

  /** Whether the literal ends here; a doubled quote of a verbatim string is consumed as text. */
  private closes(verbatim: boolean, delimiter: Delimiter): 'end' | 'quote' | 'text' {
    const { spelling } = delimiter;
    if (!this.text.startsWith(spelling, this.at)) return 'text';
    this.at += spelling.length;
    if (!verbatim || !this.text.startsWith(spelling, this.at) || this.at >= this.limit)
      return 'end';
    this.at += spelling.length;
    return 'quote';
  }

  /** Whether a string ends here without its closing quote. */
  private isCut(verbatim: boolean): boolean {
    if (this.at >= this.limit) return true;
    // Published documents break plain strings across lines by accident; the end is still findable.
    return !verbatim && !this.tolerant && /[\n\r]/.test(this.text[this.at]!);
  }

  private cut(start: number, verbatim: boolean): readonly [string, string, number] {
    if (verbatim) return ['CS1039', 'Unterminated string literal', start];
    return ['CS1010', 'Newline in constant', start];
  }

  private requireMore(start: number, verbatim: boolean): void {
    if (this.isCut(verbatim)) throw this.fault(...this.cut(start, verbatim));
  }

  private string(start: number, verbatim: boolean, delimiter: Delimiter): Token {
    let value = '';
    for (;;) {
      if (this.isCut(verbatim)) {
        this.report(...this.cut(start, verbatim));
        break;
      }
      const closed = this.closes(verbatim, delimiter);
      if (closed === 'end') break;
      value += closed === 'quote' ? '"' : this.textUnit(verbatim);
    }
    return {
      kind: 'string',
      text: this.text.slice(start, this.at),
      start,
      end: this.at,
      value,
    };
  }

  private interpolated(start: number, verbatim: boolean, delimiter: Delimiter): Token {
    const parts: (string | Hole)[] = [];
    let value = '';
    const flush = () => {
      if (value !== '') parts.push(value);
      value = '';
    };
    for (;;) {
      this.requireMore(start, verbatim);
      const closed = this.closes(verbatim, delimiter);
      if (closed === 'end') break;
      const character = this.text[this.at]!;
      if (closed === 'quote') value += '"';
      else if (character !== '{' && character !== '}') value += this.textUnit(verbatim);
      else if (this.text[this.at + 1] === character) {
        value += character;
        this.at += 2;
      } else if (character === '}') {
        if (!this.tolerant) {
          const message =
            "A '}' character must be escaped (by doubling) in an interpolated string.";
          this.report('CS8086', message, this.at, this.at + 1);
        }
        this.at += 1;
      } else {
        flush();
        this.at += 1;
        parts.push(this.hole(start, verbatim, delimiter));
      }
    }
    flush();
    const text = this.text.slice(start, this.at);
    return { kind: 'interpolated', text, start, end: this.at, parts };
  }

  private hole(start: number, verbatim: boolean, delimiter: Delimiter): Hole {
    this.depth += 1;
    if (this.depth > interpolationDepthMax) {
      throw this.fault('CS8078', 'An expression is too long or complex to compile', start);
    }
    const tokens = this.holeTokens(start);
    const colon = this.at - 1;
    const format =
      this.text[this.at - 1] === ':' ? this.holeFormat(start, verbatim, delimiter) : undefined;
    if (format === '' && !this.tolerant) {
      this.report('CS8089', 'Empty format specifier.', colon, this.at - 1);
    }
    this.depth -= 1;
    return { tokens, format };
  }

  private unclosed(start: number): SyntaxFault {
    const message = "Missing close delimiter '}' for interpolated expression started with '{'.";
    return this.fault('CS8076', message, start + 1);
  }

  /** Tokens up to `}` or `:` at depth 0, which is consumed. */
  private holeTokens(start: number): Token[] {
    const tokens: Token[] = [];
    let depth = 0;
    for (;;) {
      const before = this.faults?.length;
      const token = this.next();
      // A string that does not end took what closes the hole.
      if (token.kind === 'string' && this.faults?.length !== before && this.isCut(false)) {
        this.faults!.length = before!;
        throw this.unclosed(start);
      }
      if (token.kind === 'end') {
        throw this.unclosed(start);
      }
      if (token.kind === 'punctuation') {
        if (depth === 0 && (token.text === '}' || token.text === ':')) {
          tokens.push({ kind: 'end', text: '', start: token.start, end: token.start });
          return tokens;
        }
        if (/[([{]/.test(token.text)) depth += 1;
        else if (/[)\]}]/.test(token.text)) depth -= 1;
      }
      tokens.push(token);
    }
  }

  private holeFormat(start: number, verbatim: boolean, delimiter: Delimiter): string {
    let format = '';
    for (;;) {
      this.requireMore(start, verbatim);
      const character = this.text[this.at]!;
      if (this.text.startsWith(delimiter.spelling, this.at)) {
        throw this.unclosed(start);
      }
      if (character === '}' && this.text[this.at + 1] !== '}') {
        this.at += 1;
        return format;
      }
      if (character === '}' || (character === '{' && this.text[this.at + 1] === '{')) this.at += 1;
      format += this.textUnit(verbatim);
    }
  }
}
