// The words of a condition, each with its place.
import { ConditionError } from './tree.ts';

export interface Token {
  readonly kind: 'mark' | 'word' | 'text' | 'attribute' | 'end';
  /** As written; of a text what stands between its quotes. */
  readonly value: string;
  readonly at: number;
}

const blank = /\s*/y;
const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['mark', /&&|\|\||[(){},!]/y],
  ['attribute', /@[A-Za-z]+\[[^\]']*\]/y],
  ['text', /'[^']*'/y],
  ['word', /[\w.:-]+/y],
];

/** Every token and an `end`. Throws ConditionError. */
export function scan(text: string): Token[] {
  const tokens: Token[] = [];
  let at = skipBlank(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = skipBlank(text, at + token.value.length + (token.kind === 'text' ? 2 : 0));
  }
  tokens.push({ kind: 'end', value: 'the end', at: text.length });
  return tokens;
}

function skipBlank(text: string, at: number): number {
  blank.lastIndex = at;
  blank.exec(text);
  return blank.lastIndex;
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) {
      return { kind, value: kind === 'text' ? found.slice(1, -1) : found, at };
    }
  }
  if (text[at] === "'") throw new ConditionError('a text without its closing quote', at);
  throw new ConditionError(`'${String.fromCodePoint(text.codePointAt(at)!)}' is not expected`, at);
}
