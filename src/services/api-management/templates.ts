// URL templates of operations: parsed once, matched against raw paths.
import { decodePart, type QueryPair } from './address.ts';

export interface OperationTemplate {
  /** Sorts templates: literals before parameters before wildcards, more of the query first. */
  readonly rank: string;
  /** Parameters by name, decoded; undefined where the request does not fit. */
  match(path: string, query: readonly QueryPair[]): ReadonlyMap<string, string> | undefined;
  /** Names of the parameters. */
  readonly parameters: readonly string[];
}

interface Segment {
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

const parameter = /\{(\*?)([^{}]+)\}/g;

/** Reads `/a/{b}/*?c={d}`. Every text is a template; an unclosed brace is a literal. */
export function parseTemplate(urlTemplate: string): OperationTemplate {
  const [pathPart = '', queryPart = ''] = urlTemplate.split('?', 2);
  const parts = pathPart.split('/').filter(Boolean);
  const last = parts.at(-1);
  const rest = last === '*' ? '*' : /^\{\*([^{}]+)\}$/.exec(last ?? '')?.[1];
  const segments = (rest === undefined ? parts : parts.slice(0, -1)).map(segmentOf);
  const wanted = queryPart
    .split('&')
    .filter(Boolean)
    .map((pair): [string, Segment] => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, segmentOf('')] : [pair.slice(0, at), segmentOf(pair.slice(at + 1))];
    });
  const kinds = segments.map(({ names }, index) =>
    names.length === 0 ? 'a' : /^\{[^{}]+\}$/.test(parts[index]!) ? 'c' : 'b',
  );
  const names = [...segments, ...wanted.map(([, each]) => each)].flatMap((each) => each.names);
  return {
    rank: `${kinds.join('')}${rest === undefined ? '' : 'd'}~${String(99 - wanted.length)}`,
    parameters: rest === undefined ? names : [...names, rest],
    match: (path, query) => matchTemplate(segments, rest, wanted, path, query),
  };
}

function segmentOf(part: string): Segment {
  const names: string[] = [];
  let source = '';
  let from = 0;
  for (const match of part.matchAll(parameter)) {
    source += `${escapeLiteral(part.slice(from, match.index))}(.+?)`;
    names.push(match[2]!.trim());
    from = match.index + match[0].length;
  }
  return { pattern: new RegExp(`^${source}${escapeLiteral(part.slice(from))}$`, 'is'), names };
}

const escapeLiteral = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function matchTemplate(
  segments: readonly Segment[],
  rest: string | undefined,
  wanted: readonly (readonly [string, Segment])[],
  path: string,
  query: readonly QueryPair[],
): ReadonlyMap<string, string> | undefined {
  const given = path.split('/').filter(Boolean);
  if (given.length < segments.length) return undefined;
  if (rest === undefined && given.length !== segments.length) return undefined;
  const found = new Map<string, string>();
  const fits = ({ pattern, names }: Segment, value: string) => {
    const match = pattern.exec(value);
    if (!match) return false;
    names.forEach((name, index) => void found.set(name, match[index + 1] ?? ''));
    return true;
  };
  for (const [index, segment] of segments.entries()) {
    if (!fits(segment, decodePart(given[index]!))) return undefined;
  }
  for (const [name, segment] of wanted) {
    const pair = query.find(([each]) => each.toLowerCase() === name.toLowerCase());
    if (!pair) return undefined;
    if (segment.names.length > 0 || pair[1] !== '') {
      if (!fits(segment, pair[1])) return undefined;
    }
  }
  if (rest !== undefined) found.set(rest, given.slice(segments.length).map(decodePart).join('/'));
  return found;
}
