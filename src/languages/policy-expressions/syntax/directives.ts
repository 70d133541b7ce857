// Preprocessor directives: `#if` and its kin, `#region`; no symbol is defined.
import { SyntaxFault } from './tokens.ts';

interface Open {
  readonly kind: 'if' | 'region';
  readonly at: number;
}

/** The directives of one source, read in order. */
export class Directives {
  private readonly text: string;
  private readonly limit: number;
  private readonly open: Open[] = [];

  constructor(text: string, limit: number) {
    this.text = text;
    this.limit = limit;
  }

  /** Whether the `#` at the offset is the first mark of its line. */
  startsAt(offset: number): boolean {
    let before = offset - 1;
    while (before >= 0 && /[ \t]/.test(this.text[before]!)) before -= 1;
    return before < 0 || /[\n\r]/.test(this.text[before]!);
  }

  /** Reads the directive at the offset; gives where the source goes on. Throws SyntaxFault. */
  read(offset: number): number {
    const { word, rest, end } = this.line(offset);
    switch (word) {
      case 'if':
        this.open.push({ kind: 'if', at: offset });
        return condition(rest) ? end : this.skip(end, true);
      case 'elif':
      case 'else':
        this.requireOpen('if', offset, end);
        return this.skip(end, false);
      case 'endif':
        this.close('if', offset, end);
        return end;
      case 'region':
        this.open.push({ kind: 'region', at: offset });
        return end;
      case 'endregion':
        this.close('region', offset, end);
        return end;
      case 'pragma':
      case 'line':
      case 'warning':
        return end;
      case 'error':
        throw new SyntaxFault('CS1029', `#error: '${rest.trim()}'`, offset, end);
      case 'define':
      case 'undef': {
        const message = 'Cannot define/undefine preprocessor symbols after first token in file';
        throw new SyntaxFault('CS1032', message, offset, end);
      }
      default:
        throw new SyntaxFault('CS1024', 'Preprocessor directive expected', offset, end);
    }
  }

  /** At the end of the source everything has to be closed. Throws SyntaxFault. */
  finish(): void {
    const last = this.open.pop();
    if (!last) return;
    const [code, wanted] = last.kind === 'if' ? ['CS1027', '#endif'] : ['CS1038', '#endregion'];
    throw new SyntaxFault(code!, `${wanted} directive expected`, this.limit, this.limit);
  }

  private close(kind: Open['kind'], start: number, end: number): void {
    this.requireOpen(kind, start, end);
    this.open.pop();
  }

  private requireOpen(kind: Open['kind'], start: number, end: number): void {
    if (this.open.at(-1)?.kind === kind) return;
    throw new SyntaxFault('CS1028', 'Unexpected preprocessor directive', start, end);
  }

  private line(offset: number): { word: string; rest: string; end: number } {
    let end = offset;
    while (end < this.limit && !/[\n\r]/.test(this.text[end]!)) end += 1;
    const match = /^#?[ \t]*([a-z]*)(.*)$/s.exec(this.text.slice(offset, end))!;
    return { word: match[1]!, rest: match[2]!.replace(/\/\/.*$/, ''), end };
  }

  /** Passes over lines up to the branch that is taken, or up to `#endif`. */
  private skip(from: number, mayTake: boolean): number {
    let depth = 0;
    for (let at = from; at < this.limit; ) {
      while (at < this.limit && /\s/.test(this.text[at]!)) at += 1;
      const { word, rest, end } = this.line(at);
      const isDirective = this.text[at] === '#';
      at = end;
      if (!isDirective) continue;
      if (word === 'if') depth += 1;
      else if (word === 'endif') {
        if (depth === 0) {
          this.open.pop();
          return at;
        }
        depth -= 1;
      } else if (depth === 0 && mayTake) {
        if (word === 'else' || (word === 'elif' && condition(rest))) return at;
      }
    }
    return this.limit;
  }
}

/** `true`, `false`, symbols (none is defined), `!`, `==`, `!=`, `&&`, `||` and brackets. */
function condition(text: string): boolean {
  const marks = text.match(/[\p{L}_][\p{L}\p{Nd}_]*|==|!=|&&|\|\||[!()]|\S/gu) ?? [];
  const levels = [['||'], ['&&'], ['==', '!=']];
  let at = 0;
  const unary = (): boolean => {
    const mark = marks[at];
    at += 1;
    if (mark === '!') return !unary();
    if (mark !== '(') return mark === 'true';
    const inner = binary(0);
    at += 1;
    return inner;
  };
  const binary = (level: number): boolean => {
    const operators = levels[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    while (operators.includes(marks[at] ?? '')) {
      const operator = marks[at];
      at += 1;
      const right = binary(level + 1);
      if (operator === '||') left = left || right;
      else if (operator === '&&') left = left && right;
      else left = (left === right) === (operator === '==');
    }
    return left;
  };
  return binary(0);
}
