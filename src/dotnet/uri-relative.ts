// References between URIs: resolving, making relative, comparing, and what is well formed.
import { DotnetError } from './errors.ts';
import { parseUri, type UriKind, type UriValue } from './uri.ts';
import { unescaped } from './uri-text.ts';

/** new Uri(base, relative), by RFC 3986 section 5. */
export function resolveUri(base: UriValue, reference: string | UriValue): UriValue {
  const text = typeof reference === 'string' ? reference.trim() : reference.originalString;
  if (!base.isAbsolute) {
    throw new DotnetError(
      'System.UriFormatException',
      'Invalid URI: The base URI is not absolute.',
    );
  }
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) {
    // `http:g` under http is a reference of old, relative to the base.
    const isOld = text.toLowerCase().startsWith(`${base.scheme}:`) && !/:[/\\]{2}/.test(text);
    if (!isOld || base.hostNameType === 'Unknown') return parseUri(text);
    return resolveUri(base, text.slice(base.scheme.length + 1));
  }
  if (/^\\\\/.test(text)) return parseUri(text);
  if (text.startsWith('//')) return parseUri(`${base.scheme}:${text}`);
  if (text === '') return base;
  const [scheme = '', server, path = '', whole = ''] = base.leftParts;
  if (server === '' && base.scheme !== 'file') return parseUri(path + text);
  const root = server || scheme;
  if (text.startsWith('/') || text.startsWith('\\')) return parseUri(root + text);
  if (text.startsWith('?')) return parseUri(path + text);
  if (text.startsWith('#')) return parseUri(whole + text);
  return parseUri(path.slice(0, path.lastIndexOf('/') + 1) + text);
}

function isSameServer(left: UriValue, right: UriValue): boolean {
  return left.scheme === right.scheme && left.host === right.host && left.port === right.port;
}

/** base.MakeRelativeUri(target): the text of the reference, or the target itself. */
export function relativeUri(base: UriValue, target: UriValue): string {
  if (!isSameServer(base, target)) return target.absoluteUri;
  return pathDifference(base.absolutePath, target.absolutePath) + target.query + target.fragment;
}

function pathDifference(from: string, to: string): string {
  let shared = 0;
  let slash = -1;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) {
    if (from[shared] === '/') slash = shared;
    shared += 1;
  }
  if (shared === from.length && shared === to.length) return '';
  const ups = from.slice(shared).split('/').length - 1;
  const rest = to.slice(slash + 1);
  if (ups === 0 && rest === '') return './';
  const text = '../'.repeat(ups) + rest;
  return /^[^/]*:/.test(text) ? `./${text}` : text;
}

/** base.IsBaseOf(target): whether the target lies in the folder of the base. */
export function isBaseOf(base: UriValue, target: UriValue): boolean {
  if (!isSameServer(base, target) || base.userInfo !== target.userInfo) return false;
  const folder = base.absolutePath.slice(0, base.absolutePath.lastIndexOf('/') + 1);
  return target.absolutePath.startsWith(folder);
}

/** Equal for equal URIs: neither user nor fragment counts. */
export function uriKey(uri: UriValue): string {
  if (!uri.isAbsolute) return uri.originalString;
  const { scheme, authority, pathAndQuery } = uri;
  return `${scheme}://${authority}${pathAndQuery}`;
}

/** Uri.IsWellFormedUriString: needs no escaping and is of the kind. */
export function isWellFormedUri(text: string, kind: UriKind = 'absolute'): boolean {
  try {
    return isWellFormedOriginal(parseUri(text, kind));
  } catch (error) {
    if (error instanceof DotnetError) return false;
    throw error;
  }
}

/** IsWellFormedOriginalString(). */
export function isWellFormedOriginal(uri: UriValue): boolean {
  const text = uri.originalString.trim();
  if (text === '' && uri.originalString !== '') return false;
  if (/[\ud800-\udfff]/.test(unescaped(text))) return false;
  if (/[\s<>"{}|\\^`]|\p{Cc}|%(?![0-9A-Fa-f]{2})/u.test(text)) return false;
  if (!uri.isAbsolute) return !text.includes('#') && !/^[^/?]*:/.test(text);
  if (uri.scheme === 'file' && !/^file:\/\//i.test(text)) return false;
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(text)!;
  const own = path.replace(/^[^:]*:\/\/[^/]*/, '');
  if (/[[\]]/.test(own + query + fragment) || /[#?]/.test(fragment)) return false;
  return !/%(?:2[DdEe]|3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff]|7[Ee])/.test(query + fragment);
}
