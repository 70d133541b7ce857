// Offsets in a text to lines and columns.
import type { Position } from '../../base/index.ts';

/**
 * Gives the position of an offset; lines are counted once per text. Columns count UTF-16 units, as
 * editors and language servers do; a byte order mark has none.
 */
export function positionsOf(source: string): (offset: number) => Position {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(source);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(1, offset - starts[low]! + 1) };
  };
}

function lineStarts(source: string): number[] {
  const starts = [source.startsWith('\uFEFF') ? 1 : 0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}
