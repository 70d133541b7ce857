// System.Uri: parsing, its members, resolution and the well-formedness test.
import { argumentNull, DotnetError } from './errors.ts';
import { unescapeDataString } from './web-text.ts';

export interface UriValue {
  readonly isAbsolute: boolean;
  readonly originalString: string;
  readonly scheme: string;
  readonly userInfo: string;
  readonly host: string;
  /** -1 where the scheme has no default. */
  readonly port: number;
  readonly isDefaultPort: boolean;
  readonly authority: string;
  readonly absolutePath: string;
  readonly query: string;
  readonly fragment: string;
  readonly pathAndQuery: string;
  readonly absoluteUri: string;
  readonly segments: readonly string[];
  readonly localPath: string;
  readonly hostNameType: 'Unknown' | 'Basic' | 'Dns' | 'IPv4' | 'IPv6';
  readonly isLoopback: boolean;
  /** ToString(): the unescaped form. */
  readonly text: string;
}

export type UriKind = 'absolute' | 'relative' | 'relativeOrAbsolute';

const defaultPorts: Readonly<Record<string, number>> = {
  ...{ http: 80, https: 443, ftp: 21, ws: 80, wss: 443, gopher: 70, nntp: 119, telnet: 23 },
  ...{ ldap: 389, mailto: 25, 'net.tcp': 808 },
};
/** Schemes whose paths are hierarchical, with dots resolved and `/` for an empty path. */
const hierarchical = new Set(['http', 'https', 'ftp', 'ws', 'wss', 'file', 'net.tcp', 'net.pipe']);
const lengthMax = 65_519;

function uriError(message: string): DotnetError {
  return new DotnetError('System.UriFormatException', `Invalid URI: ${message}`);
}

/** new Uri(text, kind). Throws System.UriFormatException. */
export function parseUri(text: string, kind: UriKind = 'absolute'): UriValue {
  if (text === null || text === undefined) throw argumentNull('uriString');
  if (text.length > lengthMax) throw uriError('The Uri string is too long.');
  const trimmed = text.trim();
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(trimmed);
  if (match && kind !== 'relative') return absolute(text, trimmed, match[1]!.toLowerCase());
  if (kind !== 'absolute') {
    if (match && kind === 'relative') {
      throw new DotnetError(
        'System.UriFormatException',
        "A relative URI cannot be created because the 'uriString' parameter represents an absolute URI.",
      );
    }
    return relative(text);
  }
  if (trimmed === '') throw uriError('The URI is empty.');
  throw uriError('The format of the URI could not be determined.');
}

function relative(text: string): UriValue {
  const empty = { scheme: '', userInfo: '', host: '', port: -1, authority: '' };
  return {
    ...empty,
    isAbsolute: false,
    originalString: text,
    isDefaultPort: true,
    absolutePath: '',
    query: '',
    fragment: '',
    pathAndQuery: '',
    absoluteUri: '',
    segments: [],
    localPath: '',
    hostNameType: 'Unknown',
    isLoopback: false,
    text,
  };
}

function absolute(original: string, text: string, scheme: string): UriValue {
  const rest = text.slice(scheme.length + 1);
  const parts = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(rest)!;
  const tree = hierarchical.has(scheme);
  let body = parts[1]!;
  if (tree) body = body.replaceAll('\\', '/');
  const query = escapeComponent(parts[2] ?? '');
  const fragment = escapeComponent(parts[3] ?? '');
  const hasAuthority = body.startsWith('//');
  if (tree && !hasAuthority) {
    throw uriError('The hostname could not be parsed.');
  }
  const slash = hasAuthority ? body.indexOf('/', 2) : 0;
  const authorityText = hasAuthority ? body.slice(2, slash < 0 ? undefined : slash) : '';
  const pathText = slash < 0 ? '' : body.slice(slash);
  const host = parseAuthority(authorityText, scheme, tree);
  let path = escapeComponent(pathText);
  if (tree) path = removeDots(path === '' ? '/' : path);
  return build(original, scheme, host, path, query === '?' ? '?' : query, fragment, hasAuthority);
}

interface Host {
  readonly userInfo: string;
  readonly host: string;
  readonly port: number;
  readonly type: UriValue['hostNameType'];
}

function parseAuthority(text: string, scheme: string, required: boolean): Host {
  const at = text.lastIndexOf('@');
  const userInfo = at < 0 ? '' : text.slice(0, at);
  const rest = text.slice(at + 1);
  const match = /^(\[[0-9A-Fa-f:.%]*\]|[^:]*)(?::(\d*))?$/.exec(rest);
  if (!match) {
    throw uriError(
      /:\D*$/.test(rest) || rest.includes(':')
        ? 'Invalid port specified.'
        : 'The hostname could not be parsed.',
    );
  }
  const fallback = defaultPorts[scheme] ?? -1;
  const port = match[2] ? Number(match[2]) : fallback;
  if (port > 65_535) throw uriError('Invalid port specified.');
  const name = match[1]!.toLowerCase();
  if (name === '' && required && scheme !== 'file') {
    throw uriError('The hostname could not be parsed.');
  }
  if (/[\s<>^`{|}"\\%]/.test(name)) throw uriError('The hostname could not be parsed.');
  const v4 = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name);
  const type = name === '' ? 'Basic' : name.startsWith('[') ? 'IPv6' : v4 ? 'IPv4' : 'Dns';
  return { userInfo, host: name, port, type };
}

function build(
  originalString: string,
  scheme: string,
  from: Host,
  path: string,
  query: string,
  fragment: string,
  hasAuthority: boolean,
): UriValue {
  const { host, port, userInfo } = from;
  const isDefaultPort = port === (defaultPorts[scheme] ?? -1);
  const authority = isDefaultPort ? host : `${host}:${port}`;
  const lead = `${scheme}:${hasAuthority ? '//' : ''}${userInfo === '' ? '' : `${userInfo}@`}`;
  const readable = (text: string) =>
    text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) =>
      unescapeDataString(run).replace(/[%#?/\\@:;=&+$,[\]]/g, (character) =>
        encodeURIComponent(character),
      ),
    );
  return {
    isAbsolute: true,
    originalString,
    scheme,
    userInfo,
    host,
    port,
    isDefaultPort,
    authority,
    absolutePath: path,
    query,
    fragment,
    pathAndQuery: path + query,
    absoluteUri: lead + authority + path + query + fragment,
    segments: path.match(/[^/]*\/|[^/]+$/g) ?? [],
    localPath: unescapeDataString(path),
    hostNameType: from.type,
    isLoopback: host === 'localhost' || host === '127.0.0.1' || host === '[::1]',
    text: lead + authority + readable(path) + readable(query) + readable(fragment),
  };
}

/** Escapes what a URI cannot hold; escapes that stand stay, unreserved ones are undone. */
function escapeComponent(text: string): string {
  return text
    .toWellFormed()
    .replace(/%[0-9A-Fa-f]{2}/g, (escaped) => {
      const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
      return /[A-Za-z0-9._~-]/.test(character) ? character : escaped;
    })
    .replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9%._~:/?#[\]@!$&'()*+,;=-]/gu, encodeURIComponent);
}

function removeDots(path: string): string {
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

/** new Uri(base, relative), by RFC 3986 section 5. */
export function resolveUri(base: UriValue, reference: string | UriValue): UriValue {
  const text = typeof reference === 'string' ? reference.trim() : reference.originalString;
  if (!base.isAbsolute) throw uriError('The base URI is not absolute.');
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) return parseUri(text);
  if (text.startsWith('//')) return parseUri(`${base.scheme}:${text}`);
  const user = base.userInfo === '' ? '' : `${base.userInfo}@`;
  const root = `${base.scheme}://${user}${base.authority}`;
  if (text === '') return parseUri(root + base.pathAndQuery);
  if (text.startsWith('/') || text.startsWith('\\')) return parseUri(root + text);
  if (text.startsWith('?')) return parseUri(root + base.absolutePath + text);
  if (text.startsWith('#')) return parseUri(root + base.pathAndQuery + text);
  const folder = base.absolutePath.slice(0, base.absolutePath.lastIndexOf('/') + 1);
  return parseUri(root + folder + text);
}

/** Uri.IsWellFormedUriString: needs no escaping and is of the kind. */
export function isWellFormedUri(text: string, kind: UriKind = 'absolute'): boolean {
  if (/[\s<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})/.test(text)) return false;
  const hasScheme = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text);
  if (kind === 'absolute' && !hasScheme) return false;
  if (kind === 'relative' && hasScheme) return false;
  if (!hasScheme) return true;
  try {
    parseUri(text);
    return true;
  } catch {
    return false;
  }
}
