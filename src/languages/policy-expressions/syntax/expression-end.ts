// Where an embedded expression `@( … )` or `@{ … }` ends, found with the C# lexer.
import { Lexer } from './lexer.ts';
import { SyntaxFault } from './tokens.ts';

/**
 * The offset just past the bracket that closes the expression beginning with `@(` or `@{` at
 * `offset`; undefined where none begins there or it never closes. Strings (plain, verbatim,
 * interpolated and nested), chars and comments are skipped, XML entities count as their characters
 * outside of literals, and malformed C# is tolerated, since published documents hold some.
 */
export function endOfExpression(text: string, offset: number): number | undefined {
  const open = text[offset + 1];
  if (text[offset] !== '@' || (open !== '(' && open !== '{')) return undefined;
  const lexer = new Lexer(text, { start: offset + 1, tolerant: true });
  const expected: string[] = [];
  try {
    for (;;) {
      const token = lexer.next();
      if (token.kind === 'end') return undefined;
      if (token.kind !== 'punctuation') continue;
      if (token.text === '(') expected.push(')');
      else if (token.text === '{') expected.push('}');
      else if (token.text === '[') expected.push(']');
      else if (/^[)\]}]$/.test(token.text)) {
        // A stray closing bracket of another kind closes up to its own opening one.
        const depth = expected.lastIndexOf(token.text);
        if (depth >= 0) expected.length = depth;
        if (expected.length === 0) return token.end;
      }
    }
  } catch (error) {
    if (error instanceof SyntaxFault) return undefined;
    throw error;
  }
}
