// Escaping inside of a URI: to what it has to be, and back to what can be read.
import { unescapeDataString } from './web-text.ts';

/** Escapes what a URI cannot hold; escapes that stand stay, unreserved ones are undone. */
export function escapeComponent(text: string): string {
  return text
    .toWellFormed()
    .replace(/%[0-9A-Fa-f]{2}/g, (escaped) => {
      const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
      return /[A-Za-z0-9._~-]/.test(character) ? character : escaped;
    })
    .replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9%._~:/?#[\]@!$&'()*+,;=-]/gu, encodeURIComponent);
}

/** The form of ToString: unescaped but for what would read otherwise then. */
export function readable(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) =>
    unescaped(run).replace(/(?<!%)[\r\n]|[#?/\\@:;=&+$,[\]]|%(?![0-9A-F]{2})/g, (character) =>
      encodeURIComponent(character),
    ),
  );
}

/** Unescaped; bytes that are no UTF-8 stay escaped, in capitals. */
export function unescaped(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => unescapeDataString(run.toUpperCase()));
}

/** Resolves `.` and `..`; nothing leads above the root. */
export function removeDots(path: string): string {
  const output: string[] = [];
  const segments = path.split('/');
  segments.forEach((segment, i) => {
    const last = i === segments.length - 1;
    if (segment === '..') {
      if (output.length > 1) output.pop();
      if (last) output.push('');
    } else if (segment === '.') {
      if (last) output.push('');
    } else output.push(segment);
  });
  const text = output.join('/');
  return text.startsWith('/') ? text : `/${text}`;
}
