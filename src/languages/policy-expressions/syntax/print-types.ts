// Prints types and the text of literals.
import type { TypeSyntax } from './tree.ts';

export function printType(type: TypeSyntax): string {
  switch (type.kind) {
    case 'nullable':
      return `${printType(type.element)}?`;
    case 'array': {
      // The leftmost rank is the outermost array.
      let core: TypeSyntax = type;
      let ranks = '';
      while (core.kind === 'array') {
        ranks += `[${','.repeat(core.rank - 1)}]`;
        core = core.element;
      }
      return printType(core) + ranks;
    }
    case 'tuple':
      return `(${type.elements.map(({ type: own, name }) => printType(own) + (name ? ` ${name}` : '')).join(', ')})`;
    default: {
      const parts = type.parts.map(({ name, arguments: list }) =>
        list.length === 0 ? name : `${name}<${list.map(printType).join(', ')}>`,
      );
      return (type.global ? 'global::' : '') + parts.join('.');
    }
  }
}

/** Text with the escapes a plain string needs. */
export function quoted(text: string): string {
  return text.replace(/["\\\p{C}\u2028\u2029\u0085]/gu, (unit) => {
    if (unit === '"' || unit === '\\') return `\\${unit}`;
    return [...Array(unit.length).keys()]
      .map((index) => `\\u${unit.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join('');
  });
}
