// Which groups a pattern has, found before the pattern is parsed.
import { RegexOptions } from './styles.ts';

/** The groups of a pattern, known before the references to them are read. */
export function prescan(
  pattern: string,
  options: number,
): { numbers: Set<number>; names: Set<string> } {
  const numbers = new Set<number>([0]);
  const names = new Set<string>();
  let unnamed = 0;
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i];
    if (character === '\\') i++;
    else if (character === '[') i = classEnd(pattern, i);
    else if (character === '(') {
      const named = /^\(\?[<'](\w+)/u.exec(pattern.slice(i, i + 210));
      if (named) {
        if (/^\d+$/.test(named[1]!)) numbers.add(Number(named[1]));
        else names.add(named[1]!);
      } else if (pattern.startsWith('(?(', i)) i += 2;
      else if (pattern.startsWith('(?#', i)) {
        const end = pattern.indexOf(')', i);
        i = end < 0 ? pattern.length : end;
      } else if (pattern[i + 1] !== '?' && !(options & RegexOptions.ExplicitCapture)) {
        numbers.add(++unnamed);
      }
    }
  }
  for (const _ of names) {
    let next = 1;
    while (numbers.has(next)) next++;
    numbers.add(next);
  }
  return { numbers, names };
}

function classEnd(pattern: string, start: number): number {
  let depth = 0;
  for (let i = start; i < pattern.length; i++) {
    const character = pattern[i];
    if (character === '\\') i++;
    else if (character === '[' && (i === start || pattern[i - 1] === '-')) {
      depth++;
      if (pattern[i + 1] === '^') i++;
      if (pattern[i + 1] === ']') i++;
    } else if (character === ']' && --depth === 0) return i;
  }
  return pattern.length;
}
