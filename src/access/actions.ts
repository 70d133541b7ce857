// Patterns of actions, compiled once: `*` crosses slashes, letter case is ignored.

/** Takes an action in lower case. */
export type ActionMatcher = (action: string) => boolean;

export function compileActions(patterns: readonly string[]): ActionMatcher {
  const exact = new Set<string>();
  const wild: string[][] = [];
  for (const pattern of patterns) {
    const lower = pattern.toLowerCase();
    if (lower.includes('*')) wild.push(lower.split('*'));
    else exact.add(lower);
  }
  return (action) => exact.has(action) || wild.some((parts) => matchesWild(parts, action));
}

/** `parts` are the texts between the stars; each is looked for behind the one before it. */
function matchesWild(parts: readonly string[], action: string): boolean {
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (action.length < first.length + last.length) return false;
  if (!action.startsWith(first) || !action.endsWith(last)) return false;
  let at = first.length;
  const end = action.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = action.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return at <= end;
}
