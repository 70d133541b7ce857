// System.Uri and System.Net.WebUtility.
import {
  DotnetError,
  escapeDataString,
  escapeUriString,
  htmlDecode,
  htmlEncode,
  isWellFormedUri,
  parseUri,
  resolveUri,
  type UriKind,
  type UriValue,
  unescapeDataString,
  urlDecode,
  urlEncode,
} from '../../../dotnet/index.ts';
import { invalidOperation, required } from '../running/exceptions.ts';
import { Instance, type Reference, stringArray } from '../running/values.ts';
import { declareEnum, declareType, named } from '../types/registry.ts';

const kinds: readonly UriKind[] = ['relativeOrAbsolute', 'absolute', 'relative'];

export class UriInstance extends Instance {
  readonly uri: UriValue;

  constructor(uri: UriValue) {
    super(named('System.Uri'));
    this.uri = uri;
  }
}

/** An absolute URI. */
export function uriOf(text: string | null, kind: number = 1): UriInstance {
  return new UriInstance(parseUri(required(text, 'uriString'), kinds[kind]));
}

function part<T>(read: (uri: UriValue) => T): (value: UriInstance) => T {
  return ({ uri }) => {
    if (!uri.isAbsolute)
      throw invalidOperation('This operation is not supported for a relative URI.');
    return read(uri);
  };
}

function leftPart({ uri }: UriInstance, partial: number): string {
  const scheme = `${uri.scheme}://`;
  const user = uri.userInfo ? `${uri.userInfo}@` : '';
  const authority = `${scheme}${user}${uri.authority}`;
  return [
    scheme,
    authority,
    authority + uri.absolutePath,
    authority + uri.absolutePath + uri.query,
  ][partial]!;
}

function tryCreate(result: Reference, work: () => UriValue): boolean {
  try {
    result.value = new UriInstance(work());
    return true;
  } catch (error) {
    if (!(error instanceof DotnetError)) throw error;
    result.value = null;
    return false;
  }
}

const uriType = declareType(
  'class System.Uri',
  {
    'new(string uriString)': (_type: unknown, text: string | null) => uriOf(text),
    'new(string uriString, UriKind uriKind)': (_type: unknown, text: string | null, kind: number) =>
      uriOf(text, kind),
    'new(Uri baseUri, string relativeUri)': (
      _type: unknown,
      base: UriInstance | null,
      text: string | null,
    ) => new UriInstance(resolveUri(required(base, 'baseUri').uri, text ?? '')),
    'new(Uri baseUri, Uri relativeUri)': (
      _type: unknown,
      base: UriInstance | null,
      other: UriInstance | null,
    ) =>
      new UriInstance(
        resolveUri(required(base, 'baseUri').uri, required(other, 'relativeUri').uri),
      ),
    'static bool TryCreate(string uriString, UriKind uriKind, out Uri result)': (
      text: string | null,
      kind: number,
      result: Reference,
    ) => tryCreate(result, () => parseUri(text ?? '', kinds[kind])),
    'static bool TryCreate(Uri baseUri, string relativeUri, out Uri result)': (
      base: UriInstance | null,
      text: string | null,
      result: Reference,
    ) => tryCreate(result, () => resolveUri(required(base, 'baseUri').uri, text ?? '')),
    'static bool IsWellFormedUriString(string uriString, UriKind uriKind)': (
      text: string | null,
      kind: number,
    ) => text !== null && isWellFormedUri(text, kinds[kind]),
    'static string EscapeDataString(string stringToEscape)': (text: string | null) =>
      escapeDataString(required(text, 'stringToEscape')),
    'static string UnescapeDataString(string stringToUnescape)': (text: string | null) =>
      unescapeDataString(required(text, 'stringToUnescape')),
    'static string EscapeUriString(string stringToEscape)': (text: string | null) =>
      escapeUriString(required(text, 'stringToEscape')),
    'readonly string UriSchemeHttp': 'http',
    'readonly string UriSchemeHttps': 'https',
    'string Scheme': part((uri) => uri.scheme),
    'string Host': part((uri) => uri.host),
    'string DnsSafeHost': part((uri) => uri.host.replace(/^\[|\]$/g, '')),
    'int Port': part((uri) => uri.port),
    'bool IsDefaultPort': part((uri) => uri.isDefaultPort),
    'string Authority': part((uri) => uri.authority),
    'string AbsolutePath': part((uri) => uri.absolutePath),
    'string AbsoluteUri': part((uri) => uri.absoluteUri),
    'string LocalPath': part((uri) => uri.localPath),
    'string PathAndQuery': part((uri) => uri.pathAndQuery),
    'string Query': part((uri) => uri.query),
    'string Fragment': part((uri) => uri.fragment),
    'string UserInfo': part((uri) => uri.userInfo),
    'string[] Segments': part((uri) => stringArray([...uri.segments])),
    'bool IsLoopback': part((uri) => uri.isLoopback),
    'bool IsFile': part((uri) => uri.scheme === 'file'),
    'UriHostNameType HostNameType': part((uri) =>
      ['Unknown', 'Basic', 'Dns', 'IPv4', 'IPv6'].indexOf(uri.hostNameType),
    ),
    'bool IsAbsoluteUri': ({ uri }: UriInstance) => uri.isAbsolute,
    'string OriginalString': ({ uri }: UriInstance) => uri.originalString,
    'string GetLeftPart(UriPartial part)': leftPart,
    'bool operator ==(Uri uri1, Uri uri2)': (a: UriInstance | null, b: UriInstance | null) =>
      key(a) === key(b),
    'bool operator !=(Uri uri1, Uri uri2)': (a: UriInstance | null, b: UriInstance | null) =>
      key(a) !== key(b),
  },
  { text: ({ uri }: UriInstance) => uri.text, key, json: ({ uri }: UriInstance) => uri.text },
);

function key(value: UriInstance | null): string | null {
  if (value === null) return null;
  return value.uri.isAbsolute
    ? value.uri.absoluteUri.replace(/#.*$/s, '')
    : value.uri.originalString;
}

const given = (encode: (text: string) => string) => (text: string | null) =>
  text === null ? null : encode(text);

export const uriTypes = [
  uriType,
  declareEnum('System.UriKind', { RelativeOrAbsolute: 0, Absolute: 1, Relative: 2 }),
  declareEnum('System.UriPartial', { Scheme: 0, Authority: 1, Path: 2, Query: 3 }),
  declareEnum('System.UriHostNameType', { Unknown: 0, Basic: 1, Dns: 2, IPv4: 3, IPv6: 4 }),
  declareType('static class System.Net.WebUtility', {
    'static string UrlEncode(string value)': given(urlEncode),
    'static string UrlDecode(string encodedValue)': given(urlDecode),
    'static string HtmlEncode(string value)': given(htmlEncode),
    'static string HtmlDecode(string value)': given(htmlDecode),
  }),
];
