// System.Uri: parsing, and its members.
import { argumentNull, DotnetError } from './errors.ts';
import { parseHost, type UriHost } from './uri-host.ts';
import { escapeComponent, readable, removeDots, unescaped } from './uri-text.ts';

export interface UriValue {
  readonly isAbsolute: boolean;
  readonly originalString: string;
  readonly scheme: string;
  readonly userInfo: string;
  readonly host: string;
  /** Without brackets, with the scope of an address. */
  readonly dnsSafeHost: string;
  /** In Punycode. */
  readonly idnHost: string;
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
  readonly hostNameType: 'Unknown' | UriHost['type'];
  readonly isLoopback: boolean;
  readonly isUnc: boolean;
  /** GetLeftPart: up to the scheme, the authority, the path, the query. */
  readonly leftParts: readonly string[];
  /** ToString(): the unescaped form. */
  readonly text: string;
}

export type UriKind = 'absolute' | 'relative' | 'relativeOrAbsolute';

const defaultPorts: Readonly<Record<string, number>> = {
  ...{ http: 80, https: 443, ftp: 21, ws: 80, wss: 443, gopher: 70, nntp: 119, telnet: 23 },
  ...{ ldap: 389, mailto: 25, 'net.tcp': 808 },
};
/** Schemes that have to name a host. */
const hosted = new Set(
  'http https ftp ws wss gopher nntp telnet ldap net.tcp net.pipe file'.split(' '),
);
/** Schemes that may leave the host empty. */
const hostless = new Set(['file', 'ldap', 'net.tcp', 'net.pipe']);
const lengthMax = 65_519;
const schemeLengthMax = 1024;

/** What is wrong; `isRelative` where the text may stand for a relative reference instead. */
class UriError extends DotnetError {
  readonly isRelative: boolean;

  constructor(message: string, isRelative = false) {
    super('System.UriFormatException', `Invalid URI: ${message}`);
    this.isRelative = isRelative;
  }
}

/** new Uri(text, kind). Throws System.UriFormatException. */
export function parseUri(text: string, kind: UriKind = 'absolute'): UriValue {
  if (text === null || text === undefined) throw argumentNull('uriString');
  if (text.length > lengthMax) throw new UriError('The Uri string is too long.');
  try {
    const parsed = absolute(text);
    if (kind !== 'relative') return parsed;
  } catch (error) {
    if (!(error instanceof UriError)) throw error;
    if (kind === 'absolute' || !error.isRelative) throw error;
    return relative(text);
  }
  throw new DotnetError(
    'System.UriFormatException',
    "A relative URI cannot be created because the 'uriString' parameter represents an absolute URI.",
  );
}

function relative(text: string): UriValue {
  const empty = { scheme: '', userInfo: '', host: '', port: -1, authority: '' };
  return {
    ...empty,
    dnsSafeHost: '',
    idnHost: '',
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
    isUnc: false,
    leftParts: [],
    text,
  };
}

const formatError = () => new UriError('The format of the URI could not be determined.', true);
const authorityError = () => new UriError('The Authority/Host could not be parsed.', true);
const hostError = () => new UriError('The hostname could not be parsed.');

function absolute(original: string): UriValue {
  if (original === '') throw new UriError('The URI is empty.', true);
  const text = original.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
  if (/^[A-Za-z][:|]/.test(text)) {
    if (text.length === 2) throw formatError();
    if (/^..[\\/]/.test(text)) return file(original, text, true);
    throw new UriError("A Dos path must be rooted, for example, 'c:\\\\'.");
  }
  if (text.startsWith('\\\\')) return file(original, text, true);
  const colon = text.indexOf(':');
  if (colon <= 0 || /[/?#]/.test(text.slice(0, colon))) throw formatError();
  const scheme = text.slice(0, colon).toLowerCase();
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme)) {
    throw new UriError('The URI scheme is not valid.', true);
  }
  if (scheme.length > schemeLengthMax) throw new UriError('The Uri scheme is too long.');
  const rest = text.slice(colon + 1);
  if (scheme === 'file') return file(original, rest, false);
  return general(original, scheme, rest);
}

interface Parts {
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

function split(text: string, hasQuery = true): Parts {
  const pattern = hasQuery ? /^([^?#]*)(\?[^#]*)?(#.*)?$/s : /^([^#]*)()?(#.*)?$/s;
  const match = pattern.exec(text)!;
  return { path: match[1]!, query: match[2] ?? '', fragment: match[3] ?? '' };
}

function general(original: string, scheme: string, rest: string): UriValue {
  if (scheme === 'mailto') return mail(original, rest);
  const parts = split(rest, scheme !== 'ftp');
  if (!rest.startsWith('//')) {
    if (!hosted.has(scheme)) return build(original, { scheme, authority: undefined, ...parts });
    throw /^[/\\]{2}/.test(rest) ? hostError() : authorityError();
  }
  const body = parts.path.replaceAll('\\', '/');
  const slash = body.indexOf('/', 2);
  const isHostless = !hosted.has(scheme) || hostless.has(scheme);
  const authority = parseAuthority(
    body.slice(2, slash < 0 ? undefined : slash),
    scheme,
    isHostless,
  );
  return build(original, {
    ...parts,
    scheme,
    authority,
    path: slash < 0 ? '/' : body.slice(slash),
  });
}

function mail(original: string, rest: string): UriValue {
  const parts = split(rest);
  const at = parts.path.indexOf('@');
  const authority =
    at < 0 && parts.path !== ''
      ? undefined
      : parseAuthority(at < 0 ? '' : parts.path, 'mailto', at < 0);
  return build(original, {
    ...parts,
    scheme: 'mailto',
    authority,
    path: authority ? '' : parts.path,
  });
}

/** `file:` with or without a host, a path with a drive, or `\\server\share`. */
function file(original: string, text: string, isImplicit: boolean): UriValue {
  const parts = isImplicit ? { path: text, query: '', fragment: '' } : split(text);
  const body = parts.path.replaceAll('\\', '/');
  const drive = /^(?:\/\/)?\/?([A-Za-z])[:|](\/.*|$)/.exec(body);
  if (drive) {
    return build(original, {
      ...parts,
      scheme: 'file',
      authority: parseAuthority('', 'file', true),
      path: `/${drive[1]}:${drive[2] || '/'}`,
    });
  }
  if (!body.startsWith('//')) throw authorityError();
  const slash = body.indexOf('/', 2);
  const authority = parseAuthority(body.slice(2, slash < 0 ? undefined : slash), 'file', true);
  return build(original, {
    ...parts,
    scheme: 'file',
    authority,
    path: slash < 0 ? '/' : body.slice(slash),
  });
}

interface Authority {
  readonly userInfo: string | undefined;
  readonly host: UriHost;
  readonly port: number;
}

const noHost: UriHost = { name: '', type: 'Basic', safeName: '', idnName: '' };

function parseAuthority(text: string, scheme: string, isHostless: boolean): Authority {
  const at = text.indexOf('@');
  const userInfo = at < 0 ? undefined : text.slice(0, at);
  const rest = text.slice(at + 1);
  const match = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(rest)!;
  const fallback = defaultPorts[scheme] ?? -1;
  const host = match[1] === '' && isHostless ? noHost : parseHost(match[1]!);
  if (!host) throw hostError();
  if (match[2] && !/^\d+$/.test(match[2])) throw new UriError('Invalid port specified.');
  const port = match[2] ? Number(match[2]) : fallback;
  if (port > 65_535) throw new UriError('Invalid port specified.');
  return { userInfo, host, port };
}

interface Given extends Parts {
  readonly scheme: string;
  /** Undefined for what has none: `urn:x`. */
  readonly authority: Authority | undefined;
}

function build(originalString: string, given: Given): UriValue {
  const { scheme } = given;
  const fallback = defaultPorts[scheme] ?? -1;
  const { host, port, userInfo: user } = given.authority ?? { host: noHost, port: fallback };
  const isTree = given.authority !== undefined && scheme !== 'mailto';
  const escaped = escapeComponent(given.path);
  const path = isTree ? removeDots(escaped) : escaped;
  const query = escapeComponent(given.query);
  const fragment = escapeComponent(given.fragment);
  const isDefaultPort = port === fallback;
  const authority = isDefaultPort ? host.name : `${host.name}:${port}`;
  const userInfo = escapeComponent(user ?? '');
  const shown = (info: string) => (user === undefined ? '' : `${info}@`) + authority;
  const lead = `${scheme}:${isTree ? '//' : ''}`;
  const isDrive = scheme === 'file' && /^\/[A-Za-z]:/.test(path);
  const whole = lead + shown(userInfo) + path;
  const absolutePath = isDrive ? path.slice(1) : path;
  return {
    isAbsolute: true,
    originalString,
    scheme,
    userInfo,
    host: host.name,
    dnsSafeHost: host.safeName,
    idnHost: host.idnName,
    port,
    isDefaultPort,
    authority,
    absolutePath,
    query,
    fragment,
    pathAndQuery: absolutePath + query,
    absoluteUri: whole + query + fragment,
    segments: path.match(/[^/]*\/|[^/]+$/g) ?? [],
    localPath: localPath(scheme, host.name, path, isDrive),
    hostNameType: given.authority ? host.type : 'Unknown',
    isLoopback: given.authority !== undefined && isLoopback(host),
    isUnc: scheme === 'file' && host.name !== '',
    leftParts: [lead, isTree && !isDrive ? lead + shown(userInfo) : '', whole, whole + query],
    text: lead + shown(readable(userInfo)) + readable(path) + readable(query) + readable(fragment),
  };
}

function isLoopback(host: UriHost): boolean {
  return (
    host.name === '' ||
    host.name === 'localhost' ||
    host.name === '[::1]' ||
    /^127\.[\d.]+$/.test(host.name)
  );
}

/** As the file system writes it: a drive or a server with backslashes. */
function localPath(scheme: string, host: string, path: string, isDrive: boolean): string {
  const text = unescaped(path);
  if (isDrive) return text.slice(1).replaceAll('/', '\\');
  if (scheme === 'file' && host !== '') {
    return `\\\\${host}${path === '/' ? '' : text.replaceAll('/', '\\')}`;
  }
  return text;
}
