// The small part of OData's $filter that control-plane lists take.
import { invalidRequest } from './errors.ts';

/**
 * `name eq 'value'` terms joined by `and`, and calls such as `atScope()` or `assignedTo('id')`;
 * by name in lower case. Throws for what is not among `known`.
 */
export function readFilter(
  text: string | undefined,
  known: readonly string[],
): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null);
  if (!text?.trim()) return found;
  for (const term of text.trim().split(/\s+and\s+/i)) {
    const bare = term.replace(/^\((.*)\)$/, '$1').trim();
    const match =
      /^([A-Za-z]+)\s+eq\s+'((?:[^']|'')*)'$/i.exec(bare) ??
      /^([A-Za-z]+)\((?:'((?:[^']|'')*)')?\)$/.exec(bare);
    const name = known.find((each) => each.toLowerCase() === match?.[1]?.toLowerCase());
    if (!match || !name) {
      throw invalidRequest(
        `The filter '${text.slice(0, 200)}' is not supported. Known are: ${known.join(', ')}, each ` +
          "as \"name eq 'value'\", joined by 'and'.",
        '$filter',
      );
    }
    found[name.toLowerCase()] = (match[2] ?? '').replaceAll("''", "'");
  }
  return found;
}
