// URLs as the gateway sends them: raw path and query, nothing normalised.

export type QueryPair = readonly [name: string, value: string];

/** Where a backend or the gateway itself is. */
export interface Address {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  /** Raw, begins with `/` or is empty. */
  readonly path: string;
  /** Raw with its `?`, or empty. */
  readonly query: string;
}

const shape = /^(https?):\/\/(\[[^\]]+\]|[^/?#:]+)(?::(\d{1,5}))?([^?#]*)(\?[^#]*)?/i;

/** Takes an absolute http URL apart; undefined where it is none. */
export function parseAddress(url: string): Address | undefined {
  const match = shape.exec(url.trim());
  if (!match) return undefined;
  const scheme = match[1]!.toLowerCase();
  const port = Number(match[3] ?? (scheme === 'https' ? 443 : 80));
  if (port > 65_535) return undefined;
  const query = match[5] ?? '';
  return { scheme, host: match[2]!, port, path: match[4]!, query: query === '?' ? '' : query };
}

export function printAddress({ scheme, host, port, path, query }: Address): string {
  const standard = scheme === 'https' ? 443 : 80;
  return `${scheme}://${host}${port === standard ? '' : `:${port}`}${path}${query}`;
}

/** Base and operation path with exactly one slash between. */
export function joinPath(base: string, path: string): string {
  if (path === '' || path === '/') return base === '' ? path || '/' : base + path;
  return `${base.replace(/\/+$/, '')}${path.startsWith('/') ? '' : '/'}${path}`;
}

/** Pairs of a query, percent-decoded, `+` as a blank; names in their own letter case. */
export function queryPairs(query: string): QueryPair[] {
  const bare = query.startsWith('?') ? query.slice(1) : query;
  if (bare === '') return [];
  return bare.split('&').map((part) => {
    const at = part.indexOf('=');
    const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    return [decodePart(name.replaceAll('+', ' ')), decodePart(value.replaceAll('+', ' '))];
  });
}

export function printQuery(pairs: readonly QueryPair[]): string {
  if (pairs.length === 0) return '';
  const part = (text: string) => encodeURIComponent(text);
  return `?${pairs.map(([name, value]) => `${part(name)}=${part(value)}`).join('&')}`;
}

/** Percent-decodes; what is not well-formed stays as it is. */
export function decodePart(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
